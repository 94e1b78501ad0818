import CSystem
import Glibc

/// A lock file by which processes do something one after the other, each in its turn.
///
/// `flock` alone is not fair: who lets go and asks again at once gets it back before the next has
/// woken. So there are two locks on the file. Who wants the turn first takes the gate (a lock on
/// the first byte), waits there for the turn (`flock`), and leaves the gate once it has it. Whoever
/// lets the turn go finds the gate taken by the next, and queues behind those who wait at it; the
/// system serves both in the order of asking, and drops both with the process.
///
/// To be used by one thread at a time. The waiting is done by a thread of the lock's own, since a
/// thread that stands in `flock` cannot be called back.
package final class TurnLock: Sendable {
  private struct State {
    var isWanted = false
    var isInLine = false
    var isHeld = false
    // Whether the owner knows that it is held: it may have come after the time was up.
    var isTaken = false
    var isEnding = false
    var failure: FileFailure?
  }

  /// The file with both of its locks.
  private struct LockFile: ~Copyable, Sendable {
    let descriptor: FileDescriptor
    let path: FilePath

    func take(waiting: Bool) throws(FileFailure) {
      let number = descriptor.number
      try systemCall("wait in line at", path) { mediary_lock_first_byte(number, waiting ? 1 : 0) }
      defer { mediary_unlock_first_byte(number) }
      try systemCall("take the turn at", path) { flock(number, LOCK_EX | (waiting ? 0 : LOCK_NB)) }
    }

    func release() {
      // Fails only for a descriptor that is none.
      _ = flock(descriptor.number, LOCK_UN)
    }
  }

  /// What the lock shares with its thread.
  private final class Shared: Sendable {
    let file: LockFile
    let state = Monitor(State())
    init(_ file: consuming LockFile) { self.file = file }
  }

  /// Where the lock file lies.
  package let path: FilePath
  private let shared: Shared

  /// Opens the lock file, or makes it, and starts the thread that waits.
  package init(at path: FilePath) throws {
    let descriptor = try FileDescriptor.open(path, O_RDWR | O_CREAT, mode: 0o666)
    self.path = path
    let shared = Shared(LockFile(descriptor: descriptor, path: path))
    self.shared = shared
    // The thread holds the file and not the lock, which ends it when it goes.
    try OwnThread.start(named: "write-turn") { Self.serve(shared) }
  }

  deinit {
    shared.state.withLock { $0.isEnding = true }
    shared.state.notify()
  }

  /// Takes the turn, and waits for it at most so long; false when the time is up.
  ///
  /// Who asks again after that has kept its place in the line; who does not must give up.
  package func take(atMost time: Duration) throws(FileFailure) -> Bool {
    let isHeld = try shared.state.withLock { state throws(FileFailure) in
      precondition(!state.isTaken, "the turn is held already")
      // Where nobody stands in the line, waking the thread is saved. Both would use the one
      // descriptor, so not while the thread stands there.
      if !state.isHeld, !state.isInLine, try takeAtOnce() { state.isHeld = true }
      if state.isHeld {
        state.isTaken = true
        return true
      }
      state.isWanted = true
      return false
    }
    if isHeld { return true }
    shared.state.notify()
    let outcome = shared.state.wait(atMost: time) { state -> Result<Void, FileFailure>? in
      if let failure = state.failure {
        state.failure = nil
        return .failure(failure)
      }
      state.isTaken = state.isHeld
      return state.isHeld ? .success(()) : nil
    }
    guard let outcome else { return false }
    try outcome.get()
    return true
  }

  /// Gives up waiting; the place in the line is lost.
  package func giveUp() {
    shared.state.withLock { state in
      precondition(!state.isTaken, "the turn is held: it is let go and not given up")
      state.isWanted = false
      state.failure = nil
      guard state.isHeld else { return }
      state.isHeld = false
      shared.file.release()
    }
  }

  /// Lets the turn go to the next in the line.
  package func release() {
    shared.state.withLock { state in
      precondition(state.isTaken, "the turn is not held")
      state.isTaken = false
      state.isHeld = false
      shared.file.release()
    }
  }

  private func takeAtOnce() throws(FileFailure) -> Bool {
    do {
      try shared.file.take(waiting: false)
      return true
    } catch let error where error.code == .fileBusy {
      return false
    }
  }

  private static func serve(_ shared: Shared) {
    while true {
      let isWanted = shared.state.wait { state -> Bool? in
        if state.isEnding { return false }
        guard state.isWanted, !state.isHeld else { return nil }
        state.isInLine = true
        return true
      }
      guard isWanted else { return }
      waitInLine(shared)
    }
  }

  private static func waitInLine(_ shared: Shared) {
    let result = Result { () throws(FileFailure) in try shared.file.take(waiting: true) }
    shared.state.withLock { state in
      defer {
        state.isInLine = false
        state.isWanted = false
      }
      switch result {
      case .failure(let failure): state.failure = state.isWanted ? failure : nil
      case .success:
        // Where nobody wants it any more: on to the next in the line.
        state.isHeld = state.isWanted && !state.isEnding
        if !state.isHeld { shared.file.release() }
      }
    }
    shared.state.notify()
  }
}
