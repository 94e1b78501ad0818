import Foundations
import Glibc

/// The right to make one piece, which one thread of one process has at a time.
///
/// A lock file that is there only while it is held. The system lets go of it with the process,
/// however that ends.
struct PieceLock: ~Copyable, Sendable {
  // Long enough to cost nothing, short enough that nobody waits long for what is there.
  private static let pause = Duration.milliseconds(40)

  private let file: FileDescriptor
  private let folder: Folder
  private let name: FileName

  private init(_ file: consuming FileDescriptor, _ folder: Folder, _ name: FileName) {
    self.file = file
    self.folder = folder
    self.name = name
  }

  deinit {
    // Before the lock goes: who has opened the file meanwhile finds it without a name.
    try? folder.removeFile(name)
    try? file.unlock()
  }

  /// Waits for the lock; raising the flag ends that.
  static func take(_ name: FileName, in folder: Folder, stop: StopFlag) throws -> PieceLock {
    let monitor = Monitor(())
    let token = stop.onStop { [weak monitor] _ in monitor?.notify() }
    defer { stop.removeAction(token) }
    while true {
      try stop.check()
      if let lock = try attempt(name, folder) { return lock }
      _ = monitor.wait(atMost: pause) { _ in stop.isStopped ? () : nil }
    }
  }

  private static func attempt(
    _ name: FileName, _ folder: Folder
  ) throws(FileFailure) -> PieceLock? {
    let file = try folder.open(name, O_RDWR | O_CREAT, mode: 0o600)
    // Whoever held it may have removed it after it was opened here.
    guard try file.tryLock(), try file.status().links > 0 else { return nil }
    return PieceLock(file, folder, name)
  }
}
