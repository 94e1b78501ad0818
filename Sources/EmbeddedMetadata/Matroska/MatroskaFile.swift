import Foundations

/// Matroska and WebM: tags and attachments, in their old place or at the end of the segment.
///
/// Clusters never move, so no cue points elsewhere.
enum MatroskaFile: MetadataContainer {
  static func texts(in file: SourceFile) throws -> [FoundText] {
    try MatroskaLayout(file).children.filter { $0.id == MatroskaLayout.tags }.flatMap {
      try MatroskaTags(bytes: file.bytes($0.content, limit: MetadataLimits.index), file: file)
        .texts()
    }
  }

  static func pictures(in file: SourceFile) throws -> [EmbeddedPicture] {
    try MatroskaLayout(file).children.filter { $0.id == MatroskaLayout.attachments }.flatMap {
      try MatroskaAttachments(
        bytes: file.bytes($0.content, limit: MetadataLimits.index), file: file
      ).pictures()
    }
  }

  static func rewrite(_ file: SourceFile, _ change: Change) throws -> Rewrite {
    if try ContainerKind.of(file) == .webm { try refusePictures(change, file) }
    let layout = try MatroskaLayout(file)
    guard !layout.isOpen else {
      throw MetadataFailure.unsupported(file.path, "it is a live recording without sizes")
    }
    var edit = MatroskaEdit(layout, file)
    let tags = try edit.content(of: MatroskaLayout.tags)
    edit.replace(
      MatroskaLayout.tags, with: try MatroskaTags(bytes: tags, file: file).edited(change))
    if let pictures = change.pictures ?? (change.text == nil ? [] : nil) {
      let old = try edit.content(of: MatroskaLayout.attachments)
      let new = try MatroskaAttachments(bytes: old, file: file).edited(pictures)
      if new != old { edit.replace(MatroskaLayout.attachments, with: new) }
    }
    return Rewrite(try edit.pieces(), place: "mkv:tag COMMENT")
  }
}

/// The new segment as it comes about.
struct MatroskaEdit {
  private let layout: MatroskaLayout
  private let file: SourceFile
  /// What stands in the place of children, by their index.
  private var replaced: [Int: [Piece]] = [:]
  private var added: [UInt8] = []
  /// What the index of the segment is to say: new places, nil for none.
  private var moved: [UInt64: Int64?] = [:]

  init(_ layout: MatroskaLayout, _ file: SourceFile) {
    self.layout = layout
    self.file = file
    for (index, child) in layout.children.enumerated() where child.id == MatroskaLayout.checksum {
      // A checksum over the whole segment would no longer be right.
      replaced[index] = EBMLPart.void(child.count)
    }
  }

  /// The contents of all elements of a kind.
  func content(of id: UInt64) throws -> [UInt8] {
    try layout.children.filter { $0.id == id }.flatMap {
      try file.bytes($0.content, limit: MetadataLimits.index)
    }
  }

  /// Puts one element in the place of all of its kind: there where it fits, else at the end.
  mutating func replace(_ id: UInt64, with content: [UInt8]) {
    let old = layout.children.indices.filter { layout.children[$0].id == id }
    for index in old { replaced[index] = EBMLPart.void(layout.children[index].count) }
    guard !content.isEmpty else {
      if !old.isEmpty { moved.updateValue(nil, forKey: id) }
      return
    }
    let element = EBMLPart.made(id, content)
    if let index = old.first, let pieces = fitting(element, at: index) {
      replaced[index] = pieces
      // Others of the kind are gone, and with them what the index said of them.
      moved.updateValue(layout.position(layout.children[index].whole.lowerBound), forKey: id)
      return
    }
    moved.updateValue(layout.position(layout.segmentEnd) + Int64(added.count), forKey: id)
    added += element
  }

  /// An element in the room of a child and of what says nothing behind it; nil where it is too big.
  private mutating func fitting(_ element: [UInt8], at index: Int) -> [Piece]? {
    var room = layout.children[index].count
    var last = index
    let rest = { room - Int64(element.count) }
    while rest() != 0, rest() < 2 {
      last += 1
      guard last < layout.children.count, layout.children[last].id == MatroskaLayout.void,
        replaced[last] == nil
      else { return nil }
      room += layout.children[last].count
    }
    for taken in index..<last { replaced[taken + 1] = [] }
    return [.made(element)] + EBMLPart.void(rest())
  }

  /// The whole of the new file.
  mutating func pieces() throws -> [Piece] {
    try writeSeekHead()
    let size = layout.position(layout.segmentEnd) + Int64(added.count)
    let width = layout.sizeWidth
    guard size < (Int64(1) << Int64(7 * width)) - 1 else {
      throw MetadataFailure.unsupported(file.path, "its segment has no room for a larger size")
    }
    let marked = UInt64(size) | 1 << UInt64(7 * width)
    let sizePlace = layout.segmentHead.upperBound - Int64(width)
    var pieces: [Piece] = [.kept(0..<sizePlace), .made([UInt8](marked, width: width))]
    var keptFrom = layout.segmentHead.upperBound
    for (index, child) in layout.children.enumerated() {
      guard let new = replaced[index] else { continue }
      pieces.append(.kept(keptFrom..<child.whole.lowerBound))
      pieces += new
      keptFrom = child.whole.upperBound
    }
    pieces.append(.kept(keptFrom..<layout.segmentEnd))
    pieces.append(.made(added))
    pieces.append(.kept(layout.segmentEnd..<file.size))
    return pieces
  }

  /// The segment's index of its elements, with the new places.
  private mutating func writeSeekHead() throws {
    guard !moved.isEmpty,
      let index = layout.children.firstIndex(where: { $0.id == MatroskaLayout.seekHead })
    else { return }
    let bytes = try file.bytes(layout.children[index].content)
    guard let entries = EBMLPart.all(in: bytes, 0..<bytes.count) else {
      throw file.damaged("its index has wrong sizes")
    }
    var content: [UInt8] = []
    for entry in entries where entry.id == 0x4DBB {
      let parts = EBMLPart.all(in: bytes, entry.content) ?? []
      let id = parts.first { $0.id == 0x53AB }.flatMap { part in
        bytes.number(min(8, part.content.count), at: part.content.lowerBound)
      }
      if let id, moved.keys.contains(id) { continue }
      content += bytes[entry.whole]
    }
    for (id, place) in moved.sorted(by: { $0.key < $1.key }) {
      guard let place else { continue }
      var number = [UInt8](place, width: 8)
      while number.count > 1, number[0] == 0 { number.removeFirst() }
      content += EBMLPart.made(
        0x4DBB,
        EBMLPart.made(0x53AB, EBMLPart.idBytes(id)) + EBMLPart.made(0x53AC, number))
    }
    guard let pieces = fitting(EBMLPart.made(MatroskaLayout.seekHead, content), at: index) else {
      throw MetadataFailure.unsupported(file.path, "its index has no room for another entry")
    }
    replaced[index] = pieces
  }
}
