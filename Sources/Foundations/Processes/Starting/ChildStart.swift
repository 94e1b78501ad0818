import CSystem
import Glibc

/// Starts one child, on the thread of the spawner.
struct ChildStart: Sendable {
  let command: ChildCommand
  let mark: ChildMark

  /// A child that runs, and our ends of its pipes.
  struct Started: Sendable {
    let identity: ProcessIdentity
    let process: HeldDescriptor
    let input: HeldDescriptor?
    let output: HeldDescriptor?
    let errors: HeldDescriptor?
  }

  /// Starts it, or throws what was wrong and leaves nothing behind.
  func start() throws(ProcessFailure) -> Started {
    let parent = ChildEnvironment.ofThisProcess()
    let environment = [mark.entry] + command.environment.entries(inheritingFrom: parent)
    try checkBytes()
    let search = ExecutableSearch(path: Self.path(in: environment) ?? Self.path(in: parent) ?? [])
    let executable = try search.find(command.executable)
    let streams: Streams
    do { streams = try Streams(of: command) } catch {
      throw ProcessFailure(
        .processExhausted, "cannot start \(command.tool): \(error.message)", hint: error.hint,
        cause: error)
    }
    let spawned = try spawn(executable, environment, streams)
    let process = HeldDescriptor(FileDescriptor(owning: spawned.descriptor))
    // The process is there, as a zombie at least, until we take its status; so is its entry.
    let identity =
      ProcessIdentity.now(of: spawned.process)
      ?? ProcessIdentity(number: spawned.process, startTicks: 0)
    return Started(
      identity: identity, process: process, input: streams.input.ours,
      output: streams.output.ours, errors: streams.errors.ours)
  }

  private func checkBytes() throws(ProcessFailure) {
    if let index = command.arguments.firstIndex(where: { $0.bytes.contains(0) }) {
      throw ProcessFailure(
        .processBadArgument, "argument \(index + 1) of \(command.tool) holds a NUL byte")
    }
    if let name = command.environment.impossibleName {
      throw ProcessFailure(
        .processBadArgument, "\(command.tool) cannot be given the variable \(name)",
        hint: "a name is not empty and has no '=' in it; neither it nor the value holds a NUL byte")
    }
  }

  private static func path(in environment: [[UInt8]]) -> [UInt8]? {
    let prefix = Array("PATH=".utf8)
    return environment.first { $0.starts(with: prefix) }.map { Array($0.dropFirst(prefix.count)) }
  }

  private func spawn(
    _ executable: FilePath, _ environment: [[UInt8]], _ streams: Streams
  ) throws(ProcessFailure) -> mediary_spawned {
    let arguments = CStringList([command.executable.bytes] + command.arguments.map(\.bytes))
    let variables = CStringList(environment)
    let folder = CStringList(command.folder.map { [$0.bytes] } ?? [])
    let limits = command.limits.entries
    var outcome = mediary_spawned()
    let status = executable.withCString { executable in
      limits.withUnsafeBufferPointer { limits in
        var specification = mediary_spawn(
          executable: executable, arguments: arguments.base, environment: variables.base,
          folder: folder.base?.pointee.map { UnsafePointer($0) }, input: streams.input.theirs,
          output: streams.output.theirs, errors: streams.errors.theirs, limits: limits.baseAddress,
          limit_count: limits.count, niceness: command.priority.niceness,
          io_priority: command.priority.ioPriority)
        return mediary_spawn(&specification, &outcome)
      }
    }
    // What the specification points to must outlive the call.
    withExtendedLifetime(streams) {}
    guard status == 0 else { throw failure(outcome, executable) }
    return outcome
  }

  private func failure(_ outcome: mediary_spawned, _ executable: FilePath) -> ProcessFailure {
    let tool = command.tool
    let words = FileFailure.text(of: outcome.error)
    switch (outcome.step, outcome.error) {
    case (MEDIARY_SPAWN_FOLDER, _):
      let folder = command.folder?.text ?? "."
      return ProcessFailure(
        .processBadFolder, "cannot enter \(folder), the working folder of \(tool): \(words)")
    case (MEDIARY_SPAWN_EXECUTE, ENOENT):
      // The file was there a moment ago; what is missing is what its first line names.
      return ProcessFailure(
        .processNotExecutable, "cannot run \(executable): its interpreter is not there",
        hint: "look at its first line, or at the loader it was linked for")
    case (MEDIARY_SPAWN_EXECUTE, ENOEXEC), (MEDIARY_SPAWN_EXECUTE, EACCES):
      return ProcessFailure(.processNotExecutable, "cannot run \(executable): \(words)")
    case (MEDIARY_SPAWN_EXECUTE, E2BIG):
      return ProcessFailure(
        .processBadArgument, "the arguments and variables of \(tool) are too long: \(words)")
    case (_, EAGAIN), (_, ENOMEM), (_, EMFILE):
      return ProcessFailure(
        .processExhausted, "cannot start \(tool): \(words)",
        hint: "raise the limit of processes (ulimit -u), or free memory")
    default:
      return ProcessFailure(
        .processNotStarted, "cannot start \(tool): \(words) (step \(outcome.step.rawValue))")
    }
  }
}
