import Synchronization

/// The mailbox of the thread that watches all children.
final class ChildWatch: Sendable {
  /// What the thread is asked to do.
  enum Request: Sendable {
    /// Watch a child that has just been started.
    case admit(Int, ChildAdmission)
    /// Stop one child; the grace is its command's unless given.
    case stop(Int, ChildStop, grace: Duration?)
    /// Stop them all.
    case stopAll(ChildStop, grace: Duration?)
    /// Ring once no child is left.
    case tellWhenIdle(Doorbell)
  }

  let time: any TimeSource
  let bell: Doorbell
  private let requests = Mutex<[Request]>([])

  /// Starts the thread, which lasts as long as the process.
  init(time: any TimeSource) throws(ProcessFailure) {
    self.time = time
    do {
      bell = try Doorbell()
      try OwnThread.start(named: "mediary-watch") {
        var loop = WatchLoop(self)
        while true { loop.turn() }
      }
    } catch {
      throw ProcessFailure(.processExhausted, "cannot prepare for watching programs", cause: error)
    }
  }

  /// Asks for something, from any thread.
  func ask(_ request: Request) {
    requests.withLock { $0.append(request) }
    bell.ring()
  }

  /// What has been asked for since the last time.
  func takeRequests() -> [Request] {
    requests.withLock { requests in
      defer { requests = [] }
      return requests
    }
  }
}
