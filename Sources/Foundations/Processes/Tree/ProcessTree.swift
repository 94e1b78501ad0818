import Glibc

/// A child and everything that descends from it, followed from one look at the process table to
/// the next.
///
/// A descendant belongs to the tree by any of four signs: its parents lead to the leader, it is
/// in the leader's session or group, it carries the child's mark, or it belonged at an earlier
/// look. To get lost it would have to shed all of them between two looks.
package struct ProcessTree: Sendable {
  /// The child itself.
  package let leader: ProcessIdentity
  private let mark: ChildMark
  private var known: Set<ProcessIdentity> = []
  private var peakPages: Int64 = 0
  // Last seen CPU of descendants that nobody of the tree will wait for.
  private var strays: [ProcessIdentity: Ticks] = [:]
  private var goneStrays = Ticks()

  /// CPU in the kernel's ticks.
  package struct Ticks: Sendable, Equatable {
    /// In the programs' own code.
    package var user = 0
    /// In the kernel.
    package var system = 0

    /// So many of each.
    package init(user: Int = 0, system: Int = 0) {
      self.user = user
      self.system = system
    }
  }

  /// The tree of a child that bears this mark.
  package init(leader: ProcessIdentity, mark: ChildMark) {
    self.leader = leader
    self.mark = mark
  }

  /// The most pages the tree has been seen to hold.
  package var peakResidentPages: Int64 { peakPages }

  /// CPU that the leader's own account does not contain.
  package var strayTicks: Ticks {
    strays.values.reduce(into: goneStrays) { sum, one in
      sum.user += one.user
      sum.system += one.system
    }
  }

  /// Takes a look at the table; answers the descendants that run, without the leader.
  ///
  /// Once the leader is over nobody of the tree waits for what is left, so that all of it counts
  /// as stray.
  package mutating func observe(_ table: ProcessTable, leaderIsOver: Bool) -> [ProcessEntry] {
    let members = table.descendants(of: roots(in: table)).filter { !$0.isZombie }
    peakPages = max(peakPages, members.reduce(0) { $0 + $1.residentPages })
    let descendants = members.filter { $0.identity != leader }
    account(for: descendants, leaderIsOver: leaderIsOver)
    known = Set(descendants.map(\.identity))
    return descendants
  }

  private func roots(in table: ProcessTable) -> [Int32] {
    let itself = getpid()
    return table.entries.values.filter { entry in
      let number = entry.identity.number
      guard number != itself, number != 1 else { return false }
      return entry.identity == leader || entry.session == leader.number
        || entry.group == leader.number || entry.mark == mark || known.contains(entry.identity)
    }.map(\.identity.number)
  }

  private mutating func account(for descendants: [ProcessEntry], leaderIsOver: Bool) {
    let numbers = Set(descendants.map(\.identity.number)).union([leader.number])
    var strays: [ProcessIdentity: Ticks] = [:]
    for entry in descendants where leaderIsOver || !numbers.contains(entry.parent) {
      strays[entry.identity] = Ticks(user: entry.userTicks, system: entry.systemTicks)
    }
    for (identity, ticks) in self.strays where strays[identity] == nil {
      goneStrays.user += ticks.user
      goneStrays.system += ticks.system
    }
    self.strays = strays
  }
}
