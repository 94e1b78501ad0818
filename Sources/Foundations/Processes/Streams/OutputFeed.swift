import Synchronization

/// Bytes on their way from a child's pipe to the one task that reads them.
///
/// Bounded: while it is full the pipe is not read, the pipe fills, and the child waits.
final class OutputFeed: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    var isEnded = false
    var isAbandoned = false
    var readers = 0
    var waiter: CheckedContinuation<[UInt8]?, Never>?
  }

  private static let fullAt = 1 << 16

  private let state = Mutex(State())
  // Tells the watching thread that there is room again.
  private let onRoom: @Sendable () -> Void

  init(onRoom: @escaping @Sendable () -> Void) { self.onRoom = onRoom }

  // The watching thread's side.

  /// Whether the pipe should be read.
  var hasRoom: Bool {
    state.withLock { $0.isAbandoned || $0.bytes.count < Self.fullAt }
  }

  /// Takes a piece over, or drops it where nobody reads any more.
  func offer(_ piece: ArraySlice<UInt8>) {
    let delivery = state.withLock { state -> (CheckedContinuation<[UInt8]?, Never>, [UInt8])? in
      if state.isAbandoned { return nil }
      state.bytes += piece
      guard let waiter = state.waiter else { return nil }
      state.waiter = nil
      defer { state.bytes = [] }
      return (waiter, state.bytes)
    }
    delivery?.0.resume(returning: delivery?.1)
  }

  /// No more will come.
  func end() {
    let waiter = state.withLock { state in
      state.isEnded = true
      return state.waiter.take()
    }
    waiter?.resume(returning: nil)
  }

  // The reader's side.

  func addReader() { state.withLock { $0.readers += 1 } }

  /// Called when a reader goes; without one the rest is dropped.
  func removeReader() {
    let isLast = state.withLock { state in
      state.readers -= 1
      return state.readers == 0
    }
    if isLast { abandon() }
  }

  /// Drops everything from here on unless somebody is reading.
  func abandonIfUnread() {
    if state.withLock({ $0.readers == 0 }) { abandon() }
  }

  /// The bytes that have come, waiting for some; nil at the end, or once the task is cancelled.
  func take() async -> [UInt8]? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let (answer, wasFull) = state.withLock { state -> ([UInt8]??, Bool) in
          if state.isAbandoned { return (.some(nil), false) }
          if !state.bytes.isEmpty {
            defer { state.bytes = [] }
            return (state.bytes, state.bytes.count >= Self.fullAt)
          }
          if state.isEnded { return (.some(nil), false) }
          precondition(state.waiter == nil, "a child's lines are read by one task")
          state.waiter = continuation
          return (nil, false)
        }
        if wasFull { onRoom() }
        if let answer { continuation.resume(returning: answer) }
      }
    } onCancel: {
      abandon()
    }
  }

  private func abandon() {
    let waiter = state.withLock { state in
      state.isAbandoned = true
      state.bytes = []
      return state.waiter.take()
    }
    waiter?.resume(returning: nil)
    onRoom()
  }
}
