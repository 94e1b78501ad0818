import Foundations
import HTTPClient

/// Sends notices out, one after the other, on a thread of its own, so that no encode waits for them.
///
/// What waits is bounded, and so is the time that is left for it at the end.
final class NoticeDesk: Sendable {
  private static let most = 100
  private static let lastPatience = Duration.seconds(30)

  private struct State {
    var waiting: [SentNotice] = []
    var unsent = 0
    var isClosed = false
    /// Whether the thread is there.
    var isOpen = false
  }

  private let channels: [any NoticeChannel]
  private let client: HTTPClient
  private let retries: HTTPRetries
  private let stop: StopFlag
  private let warn: @Sendable (NoticeFailure) -> Void
  private let state = Monitor(State())

  init(
    _ channels: [any NoticeChannel], _ client: HTTPClient, _ retries: HTTPRetries, stop: StopFlag,
    warn: @escaping @Sendable (NoticeFailure) -> Void
  ) {
    self.channels = channels
    self.client = client
    self.retries = retries
    self.stop = StopFlag(under: stop)
    self.warn = warn
  }

  /// Takes a notice in, to be sent soon.
  func take(_ notice: SentNotice) {
    let mustOpen = state.withLock { state in
      guard state.waiting.count < Self.most, !state.isClosed else {
        state.unsent += 1
        return false
      }
      state.waiting.append(notice)
      defer { state.isOpen = true }
      return !state.isOpen
    }
    state.notify()
    guard mustOpen else { return }
    do {
      try OwnThread.start(named: "notices") { self.work() }
    } catch {
      warn(NoticeFailure(undelivered: error, to: "nobody"))
      state.withLock { $0 = State() }
    }
  }

  /// Waits until all is sent, but not for long; what is left then is given up.
  func close() {
    state.withLock { $0.isClosed = true }
    state.notify()
    let isDone = state.wait(atMost: Self.lastPatience) { $0.isOpen ? nil : true } ?? false
    if !isDone {
      stop.stop(.deadline)
      state.wait { $0.isOpen ? nil : () }
    }
    let unsent = state.withLock { $0.unsent + $0.waiting.count }
    // Who was stopped by a signal wants no more words.
    if unsent > 0, stop.reason == nil || stop.reason == .deadline {
      warn(NoticeFailure(unsent: unsent))
    }
  }

  private func work() {
    while let notice = next() {
      for channel in channels where !stop.isStopped { send(notice, by: channel) }
    }
    state.withLock { $0.isOpen = false }
    state.notify()
  }

  private func next() -> SentNotice? {
    let token = stop.onStop { [state] _ in state.notify() }
    defer { stop.removeAction(token) }
    let taken = state.wait { state -> SentNotice?? in
      if stop.isStopped { return .some(nil) }
      if !state.waiting.isEmpty { return state.waiting.removeFirst() }
      return state.isClosed ? .some(nil) : nil
    }
    return taken
  }

  private func send(_ notice: SentNotice, by channel: any NoticeChannel) {
    do throws(HTTPFailure) {
      var request = try channel.request(for: notice)
      request.limits.connect = .seconds(5)
      request.limits.whole = .seconds(10)
      request.limits.body = 64 << 10
      _ = try client.send(request, retries, stop: stop)
    } catch {
      if stop.isStopped, stop.reason != .deadline { return }
      warn(NoticeFailure(undelivered: error, to: channel.name))
    }
  }
}
