import Foundations

/// A short question to a program: run to its end, within a time, with what it said.
struct ToolRun: Sendable {
  let processes: ChildProcesses
  /// How long the program may take.
  let deadline: Duration

  /// Runs the program; whatever way it ends is an answer.
  func ask(
    _ program: FilePath, _ arguments: [ChildArgument], input: ChildInput = .none,
    stop: StopFlag? = nil
  ) throws(ProcessFailure) -> ChildResult {
    var command = ChildCommand(program, arguments)
    command.deadline = deadline
    // A program that spins in its set-up does not hear a polite request.
    command.grace = .milliseconds(200)
    command.input = input
    command.environment = .tool
    let processes = processes
    let answer = BlockingCall.run { [command] () -> Result<ChildResult, ProcessFailure> in
      do throws(ProcessFailure) {
        return .success(try await processes.run(command, stop: stop))
      } catch {
        return .failure(error)
      }
    }
    return try answer.get()
  }
}

extension ChildEnvironment {
  /// What ffmpeg is given: messages in English, which are read here, and no colours in them.
  static let tool = ChildEnvironment.usual.setting("LC_ALL", to: "C.UTF-8")
    .setting("AV_LOG_FORCE_NOCOLOR", to: "1")
}
