package import Foundations
import Glibc

extension FilePath {
  // <fcntl.h> has them for GNU programs alone.
  private static let setSignal: Int32 = 10
  private static let setLease: Int32 = 1_024

  /// Whether somebody has the file open for writing, as far as this machine can tell.
  ///
  /// Asked by a lease for reading, which the system gives only where nobody writes (fcntl(2)): what
  /// another machine writes over the network is not seen, nor is a file of another user's.
  package var isOpenForWriting: Bool {
    guard let file = try? FileDescriptor.open(self, O_RDONLY | O_NONBLOCK | O_NOCTTY) else {
      return false
    }
    // A writer who comes in the instant of the lease would have us told by SIGIO, which ends a
    // process that does not expect it; SIGURG is passed over.
    guard fcntl(file.number, Self.setSignal, SIGURG) == 0 else { return false }
    guard fcntl(file.number, Self.setLease, F_RDLCK) == 0 else { return errno == EAGAIN }
    _ = fcntl(file.number, Self.setLease, F_UNLCK)
    return false
  }
}
