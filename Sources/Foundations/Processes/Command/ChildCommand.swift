/// A program to run as a child process, and everything it is given.
///
/// Arguments go to the program one by one as they stand: there is no shell in between, and no
/// character in them has a meaning of its own.
package struct ChildCommand: Sendable {
  /// The program: a path, or a bare name that is looked for on the child's `PATH`.
  package var executable: FilePath
  /// What follows the program's name.
  package var arguments: [ChildArgument]
  /// The child's environment.
  package var environment = ChildEnvironment.usual
  /// The working folder; this process's own unless named.
  package var folder: FilePath?
  /// What the child may use at most.
  package var limits = ChildLimits()
  /// How it stands back behind other processes.
  package var priority = ChildPriority()
  /// How long it may run, by the clock of the `ChildProcesses`; for ever where nil.
  package var deadline: Duration?
  /// How long it has between SIGTERM and SIGKILL when it is stopped.
  package var grace = Duration.seconds(2)
  /// What it reads.
  package var input = ChildInput.none
  /// What becomes of its standard output.
  package var output = ChildOutput.kept(1 << 20)
  /// What becomes of its standard error; its last lines explain a failure.
  package var errors = ChildOutput.kept(1 << 16)

  /// A program with its arguments; everything else is set afterwards.
  package init(_ executable: FilePath, _ arguments: [ChildArgument] = []) {
    self.executable = executable
    self.arguments = arguments
  }

  /// The program's name without its folder, for messages.
  package var tool: String { executable.name }
}
