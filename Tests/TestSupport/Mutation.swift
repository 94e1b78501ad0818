/// Damage to a file, as a fault or a hostile hand would do it.
package enum Mutation {
  /// A damaged copy of one of the files.
  package static func damaged(
    _ files: [[UInt8]], using random: inout Seeded
  ) -> (origin: Int, bytes: [UInt8]) {
    let origin = Int.random(in: files.indices, using: &random)
    var bytes = files[origin]
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      guard !bytes.isEmpty else { break }
      damage(&bytes, files, &random)
    }
    return (origin, bytes)
  }

  private static func damage(_ bytes: inout [UInt8], _ files: [[UInt8]], _ random: inout Seeded) {
    // Headers lie at the start and, in MP4, at the end: half of the damage goes there.
    let place = interestingPlace(bytes.count, &random)
    let length = min(bytes.count - place, Int.random(in: 1...64, using: &random))
    switch Int.random(in: 0..<9, using: &random) {
    case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 2:
      for index in place..<place + length { bytes[index] = .random(in: 0...255, using: &random) }
    case 3: bytes.removeSubrange(place..<place + length)
    case 4: bytes.insert(contentsOf: Array(bytes[place..<place + length]), at: place)
    case 5: bytes.removeLast(bytes.count - place)
    case 6: writeNumber(&bytes, place, &random)
    case 7:
      let other = files[Int.random(in: files.indices, using: &random)]
      let from = Int.random(in: 0..<max(1, other.count), using: &random)
      bytes.replaceSubrange(
        place..<place + length, with: other[from..<min(other.count, from + 256)])
    default: for index in place..<place + length { bytes[index] = 0 }
    }
  }

  private static func interestingPlace(_ count: Int, _ random: inout Seeded) -> Int {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: Int.random(in: 0..<min(count, 256), using: &random)
    case 1: count - 1 - Int.random(in: 0..<min(count, 1024), using: &random)
    default: Int.random(in: 0..<count, using: &random)
    }
  }

  private static let numbers: [UInt32] = [
    0, 1, 7, 8, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x00FF_FFFF, 0x7FFF_FFFF, 0x8000_0000,
    0xFFFF_FFFE, 0xFFFF_FFFF,
  ]

  private static func writeNumber(_ bytes: inout [UInt8], _ place: Int, _ random: inout Seeded) {
    guard place + 4 <= bytes.count, var number = numbers.randomElement(using: &random) else {
      return
    }
    if Bool.random(using: &random) { number = number.byteSwapped }
    for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: number >> (index * 8)) }
  }
}
