/// The blocks of a GIF, of which only those that are no picture are told.
struct GIFLayout {
  /// One extension that may hold a text.
  struct Block {
    let kind: Kind
    let whole: Range<Int64>
  }

  /// What an extension is for.
  enum Kind {
    case xmp, comment, signature
  }

  private(set) var blocks: [Block] = []
  /// Where the screen's description and the blocks that have to follow it end.
  private(set) var head: Int64

  /// What an extension with XMP begins with: its label, the length of its name, and the name.
  static let xmpHead = [0x21, 0xFF, 0x0B] + Array("XMP DataXMP".utf8)
  /// What follows the packet, so that whoever takes its text for lengths comes out at the end.
  static let xmpTail: [UInt8] = [1] + (0...255).reversed() + [0]

  /// Walks the whole file; damage where its blocks do not lead to its end.
  init(_ file: SourceFile) throws {
    let start = try file.bytes(13, at: 0)
    head = 13 + Self.table(start[10])
    var window = ByteWindow(file)
    var place = head
    var (isHead, pictures, count) = (true, 0, 0)
    while place < file.size {
      count += 1
      guard count < MetadataLimits.pages else { throw file.damaged("too many blocks") }
      let next: Int64
      switch try window.byte(at: place) {
      case 0x3B: return
      // Some writers leave zeros between blocks.
      case 0x00: next = place + 1
      case 0x2C:
        let table = Self.table(try window.byte(at: place + 9))
        next = try Self.end(&window, from: place + 11 + table, file)
        pictures += 1
        isHead = false
      case 0x21:
        next = try Self.end(&window, from: place + 2, file)
        let own = try file.start(14, at: place)
        if let kind = Self.kind(own) { blocks.append(Block(kind: kind, whole: place..<next)) }
        // The number of rounds is looked for right behind the screen's description.
        if isHead, own.count > 1, own[1] == 0xFF { head = next } else { isHead = false }
      default: throw file.damaged("no block where one should be")
      }
      place = next
    }
    guard pictures > 0 else { throw file.damaged("it has no picture") }
  }

  /// The bytes of a table of colours.
  private static func table(_ flags: UInt8) -> Int64 { flags & 0x80 == 0 ? 0 : 6 << (flags & 7) }

  /// Where parts with a length each end, the last of which is empty.
  private static func end(
    _ window: inout ByteWindow, from start: Int64, _ file: SourceFile
  ) throws -> Int64 {
    var place = start
    while true {
      let length = try window.byte(at: place)
      place += Int64(length) + 1
      if length == 0 { return place }
      guard place < file.size else { throw file.damaged("a block reaches past the end") }
    }
  }

  private static func kind(_ own: [UInt8]) -> Kind? {
    if own.starts(with: xmpHead) { return .xmp }
    if own.has("C2PA_GIF", at: 3) { return .signature }
    return own.count > 1 && own[1] == 0xFE ? .comment : nil
  }

  /// The packet of an extension with XMP.
  static func packet(_ block: [UInt8]) -> [UInt8] {
    let content = Array(block.dropFirst(xmpHead.count))
    guard content.count >= xmpTail.count, content.suffix(xmpTail.count).elementsEqual(xmpTail)
    else { return joined(content) }
    return content.dropLast(xmpTail.count)
  }

  /// The content of parts with a length each.
  static func joined(_ parts: [UInt8]) -> [UInt8] {
    var (out, place) = ([UInt8](), 0)
    while place < parts.count, parts[place] > 0 {
      out += parts[(place + 1)...].prefix(Int(parts[place]))
      place += Int(parts[place]) + 1
    }
    return out
  }
}
