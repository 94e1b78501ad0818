import CSystem
import Glibc
import Synchronization

/// Runs other programs as child processes, and sees to their end.
///
/// Every child leads a session and process group of its own, dies with this process, and takes
/// its descendants with it however it ends. One value serves the whole process: its two threads
/// last as long as the process does.
package final class ChildProcesses: Sendable {
  private struct State {
    var nextID = 0
    var running = 0
  }

  private let limit: Int
  private let random: @Sendable () -> UInt64
  private let spawner: Spawner
  private let watch: ChildWatch
  private let owner: ProcessIdentity
  private let state = Mutex(State())

  /// Prepares for at most `limit` children at a time, with deadlines by the clock `time`.
  ///
  /// `random` tells children apart in the environment they pass on.
  package init(
    limit: Int = 256, time: any TimeSource = SystemTime(),
    random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
  ) throws(ProcessFailure) {
    guard let owner = ProcessIdentity.now(of: getpid()) else {
      throw ProcessFailure(
        .processNotStarted, "cannot watch programs without /proc", hint: "mount /proc")
    }
    self.limit = limit
    self.random = random
    self.owner = owner
    spawner = try Spawner()
    watch = try ChildWatch(time: time)
    Self.keepStatuses()
  }

  /// A parent may have left SIGCHLD ignored, and then the kernel would drop the children's
  /// statuses.
  private static func keepStatuses() {
    if mediary_signal_is_ignored(SIGCHLD) != 0 { signal(SIGCHLD, SIG_DFL) }
  }

  /// Starts a program; its owner is the value returned.
  ///
  /// A raised `stop` stops the child as `Child.stop` does; one that is raised already starts
  /// nothing.
  package func start(
    _ command: ChildCommand, stop: StopFlag? = nil
  ) async throws(ProcessFailure) -> Child {
    do { try stop?.check() } catch {
      throw ProcessFailure(
        .stopped, "\(command.tool) was not started: \(error.message)", cause: error)
    }
    let id = try takePlace(for: command.tool)
    let admission: ChildAdmission
    do {
      admission = try await spawner.perform { self.admission(of: command) }
    } catch {
      givePlaceBack()
      throw error
    }
    admission.record.onEnd { self.givePlaceBack() }
    watch.ask(.admit(id, admission))
    let child = Child(id, admission, watch)
    if let stop { obey(stop, id, admission.record) }
    return child
  }

  /// Runs a program to its end, and tells how it went; see `Child.wait` for cancellation.
  package func run(
    _ command: ChildCommand, stop: StopFlag? = nil
  ) async throws(ProcessFailure) -> ChildResult {
    try await start(command, stop: stop).wait()
  }

  /// Asks all children to end, as `Child.stop` does.
  package func stopAll(grace: Duration? = nil) {
    watch.ask(.stopAll(.asked(.cancelled), grace: grace))
  }

  /// Kills all children with their trees, and blocks the thread until they are gone.
  ///
  /// For the moment before the process ends. Gives up after the milliseconds; answers whether
  /// they are gone.
  @discardableResult
  package func killAll(within milliseconds: Int32 = 2000) -> Bool {
    guard let idle = try? Doorbell() else { return false }
    watch.ask(.stopAll(.asked(.cancelled), grace: .zero))
    watch.ask(.tellWhenIdle(idle))
    return idle.wait(milliseconds: milliseconds)
  }

  private func admission(of command: ChildCommand) -> Result<ChildAdmission, ProcessFailure> {
    Result { () throws(ProcessFailure) in
      let mark = ChildMark(owner: owner, token: random())
      let startedAt = watch.time.uptime
      let started = try ChildStart(command: command, mark: mark).start()
      return ChildAdmission(
        command: command, started: started, mark: mark,
        record: ChildRecord(command) { [bell = watch.bell] in bell.ring() },
        startedAt: startedAt, inheritedPeak: ChildUsage.peakOfThisProcess())
    }
  }

  private func takePlace(for tool: String) throws(ProcessFailure) -> Int {
    let id: Int? = state.withLock { state in
      guard state.running < limit else { return nil }
      state.running += 1
      state.nextID += 1
      return state.nextID
    }
    if let id { return id }
    throw ProcessFailure(
      .processExhausted, "cannot start \(tool): \(limit) programs are running already",
      hint: "try again when one has ended")
  }

  private func givePlaceBack() { state.withLock { $0.running -= 1 } }

  private func obey(_ stop: StopFlag, _ id: Int, _ record: ChildRecord) {
    let token = stop.onStop { [watch] reason in watch.ask(.stop(id, .asked(reason), grace: nil)) }
    record.onEnd { stop.removeAction(token) }
  }
}
