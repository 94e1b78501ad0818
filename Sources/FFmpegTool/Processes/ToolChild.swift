import Foundations

/// A running ffmpeg that eats bare frames, and the watch over whether it goes on.
///
/// To be used by one thread, which it blocks.
final class ToolChild {
  private let child: Child
  private let input: InputWriter?
  /// How long nothing may happen before the program is taken for dead.
  private let patience: Duration
  /// A number that grows as long as the program gets on, such as the size of its output.
  private let sign: () -> Int64
  private let time = SystemTime()
  private var written: Int64 = 0
  private var last: (sign: Int64, at: Duration)
  private var isGivenUp = false
  private var isOver = false

  private init(
    _ child: Child, hasInput: Bool, patience: Duration, sign: @escaping () -> Int64
  ) {
    self.child = child
    self.patience = patience
    self.sign = sign
    input = hasInput ? child.input : nil
    last = (0, time.uptime)
  }

  deinit {
    guard !isOver else { return }
    // Who lets go of it may end this process next: all of the child's tree is to be gone by then.
    child.stop(grace: .zero)
    let child = child
    _ = BlockingCall.run { await child.wait() }
  }

  /// Starts a command.
  static func start(
    _ command: ChildCommand, by processes: ChildProcesses, stop: StopFlag?, patience: Duration,
    sign: @escaping () -> Int64
  ) throws(FFmpegToolFailure) -> ToolChild {
    let answer = BlockingCall.run { () -> Result<Child, ProcessFailure> in
      do throws(ProcessFailure) {
        return .success(try await processes.start(command, stop: stop))
      } catch {
        return .failure(error)
      }
    }
    let hasInput = if case .stream = command.input { true } else { false }
    do throws(ProcessFailure) {
      return ToolChild(try answer.get(), hasInput: hasInput, patience: patience, sign: sign)
    } catch {
      throw FFmpegToolFailure(notStarted: error)
    }
  }

  /// What it uses at this moment; nil once it has ended.
  var useNow: (cpuSeconds: Double, memoryBytes: Int64)? { child.useNow }

  /// Writes a frame; throws what became of the program when it does not take it.
  func write(_ frame: [UInt8]) throws(FFmpegToolFailure) {
    guard let input else { preconditionFailure("a program without input was written to") }
    let isWritten = watched { () -> Bool in
      do { try await input.write(frame) } catch { return false }
      return true
    }
    if isWritten {
      written += 1
      return
    }
    let result = wait()
    try requireSuccess(result)
    throw FFmpegToolFailure(
      .toolNonsense, "\(child.tool) ended well before it had read all frames",
      hint: FFmpegToolFailure.saying(result))
  }

  /// Tells the program that no more comes, waits for its end, and throws when that was no good one.
  func finish() throws(FFmpegToolFailure) -> ChildResult {
    input?.finish()
    let result = wait()
    try requireSuccess(result)
    return result
  }

  private func wait() -> ChildResult {
    let child = child
    defer { isOver = true }
    return watched { await child.wait() }
  }

  private func requireSuccess(_ result: ChildResult) throws(FFmpegToolFailure) {
    guard !result.isSuccess else { return }
    throw isGivenUp
      ? FFmpegToolFailure(hung: result, patience: patience) : FFmpegToolFailure(result)
  }

  private func watched<R: Sendable>(_ work: @escaping @Sendable () async -> R) -> R {
    last.at = time.uptime
    return BlockingCall.run(lookingEvery: min(patience / 4, .seconds(5)), look, work)
  }

  /// Kills the program when neither it nor we have got on for too long.
  private func look() {
    let now = sign()
    if now != last.sign { last = (now, time.uptime) }
    guard !isGivenUp, time.uptime - last.at > patience else { return }
    isGivenUp = true
    child.stop(grace: .zero)
  }
}
