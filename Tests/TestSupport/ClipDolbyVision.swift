/// The record that makes an HEVC track of an MP4 file one of Dolby Vision, put in by hand: nothing
/// here encodes Dolby Vision.
package enum ClipDolbyVision {
  /// Profile 8.1, level 3: an HDR10 base layer with reference processing units.
  private static let record: [UInt8] = {
    let (profile, level, rpu, enhancement, base, compatibility) = (8, 3, 1, 0, 1, 1)
    let bits = profile << 9 | level << 3 | rpu << 2 | enhancement << 1 | base
    let head = [1, 0, UInt8(bits >> 8), UInt8(bits & 0xFF), UInt8(compatibility << 4)]
    return head + [UInt8](repeating: 0, count: 19)
  }()

  /// The file with the record at the end of its first sample entry of a type ("hvc1").
  ///
  /// The index must lie behind the media data, as libav writes it, since nothing behind it may
  /// move.
  package static func added(to file: [UInt8], entry: String) throws -> [UInt8] {
    let box = number(8 + record.count) + Array("dvcC".utf8) + record
    let path = ["moov", "trak", "mdia", "minf", "stbl", "stsd", entry]
    var range = 0..<file.count
    var sizes: [Int] = []
    for name in path {
      guard let found = find(name, in: range, of: file) else {
        throw CommandRunError("the file has no box \(name)")
      }
      sizes.append(found.lowerBound)
      // What stands before the boxes inside: a version and a count in stsd.
      let header = name == "stsd" ? 16 : 8
      range = found.lowerBound + header..<found.upperBound
    }
    var result = file
    for place in sizes {
      let size = Int(read(file, place)) + box.count
      result.replaceSubrange(place..<place + 4, with: number(size))
    }
    result.insert(contentsOf: box, at: range.upperBound)
    return result
  }

  private static func find(_ name: String, in range: Range<Int>, of file: [UInt8]) -> Range<Int>? {
    var place = range.lowerBound
    while place + 8 <= range.upperBound {
      let size = Int(read(file, place))
      guard size >= 8 else { return nil }
      if file[place + 4..<place + 8].elementsEqual(name.utf8) { return place..<place + size }
      place += size
    }
    return nil
  }

  private static func read(_ file: [UInt8], _ place: Int) -> UInt32 {
    file[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }

  private static func number(_ value: Int) -> [UInt8] {
    (0..<4).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
}
