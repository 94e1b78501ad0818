import Foundations

/// JPEG XL: a box with XMP before the picture; a bare picture is put into boxes for that.
enum JXLFile: MetadataContainer {
  static var standsAside: Bool { true }

  private static let picture = ["jxlc", "jxlp", "jbrd"]
  private static let head =
    MP4Box.made("JXL ", [0x0D, 0x0A, 0x87, 0x0A])
    + MP4Box.made("ftyp", Array("jxl \0\0\0\0jxl ".utf8))

  private static func boxes(of file: SourceFile) throws -> [MP4Layout.Top] {
    guard try !isBare(file) else { return [] }
    let boxes = try MP4Layout.tops(of: file)
    guard boxes.contains(where: { picture.contains($0.type) }) else {
      throw file.damaged("it has no picture")
    }
    return boxes
  }

  private static func isBare(_ file: SourceFile) throws -> Bool { try file.start(1) == [0xFF] }

  static func texts(in file: SourceFile) throws -> [FoundText] {
    let boxes = try boxes(of: file)
    var texts: [FoundText] = []
    for box in boxes.filter({ $0.type == "xml " }).prefix(MetadataLimits.texts) {
      guard let text = XMPPacket.comment(in: try file.bytes(box.content)) else { continue }
      texts.append(FoundText("comment", text, place: "jxl:xmp UserComment"))
    }
    for box in boxes.filter({ $0.type == "Exif" }).prefix(MetadataLimits.texts) {
      texts += EXIFItem(try file.bytes(box.content))?.block.texts(place: "jxl:exif") ?? []
    }
    return texts
  }

  static func isSigned(_ file: SourceFile) throws -> Bool {
    try boxes(of: file).contains { box in
      // A packed box may be anything of its kind, and is taken for a signature.
      if box.type == "brob" { return try file.start(4, at: box.content.lowerBound).has("jumb") }
      guard box.type == "jumb" else { return false }
      return try file.start(4_096, at: box.content.lowerBound).firstPlace(of: "c2pa") != nil
    }
  }

  static func rewrite(_ file: SourceFile, _ change: Change) throws -> Rewrite {
    try refusePictures(change, file)
    if try isBare(file) { return try wrapped(file, change) }
    let boxes = try boxes(of: file)
    let packets = boxes.filter { $0.type == "xml " }
    let old = try packets.first.map { try file.bytes($0.content) }
    let new = try XMPPacket.changed(old, change, file)
    try refuseUnsafe(boxes, old, new, file)
    var list = PieceList()
    var isWritten = new == nil
    for box in boxes {
      if let new, !isWritten, picture.contains(box.type) || box.type == "xml " {
        list.keep(to: box.whole.lowerBound)
        list.insert(MP4Box.made("xml ", new))
        isWritten = true
      }
      if box.type == "xml " { list.leaveOut(box.whole) }
      if box.type == "Exif", change.text == nil, let bytes = try stripped(box, boxes, file) {
        list.replace(box.whole, with: bytes)
      }
    }
    list.keep(to: file.size)
    return Rewrite(list.pieces, place: "jxl:xmp UserComment")
  }

  /// The picture in boxes, behind the text.
  private static func wrapped(_ file: SourceFile, _ change: Change) throws -> Rewrite {
    guard let packet = try XMPPacket.changed(nil, change, file) else {
      return Rewrite([.kept(0..<file.size)], place: "")
    }
    let picture =
      file.size + 8 <= 0xFFFF_FFFF
      ? [UInt8](file.size + 8, width: 4) + Array("jxlc".utf8)
      : [0, 0, 0, 1] + Array("jxlc".utf8) + [UInt8](file.size + 16, width: 8)
    return Rewrite(
      [.made(head + MP4Box.made("xml ", packet) + picture), .kept(0..<file.size)],
      place: "jxl:xmp UserComment")
  }

  private static func refuseUnsafe(
    _ boxes: [MP4Layout.Top], _ old: [UInt8]?, _ new: [UInt8]?, _ file: SourceFile
  ) throws {
    for box in boxes where box.type == "brob" {
      guard try !file.start(4, at: box.content.lowerBound).has("xml ") else {
        throw MetadataFailure.unsupported(file.path, "its XMP is packed (brob)")
      }
    }
    // The JPEG that the file can be turned back into holds the XMP of that time, byte by byte.
    guard old != new, let old, boxes.contains(where: { $0.type == "jbrd" }) else { return }
    guard XMPPacket.withoutComment(old) == nil else {
      throw MetadataFailure.unsupported(
        file.path, "its XMP is part of the JPEG that it was made of")
    }
  }

  /// A box with EXIF without what tells how the picture was made; nil where it tells nothing.
  private static func stripped(
    _ box: MP4Layout.Top, _ boxes: [MP4Layout.Top], _ file: SourceFile
  ) throws -> [UInt8]? {
    guard var item = EXIFItem(try file.bytes(box.content)), !item.block.texts(place: "").isEmpty
    else { return nil }
    guard !boxes.contains(where: { $0.type == "jbrd" }) else {
      throw MetadataFailure.unsupported(
        file.path, "its EXIF is part of the JPEG that it was made of")
    }
    item.block.removeGeneration()
    return MP4Box.made("Exif", item.bytes)
  }
}
