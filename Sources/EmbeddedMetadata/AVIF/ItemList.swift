import Foundations

/// The box `meta` of a picture file: its items, and what they say of each other.
struct ItemList {
  /// One item.
  struct Item {
    let id: Int
    let type: String
    /// What an item of type `mime` is.
    let contentType: String
    let whole: Range<Int>
  }

  let bytes: [UInt8]
  private let children: [MP4Box]
  private let items: [Item]
  private let primary: Int
  private(set) var locations: ItemLocations
  private static let xmpType = "application/rdf+xml"

  /// Nil of a box that is broken or that holds what is not known here.
  init?(_ meta: [UInt8]) {
    bytes = meta
    guard let whole = MP4Box.all(in: meta, 0..<meta.count)?.first, whole.content.count >= 4,
      let children = MP4Box.all(in: meta, whole.content.dropFirst(4).indices),
      ["iloc", "iinf", "pitm"].allSatisfy({ name in
        children.count(where: { $0.type == name }) == 1
      }),
      let iloc = children.first(where: { $0.type == "iloc" }),
      let locations = ItemLocations(Array(meta[iloc.content])),
      let pitm = children.first(where: { $0.type == "pitm" })?.content.lowerBound,
      let primary = meta.count(meta[pitm] == 0 ? 2 : 4, at: pitm + 4),
      let items = Self.items(meta, children)
    else { return nil }
    self.children = children
    self.locations = locations
    self.primary = primary
    self.items = items
  }

  private static func items(_ meta: [UInt8], _ children: [MP4Box]) -> [Item]? {
    guard let iinf = children.first(where: { $0.type == "iinf" })?.content,
      let version = meta.count(1, at: iinf.lowerBound),
      let entries = MP4Box.all(
        in: meta, min(iinf.lowerBound + (version == 0 ? 6 : 8), iinf.upperBound)..<iinf.upperBound)
    else { return nil }
    var items: [Item] = []
    for entry in entries {
      let start = entry.content.lowerBound
      guard entry.type == "infe", let version = meta.count(1, at: start), [2, 3].contains(version),
        let id = meta.count(version == 2 ? 2 : 4, at: start + 4)
      else { return nil }
      let at = start + (version == 2 ? 8 : 10)
      guard at + 4 <= entry.content.upperBound else { return nil }
      let end = entry.content.upperBound
      let name = meta.terminated(at: at + 4, limit: end - at - 4)
      let type = name.flatMap { meta.terminated(at: $0.next, limit: end - $0.next) }
      items.append(
        Item(
          id: id, type: ForeignText.latin1(meta[at..<at + 4]),
          contentType: ForeignText.latin1(type?.bytes ?? []), whole: entry.whole))
    }
    return items
  }

  /// The item with the XMP of the picture.
  var xmp: Item? { items.first { $0.type == "mime" && $0.contentType == Self.xmpType } }
  /// The item with EXIF.
  var exif: Item? { items.first { $0.type == "Exif" } }

  private func child(_ type: String) -> MP4Box? { children.first { $0.type == type } }

  /// Where the bytes of `idat` are in the box.
  var data: Range<Int> { child("idat")?.content ?? 0..<0 }

  /// An identifier that nothing has; nil where none is left in 16 bits.
  var freeID: Int? {
    let groups = child("grpl").flatMap { MP4Box.all(in: bytes, $0.content) } ?? []
    let used =
      items.map(\.id) + locations.all.map(\.item) + [primary]
      + groups.compactMap { bytes.count(4, at: $0.content.lowerBound + 4) }
    return used.max().flatMap { $0 < 0xFFFF ? $0 + 1 : nil }
  }

  /// The box with other places, without one item or with one more that describes the picture.
  ///
  /// `cleared` are stretches of the box whose content is overwritten with zeros.
  func edited(
    _ locations: ItemLocations, isWide: Bool, adding new: Int?, removing old: Int?,
    clearing cleared: [Range<Int>]
  ) -> [UInt8]? {
    var bytes = bytes
    for range in cleared { for index in range { bytes[index] = 0 } }
    var content: [UInt8] = [0, 0, 0, 0]
    for child in children {
      switch child.type {
      case "iloc": content += locations.made(isWide: isWide)
      case "iinf": content += editedList(child, adding: new, removing: old)
      case "iref":
        guard let box = editedReferences(child, adding: new, removing: old) else { return nil }
        content += box
      default: content += bytes[child.whole]
      }
    }
    if let new, child("iref") == nil {
      content += MP4Box.made("iref", [0, 0, 0, 0] + described(new, width: 2))
    }
    return MP4Box.made("meta", content)
  }

  private func editedList(_ box: MP4Box, adding new: Int?, removing old: Int?) -> [UInt8] {
    var entries = items.filter { $0.id != old }.map { Array(bytes[$0.whole]) }
    if let new {
      let head: [UInt8] = [2, 0, 0, 0] + [UInt8](new, width: 2) + [0, 0]
      entries.append(MP4Box.made("infe", head + Array("mimeXMP\0\(Self.xmpType)\0".utf8)))
    }
    let version = bytes[box.content.lowerBound]
    let count = [UInt8](entries.count, width: version == 0 ? 2 : 4)
    return MP4Box.made("iinf", [version, 0, 0, 0] + count + entries.flatMap { $0 })
  }

  /// Nil of a list that is broken.
  private func editedReferences(_ box: MP4Box, adding new: Int?, removing old: Int?) -> [UInt8]? {
    guard let version = bytes.count(1, at: box.content.lowerBound), version <= 1,
      let all = MP4Box.all(in: bytes, box.content.dropFirst(4).indices)
    else { return nil }
    let width = version == 0 ? 2 : 4
    let kept = all.filter { old == nil || bytes.count(width, at: $0.content.lowerBound) != old }
    let content = kept.flatMap { bytes[$0.whole] } + (new.map { described($0, width: width) } ?? [])
    // A list of nothing need not be there.
    guard !content.isEmpty else { return [] }
    return MP4Box.made("iref", [UInt8(version), 0, 0, 0] + content)
  }

  /// The reference that makes an item describe the picture.
  private func described(_ new: Int, width: Int) -> [UInt8] {
    MP4Box.made(
      "cdsc", [UInt8](new, width: width) + [0, 1] + [UInt8](primary, width: width))
  }
}
