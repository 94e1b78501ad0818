import Blobs
import Foundations
import Hashing
import Model
import Sniffing

/// Assets as a library of generated pictures and films has them.
struct Content {
  private let words = Words()
  private let models = ["sdxl", "flux", "sora", "wan", "hunyuan", "pony", "kolors", "cascade"]
  private let sources: [AssetSource] = [.generated, .generated, .uploaded, .stitched]

  var common: [String] { Array(words.all.prefix(4)) }
  var rare: String { words.all[15_000] }

  func asset(_ number: Int) throws -> (new: NewAsset, id: AssetID) {
    var random = SeededGenerator(seed: UInt64(number))
    let isFilm = number % 3 == 0
    var facts = AssetFacts(
      kind: isFilm ? .video : .image, format: isFilm ? "mp4" : "png",
      mimeType: isFilm ? "video/mp4" : "image/png")
    facts.width = [512, 768, 1_024, 1_280, 1_920][number % 5]
    facts.height = [512, 720, 1_080][number % 3]
    facts.likeness = Likeness(bits: random.next())
    if isFilm {
      facts.durationSeconds = Double(number % 600) / 10
      facts.codec = number % 9 == 0 ? "hevc" : "h264"
    }
    var generation = Generation(id: try GenerationID("g\(number)"))
    generation.provider = "local"
    // Each model is in half as many as the one before it.
    generation.model = models[min(7, random.next().trailingZeroBitCount)]
    generation.prompt = words.text(20, using: &random)
    generation.seed = String(number)
    let new = NewAsset(
      blob: BlobID(SHA256.hash(Array("\(number)".utf8))), size: Int64(random.next() % 5_000_000),
      name: "IMG_\(number).\(facts.format)", source: sources[number % 4],
      addedAt: Timestamp(microseconds: 1_700_000_000_000_000 + Int64(number) * 30_000_000),
      user: "user\(number % 20)", facts: facts, generation: generation)
    return (new, try AssetID("asset-\(number)"))
  }
}
