/// Unpacks zlib streams (RFC 1950 and 1951) up to a bound; nil for what is none or is larger.
///
/// The checksum at the end is not looked at: a text that unpacks is worth showing.
struct Inflate {
  private let bytes: [UInt8]
  private let limit: Int
  private var place: Int
  private var held: UInt32 = 0
  private var heldBits = 0
  private var out: [UInt8] = []

  private init(_ bytes: [UInt8], from place: Int, limit: Int) {
    self.bytes = bytes
    self.place = place
    self.limit = limit
  }

  /// What a zlib stream holds, where that is no more than `limit` bytes.
  static func zlib(_ bytes: [UInt8], limit: Int) -> [UInt8]? {
    guard let head = bytes.number(2, at: 0), head % 31 == 0, head >> 8 & 15 == 8,
      head & 0x20 == 0
    else { return nil }
    var inflate = Inflate(bytes, from: 2, limit: limit)
    return inflate.run() ? inflate.out : nil
  }

  private mutating func run() -> Bool {
    while true {
      guard let isLast = bits(1), let kind = bits(2) else { return false }
      let isWhole: Bool
      switch kind {
      case 0: isWhole = stored()
      case 1: isWhole = compressed(Self.fixedLiterals, Self.fixedDistances)
      case 2:
        guard let (literals, distances) = tables() else { return false }
        isWhole = compressed(literals, distances)
      default: return false
      }
      guard isWhole else { return false }
      if isLast == 1 { return true }
    }
  }

  private mutating func bits(_ count: Int) -> Int? {
    while heldBits < count {
      guard place < bytes.count else { return nil }
      held |= UInt32(bytes[place]) << UInt32(heldBits)
      heldBits += 8
      place += 1
    }
    let value = held & ((1 << UInt32(count)) - 1)
    held >>= UInt32(count)
    heldBits -= count
    return Int(value)
  }

  private mutating func stored() -> Bool {
    held = 0
    heldBits = 0
    guard let count = bytes.count(2, at: place, .little),
      let part = bytes.part(at: place + 4, count: count), out.count + count <= limit
    else { return false }
    out += part
    place += 4 + count
    return true
  }

  /// A Huffman code: how many codes there are of each length, and the signs in their order.
  private struct Table {
    var counts = [Int](repeating: 0, count: 16)
    var signs: [Int] = []

    init(_ lengths: some Collection<Int>) {
      for length in lengths where length > 0 { counts[length] += 1 }
      for length in 1..<16 where counts[length] > 0 {
        signs += lengths.enumerated().filter { $0.element == length }.map(\.offset)
      }
    }
  }

  private mutating func sign(_ table: Table) -> Int? {
    var (code, first, index) = (0, 0, 0)
    for length in 1..<16 {
      guard let bit = bits(1) else { return nil }
      code |= bit
      let count = table.counts[length]
      if code - first < count {
        let place = index + code - first
        return table.signs.indices.contains(place) ? table.signs[place] : nil
      }
      index += count
      first = (first + count) << 1
      code <<= 1
    }
    return nil
  }

  private static let fixedLiterals = Table(
    [Int](repeating: 8, count: 144) + [Int](repeating: 9, count: 112)
      + [Int](repeating: 7, count: 24) + [Int](repeating: 8, count: 8))
  private static let fixedDistances = Table([Int](repeating: 5, count: 30))
  private static let lengthBase = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBase = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
    2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]

  private mutating func compressed(_ literals: Table, _ distances: Table) -> Bool {
    while let sign = sign(literals) {
      if sign == 256 { return true }
      if sign < 256 {
        guard out.count < limit else { return false }
        out.append(UInt8(sign))
        continue
      }
      guard Self.lengthBase.indices.contains(sign - 257),
        let more = bits(Self.lengthBits[sign - 257]), let far = self.sign(distances),
        Self.distanceBase.indices.contains(far), let further = bits(max(0, far / 2 - 1))
      else { return false }
      let length = Self.lengthBase[sign - 257] + more
      let distance = Self.distanceBase[far] + further
      guard distance <= out.count, out.count + length <= limit else { return false }
      for _ in 0..<length { out.append(out[out.count - distance]) }
    }
    return false
  }

  private mutating func tables() -> (Table, Table)? {
    guard let literals = bits(5), let distances = bits(5), let lengths = bits(4),
      literals <= 29, distances <= 29
    else { return nil }
    let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    var ofLengths = [Int](repeating: 0, count: 19)
    for index in 0..<lengths + 4 {
      guard let length = bits(3) else { return nil }
      ofLengths[order[index]] = length
    }
    let table = Table(ofLengths)
    let total = literals + 257 + distances + 1
    var all: [Int] = []
    while all.count < total {
      guard let sign = sign(table) else { return nil }
      switch sign {
      case 0..<16: all.append(sign)
      case 16:
        guard let last = all.last, let more = bits(2) else { return nil }
        all += [Int](repeating: last, count: 3 + more)
      case 17:
        guard let more = bits(3) else { return nil }
        all += [Int](repeating: 0, count: 3 + more)
      default:
        guard let more = bits(7) else { return nil }
        all += [Int](repeating: 0, count: 11 + more)
      }
    }
    guard all.count == total else { return nil }
    return (Table(all.prefix(literals + 257)), Table(all.dropFirst(literals + 257)))
  }
}
