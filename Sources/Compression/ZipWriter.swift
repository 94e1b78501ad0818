package import Foundations

/// Writes a ZIP archive front to back, of any size, in bounded memory.
///
/// Nothing is asked of where the bytes go but that they arrive in order, so that an archive can be
/// sent while it is made. Numbers that do not fit into the old format are written in its wide form
/// (ZIP64), and only those, since some programs read nothing else.
package final class ZipWriter {
  /// How content lies in the archive.
  package enum Method: UInt16, Sendable {
    /// As it is: for pictures, films and sounds, which do not get smaller.
    case stored = 0
    /// Packed: for texts.
    case deflated = 8
  }

  private struct Entry {
    let name: [UInt8]
    let method: Method
    let modified: Timestamp
    let offset: Int64
    let isWide: Bool
    var crc = CRC32()
    var size: Int64 = 0
    var packedSize: Int64 = 0
  }

  // Beyond it the packed form of what was announced might not fit into the narrow one.
  private static let mostNarrow: Int64 = 0xF000_0000

  private let sink: ([UInt8]) throws -> Void
  private var entries: [Entry] = []
  private var names: Set<String> = []
  private var offset: Int64 = 0

  /// A writer that hands its bytes over in order.
  package init(_ sink: @escaping ([UInt8]) throws -> Void) { self.sink = sink }

  /// Adds an entry whose content comes piece by piece from `content`.
  ///
  /// - Parameter expecting: how large it will be, nil where nobody knows; a promise.
  package func add(
    _ path: RelativePath, _ method: Method, modified: Timestamp, expecting size: Int64?,
    content: (_ write: ([UInt8]) throws -> Void) throws -> Void
  ) throws {
    precondition(names.insert(path.filePath.text).inserted, "a ZIP archive has each name once")
    var entry = Entry(
      name: path.filePath.bytes, method: method, modified: modified, offset: offset,
      isWide: size.map { $0 > Self.mostNarrow } ?? true)
    try emit(localHead(of: entry))
    switch method {
    case .stored:
      try content { bytes in
        count(bytes, in: &entry)
        entry.packedSize += Int64(bytes.count)
        try emit(bytes)
      }
    case .deflated: try pack(&entry, content)
    }
    guard size == nil || size == entry.size else {
      throw CompressionFailure(
        .compressionSizeChanged, "\(path) has \(entry.size) bytes and not those announced",
        hint: "try again when nobody writes to it")
    }
    try emit(descriptor(of: entry))
    entries.append(entry)
  }

  /// Adds an entry whose content is at hand.
  package func add(
    _ path: RelativePath, _ method: Method, modified: Timestamp, _ bytes: [UInt8]
  ) throws {
    try add(path, method, modified: modified, expecting: Int64(bytes.count)) { try $0(bytes) }
  }

  private func pack(
    _ entry: inout Entry, _ content: (_ write: ([UInt8]) throws -> Void) throws -> Void
  ) throws {
    var deflater = try Deflater.make(.raw)
    var packed: Int64 = 0
    try content { bytes in
      count(bytes, in: &entry)
      try deflater.pack(bytes) {
        packed += Int64($0.count)
        try emit(Array($0))
      }
    }
    try deflater.finish {
      packed += Int64($0.count)
      try emit(Array($0))
    }
    entry.packedSize = packed
  }

  private func count(_ bytes: [UInt8], in entry: inout Entry) {
    entry.crc.update(bytes)
    entry.size += Int64(bytes.count)
  }

  private func emit(_ bytes: [UInt8]) throws {
    try sink(bytes)
    offset += Int64(bytes.count)
  }

  /// Writes the list of all entries; nothing may be added after.
  package func finish() throws {
    let start = offset
    for entry in entries { try emit(centralHead(of: entry)) }
    let size = offset - start
    let isWide =
      entries.count >= Int(ZipFields.wide16) || start >= Int64(ZipFields.wide32)
      || size >= Int64(ZipFields.wide32)
    if isWide { try emit(wideEnd(from: start, size)) }
    var end: [UInt8] = []
    end.append(little: ZipFields.end)
    end.append(little: UInt32(0))
    let count = isWide ? ZipFields.wide16 : UInt16(entries.count)
    end.append(little: count)
    end.append(little: count)
    end.append(little: isWide ? ZipFields.wide32 : UInt32(size))
    end.append(little: isWide ? ZipFields.wide32 : UInt32(start))
    end.append(little: UInt16(0))
    try emit(end)
  }
}

extension ZipWriter {
  private func localHead(of entry: Entry) -> [UInt8] {
    var head: [UInt8] = []
    head.append(little: ZipFields.localHead)
    head.append(little: UInt16(entry.isWide ? 45 : 20))
    head.append(little: ZipFields.flags)
    head.append(little: entry.method.rawValue)
    head.append(little: ZipFields.dosTime(entry.modified))
    // Checksum and sizes follow the content.
    head.append(little: UInt32(0))
    head.append(little: entry.isWide ? ZipFields.wide32 : UInt32(0))
    head.append(little: entry.isWide ? ZipFields.wide32 : UInt32(0))
    head.append(little: UInt16(entry.name.count))
    var extra = timeExtra(of: entry)
    if entry.isWide {
      extra.append(little: ZipFields.wideExtra)
      extra.append(little: UInt16(16))
      extra.append(little: UInt64(0))
      extra.append(little: UInt64(0))
    }
    head.append(little: UInt16(extra.count))
    return head + entry.name + extra
  }

  private func descriptor(of entry: Entry) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(little: ZipFields.descriptor)
    bytes.append(little: entry.crc.value)
    for size in [entry.packedSize, entry.size] {
      if entry.isWide {
        bytes.append(little: UInt64(size))
      } else {
        bytes.append(little: UInt32(size))
      }
    }
    return bytes
  }

  private func centralHead(of entry: Entry) -> [UInt8] {
    let limit = Int64(ZipFields.wide32)
    var wide: [UInt8] = []
    func narrow(_ value: Int64) -> UInt32 {
      guard value >= limit else { return UInt32(value) }
      wide.append(little: UInt64(value))
      return ZipFields.wide32
    }
    // In the order in which the wide record has them.
    let (size, packed) = (narrow(entry.size), narrow(entry.packedSize))
    let offset = narrow(entry.offset)
    var extra = timeExtra(of: entry)
    if !wide.isEmpty {
      extra.append(little: ZipFields.wideExtra)
      extra.append(little: UInt16(wide.count))
      extra += wide
    }
    var head: [UInt8] = []
    head.append(little: ZipFields.centralHead)
    // Made under Unix, so that the permissions below are understood.
    head.append(little: UInt16(3 << 8 | 45))
    head.append(little: UInt16(entry.isWide || !wide.isEmpty ? 45 : 20))
    head.append(little: ZipFields.flags)
    head.append(little: entry.method.rawValue)
    head.append(little: ZipFields.dosTime(entry.modified))
    head.append(little: entry.crc.value)
    head.append(little: packed)
    head.append(little: size)
    head.append(little: UInt16(entry.name.count))
    head.append(little: UInt16(extra.count))
    // No comment, first disk, no inner attributes.
    for _ in 0..<3 { head.append(little: UInt16(0)) }
    head.append(little: UInt32(0o100644 << 16))
    head.append(little: offset)
    return head + entry.name + extra
  }

  private func timeExtra(of entry: Entry) -> [UInt8] {
    let seconds = entry.modified.microseconds / 1_000_000
    guard let narrow = Int32(exactly: seconds) else { return [] }
    var extra: [UInt8] = []
    extra.append(little: ZipFields.timeExtra)
    extra.append(little: UInt16(5))
    extra.append(1)
    extra.append(little: UInt32(bitPattern: narrow))
    return extra
  }

  private func wideEnd(from start: Int64, _ size: Int64) -> [UInt8] {
    let place = UInt64(offset)
    var end: [UInt8] = []
    end.append(little: ZipFields.wideEnd)
    end.append(little: UInt64(44))
    end.append(little: UInt16(3 << 8 | 45))
    end.append(little: UInt16(45))
    end.append(little: UInt64(0))
    end.append(little: UInt64(entries.count))
    end.append(little: UInt64(entries.count))
    end.append(little: UInt64(size))
    end.append(little: UInt64(start))
    end.append(little: ZipFields.wideLocator)
    end.append(little: UInt32(0))
    end.append(little: place)
    end.append(little: UInt32(1))
    return end
  }
}
