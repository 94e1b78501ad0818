/// The TIFF block that EXIF is, changed without moving what others point to.
///
/// Values lie at offsets, and makers' notes hold offsets that nobody else understands. So nothing
/// moves: a changed directory and new values are added at the end, and one pointer is turned.
struct EXIFBlock {
  /// The block, from its byte order on.
  private(set) var bytes: [UInt8]
  let order: ByteOrder

  private static let pointerToEXIF = 0x8769
  private static let userComment = 0x9286

  /// One entry of a directory.
  private struct Entry {
    let place: Int
    let tag: Int
    let type: Int
    /// Where the value's bytes are.
    let value: Range<Int>
  }

  /// A directory: where it begins, and its entries.
  private struct Directory {
    let place: Int
    let entries: [Entry]
    /// The entries and the pointer to the next directory, as they stand.
    var end: Int { place + 2 + entries.count * 12 + 4 }
    func entry(_ tag: Int) -> Entry? { entries.first { $0.tag == tag } }
  }

  /// An empty block; little-endian, since readers that ignore the order expect that.
  init() {
    order = .little
    bytes = Array("II".utf8) + [42, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  }

  /// A block from a file, nil where it is none; the prefix that JPEG has is left out.
  init?(_ content: [UInt8]) {
    let bytes = content.has("Exif\0\0") ? Array(content.dropFirst(6)) : content
    let order: ByteOrder = bytes.has("II") ? .little : .big
    guard bytes.has("II") || bytes.has("MM"), bytes.number(2, at: 2, order) == 42 else {
      return nil
    }
    self.bytes = bytes
    self.order = order
    guard firstDirectory != nil else { return nil }
  }

  private var firstDirectory: Directory? {
    bytes.count(4, at: 4, order).flatMap { directory(at: $0) }
  }

  private var exifDirectory: Directory? {
    guard let entry = firstDirectory?.entry(Self.pointerToEXIF) else { return nil }
    return bytes.count(4, at: entry.place + 8, order).flatMap { directory(at: $0) }
  }

  private func directory(at place: Int) -> Directory? {
    guard place >= 8, let count = bytes.count(2, at: place, order),
      place + 2 + count * 12 <= bytes.count
    else { return nil }
    let sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4]
    let entries = (0..<count).compactMap { index -> Entry? in
      let at = place + 2 + index * 12
      guard let tag = bytes.count(2, at: at, order), let type = bytes.count(2, at: at + 2, order),
        let number = bytes.count(4, at: at + 4, order)
      else { return nil }
      let size = (sizes.indices.contains(type) ? sizes[type] : 1) * number
      let start = size <= 4 ? at + 8 : bytes.count(4, at: at + 8, order) ?? 0
      let isInside = start <= bytes.count && size <= bytes.count - start
      return Entry(
        place: at, tag: tag, type: type, value: isInside ? start..<start + size : at..<at)
    }
    return Directory(place: place, entries: entries)
  }

  /// The comment, and ComfyUI's texts, which stand in tags meant for a camera's name.
  func texts(place: String) -> [FoundText] {
    var texts: [FoundText] = []
    // Pillow's users put it into the first directory, where it does not belong.
    for directory in [exifDirectory, firstDirectory] {
      guard let entry = directory?.entry(Self.userComment), let text = comment(bytes[entry.value])
      else { continue }
      texts.append(FoundText("comment", text, place: "\(place) UserComment"))
    }
    for entry in firstDirectory?.entries ?? [] {
      guard let (keyword, text) = comfy(entry) else { continue }
      texts.append(FoundText(keyword, text, place: "\(place) 0x\(String(entry.tag, radix: 16))"))
    }
    return texts
  }

  private func comment(_ value: ArraySlice<UInt8>) -> String? {
    guard value.count > 8 else { return nil }
    let (code, content) = (value.prefix(8), value.dropFirst(8))
    if code.starts(with: "UNICODE".utf8) { return ForeignText.utf16(content, probably: order) }
    let isCoded = code.starts(with: "ASCII".utf8) || code.allSatisfy { $0 == 0 }
    let text = ForeignText.utf8OrLatin1(isCoded ? content : value)
    let trimmed = text.prefix { $0 != "\0" }
    return trimmed.isEmpty ? nil : String(trimmed)
  }

  /// `prompt:{…}` and `workflow:{…}` from the tag Model downward.
  private func comfy(_ entry: Entry) -> (String, String)? {
    guard (0x0100...0x0110).contains(entry.tag), entry.type == 2 || entry.type == 7 else {
      return nil
    }
    for keyword in ["prompt", "workflow"] where bytes[entry.value].starts(with: "\(keyword):".utf8)
    {
      let content = bytes[entry.value].dropFirst(keyword.utf8.count + 1).prefix { $0 != 0 }
      return (keyword, ForeignText.utf8OrLatin1(content))
    }
    return nil
  }

  /// Puts the text into the comment, in ASCII where it is that, else in UTF-16 of this block.
  ///
  /// False where the block's directories are so broken that no entry can be added.
  mutating func setComment(_ text: String) -> Bool {
    removeMisplacedComment()
    if exifDirectory?.entry(Self.userComment) == nil, !addEmptyComment() { return false }
    guard let old = exifDirectory?.entry(Self.userComment) else { return false }
    clear(old.value)
    let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
    let value =
      isASCII
      ? Array("ASCII\0\0\0".utf8) + Array(text.utf8)
      : Array("UNICODE\0".utf8) + ForeignText.utf16Bytes(text, order)
    align()
    // The text comes last, so that the next one can take its room.
    let entry = made(Self.userComment, type: 7, count: value.count, bytes.count)
    bytes += value
    guard old.place + 12 <= bytes.count else { return false }
    bytes.overwrite(at: old.place, entry)
    align()
    return true
  }

  /// Adds an entry for the comment, with directories that have room for it.
  private mutating func addEmptyComment() -> Bool {
    let entry = made(Self.userComment, type: 7, count: 0, 0)
    if let old = exifDirectory {
      guard let pointer = firstDirectory?.entry(Self.pointerToEXIF) else { return false }
      let place = append(entry, to: old)
      bytes.overwrite(at: pointer.place + 8, [UInt8](place, width: 4, order))
      return true
    }
    guard let first = firstDirectory, first.entry(Self.pointerToEXIF) == nil else { return false }
    align()
    let exif = bytes.count
    bytes += [UInt8](1, width: 2, order) + entry + [0, 0, 0, 0]
    let place = append(made(Self.pointerToEXIF, type: 4, count: 1, exif), to: first)
    bytes.overwrite(at: 4, [UInt8](place, width: 4, order))
    return true
  }

  /// Overwrites a value, and gives its room back where it is the last of the block.
  ///
  /// One that lies across the directories, as only a crafted file has it, is left.
  private mutating func clear(_ value: Range<Int>) {
    let directories = [firstDirectory, exifDirectory].compactMap { $0 }
    let isApart = directories.allSatisfy { directory in
      value.upperBound <= directory.place || value.lowerBound >= directory.end
    }
    guard isApart, value.lowerBound >= 8, value.upperBound <= bytes.count else { return }
    for index in value { bytes[index] = 0 }
    let end = directories.map(\.end).max() ?? bytes.count
    if !value.isEmpty, value.upperBound >= bytes.count - 1, value.lowerBound >= end {
      bytes.removeLast(bytes.count - value.lowerBound)
    }
  }

  /// Takes the comment out and overwrites its text.
  mutating func removeComment() {
    removeMisplacedComment()
    guard let directory = exifDirectory, let entry = directory.entry(Self.userComment) else {
      return
    }
    remove(entry, from: directory)
  }

  private mutating func removeMisplacedComment() {
    guard let directory = firstDirectory, let entry = directory.entry(Self.userComment) else {
      return
    }
    remove(entry, from: directory)
  }

  /// Takes out everything that tells how the picture was made.
  mutating func removeGeneration() {
    removeComment()
    while let directory = firstDirectory,
      let entry = directory.entries.first(where: { comfy($0) != nil })
    {
      remove(entry, from: directory)
    }
  }

  private mutating func remove(_ entry: Entry, from directory: Directory) {
    let isInline = (directory.place..<directory.end).contains(entry.value.lowerBound)
    // The entries after it move up, with the pointer to the next directory where there is one.
    let end = min(directory.end, bytes.count)
    let rest = Array(bytes[(entry.place + 12)..<end])
    bytes.overwrite(at: entry.place, rest + [UInt8](repeating: 0, count: 12))
    bytes.overwrite(at: directory.place, [UInt8](directory.entries.count - 1, width: 2, order))
    // A value inside the entry went with it.
    if !isInline { clear(entry.value) }
  }

  private func made(_ tag: Int, type: Int, count: Int, _ value: Int) -> [UInt8] {
    [UInt8](tag, width: 2, order) + [UInt8](type, width: 2, order) + [UInt8](count, width: 4, order)
      + [UInt8](value, width: 4, order)
  }

  /// A copy of a directory with one more entry at the end of the block; returns where it begins.
  private mutating func append(_ entry: [UInt8], to directory: Directory) -> Int {
    align()
    let place = bytes.count
    let tag = entry.count(2, at: 0, order) ?? 0
    var entries = directory.entries.map { Array(bytes[$0.place..<$0.place + 12]) }
    let after = directory.entries.firstIndex { $0.tag > tag } ?? entries.count
    entries.insert(entry, at: after)
    let next = bytes.part(at: directory.end - 4, count: 4) ?? [0, 0, 0, 0]
    bytes += [UInt8](entries.count, width: 2, order) + entries.flatMap { $0 } + next
    return place
  }

  private mutating func align() { if bytes.count % 2 == 1 { bytes.append(0) } }
}
