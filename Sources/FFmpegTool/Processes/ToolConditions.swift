package import Foundations

/// How an ffmpeg is run; nothing of it changes what comes out of a measurement, and of an encode the
/// number of threads alone.
package struct ToolConditions: Sendable {
  /// How many threads it may use, for an encoder in the measure of its `lp`; its own choice where nil.
  package var threads: Int?
  /// How it stands back behind other processes.
  package var priority = ChildPriority()
  /// How long it may do nothing before it is killed.
  package var patience = Duration.seconds(300)

  /// The usual ones.
  package init() {}

  /// What starts a program so.
  func command(_ program: FFmpegProgram, _ arguments: [ChildArgument]) -> ChildCommand {
    var command = ChildCommand(program.path, arguments)
    command.priority = priority
    command.output = .kept(1 << 12)
    command.environment = .tool
    command.grace = .milliseconds(500)
    return command
  }
}
