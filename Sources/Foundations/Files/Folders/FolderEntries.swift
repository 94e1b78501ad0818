import CSystem
import Glibc

/// The names in a folder at one moment, in order of their bytes.
///
/// All names of one folder are held, and nothing else: sorted order is worth that, and it is what
/// bounds the memory of a walk. They lie in one block, so that a million names cost their own bytes
/// and little more.
package struct FolderEntries: Sendable, RandomAccessCollection {
  /// One name in a folder.
  package struct Entry: Sendable, Equatable {
    /// The name.
    package let name: FileName
    /// What stands there, where the file system tells without being asked for each.
    package let kind: FileStatus.Kind?
  }

  /// How many names of one folder are read unless more are asked for.
  package static let most = 10_000_000

  private struct Place {
    let start: Int
    let count: UInt16
    let kind: UInt8

    var range: Range<Int> { start..<start + Int(count) }
  }

  private var names: [UInt8] = []
  private var places: [Place] = []

  /// Reads the names; `file.too_large` where there are more than `limit`.
  package init(of folder: Folder, limit: Int = most) throws(FileFailure) {
    // An opening of its own, because the place in a folder belongs to the opening and the same
    // folder may be listed twice at once.
    let number = try systemCall("list", folder.path) {
      openat(folder.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    let descriptor = FileDescriptor(owning: number, path: folder.path)
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = try systemCall("list", folder.path) {
        buffer.withUnsafeMutableBytes {
          mediary_read_entries(descriptor.number, $0.baseAddress, $0.count)
        }
      }
      if count == 0 { break }
      buffer.withUnsafeBytes { take(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
      guard places.count <= limit else {
        throw FileFailure(.fileTooLarge, "\(folder.path) holds more than \(limit) names")
      }
    }
    sort()
  }

  private mutating func take(_ entries: UnsafeRawBufferPointer) {
    var at = 0
    while at < entries.count {
      let length = Int(
        entries.loadUnaligned(fromByteOffset: at + mediary_entry_length_at, as: UInt16.self))
      let name = entries[(at + mediary_entry_name_at)..<(at + length)].prefix { $0 != 0 }
      // `.` and `..` are no names; nor is what a broken file system might list.
      if let name = FileName(bytes: name) {
        let kind = entries[at + mediary_entry_kind_at]
        places.append(
          Place(start: names.count, count: UInt16(name.bytes.count), kind: kind))
        names.append(contentsOf: name.bytes)
      }
      at += length
    }
  }

  private mutating func sort() {
    let names = names
    places.sort { names[$0.range].lexicographicallyPrecedes(names[$1.range]) }
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { places.count }

  package subscript(index: Int) -> Entry {
    let place = places[index]
    guard let name = FileName(bytes: names[place.range]) else {
      preconditionFailure("only names were taken in")
    }
    return Entry(name: name, kind: Self.kind(place.kind))
  }

  private static func kind(_ type: UInt8) -> FileStatus.Kind? {
    switch Int(type) {
    case Int(DT_REG): .plain
    case Int(DT_DIR): .folder
    case Int(DT_LNK): .link
    case Int(DT_FIFO): .pipe
    case Int(DT_SOCK): .socket
    case Int(DT_CHR), Int(DT_BLK): .device
    default: nil
    }
  }
}
