import Foundations

/// GIF: an extension with XMP before the pictures.
enum GIFFile: MetadataContainer {
  static var standsAside: Bool { true }

  static func texts(in file: SourceFile) throws -> [FoundText] {
    var texts: [FoundText] = []
    for block in try GIFLayout(file).blocks where texts.count < MetadataLimits.texts {
      switch block.kind {
      case .xmp:
        let packet = GIFLayout.packet(try file.bytes(block.whole))
        guard let text = XMPPacket.comment(in: packet) else { continue }
        texts.insert(FoundText("comment", text, place: "gif:xmp UserComment"), at: 0)
      case .comment:
        let text = ForeignText.utf8OrLatin1(try comment(block, file))
        texts.append(FoundText("comment", text, place: "gif:comment"))
      case .signature: continue
      }
    }
    return texts
  }

  private static func comment(_ block: GIFLayout.Block, _ file: SourceFile) throws -> [UInt8] {
    GIFLayout.joined(Array(try file.bytes(block.whole).dropFirst(2)))
  }

  static func isSigned(_ file: SourceFile) throws -> Bool {
    try GIFLayout(file).blocks.contains { $0.kind == .signature }
  }

  static func rewrite(_ file: SourceFile, _ change: Change) throws -> Rewrite {
    try refusePictures(change, file)
    let layout = try GIFLayout(file)
    let first = layout.blocks.first { $0.kind == .xmp }
    let old = try first.map { GIFLayout.packet(try file.bytes($0.whole)) }
    let packet = try XMPPacket.changed(old, change, file)
    // In the place of the old one, or behind what has to come first.
    let place = first?.whole.lowerBound ?? layout.head
    // Extensions came with version 89a.
    var list = PieceList(from: packet == nil ? 0 : 6)
    if packet != nil { list.insert(Array("GIF89a".utf8)) }
    var isWritten = packet == nil
    for block in try layout.blocks.filter({ try isReplaced($0, file, change) }) {
      if let packet, !isWritten, place <= block.whole.lowerBound {
        list.keep(to: place)
        list.insert(made(packet))
        isWritten = true
      }
      list.leaveOut(block.whole)
    }
    if let packet, !isWritten {
      list.keep(to: place)
      list.insert(made(packet))
    }
    list.keep(to: file.size)
    return Rewrite(list.pieces, place: "gif:xmp UserComment")
  }

  private static func made(_ packet: [UInt8]) -> [UInt8] {
    GIFLayout.xmpHead + packet + GIFLayout.xmpTail
  }

  /// A comment is replaced where a JSON text stands in it, not where a program's name does.
  private static func isReplaced(
    _ block: GIFLayout.Block, _ file: SourceFile, _ change: Change
  ) throws -> Bool {
    switch block.kind {
    case .xmp: return true
    case .signature: return false
    case .comment:
      let text = try comment(block, file)
      return text.first { $0 > 0x20 } == UInt8(ascii: "{")
        || (change.text == nil && text.firstPlace(of: "Steps: ") != nil)
    }
  }
}
