import CSystem
import Glibc

/// A thread that belongs to us, for work that blocks and must not hold up Swift's own threads.
package enum OwnThread {
  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts a thread that runs `body` and ends with it; nobody joins it.
  ///
  /// Signals meant for the process never interrupt it. The name is what `top -H` and debuggers
  /// show; the system keeps its first 15 bytes.
  package static func start(
    named name: String, _ body: @escaping @Sendable () -> Void
  ) throws(ThreadFailure) {
    let held = Unmanaged.passRetained(
      Body {
        takeName(name)
        blockSignals()
        body()
      })
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { raw in
        guard let raw else { return nil }
        Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run()
        return nil
      }, held.toOpaque())
    guard status == 0 else {
      held.release()
      throw ThreadFailure(name: name, errno: status)
    }
    pthread_detach(thread)
  }

  private static func takeName(_ name: String) {
    // The limit is in bytes, and a name cut inside a character would be no text.
    var short = name
    while short.utf8.count > 15 { short.removeLast() }
    mediary_name_thread(short)
  }

  private static func blockSignals() {
    var signals = sigset_t()
    sigfillset(&signals)
    // A thread's own faults cannot wait: blocked, they would end the process without a word.
    for fault in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS] {
      sigdelset(&signals, fault)
    }
    pthread_sigmask(SIG_SETMASK, &signals, nil)
  }
}

/// The system gave no thread.
package struct ThreadFailure: Failure {
  package let code = FailureCode.threadRefused
  package let message: String
  package let hint: String? = "raise the limit of processes (ulimit -u), or free memory"
  package let cause: (any Error)? = nil

  init(name: String, errno number: Int32) {
    message = "cannot start the thread \(name): \(FileFailure.text(of: number))"
  }
}

extension FailureCode {
  /// No more threads.
  package static let threadRefused = FailureCode(
    "thread.refused", .unavailable, "The system would not start another thread.")
}
