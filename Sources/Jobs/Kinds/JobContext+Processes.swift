package import Foundations

extension JobContext {
  /// Runs a program to its end on behalf of the job, and blocks the job's thread meanwhile.
  ///
  /// It is stopped with the job, and what it uses counts as the job's.
  @discardableResult
  package func run(
    _ command: ChildCommand, by processes: ChildProcesses
  ) throws -> ChildResult {
    let answer = Monitor<Result<ChildResult, any Error>?>(nil)
    // It ends with the child, whose end is waited for below; the flag ends the child.
    Task { [held, stop] in
      let result: Result<ChildResult, any Error>
      do {
        let child = try await processes.start(command, stop: stop)
        held.meter.watch(child)
        let ended = await child.wait()
        held.meter.finish(child, ended.usage)
        result = .success(ended)
      } catch {
        result = .failure(error)
      }
      answer.withLock { $0 = result }
      answer.notify()
    }
    return try answer.wait { $0 }.get()
  }
}
