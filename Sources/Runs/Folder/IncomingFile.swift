import Foundations
import Synchronization

/// A run's file on its way into the folder: staged beside it, or to be linked.
///
/// What takes long (copying) is done before the run is locked; giving the name is one step.
final class IncomingFile: Sendable {
  private enum Source {
    case staged
    case link(FilePath, otherwise: [FileCopy.Way])
  }

  private let source: Source
  // Nil once it has its name; the lock has one user.
  private let staged: Mutex<StagedFile?>

  init(_ staged: consuming StagedFile) {
    source = .staged
    self.staged = Mutex(staged)
  }

  init(linking path: FilePath, otherwise ways: [FileCopy.Way]) {
    source = .link(path, otherwise: ways)
    staged = Mutex(nil)
  }

  /// Gives it its name; `file.exists` where one stands there.
  ///
  /// The folder is not flushed.
  func publish(as target: Destination) throws {
    switch source {
    case .staged: try publishStaged(as: target)
    case .link(let path, let ways): try link(path, ways, as: target)
    }
  }

  private func publishStaged(as target: Destination) throws {
    try staged.withLock { staged in
      guard let file = staged.take() else { preconditionFailure("a file is published once") }
      try file.publish(as: target, durability: .relaxed)
    }
  }

  private func link(_ path: FilePath, _ ways: [FileCopy.Way], as target: Destination) throws {
    do {
      try FileCopy.place(path, as: target, ways: [.hardLink], durability: .relaxed)
    } catch let error as FileFailure where error.code == .fileElsewhere && !ways.isEmpty {
      // Another file system, or more links than a file can have.
      try FileCopy.place(path, as: target, ways: ways)
    }
  }
}
