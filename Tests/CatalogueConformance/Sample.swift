package import Blobs
package import Foundations
import Hashing
package import Model
import Sniffing

/// Things to fill a catalogue with, the same for the same number.
package enum Sample {
  /// The content of a number.
  package static func blob(_ number: Int) -> BlobID {
    BlobID(SHA256.hash(Array("content \(number)".utf8)))
  }

  /// A point in time, one second after the other.
  package static func time(_ number: Int) -> Timestamp {
    Timestamp(microseconds: 1_700_000_000_000_000 + Int64(number) * 1_000_000)
  }

  package static func assetID(_ number: Int) throws -> AssetID { try AssetID("a\(number)") }

  /// A picture on its way.
  package static func asset(_ number: Int) -> NewAsset {
    var facts = AssetFacts(kind: .image, format: "png", mimeType: "image/png")
    facts.width = 640
    facts.height = 480
    return NewAsset(
      blob: blob(number), size: Int64(100 + number), name: "picture \(number).png",
      source: .uploaded, addedAt: time(number), facts: facts)
  }

  /// A film's facts.
  package static func film(seconds: Double, codec: String = "h264") -> AssetFacts {
    var facts = AssetFacts(kind: .video, format: "mp4", mimeType: "video/mp4")
    facts.width = 1280
    facts.height = 720
    facts.durationSeconds = seconds
    facts.codec = codec
    return facts
  }

  /// How something was made.
  package static func generation(
    _ number: Int, asset: AssetID? = nil, model: String = "sdxl", prompt: String? = nil
  ) throws -> Generation {
    var generation = Generation(id: try GenerationID("g\(number)"), asset: asset)
    generation.provider = "local"
    generation.model = model
    generation.prompt = prompt
    return generation
  }

  package static func workflow(_ number: Int) throws -> Workflow {
    Workflow(
      id: try WorkflowID("w\(number)"), name: "workflow \(number)",
      definition: ["nodes": [], "connections": []], createdAt: time(number))
  }

  package static func execution(_ number: Int, of workflow: WorkflowID) throws -> Execution {
    Execution(id: try ExecutionID("e\(number)"), workflow: workflow, startedAt: time(number))
  }

  package static func run(_ number: Int) throws -> Run {
    Run(id: try RunID("r\(number)"), createdAt: time(number), schema: "dada", mode: "eco")
  }
}
