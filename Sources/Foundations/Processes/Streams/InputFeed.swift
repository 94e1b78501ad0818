import Synchronization

/// Bytes on their way to a child's standard input, one piece at a time.
final class InputFeed: Sendable {
  private struct State {
    var pending: ArraySlice<UInt8> = []
    var isFinished = false
    var isClosed = false
    // Answers whether the piece was written.
    var writer: CheckedContinuation<Bool, Never>?
  }

  private let state = Mutex(State())
  // Tells the watching thread that there is something to write, or that nothing will come.
  private let onChange: @Sendable () -> Void

  init(onChange: @escaping @Sendable () -> Void) { self.onChange = onChange }

  /// A feed of these bytes alone.
  init(only bytes: [UInt8]) {
    onChange = {}
    state.withLock { state in
      state.pending = bytes[...]
      state.isFinished = true
    }
  }

  // The watching thread's side.

  /// What there is to do for the pipe.
  enum Wish { case nothing, write, close }

  var wish: Wish {
    state.withLock { state in
      if state.isClosed { return .close }
      if !state.pending.isEmpty { return .write }
      return state.isFinished ? .close : .nothing
    }
  }

  /// Lets `write` take from the pending bytes as many as it answers; it must not block.
  func drain<E: Error>(_ write: (ArraySlice<UInt8>) throws(E) -> Int) throws(E) {
    let writer = try state.withLock { state throws(E) -> CheckedContinuation<Bool, Never>? in
      state.pending = state.pending.dropFirst(try write(state.pending))
      return state.pending.isEmpty ? state.writer.take() : nil
    }
    writer?.resume(returning: true)
  }

  // Both sides.

  /// The child reads no more, or nobody writes any more.
  func close() {
    let writer = state.withLock { state in
      state.isClosed = true
      state.pending = []
      return state.writer.take()
    }
    writer?.resume(returning: false)
    onChange()
  }

  // The writer's side.

  /// Writes a piece and returns once the pipe has taken all of it; false when nobody reads it.
  ///
  /// A cancelled write closes the feed, since nobody knows how much of the piece is through.
  func write(_ bytes: [UInt8]) async -> Bool {
    if bytes.isEmpty { return !state.withLock { $0.isClosed } }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in enter(bytes, continuation) }
    } onCancel: {
      close()
    }
  }

  private func enter(_ bytes: [UInt8], _ continuation: CheckedContinuation<Bool, Never>) {
    let isClosed = state.withLock { state in
      precondition(!state.isFinished, "written to a child's input after its end")
      precondition(state.writer == nil, "a child's input is written by one task")
      if state.isClosed { return true }
      state.pending = bytes[...]
      state.writer = continuation
      return false
    }
    if isClosed { continuation.resume(returning: false) } else { onChange() }
  }

  /// No more will be written.
  func finish() {
    state.withLock { $0.isFinished = true }
    onChange()
  }
}
