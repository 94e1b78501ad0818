import EmbeddedMetadata
import Foundations
import Model
import Sniffing

/// Reads how a content was made out of its own bytes.
enum GenerationReader {
  /// A generation, where a file or the sidecar of its source tells of one.
  ///
  /// What cannot be read is no reason to refuse the content.
  static func read(
    _ content: FilePath, source: FilePath?, type: ContentType, id: GenerationID, stop: StopFlag
  ) throws -> Generation? {
    guard [.image, .video, .audio].contains(type.kind) else { return nil }
    for path in [content, source].compactMap({ $0 }) {
      try stop.check()
      // The source is asked for its sidecar alone: its bytes may have changed since.
      if path != content, !hasSidecar(path) { continue }
      guard let reading = try? EmbeddedMetadata.read(path, stop: stop) else { continue }
      return generation(reading, id)
    }
    return nil
  }

  private static func hasSidecar(_ path: FilePath) -> Bool {
    FileStatus.ifPresent(path.sibling(path.stem + ".json"))?.kind == .plain
  }

  private static func generation(_ reading: MetadataReading, _ id: GenerationID) -> Generation? {
    let record = reading.record
    var generation = Generation(id: id)
    generation.provider = reading.source == "unknown" ? nil : reading.source
    generation.model = record.model
    generation.prompt = record.prompt
    generation.negativePrompt = record.negativePrompt
    generation.seed = record.seed.map { $0.string ?? $0.text() }
    for (key, value) in record.json.object?.members ?? []
    where !["prompt", "negative_prompt", "model", "seed"].contains(key) {
      generation.parameters[key] = value
    }
    generation.readFrom = "\(reading.source), \(reading.place)"
    let saysNothing = record.isEmpty && reading.source == "unknown"
    return saysNothing ? nil : generation
  }
}
