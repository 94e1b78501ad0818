import Foundations

/// The tags of a Matroska file that speak of the whole of it.
struct MatroskaTags {
  private static let tag: UInt64 = 0x7373
  private static let targets: UInt64 = 0x63C0
  private static let simple: UInt64 = 0x67C8
  private static let name: UInt64 = 0x45A3
  private static let text: UInt64 = 0x4487

  /// The content of an element Tags.
  let bytes: [UInt8]
  let file: SourceFile

  private func parts(_ range: Range<Int>) throws -> [EBMLPart] {
    guard let parts = EBMLPart.all(in: bytes, range) else {
      throw file.damaged("its tags have wrong sizes")
    }
    return parts
  }

  /// Whether a tag is of the whole file and not of a track, a chapter or an attachment.
  private func isGlobal(_ parts: [EBMLPart]) throws -> Bool {
    guard let targets = parts.first(where: { $0.id == Self.targets }) else { return true }
    return try self.parts(targets.content).allSatisfy { target in
      ![0x63C5, 0x63C9, 0x63C4, 0x63C6].contains(target.id)
        || bytes[target.content].allSatisfy { $0 == 0 }
    }
  }

  private func text(_ simple: EBMLPart) throws -> FoundText? {
    let parts = try parts(simple.content)
    guard let name = parts.first(where: { $0.id == Self.name }),
      let text = parts.first(where: { $0.id == Self.text })
    else { return nil }
    let (title, value) = (bytes[name.content].prefix { $0 != 0 }, bytes[text.content])
    let keyword = ForeignText.utf8OrLatin1(title)
    return FoundText(
      keyword, ForeignText.utf8OrLatin1(value.prefix { $0 != 0 }), place: "mkv:tag \(keyword)")
  }

  func texts() throws -> [FoundText] {
    var texts: [FoundText] = []
    for tag in try parts(0..<bytes.count) where tag.id == Self.tag {
      let parts = try parts(tag.content)
      guard try isGlobal(parts) else { continue }
      for simple in parts where simple.id == Self.simple && texts.count < MetadataLimits.texts {
        if let text = try text(simple) { texts.append(text) }
      }
    }
    return texts
  }

  /// The content with other tags; empty where none is left.
  func edited(_ change: Change) throws -> [UInt8] {
    var content: [UInt8] = []
    // A checksum of the old content is left out.
    for tag in try parts(0..<bytes.count) where tag.id == Self.tag {
      let parts = try parts(tag.content)
      guard try isGlobal(parts) else {
        content += bytes[tag.whole]
        continue
      }
      var kept: [UInt8] = []
      var holdsMore = false
      for part in parts where part.id != MatroskaLayout.checksum {
        if part.id == Self.simple {
          if let text = try text(part), isReplaced(text.keyword, change) { continue }
          holdsMore = true
        }
        kept += bytes[part.whole]
      }
      if holdsMore { content += EBMLPart.made(Self.tag, kept) }
    }
    if let text = change.text { content += Self.made(text) }
    return content
  }

  private func isReplaced(_ keyword: String, _ change: Change) -> Bool {
    change.text == nil ? FoundText.isGeneration(keyword) : keyword == "comment"
  }

  private static func made(_ text: String) -> [UInt8] {
    let simple =
      EBMLPart.made(name, Array("COMMENT".utf8)) + EBMLPart.made(Self.text, Array(text.utf8))
    return EBMLPart.made(
      tag, EBMLPart.made(targets, []) + EBMLPart.made(Self.simple, simple))
  }
}
