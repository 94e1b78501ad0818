import Foundations

/// The attachments of a Matroska file, of which source pictures are named `tag__name.ext`.
struct MatroskaAttachments {
  private static let attached: UInt64 = 0x61A7
  private static let name: UInt64 = 0x466E
  private static let mediaType: UInt64 = 0x4660
  private static let data: UInt64 = 0x465C
  private static let number: UInt64 = 0x46AE

  /// The content of an element Attachments.
  let bytes: [UInt8]
  let file: SourceFile

  private struct Item {
    let whole: Range<Int>
    let picture: EmbeddedPicture?
  }

  private func items() throws -> [Item] {
    guard let all = EBMLPart.all(in: bytes, 0..<bytes.count) else {
      throw file.damaged("its attachments have wrong sizes")
    }
    return try all.filter { $0.id == Self.attached }.map { item in
      guard let parts = EBMLPart.all(in: bytes, item.content) else {
        throw file.damaged("its attachments have wrong sizes")
      }
      let value = { (id: UInt64) -> ArraySlice<UInt8> in
        parts.first { $0.id == id }.map { bytes[$0.content] } ?? []
      }
      let title = ForeignText.utf8OrLatin1(value(Self.name))
      guard value(Self.mediaType).starts(with: "image/".utf8),
        let gap = Array(title.utf8).firstPlace(of: "__"), gap > 0
      else { return Item(whole: item.whole, picture: nil) }
      let (tag, rest) = (title.utf8.prefix(gap), title.utf8.dropFirst(gap + 2))
      let picture = EmbeddedPicture(
        tag: String(decoding: tag, as: UTF8.self), filename: String(decoding: rest, as: UTF8.self),
        bytes: Array(value(Self.data)))
      return Item(
        whole: item.whole,
        picture: EmbeddedPicture(
          tag: picture.tag, filename: picture.safeName, bytes: picture.bytes))
    }
  }

  func pictures() throws -> [EmbeddedPicture] {
    Array(try items().compactMap(\.picture).prefix(MetadataLimits.pictures))
  }

  /// The content with other source pictures, and other attachments as they are.
  func edited(_ pictures: [EmbeddedPicture]) throws -> [UInt8] {
    let kept = try items().filter { $0.picture == nil }.flatMap { bytes[$0.whole] }
    let made = pictures.flatMap { picture in
      EBMLPart.made(
        Self.attached,
        EBMLPart.made(Self.name, Array("\(picture.tag)__\(picture.safeName)".utf8))
          + EBMLPart.made(Self.mediaType, Array(picture.mediaType.utf8))
          + EBMLPart.made(Self.number, [UInt8](UInt64.random(in: 1...UInt64.max), width: 8))
          + EBMLPart.made(Self.data, picture.bytes))
    }
    return kept + made
  }
}
