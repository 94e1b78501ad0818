import Foundations
import Glibc

/// A media file that is read in small parts, each within its bounds.
final class SourceFile: Sendable {
  let path: FilePath
  let size: Int64
  let status: FileStatus
  /// The times before anything was read.
  let times: FileTimes
  let file: FileDescriptor

  /// Opens a plain file.
  init(_ path: FilePath) throws {
    // Not blocking, so that a pipe nobody writes to is refused and not waited for.
    file = try FileDescriptor.open(path, O_RDONLY | O_NONBLOCK)
    status = try file.status()
    times = try file.times()
    guard status.kind == .plain else {
      throw FileFailure(.fileNotPlain, "\(path) is not a plain file")
    }
    self.path = path
    size = status.size
  }

  /// Exactly so many bytes; damage where the file does not have them.
  func bytes(_ count: Int, at offset: Int64) throws -> [UInt8] {
    guard count >= 0, offset >= 0, offset <= size, Int64(count) <= size - offset else {
      throw damaged("it ends before its content does")
    }
    let bytes = try file.read(count, at: offset)
    guard bytes.count == count else { throw damaged("it was cut while it was read") }
    return bytes
  }

  /// The bytes of a range that may be held in memory.
  func bytes(_ range: Range<Int64>, limit: Int = MetadataLimits.text) throws -> [UInt8] {
    guard range.upperBound - range.lowerBound <= Int64(limit) else {
      throw damaged("a part of \(range.upperBound - range.lowerBound) bytes is over the bound")
    }
    return try bytes(Int(range.upperBound - range.lowerBound), at: range.lowerBound)
  }

  /// Up to so many bytes, fewer at the end.
  func start(_ count: Int, at offset: Int64 = 0) throws -> [UInt8] {
    guard offset >= 0, offset < size else { return [] }
    return try file.read(Int(min(Int64(count), size - offset)), at: offset)
  }

  /// The failure of a file that contradicts itself.
  func damaged(_ what: String) -> MetadataFailure { .damaged(path, what) }

  /// A range of so many bytes from a place; damage where it is not within the file.
  func range(_ start: Int64, count: UInt64) throws -> Range<Int64> {
    guard start >= 0, start <= size, count <= UInt64(size - start) else {
      throw damaged("a part reaches past the end")
    }
    return start..<start + Int64(count)
  }

  /// Fails where somebody changed the file since it was opened, whose change would be lost.
  func checkUnchanged() throws {
    let now = try FileStatus.of(path)
    guard now.isSameFile(as: status), now.size == size,
      now.modifiedNanoseconds == status.modifiedNanoseconds
    else {
      throw FileFailure(.fileBusy, "\(path) was changed while its metadata were written")
    }
  }
}
