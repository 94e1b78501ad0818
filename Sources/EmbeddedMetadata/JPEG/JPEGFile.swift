import Foundations

/// JPEG: segments before the picture, of which EXIF, XMP and comments are some.
enum JPEGFile: MetadataContainer {
  /// One segment before the picture, with its marker.
  struct Segment {
    let marker: UInt8
    let whole: Range<Int64>
    let content: [UInt8]

    var isEXIF: Bool { marker == 0xE1 && content.has("Exif\0\0") }
    var isXMP: Bool { marker == 0xE1 && content.has(XMPPacket.signature) }
    var isLongXMP: Bool { marker == 0xE1 && content.has(XMPPacket.extensionSignature) }
    var isComment: Bool { marker == 0xFE }
    var xmp: [UInt8] { Array(content.dropFirst(XMPPacket.signature.utf8.count)) }
  }

  /// The most that a segment holds besides its length.
  private static let room = 65_533
  /// The bytes of a long packet in one segment, as Adobe's own writers cut it.
  private static let longPart = 65_400

  /// The segments up to the picture; what follows is not looked at.
  static func segments(of file: SourceFile) throws -> [Segment] {
    var segments: [Segment] = []
    var place: Int64 = 2
    while true {
      guard segments.count < MetadataLimits.parts else { throw file.damaged("too many segments") }
      let head = try file.bytes(2, at: place)
      guard head[0] == 0xFF else { throw file.damaged("no marker where one should be") }
      // A marker may have more than one byte of ones before it.
      if head[1] == 0xFF {
        place += 1
        continue
      }
      if head[1] == 0xDA || head[1] == 0xD9 { return segments }
      let length = try file.bytes(2, at: place + 2).count(2, at: 0) ?? 0
      guard length >= 2 else { throw file.damaged("a segment without a length") }
      let content = try file.bytes(length - 2, at: place + 4)
      let end = place + 2 + Int64(length)
      segments.append(Segment(marker: head[1], whole: place..<end, content: content))
      guard end <= 256 << 20 else { throw file.damaged("its segments are over the bound") }
      place = end
    }
  }

  static func isSigned(_ file: SourceFile) throws -> Bool {
    try segments(of: file).contains {
      $0.marker == 0xEB && $0.content.has("JP") && $0.content.firstPlace(of: "c2pa") != nil
    }
  }

  static func texts(in file: SourceFile) throws -> [FoundText] {
    let segments = try segments(of: file)
    var texts: [FoundText] = []
    for segment in segments where segment.isEXIF {
      texts += EXIFBlock(segment.content)?.texts(place: "jpeg:exif") ?? []
    }
    if let text = try longText(segments, file) {
      texts.append(FoundText("comment", text, place: "jpeg:extended xmp"))
    }
    for segment in segments where segment.isXMP {
      guard let text = XMPPacket.comment(in: segment.xmp) else { continue }
      texts.append(FoundText("comment", text, place: "jpeg:xmp UserComment"))
    }
    for segment in segments where segment.isComment && texts.count < MetadataLimits.texts {
      let text = ForeignText.utf8OrLatin1(segment.content.prefix { $0 != 0 })
      texts.append(FoundText("comment", text, place: "jpeg:COM"))
    }
    return texts
  }

  /// The text of the long packet that the short one names, where all parts are there.
  private static func longText(_ segments: [Segment], _ file: SourceFile) throws -> String? {
    guard let packet = segments.first(where: { $0.isXMP })?.xmp,
      let name = XMPPacket.extensionName(in: packet)
    else { return nil }
    let head = XMPPacket.extensionSignature.utf8.count
    let parts = segments.filter {
      $0.isLongXMP && $0.content.part(at: head, count: 32) == Array(name.utf8)
    }
    guard let total = parts.first?.content.count(4, at: head + 32), total <= MetadataLimits.text
    else { return nil }
    var whole: [UInt8] = []
    let ordered = parts.sorted {
      ($0.content.count(4, at: head + 36) ?? 0) < ($1.content.count(4, at: head + 36) ?? 0)
    }
    for part in ordered {
      guard part.content.count(4, at: head + 36) == whole.count, whole.count <= total else {
        throw file.damaged("parts of its extended XMP are missing")
      }
      whole += part.content.dropFirst(head + 40)
    }
    guard whole.count == total else {
      throw file.damaged("parts of its extended XMP are missing")
    }
    return XMPPacket.comment(in: whole)
  }

  static func rewrite(_ file: SourceFile, _ change: Change) throws -> Rewrite {
    try refusePictures(change, file)
    let segments = try segments(of: file)
    let packet = segments.first { $0.isXMP }?.xmp
    let exif = segments.first { $0.isEXIF }
    var block = exif.flatMap { EXIFBlock($0.content) }
    guard exif == nil || block != nil || change.text == nil else {
      throw file.damaged("its EXIF cannot be read")
    }
    let rest = packet.flatMap { XMPPacket.withoutComment($0) }
    var (newXMP, long, place) = (rest, [[UInt8]](), "jpeg:exif UserComment")
    if let text = change.text {
      var filled = block ?? EXIFBlock()
      if filled.setComment(text), filled.bytes.count + 6 <= room {
        block = filled
      } else {
        block?.removeComment()
        (newXMP, long) = try longPacket(text, packet, rest, file)
        place = "jpeg:extended xmp"
      }
    } else {
      block?.removeGeneration()
    }
    let isOurs = packet.map { XMPPacket.isOurExtension($0) } ?? true
    var pieces: [Piece] = [.kept(0..<2)]
    var made: [UInt8] = []
    if let block { made += segment(Array("Exif\0\0".utf8) + block.bytes) }
    if let newXMP {
      made += segment(Array(XMPPacket.signature.utf8) + newXMP)
    }
    for part in long { made += segment(part) }
    var isMade = false
    for segment in segments {
      // JFIF asks to be first.
      if !isMade, segment.marker != 0xE0 {
        pieces.append(.made(made))
        isMade = true
      }
      let isReplaced =
        (block != nil && segment.isEXIF && segment.whole == exif?.whole)
        || segment.isXMP || (segment.isLongXMP && isOurs)
        || (segment.isComment && isGeneration(segment.content, change))
      if !isReplaced { pieces.append(.kept(segment.whole)) }
    }
    if !isMade { pieces.append(.made(made)) }
    pieces.append(.kept((segments.last?.whole.upperBound ?? 2)..<file.size))
    return Rewrite(pieces, place: place)
  }

  /// A comment segment is replaced where a JSON text stands in it, not where an encoder's name does.
  private static func isGeneration(_ content: [UInt8], _ change: Change) -> Bool {
    content.first { $0 > 0x20 } == UInt8(ascii: "{") || (change.text == nil && content.has("Steps"))
  }

  private static func longPacket(
    _ text: String, _ packet: [UInt8]?, _ rest: [UInt8]?, _ file: SourceFile
  ) throws -> ([UInt8], [[UInt8]]) {
    let long = XMPPacket.long(text)
    let name = MD5.hex(long)
    guard packet.map({ XMPPacket.isOurExtension($0) }) ?? true,
      let short = XMPPacket.referring(to: name, in: rest),
      short.count + XMPPacket.signature.utf8.count <= room
    else {
      throw MetadataFailure.unsupported(
        file.path, "the text is too long for EXIF, and its XMP has no room for a reference")
    }
    let parts = stride(from: 0, to: long.count, by: longPart).map { start in
      Array(XMPPacket.extensionSignature.utf8) + Array(name.utf8)
        + [UInt8](long.count, width: 4) + [UInt8](start, width: 4)
        + Array(long[start..<min(start + longPart, long.count)])
    }
    return (short, parts)
  }

  private static func segment(_ content: [UInt8]) -> [UInt8] {
    [0xFF, 0xE1] + [UInt8](content.count + 2, width: 2) + content
  }
}
