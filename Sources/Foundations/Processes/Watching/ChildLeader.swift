import CSystem
import Glibc

/// A child's own process, which leads its group and session.
///
/// Its status is taken last of all. Until then its number, and with it the group's, belongs to
/// nobody else, and a signal to them reaches nobody else.
struct ChildLeader {
  /// Who it is.
  let identity: ProcessIdentity
  private let process: HeldDescriptor

  init(_ identity: ProcessIdentity, _ process: HeldDescriptor) {
    self.identity = identity
    self.process = process
  }

  /// What becomes readable when it is over.
  var descriptor: Int32 { process.number }

  /// Whether it has ended.
  var isOver: Bool {
    var wish = pollfd(fd: process.number, events: Int16(POLLIN), revents: 0)
    return poll(&wish, 1, 0) > 0
  }

  /// Does to the group what a plan says.
  func perform(_ step: StopPlan.Step) {
    switch step {
    case .terminate:
      kill(-identity.number, SIGTERM)
      // One that was halted could not hear it.
      kill(-identity.number, SIGCONT)
    case .kill:
      kill(-identity.number, SIGKILL)
      // Should it have left its own group.
      _ = mediary_pidfd_signal(process.number, SIGKILL)
    }
  }

  /// Takes the status of one that is over; its number is free from then on.
  func takeStatus() -> (ending: ChildEnding, used: rusage) {
    var status: Int32 = 0
    var used = rusage()
    let taken = try? systemCall("wait for a program") {
      wait4(identity.number, &status, WNOHANG, &used)
    }
    return (taken == identity.number ? ChildEnding(waitStatus: status) : .unknown, used)
  }
}
