import Blobs
import Foundations
import Hashing
import Model
import Sniffing

/// Files of 4 KiB that nothing is known of, each with bytes of its own.
enum SmallContent {
  static let size = 4_096

  static func bytes(_ number: Int) -> [UInt8] {
    var random = SeededGenerator(seed: UInt64(number) + 1)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    while bytes.count < size {
      let word = random.next()
      for shift in stride(from: 0, to: 64, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    return bytes
  }

  static func asset(_ number: Int) throws -> (new: NewAsset, id: AssetID) {
    let facts = AssetFacts(kind: .data, format: "bin", mimeType: "application/octet-stream")
    let new = NewAsset(
      blob: BlobID(SHA256.hash(Array("\(number)".utf8))), size: Int64(size),
      name: "notes-\(number).bin", source: .uploaded,
      addedAt: Timestamp(microseconds: 1_700_000_000_000_000 + Int64(number) * 30_000_000),
      facts: facts)
    return (new, try AssetID("asset-\(number)"))
  }
}
