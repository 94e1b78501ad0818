import Foundations

/// One page of an Ogg file.
struct OggPage {
  let whole: Range<Int64>
  let content: Range<Int64>
  /// The sizes of the segments; one below 255 ends a packet.
  let segments: [UInt8]
  let serial: UInt64
  let number: UInt64
  private let head: [UInt8]

  var isFirst: Bool { head[5] & 2 != 0 }
  var isLast: Bool { head[5] & 4 != 0 }

  init(_ file: SourceFile, at place: Int64) throws {
    let start = try file.bytes(27, at: place)
    guard start.has("OggS"), start[4] == 0 else {
      throw file.damaged("no page where one should be")
    }
    segments = try file.bytes(Int(start[26]), at: place + 27)
    head = start + segments
    let size = segments.reduce(0) { $0 + UInt64($1) }
    content = try file.range(place + Int64(head.count), count: size)
    whole = place..<content.upperBound
    serial = start.number(4, at: 14, .little) ?? 0
    number = start.number(4, at: 18, .little) ?? 0
  }

  /// The page's head with another number, and the checksum that goes with it.
  func renumbered(by delta: Int, _ file: SourceFile) throws -> [UInt8] {
    var head = head
    head.overwrite(
      at: 18, [UInt8](UInt32(truncatingIfNeeded: Int64(number) + Int64(delta)), width: 4, .little))
    head.overwrite(at: 22, [0, 0, 0, 0])
    let sum = OggChecksum.of(try file.bytes(content), after: OggChecksum.of(head))
    head.overwrite(at: 22, [UInt8](sum, width: 4, .little))
    return head
  }

  /// Packets cut into pages, the last of which ends with the last packet.
  static func pages(_ packets: [[UInt8]], serial: UInt64, from number: UInt64) -> [[UInt8]] {
    // Every segment with its bytes' place; a packet ends with one below 255.
    let bytes = packets.flatMap { $0 }
    let sizes = packets.flatMap { packet in
      [UInt8](repeating: 255, count: packet.count / 255) + [UInt8(packet.count % 255)]
    }
    var pages: [[UInt8]] = []
    var place = 0
    var isContinued = false
    for start in stride(from: 0, to: sizes.count, by: 255) {
      let part = Array(sizes[start..<min(start + 255, sizes.count)])
      let count = part.reduce(0) { $0 + Int($1) }
      // A page on which no packet ends has no time.
      let time: UInt64 = part.contains { $0 < 255 } ? 0 : .max
      var page = Array("OggS".utf8) + [0, isContinued ? 1 : 0] + [UInt8](time, width: 8, .little)
      page += [UInt8](serial, width: 4, .little)
      page += [UInt8](number + UInt64(pages.count), width: 4, .little)
      page += [0, 0, 0, 0, UInt8(part.count)] + part + bytes[place..<place + count]
      page.overwrite(at: 22, [UInt8](OggChecksum.of(page), width: 4, .little))
      pages.append(page)
      place += count
      isContinued = part.last == 255
    }
    return pages
  }
}
