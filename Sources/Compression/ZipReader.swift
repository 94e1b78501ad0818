package import Foundations
import Glibc

/// Reads a ZIP archive by the list at its end.
///
/// Archives come from outside: names are only let through where they lead down, sizes are held to
/// while unpacking, and each entry's checksum is compared.
package final class ZipReader {
  /// One content of an archive.
  package struct Entry: Sendable, Equatable {
    package let path: RelativePath
    package let size: Int64
    package let crc: UInt32
    let packedSize: Int64
    let method: UInt16
    let offset: Int64
  }

  // The list of a million entries with long names.
  private static let longestList = 256 << 20

  /// The contents, in the archive's order; folders are left out.
  package let entries: [Entry]
  private let file: FileDescriptor
  private let path: FilePath

  /// Opens an archive and reads its list.
  package init(_ path: FilePath) throws {
    self.path = path
    let file = try FileDescriptor.open(path, O_RDONLY | O_NONBLOCK)
    guard try file.status().kind == .plain else {
      throw FileFailure(.fileNotPlain, "\(path) is not a plain file")
    }
    entries = try ZipList.read(file, path, longest: Self.longestList)
    self.file = file
  }

  /// The entry of a name.
  package func find(_ path: RelativePath) -> Entry? { entries.first { $0.path == path } }

  /// Hands the content of an entry over piece by piece; its size and checksum are those it says.
  package func read(
    _ entry: Entry, stop: StopFlag? = nil, each: (ArraySlice<UInt8>) throws -> Void
  ) throws {
    var crc = CRC32()
    var size: Int64 = 0
    func take(_ bytes: ArraySlice<UInt8>) throws {
      crc.update(bytes)
      size += Int64(bytes.count)
      guard size <= entry.size else { throw damaged("\(entry.path) is larger than it says") }
      try each(bytes)
    }
    switch entry.method {
    case ZipWriter.Method.stored.rawValue:
      try readPacked(entry, stop) { try take($0[...]) }
    case ZipWriter.Method.deflated.rawValue:
      var inflater = try Inflater.make(.raw, atMost: entry.size)
      try readPacked(entry, stop) { try inflater.unpack($0, each: take) }
      guard inflater.isFinished else { throw damaged("\(entry.path) is cut off") }
    default:
      throw CompressionFailure(
        .compressionDamaged, "\(path): \(entry.path) is packed in a way that is not read here")
    }
    guard size == entry.size, crc.value == entry.crc else {
      throw damaged("\(entry.path) is not what its checksum says")
    }
  }

  /// The whole content of a small entry.
  package func read(_ entry: Entry, atMost limit: Int) throws -> [UInt8] {
    guard entry.size <= limit else {
      throw CompressionFailure(
        .compressionTooLarge, "\(path): \(entry.path) has more than \(limit) bytes")
    }
    var bytes: [UInt8] = []
    try read(entry) { bytes += $0 }
    return bytes
  }

  private func readPacked(
    _ entry: Entry, _ stop: StopFlag?, _ each: ([UInt8]) throws -> Void
  ) throws {
    let head = try file.read(30, at: entry.offset)
    guard head.little(4, at: 0) == UInt64(ZipFields.localHead), let name = head.little(2, at: 26),
      let extra = head.little(2, at: 28)
    else { throw damaged("\(entry.path) does not lie where the list says") }
    var place = entry.offset + 30 + Int64(name) + Int64(extra)
    var left = entry.packedSize
    while left > 0 {
      try stop?.check()
      let piece = try file.read(Int(min(left, 256 << 10)), at: place)
      guard !piece.isEmpty else { throw damaged("\(entry.path) is cut off") }
      try each(piece)
      place += Int64(piece.count)
      left -= Int64(piece.count)
    }
  }

  private func damaged(_ what: String) -> CompressionFailure {
    CompressionFailure(.compressionDamaged, "\(path) is damaged: \(what)")
  }
}
