import Blobs
import Foundations
import Hashing
import Model
import Sniffing

/// Pictures with prompts, whose words come as often as those of a language do: the second half as
/// often as the first, and so on.
struct Prompts: Sendable {
  private let words: [String]
  private let bounds: [Double]

  init() {
    var random = SeededGenerator(seed: 1)
    let letters = Array("etaoinshrdlucmfwypvbgk")
    words = (0..<20_000).map { _ in
      String(
        (0..<Int.random(in: 3...9, using: &random)).map { _ in
          letters[Int.random(in: 0..<letters.count, using: &random)]
        })
    }
    var sum = 0.0
    bounds = words.indices.map { place in
      sum += 1 / Double(place + 3)
      return sum
    }
  }

  func asset(_ number: Int) throws -> (new: NewAsset, id: AssetID) {
    var random = SeededGenerator(seed: UInt64(number))
    var facts = AssetFacts(kind: .image, format: "png", mimeType: "image/png")
    (facts.width, facts.height) = (1_024, 768)
    facts.likeness = Likeness(bits: random.next(), inner: random.next())
    var generation = Generation(id: try GenerationID("g\(number)"))
    generation.provider = "local"
    generation.model = ["sdxl", "flux", "wan", "pony"][number % 4]
    generation.prompt = (0..<20).map { _ in word(&random) }.joined(separator: " ")
    generation.seed = String(number)
    let new = NewAsset(
      blob: BlobID(SHA256.hash(Array("\(number)".utf8))), size: Int64(random.next() % 5_000_000),
      name: "IMG_\(number).png", source: .generated,
      addedAt: Timestamp(microseconds: 1_700_000_000_000_000 + Int64(number) * 30_000_000),
      user: "user\(number % 20)", facts: facts, generation: generation)
    return (new, try AssetID("asset-\(number)"))
  }

  private func word(_ random: inout SeededGenerator) -> String {
    let point = Double.random(in: 0..<(bounds.last ?? 1), using: &random)
    var (low, high) = (0, bounds.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if bounds[middle] < point { low = middle + 1 } else { high = middle }
    }
    return words[low]
  }
}
