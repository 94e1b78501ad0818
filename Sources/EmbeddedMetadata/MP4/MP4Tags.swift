import Foundations

/// The tags in the index of an MP4 or MOV file: read, and the index made anew with others.
struct MP4Tags {
  private let moov: [UInt8]
  private let path: FilePath
  private static let comment = "\u{A9}cmt"
  private static let freeform = ["EMBEDDED_IMAGES", "IMAGE_METADATA"]

  init(_ moov: [UInt8], _ path: FilePath) {
    self.moov = moov
    self.path = path
  }

  private func boxes(_ range: Range<Int>) throws -> [MP4Box] {
    guard let boxes = MP4Box.all(in: moov, range) else {
      throw MetadataFailure.damaged(path, "boxes in its index have wrong sizes")
    }
    return boxes
  }

  private var top: [MP4Box] {
    get throws {
      guard let box = try boxes(0..<moov.count).first else {
        throw MetadataFailure.damaged(path, "its index is empty")
      }
      return try boxes(box.content)
    }
  }

  /// Where the children of a `meta` begin: ISO has four bytes before them, QuickTime has none.
  private func children(ofMeta meta: MP4Box) throws -> [MP4Box] {
    let isBare = moov.has("hdlr", at: meta.content.lowerBound + 4)
    let start = min(meta.content.lowerBound + (isBare ? 0 : 4), meta.content.upperBound)
    return try boxes(start..<meta.content.upperBound)
  }

  private func handler(_ boxes: [MP4Box]) -> String? {
    guard let hdlr = boxes.first(where: { $0.type == "hdlr" }) else { return nil }
    return moov.part(at: hdlr.content.lowerBound + 8, count: 4).map { ForeignText.latin1($0) }
  }

  /// The texts, iTunes' comment first.
  func texts() throws -> [FoundText] {
    var texts: [FoundText] = []
    for box in try top {
      if box.type == "meta" { texts += try keyed(box).map(\.text) }
      guard box.type == "udta" else { continue }
      for child in try boxes(box.content) {
        if child.type == "meta" {
          texts += try keyed(child).map(\.text)
          for item in try items(ofMeta: child) {
            guard let text = itemText(item) else { continue }
            texts.insert(text, at: text.keyword == "comment" ? 0 : texts.count)
          }
        } else if child.type.hasPrefix("\u{A9}"), let text = quickTimeText(child) {
          texts.append(text)
        }
      }
    }
    return Array(texts.prefix(MetadataLimits.texts))
  }

  private func items(ofMeta meta: MP4Box) throws -> [MP4Box] {
    let children = try children(ofMeta: meta)
    guard handler(children) == "mdir", let ilst = children.first(where: { $0.type == "ilst" })
    else {
      return []
    }
    return try boxes(ilst.content)
  }

  private static let names = [
    comment: "comment", "desc": "description", "ldes": "description", "\u{A9}nam": "title",
    "\u{A9}des": "description", "\u{A9}inf": "information",
  ]

  private func itemText(_ item: MP4Box) -> FoundText? {
    guard let data = MP4Box.all(in: moov, item.content)?.first(where: { $0.type == "data" }),
      data.content.count >= 8, data.content.count <= MetadataLimits.text
    else { return nil }
    let text = ForeignText.utf8OrLatin1(moov[data.content.dropFirst(8)])
    if item.type == "----" {
      return freeformName(item).map { FoundText($0, text, place: "mp4:---- \($0)") }
    }
    guard let name = Self.names[item.type] else { return nil }
    return FoundText(name, text, place: "mp4:ilst \(item.type)")
  }

  private func freeformName(_ item: MP4Box) -> String? {
    guard item.type == "----", let parts = MP4Box.all(in: moov, item.content),
      let name = parts.first(where: { $0.type == "name" }), name.content.count > 4
    else { return nil }
    return ForeignText.utf8OrLatin1(moov[name.content.dropFirst(4)])
  }

  private func quickTimeText(_ box: MP4Box) -> FoundText? {
    guard let name = Self.names[box.type],
      let size = moov.count(2, at: box.content.lowerBound), size <= box.content.count - 4,
      let bytes = moov.part(at: box.content.lowerBound + 4, count: size)
    else { return nil }
    return FoundText(name, ForeignText.utf8OrLatin1(bytes), place: "mov:udta \(box.type)")
  }

  /// The items of a `meta` with named keys (mdta), as ffmpeg writes them when told to.
  private func keyed(_ meta: MP4Box) throws -> [(item: MP4Box, text: FoundText)] {
    let children = try children(ofMeta: meta)
    guard handler(children) == "mdta", let keys = children.first(where: { $0.type == "keys" }),
      let ilst = children.first(where: { $0.type == "ilst" }), keys.content.count >= 8
    else { return [] }
    let names = try boxes(keys.content.lowerBound + 8..<keys.content.upperBound)
    return try boxes(ilst.content).compactMap { item in
      guard let index = moov.count(4, at: item.whole.lowerBound + 4), index >= 1,
        index <= names.count,
        let data = MP4Box.all(in: moov, item.content)?.first(where: { $0.type == "data" }),
        data.content.count >= 8, data.content.count <= MetadataLimits.text
      else { return nil }
      let name = ForeignText.utf8OrLatin1(moov[names[index - 1].content])
      // Apple's own keys have long names.
      let short = name.split(separator: ".").last.map(String.init) ?? name
      let text = ForeignText.utf8OrLatin1(moov[data.content.dropFirst(8)])
      return (item, FoundText(short, text, place: "mp4:keys \(name)"))
    }
  }

  /// The source pictures, as Wan2GP keeps them.
  func pictures() throws -> [EmbeddedPicture] {
    guard let udta = try top.first(where: { $0.type == "udta" }),
      let meta = try boxes(udta.content).first(where: { $0.type == "meta" })
    else { return [] }
    let items = try items(ofMeta: meta)
    guard let images = items.first(where: { freeformName($0) == Self.freeform[0] }),
      let parts = MP4Box.all(in: moov, images.content),
      let index = items.first(where: { freeformName($0) == Self.freeform[1] }),
      let text = itemText(index)?.text
    else { return [] }
    let contents = parts.filter { $0.type == "data" && $0.content.count >= 8 }
      .prefix(MetadataLimits.pictures).map { Array(moov[$0.content.dropFirst(8)]) }
    return EmbeddedPicture.all(contents, index: text)
  }

  /// The index with other tags; its head says its new size.
  func edited(_ change: Change) throws -> [UInt8] {
    var content: [UInt8] = []
    var movedKeys: [UInt8] = []
    var isWritten = false
    for box in try top {
      switch box.type {
      case "udta":
        content += try editedUserData(
          box, isWritten ? Change(text: nil, pictures: nil) : change, movedKeys: &movedKeys)
        isWritten = true
      case "meta": content += try editedKeys(box, change)
      default: content += moov[box.whole]
      }
    }
    if !isWritten, change.text != nil {
      content += MP4Box.made("udta", made([], [], change))
    }
    guard try movedKeys.isEmpty || !top.contains(where: { $0.type == "meta" }) else {
      throw MetadataFailure.unsupported(path, "it has two lists of keys")
    }
    return MP4Box.made("moov", content + movedKeys)
  }

  private func editedUserData(
    _ udta: MP4Box, _ change: Change, movedKeys: inout [UInt8]
  ) throws -> [UInt8] {
    var content: [UInt8] = []
    var meta: [UInt8]?
    for child in try boxes(udta.content) {
      // QuickTime's own comment would say something else than ours.
      if child.type == Self.comment { continue }
      guard child.type == "meta" else {
        content += moov[child.whole]
        continue
      }
      let children = try children(ofMeta: child)
      if handler(children) == "mdta" {
        let kept = try editedKeys(child, change)
        // One place has room for one kind: the keys go up to where QuickTime has them.
        if change.text == nil { content += kept } else { movedKeys = kept }
        continue
      }
      guard handler(children) == "mdir" else {
        guard change.text == nil else {
          throw MetadataFailure.unsupported(path, "its tags are of a kind that is not known")
        }
        content += moov[child.whole]
        continue
      }
      let others = children.filter { !["hdlr", "ilst", "free"].contains($0.type) }
      let kept = try items(ofMeta: child).filter { !isReplaced($0, change) }
      // Stripped of its last item, it would be a list of nothing.
      if change.text == nil, kept.isEmpty, others.isEmpty { continue }
      meta = made(kept.flatMap { moov[$0.whole] }, others.flatMap { moov[$0.whole] }, change)
    }
    if meta == nil, change.text != nil { meta = made([], [], change) }
    content += meta ?? []
    return change.text == nil && content.isEmpty ? [] : MP4Box.made("udta", content)
  }

  private func isReplaced(_ item: MP4Box, _ change: Change) -> Bool {
    if item.type == Self.comment { return true }
    guard let name = freeformName(item) else {
      guard change.text == nil, let text = itemText(item) else { return false }
      return FoundText.isGeneration(text.keyword)
    }
    if Self.freeform.contains(name) { return change.text == nil || change.pictures != nil }
    return change.text == nil && FoundText.isGeneration(name)
  }

  /// Without the keyed comment, which would say something else; stripping takes more.
  private func editedKeys(_ meta: MP4Box, _ change: Change) throws -> [UInt8] {
    let old = try keyed(meta).filter {
      change.text == nil
        ? FoundText.isGeneration($0.text.keyword) : $0.text.keyword == "comment"
    }.map(\.item.whole)
    guard !old.isEmpty else { return Array(moov[meta.whole]) }
    var content = Array(moov[meta.content.lowerBound..<meta.content.upperBound])
    guard let ilst = try children(ofMeta: meta).first(where: { $0.type == "ilst" }) else {
      return Array(moov[meta.whole])
    }
    let kept = try boxes(ilst.content).filter { !old.contains($0.whole) }
    let start = ilst.whole.lowerBound - meta.content.lowerBound
    content.replaceSubrange(
      start..<start + ilst.whole.count,
      with: MP4Box.made("ilst", kept.flatMap { moov[$0.whole] }))
    return MP4Box.made("meta", content)
  }

  /// A `meta` in iTunes' manner with the kept items and the new ones.
  private func made(_ items: [UInt8], _ others: [UInt8], _ change: Change) -> [UInt8] {
    var items = items
    if let text = change.text {
      items += MP4Box.made(Self.comment, data(1, Array(text.utf8)))
    }
    if let pictures = change.pictures, !pictures.isEmpty {
      let contents = pictures.flatMap { data($0.isPNG ? 14 : 13, $0.bytes) }
      items += freeformItem(Self.freeform[0], contents)
      let index = EmbeddedPicture.index(pictures)
      items += freeformItem(Self.freeform[1], data(1, Array(index.utf8)))
    }
    let handler = [UInt8](repeating: 0, count: 8) + Array("mdirappl".utf8)
    let hdlr = MP4Box.made("hdlr", handler + [UInt8](repeating: 0, count: 9))
    return MP4Box.made("meta", [0, 0, 0, 0] + hdlr + MP4Box.made("ilst", items) + others)
  }

  private func data(_ type: Int, _ content: [UInt8]) -> [UInt8] {
    MP4Box.made("data", [UInt8](type, width: 4) + [0, 0, 0, 0] + content)
  }

  private func freeformItem(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let mean = MP4Box.made("mean", [0, 0, 0, 0] + Array("com.apple.iTunes".utf8))
    return MP4Box.made(
      "----", mean + MP4Box.made("name", [0, 0, 0, 0] + Array(name.utf8)) + content)
  }
}
