import Foundations

/// The one `ChildProcesses` of the tests on the system's clock: its threads last for ever.
private let shared = Result { () throws(ProcessFailure) in try ChildProcesses() }

/// Where the tests' children run.
func sharedChildren() throws -> ChildProcesses { try shared.get() }

/// A script in Perl, which every Debian has, as a program to run.
func perl(_ script: String, _ arguments: ChildArgument...) -> ChildCommand {
  ChildCommand("perl", ["-e", ChildArgument(script), "--"] + arguments)
}

/// A script that says "ready" once its own preparations are done, then sleeps; it is read by
/// lines.
func sleeper(_ preparation: String = "") -> ChildCommand {
  var command = perl("$| = 1; \(preparation); print qq(ready\\n); sleep 1000 while 1")
  command.output = .lines()
  return command
}

/// Starts a child and reads its first line, after which it is known to have got so far.
func startReady(
  _ command: ChildCommand, in children: ChildProcesses, stop: StopFlag? = nil
) async throws -> (child: Child, line: String) {
  let child = try await children.start(command, stop: stop)
  var lines = child.outputLines.makeAsyncIterator()
  let line = await lines.next()
  return (child, line?.text ?? "")
}
