import Synchronization

/// What a child's owner and the watching thread share: its streams, and its result once there is
/// one.
final class ChildRecord: Sendable {
  private struct State {
    var result: ChildResult?
    var waiters: [CheckedContinuation<ChildResult, Never>] = []
    var onEnd: [@Sendable () -> Void] = []
  }

  let tool: String
  let input: InputFeed?
  let output: OutputFeed?
  let errors: OutputFeed?
  private let state = Mutex(State())

  /// A record for a command; `onChange` wakes the watching thread.
  init(_ command: ChildCommand, onChange: @escaping @Sendable () -> Void) {
    tool = command.tool
    input =
      switch command.input {
      case .none, .descriptor: nil
      case .bytes(let bytes): InputFeed(only: bytes)
      case .stream: InputFeed(onChange: onChange)
      }
    output = command.output.isLines ? OutputFeed(onRoom: onChange) : nil
    errors = command.errors.isLines ? OutputFeed(onRoom: onChange) : nil
  }

  /// The result, once the child and all of its tree have ended.
  var result: ChildResult? { state.withLock { $0.result } }

  /// Waits for the result.
  func wait() async -> ChildResult {
    await withCheckedContinuation { continuation in
      let result = state.withLock { state in
        if state.result == nil { state.waiters.append(continuation) }
        return state.result
      }
      if let result { continuation.resume(returning: result) }
    }
  }

  /// Runs `action` when the child has ended, at once if it already has.
  func onEnd(_ action: @escaping @Sendable () -> Void) {
    let isOver = state.withLock { state in
      if state.result == nil { state.onEnd.append(action) }
      return state.result != nil
    }
    if isOver { action() }
  }

  /// The child has ended.
  func finish(_ result: ChildResult) {
    let (waiters, actions) = state.withLock { state in
      state.result = result
      defer { (state.waiters, state.onEnd) = ([], []) }
      return (state.waiters, state.onEnd)
    }
    // First the actions: who waits may count on their being done.
    for action in actions { action() }
    for waiter in waiters { waiter.resume(returning: result) }
  }
}

extension ChildOutput {
  fileprivate var isLines: Bool { if case .lines = self { true } else { false } }
}
