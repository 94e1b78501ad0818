import Foundations
import Glibc

/// Walks a file's outermost structure to see whether it is as long as it says itself.
///
/// libav reads a file whose end is cut off without a word, as long as its headers are whole; a user
/// who archives it wants to know. Only headers are read, but for JPEG, which has no lengths.
enum StructureCheck {
  /// The verdict for a source; by its first bytes, since a file whose end is missing may be one
  /// that no demuxer opens.
  static func run(_ source: MediaSource) -> Completeness {
    guard let bytes = PlainBytes(source), let head = bytes.read(16, at: 0), head.count == 16 else {
      return .unknown
    }
    let verdict: Completeness? =
      if head[4..<8].elementsEqual("ftyp".utf8) || head[4..<8].elementsEqual("moov".utf8) {
        boxes(bytes)
      } else if head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
        segment(bytes)
      } else if head.starts(with: "RIFF".utf8) {
        chunks(bytes)
      } else if head.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
        portableNetworkGraphics(bytes)
      } else if head.starts(with: [0xFF, 0xD8, 0xFF]) {
        jpeg(bytes)
      } else if head.starts(with: "GIF8".utf8) {
        bytes.last(1) == [0x3B] || bytes.last(2) == [0x3B, 0] ? .complete : nil
      } else {
        nil
      }
    return verdict ?? .unknown
  }

  /// MP4 and its kin: boxes with lengths, one after the other.
  private static func boxes(_ bytes: borrowing PlainBytes) -> Completeness? {
    var place: Int64 = 0
    while place < bytes.size {
      guard let header = bytes.read(16, at: place), header.count >= 8 else {
        return .truncated(missingBytes: nil)
      }
      var length = Int64(header.bigEndian(4, at: 0))
      if length == 1 {
        guard header.count == 16 else { return .truncated(missingBytes: nil) }
        length = Int64(truncatingIfNeeded: header.bigEndian(8, at: 8))
      }
      // A length of 0 means "to the end of the file".
      if length == 0 { return .complete }
      // Bytes that are no box, as some writers leave them behind the last one.
      guard length >= 8 else { return .unknown }
      let (end, isTooFar) = place.addingReportingOverflow(length)
      if isTooFar { return .unknown }
      if end > bytes.size { return .truncated(missingBytes: end - bytes.size) }
      place = end
    }
    return .complete
  }

  /// Matroska: one segment whose length stands behind the EBML header.
  private static func segment(_ bytes: borrowing PlainBytes) -> Completeness? {
    guard let head = bytes.read(4096, at: 0),
      let ebml = EBMLNumber(head, at: 4), ebml.value >= 0
    else { return nil }
    let start = 4 + ebml.length + Int(clamping: ebml.value)
    guard start + 4 <= head.count, head[start..<start + 4].elementsEqual([0x18, 0x53, 0x80, 0x67]),
      let size = EBMLNumber(head, at: start + 4)
    else { return nil }
    // All bits set: a stream that did not know its own length.
    if size.isUnknown { return .unknown }
    let end = Int64(start + 4 + size.length) + size.value
    return end > bytes.size ? .truncated(missingBytes: end - bytes.size) : .complete
  }

  /// RIFF: the length stands behind the first four letters.
  private static func chunks(_ bytes: borrowing PlainBytes) -> Completeness? {
    guard let head = bytes.read(12, at: 0), head.count == 12, head.starts(with: "RIFF".utf8) else {
      return nil
    }
    let length = Int64(UInt32(truncatingIfNeeded: head.littleEndian(4, at: 4)))
    // Written as a stream, or past 4 GB: the length is not known here.
    guard length != 0, length != 0xFFFF_FFFF else { return .unknown }
    let end = length + 8
    return end > bytes.size ? .truncated(missingBytes: end - bytes.size) : .complete
  }

  /// PNG: chunks with lengths, the last of which is called IEND.
  private static func portableNetworkGraphics(_ bytes: borrowing PlainBytes) -> Completeness? {
    var place: Int64 = 8
    while place < bytes.size {
      guard let header = bytes.read(8, at: place), header.count == 8 else { break }
      let end = place + 12 + Int64(header.bigEndian(4, at: 0))
      if end > bytes.size { return .truncated(missingBytes: end - bytes.size) }
      if header[4..<8].elementsEqual("IEND".utf8) { return .complete }
      place = end
    }
    return .truncated(missingBytes: nil)
  }

  /// JPEG: segments with lengths up to the first scan, then anything up to the end marker.
  private static func jpeg(_ bytes: borrowing PlainBytes) -> Completeness? {
    var place: Int64 = 2
    while let header = bytes.read(4, at: place), header.count == 4, header[0] == 0xFF {
      place += 2 + Int64(header.bigEndian(2, at: 2))
      // An embedded preview has an end marker of its own, so the search begins behind the headers.
      if header[1] == 0xDA { return hasEndMarker(bytes, from: place) }
    }
    return .truncated(missingBytes: nil)
  }

  private static func hasEndMarker(_ bytes: borrowing PlainBytes, from start: Int64) -> Completeness
  {
    var place = start
    var previous: UInt8 = 0
    while let part = bytes.read(256 << 10, at: place), !part.isEmpty {
      for byte in part {
        if previous == 0xFF, byte == 0xD9 { return .complete }
        previous = byte
      }
      place += Int64(part.count)
    }
    return .truncated(missingBytes: nil)
  }
}

/// A number of EBML: as many bytes as the first one's leading zeros say, and one more.
private struct EBMLNumber {
  let value: Int64
  let length: Int
  let isUnknown: Bool

  init?(_ bytes: [UInt8], at place: Int) {
    guard place < bytes.count, bytes[place] != 0 else { return nil }
    length = bytes[place].leadingZeroBitCount + 1
    guard place + length <= bytes.count else { return nil }
    let first = Int64(bytes[place]) & Int64(0xFF >> length)
    value = bytes[place + 1..<place + length].reduce(first) { $0 << 8 | Int64($1) }
    isUnknown = value == (Int64(1) << (7 * length)) - 1
  }
}

/// Any place of a file or of memory, for looking at headers.
private struct PlainBytes: ~Copyable {
  private let memory: [UInt8]
  private let file: FileDescriptor?
  let size: Int64

  init?(_ source: MediaSource) {
    switch source {
    case .memory(let bytes, _):
      memory = bytes
      file = nil
      size = Int64(bytes.count)
    case .file(let path):
      guard let opened = try? FileDescriptor.open(path, O_RDONLY | O_NONBLOCK),
        let status = try? opened.status(), status.kind == .plain
      else { return nil }
      memory = []
      size = status.size
      file = consume opened
    case .bytes: return nil
    }
  }

  /// Up to `count` bytes from a place; nil where nothing can be read.
  func read(_ count: Int, at place: Int64) -> [UInt8]? {
    guard place >= 0, place < size else { return nil }
    if file == nil {
      return Array(memory[Int(place)..<min(memory.count, Int(place) + count)])
    }
    return try? file?.read(count, at: place)
  }

  func last(_ count: Int) -> [UInt8] { read(count, at: size - Int64(count)) ?? [] }
}

extension [UInt8] {
  fileprivate func bigEndian(_ count: Int, at place: Int) -> UInt64 {
    self[place..<place + count].reduce(0) { $0 << 8 | UInt64($1) }
  }

  fileprivate func littleEndian(_ count: Int, at place: Int) -> UInt64 {
    self[place..<place + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
