import Foundations

/// WebP: a RIFF file, whose picture stays as it is when EXIF or XMP is put beside it.
enum WebPFile: MetadataContainer {
  /// The longest text that goes into EXIF, for readers that know JPEG's bound only.
  private static let exifRoom = 65_000

  static func texts(in file: SourceFile) throws -> [FoundText] {
    var texts: [FoundText] = []
    let chunks = try RIFFChunk.all(in: file).chunks
    for chunk in chunks where chunk.type == "EXIF" {
      texts += EXIFBlock(try file.bytes(chunk.content))?.texts(place: "webp:exif") ?? []
    }
    for chunk in chunks where chunk.type == "XMP " {
      guard let text = XMPPacket.comment(in: try file.bytes(chunk.content)) else { continue }
      texts.append(FoundText("comment", text, place: "webp:xmp UserComment"))
    }
    return texts
  }

  static func isSigned(_ file: SourceFile) throws -> Bool {
    try RIFFChunk.all(in: file).chunks.contains { $0.type == "C2PA" }
  }

  static func rewrite(_ file: SourceFile, _ change: Change) throws -> Rewrite {
    try refusePictures(change, file)
    let (chunks, end) = try RIFFChunk.all(in: file)
    let oldEXIF = try chunks.first { $0.type == "EXIF" }.map { try file.bytes($0.content) }
    let oldXMP = try chunks.first { $0.type == "XMP " }.map { try file.bytes($0.content) }
    var block = oldEXIF.flatMap { EXIFBlock($0) }
    var xmp = oldXMP.flatMap { XMPPacket.withoutComment($0) }
    var place = "webp:exif UserComment"
    if let text = change.text {
      guard oldEXIF == nil || block != nil else { throw file.damaged("its EXIF cannot be read") }
      var filled = block ?? EXIFBlock()
      if text.utf16.count < exifRoom, filled.setComment(text), filled.bytes.count <= exifRoom {
        block = filled
      } else {
        block?.removeComment()
        guard let packet = XMPPacket.holding(text, in: xmp) else {
          throw MetadataFailure.unsupported(file.path, "its XMP cannot be added to")
        }
        xmp = packet
        place = "webp:xmp UserComment"
      }
    } else {
      block?.removeGeneration()
    }
    let exif = block?.bytes ?? oldEXIF
    var pieces: [Piece] = [.made(try extendedHeader(file, chunks, exif != nil, xmp != nil))]
    for chunk in chunks where !["VP8X", "EXIF", "XMP "].contains(chunk.type) {
      pieces.append(.kept(chunk.whole))
    }
    if let exif { pieces.append(.made(RIFFChunk.made("EXIF", exif))) }
    if let xmp { pieces.append(.made(RIFFChunk.made("XMP ", xmp))) }
    let size = pieces.reduce(4) { $0 + $1.count }
    guard size <= 0xFFFF_FFFE else {
      throw MetadataFailure.unsupported(file.path, "a WebP file ends at 4 GB")
    }
    pieces.insert(
      .made(Array("RIFF".utf8) + [UInt8](size, width: 4, .little) + Array("WEBP".utf8)), at: 0)
    if end < file.size { pieces.append(.kept(end..<file.size)) }
    return Rewrite(pieces, place: place)
  }

  /// The chunk VP8X with its flags set right; it is made for a simple file.
  private static func extendedHeader(
    _ file: SourceFile, _ chunks: [RIFFChunk], _ hasEXIF: Bool, _ hasXMP: Bool
  ) throws -> [UInt8] {
    guard let first = chunks.first else { throw file.damaged("it has no picture") }
    var content: [UInt8]
    let start = try file.start(10, at: first.content.lowerBound)
    switch first.type {
    case "VP8X":
      content = try file.bytes(first.content)
      guard content.count >= 10 else { throw file.damaged("its header is too short") }
    case "VP8 ":
      guard start.count == 10, Array(start[3..<6]) == [0x9D, 0x01, 0x2A] else {
        throw file.damaged("its picture has no start")
      }
      let width = (start.count(2, at: 6, .little) ?? 0) & 0x3FFF
      let height = (start.count(2, at: 8, .little) ?? 0) & 0x3FFF
      guard width > 0, height > 0 else { throw file.damaged("its picture has no size") }
      content = [0, 0, 0, 0] + [UInt8](width - 1, width: 3, .little)
      content += [UInt8](height - 1, width: 3, .little)
    case "VP8L":
      guard start.first == 0x2F, let bits = start.number(4, at: 1, .little) else {
        throw file.damaged("its picture has no start")
      }
      let alpha: UInt8 = bits >> 28 & 1 == 1 ? 0x10 : 0
      content = [alpha, 0, 0, 0] + [UInt8](bits & 0x3FFF, width: 3, .little)
      content += [UInt8](bits >> 14 & 0x3FFF, width: 3, .little)
    default: throw file.damaged("its first part is no picture")
    }
    content[0] = content[0] & ~0x0C | (hasEXIF ? 0x08 : 0) | (hasXMP ? 0x04 : 0)
    return RIFFChunk.made("VP8X", content)
  }
}
