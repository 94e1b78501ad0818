import CSystem
import Glibc

/// A descriptor that several hold; closed when the last lets go.
final class HeldDescriptor: Sendable {
  private let descriptor: FileDescriptor

  /// The system's number, valid as long as this object is held.
  var number: Int32 { descriptor.number }

  init(_ descriptor: consuming FileDescriptor) { self.descriptor = descriptor }

  /// Makes reads and writes answer at once, for every holder of the same open file.
  func neverBlock() throws(FileFailure) {
    try systemCall("set up a pipe") { fcntl(number, F_SETFL, O_NONBLOCK) }
  }

  /// Reads what is there: 0 at the end, nil when nothing is there yet and the descriptor does not
  /// block.
  func readIfReady(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int? {
    do { return try descriptor.read(into: buffer) } catch  where error.errno == EAGAIN {
      return nil
    }
  }

  /// Writes what fits; nil when nothing does yet.
  func writeIfReady(_ buffer: UnsafeRawBufferPointer) throws(FileFailure) -> Int? {
    do {
      return try systemCall("write") { Glibc.write(number, buffer.baseAddress, buffer.count) }
    } catch  where error.errno == EAGAIN {
      return nil
    }
  }
}

/// A pipe, no end of which a child gets unless it is handed over.
struct Pipe {
  let readEnd: HeldDescriptor
  let writeEnd: HeldDescriptor

  init() throws(FileFailure) {
    var ends: [Int32] = [-1, -1]
    try systemCall("make a pipe") { mediary_pipe(&ends) }
    readEnd = HeldDescriptor(FileDescriptor(owning: ends[0]))
    writeEnd = HeldDescriptor(FileDescriptor(owning: ends[1]))
  }
}
