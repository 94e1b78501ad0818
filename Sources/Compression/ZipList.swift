import Foundations

/// The list at the end of a ZIP archive.
enum ZipList {
  // The fixed part and the longest comment.
  private static let longestEnd = 22 + 65_535

  static func read(
    _ file: borrowing FileDescriptor, _ path: FilePath, longest: Int
  ) throws -> [ZipReader.Entry] {
    let size = try file.status().size
    func damaged(_ what: String) -> CompressionFailure {
      CompressionFailure(.compressionDamaged, "\(path) is no whole ZIP archive: \(what)")
    }
    let tailStart = max(0, size - Int64(longestEnd))
    let tail = try file.read(Int(size - tailStart), at: tailStart)
    guard let end = lastEnd(in: tail) else { throw damaged("it has no list at its end") }
    var (count, length, start) = (
      tail.little(2, at: end + 10) ?? 0, tail.little(4, at: end + 12) ?? 0,
      tail.little(4, at: end + 16) ?? 0
    )
    if let wide = try wideEnd(file, before: tailStart + Int64(end)) {
      (count, length, start) = wide
    }
    guard length <= UInt64(longest), start <= UInt64(size), length <= UInt64(size) - start else {
      throw damaged("its list lies outside of it")
    }
    let list = try file.read(Int(length), at: Int64(start))
    var entries: [ZipReader.Entry] = []
    var place = 0
    for _ in 0..<count {
      guard let (entry, next) = try entry(in: list, at: place, path) else {
        throw damaged("its list is cut off")
      }
      place = next
      if let entry { entries.append(entry) }
    }
    return entries
  }

  /// The last place where the end's sign stands with a comment that fits.
  private static func lastEnd(in tail: [UInt8]) -> Int? {
    guard tail.count >= 22 else { return nil }
    for place in stride(from: tail.count - 22, through: 0, by: -1)
    where tail[place] == 0x50 && tail.little(4, at: place) == UInt64(ZipFields.end) {
      if let comment = tail.little(2, at: place + 20), place + 22 + Int(comment) <= tail.count {
        return place
      }
    }
    return nil
  }

  private static func wideEnd(
    _ file: borrowing FileDescriptor, before end: Int64
  ) throws -> (UInt64, UInt64, UInt64)? {
    guard end >= 20 else { return nil }
    let locator = try file.read(20, at: end - 20)
    guard locator.little(4, at: 0) == UInt64(ZipFields.wideLocator),
      let place = locator.little(8, at: 8), let offset = Int64(exactly: place)
    else { return nil }
    let wide = try file.read(56, at: offset)
    guard wide.little(4, at: 0) == UInt64(ZipFields.wideEnd), let count = wide.little(8, at: 32),
      let length = wide.little(8, at: 40), let start = wide.little(8, at: 48)
    else { return nil }
    return (count, length, start)
  }

  /// One entry, nil for a folder's, and where the next begins; nil where the list is cut off.
  private static func entry(
    in list: [UInt8], at place: Int, _ path: FilePath
  ) throws -> (ZipReader.Entry?, Int)? {
    guard list.little(4, at: place) == UInt64(ZipFields.centralHead),
      let flags = list.little(2, at: place + 8), let method = list.little(2, at: place + 10),
      let crc = list.little(4, at: place + 16), var packed = list.little(4, at: place + 20),
      var size = list.little(4, at: place + 24), let nameLength = list.little(2, at: place + 28),
      let extraLength = list.little(2, at: place + 30),
      let commentLength = list.little(2, at: place + 32),
      var offset = list.little(4, at: place + 42)
    else { return nil }
    let extraStart = place + 46 + Int(nameLength)
    let next = extraStart + Int(extraLength) + Int(commentLength)
    guard next <= list.count else { return nil }
    let name = Array(list[place + 46..<extraStart])
    let extra = Array(list[extraStart..<extraStart + Int(extraLength)])
    widen(&size, &packed, &offset, by: extra)
    if name.last == UInt8(ascii: "/") { return (nil, next) }
    guard flags & 1 == 0 else {
      throw CompressionFailure(.compressionDamaged, "\(path) is encrypted, which is not read here")
    }
    guard let size = Int64(exactly: size), let packed = Int64(exactly: packed),
      let offset = Int64(exactly: offset)
    else { throw CompressionFailure(.compressionDamaged, "\(path) has sizes that cannot be") }
    let entry = ZipReader.Entry(
      path: try RelativePath(untrusted: name), size: size, crc: UInt32(crc), packedSize: packed,
      method: UInt16(method), offset: offset)
    return (entry, next)
  }

  /// Takes the numbers that did not fit from the wide record.
  private static func widen(
    _ size: inout UInt64, _ packed: inout UInt64, _ offset: inout UInt64, by extra: [UInt8]
  ) {
    var place = 0
    while let id = extra.little(2, at: place), let length = extra.little(2, at: place + 2) {
      if id == UInt64(ZipFields.wideExtra) {
        var at = place + 4
        func next(_ value: inout UInt64) {
          guard value == UInt64(ZipFields.wide32), let wide = extra.little(8, at: at) else {
            return
          }
          value = wide
          at += 8
        }
        next(&size)
        next(&packed)
        next(&offset)
        return
      }
      place += 4 + Int(length)
    }
  }
}
