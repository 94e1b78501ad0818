import Glibc

/// A child process that runs, and its owner's hold on it.
///
/// Letting go of it kills the child with its whole tree.
package final class Child: Sendable {
  /// The program's name, for messages.
  package let tool: String
  /// The number of its own process, for showing; it may be another's once the child has ended.
  package let processID: Int32
  private let identity: ProcessIdentity
  private let id: Int
  private let longestLines: (output: Int, errors: Int)
  private let record: ChildRecord
  private let watch: ChildWatch

  init(_ id: Int, _ admission: ChildAdmission, _ watch: ChildWatch) {
    self.id = id
    self.watch = watch
    tool = admission.command.tool
    identity = admission.started.identity
    processID = identity.number
    record = admission.record
    longestLines = (
      admission.command.output.longestLine, admission.command.errors.longestLine
    )
  }

  deinit {
    if record.result == nil { watch.ask(.stop(id, .asked(.cancelled), grace: .zero)) }
  }

  /// What its own process has used so far, with the children that it has waited for, and the memory
  /// it holds; nil once it has ended.
  ///
  /// Less than the whole tree's, which the result tells.
  package var useNow: (cpuSeconds: Double, memoryBytes: Int64)? {
    guard record.result == nil, let entry = ProcessEntry.read(processID),
      entry.identity == identity, !entry.isZombie
    else { return nil }
    let ticks = Double(entry.userTicks + entry.systemTicks)
    return (
      ticks / Double(sysconf(Int32(_SC_CLK_TCK))), entry.residentPages * Int64(getpagesize())
    )
  }

  /// Its standard output line by line; the command's `output` must be `.lines`.
  package var outputLines: OutputLines {
    guard let feed = record.output else { preconditionFailure("the output is not read by lines") }
    return OutputLines(of: self, feed, longest: longestLines.output)
  }

  /// Its standard error line by line; the command's `errors` must be `.lines`.
  package var errorLines: OutputLines {
    guard let feed = record.errors else { preconditionFailure("the errors are not read by lines") }
    return OutputLines(of: self, feed, longest: longestLines.errors)
  }

  /// Its standard input; the command's `input` must be `.stream`.
  package var input: InputWriter {
    guard let feed = record.input else { preconditionFailure("the input is not a stream") }
    return InputWriter(to: self, feed)
  }

  /// Asks the child to end (SIGTERM to its group) and, after a grace, makes it end (SIGKILL to
  /// its whole tree); the grace is the command's unless given, and zero kills at once.
  ///
  /// Returns at once; `wait` tells when it is done. A child that has ended is not touched.
  package func stop(grace: Duration? = nil) {
    watch.ask(.stop(id, .asked(.cancelled), grace: grace))
  }

  /// Waits until the child and all its descendants have ended and their output is read.
  ///
  /// When the waiting task is cancelled the child is stopped, and the wait goes on until it has
  /// ended. Lines that nobody is reading are dropped from here on.
  package func wait() async -> ChildResult {
    await withTaskCancellationHandler {
      record.output?.abandonIfUnread()
      record.errors?.abandonIfUnread()
      return await record.wait()
    } onCancel: {
      stop()
    }
  }
}

extension ChildOutput {
  fileprivate var longestLine: Int { if case .lines(let longest, _) = self { longest } else { 0 } }
}
