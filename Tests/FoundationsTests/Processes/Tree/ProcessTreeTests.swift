import Foundations
import Testing

@Suite("Who belongs to a child's tree")
struct ProcessTreeTests {
  private let leader = ProcessIdentity(number: 100, startTicks: 5000)
  private let mark = ChildMark(owner: ProcessIdentity(number: 50, startTicks: 10), token: 7)

  private var tree: ProcessTree { ProcessTree(leader: leader, mark: mark) }

  /// A process as its stat file tells of it.
  private func process(
    _ number: Int32, parent: Int32, group: Int32? = nil, session: Int32? = nil,
    state: String = "S", user: Int = 0, system: Int = 0, start: UInt64 = 6000, pages: Int = 10,
    mark: ChildMark? = nil
  ) throws -> ProcessEntry {
    let line =
      "\(number) (a (b) c) \(state) \(parent) \(group ?? number) \(session ?? number) 0 -1 4 0 0 0 0 "
      + "\(user) \(system) 0 0 20 0 1 0 \(start) 1000 \(pages) 18446744073709551615 1 1"
    var entry = try #require(ProcessEntry(stat: Array(line.utf8)))
    entry.mark = mark
    return entry
  }

  private func leaderEntry(state: String = "S", pages: Int = 10) throws -> ProcessEntry {
    try process(100, parent: 50, state: state, start: 5000, pages: pages)
  }

  private func members(
    _ entries: [ProcessEntry], in tree: inout ProcessTree, leaderIsOver: Bool = false
  ) -> [Int32] {
    tree.observe(ProcessTable(entries), leaderIsOver: leaderIsOver).map(\.identity.number).sorted()
  }

  @Test("those its parents lead to, and no neighbour")
  func parents() throws {
    var tree = tree
    let table = try [
      leaderEntry(), process(101, parent: 100), process(102, parent: 101), process(60, parent: 50),
      process(103, parent: 60),
    ]
    #expect(members(table, in: &tree) == [101, 102])
  }

  @Test("those in the leader's session or group, and what descends from them")
  func sessions() throws {
    var tree = tree
    let table = try [
      leaderEntry(), process(101, parent: 1, group: 100), process(102, parent: 1, session: 100),
      process(103, parent: 102), process(104, parent: 1),
    ]
    #expect(members(table, in: &tree) == [101, 102, 103])
  }

  @Test("those that carry its mark, and not another child's")
  func marks() throws {
    var tree = tree
    let other = ChildMark(owner: mark.owner, token: 8)
    let table = try [
      leaderEntry(), process(101, parent: 1, mark: mark), process(102, parent: 1, mark: other),
    ]
    #expect(members(table, in: &tree) == [101])
  }

  @Test("those that belonged at an earlier look, unless the number is another's by now")
  func known() throws {
    var tree = tree
    let before = try [leaderEntry(), process(101, parent: 100), process(102, parent: 100)]
    #expect(members(before, in: &tree) == [101, 102])
    let after = try [leaderEntry(), process(101, parent: 1), process(102, parent: 1, start: 9000)]
    #expect(members(after, in: &tree) == [101])
  }

  @Test("no zombies, but what descends from them")
  func zombies() throws {
    var tree = tree
    let table = try [
      leaderEntry(state: "Z"), process(101, parent: 100, state: "Z"), process(102, parent: 101),
    ]
    #expect(members(table, in: &tree, leaderIsOver: true) == [102])
  }

  @Test("nobody where a new process has the leader's old number")
  func reused() throws {
    var tree = tree
    let table = try [process(100, parent: 1, group: 90, session: 90, start: 9000)]
    #expect(members(table, in: &tree) == [])
  }

  @Test("the memory is that of all of them at the worst moment")
  func memory() throws {
    var tree = tree
    _ = try members([leaderEntry(pages: 10), process(101, parent: 100, pages: 30)], in: &tree)
    _ = try members([leaderEntry(pages: 35)], in: &tree)
    #expect(tree.peakResidentPages == 40)
  }

  @Test("the CPU of those that nobody waits for is counted once, by its last state")
  func strays() throws {
    var tree = tree
    // 101 has a parent that will wait for it; 102 has none.
    _ = try members(
      [
        leaderEntry(), process(101, parent: 100, user: 70),
        process(102, parent: 1, user: 5, system: 1, mark: mark),
      ], in: &tree)
    #expect(tree.strayTicks == ProcessTree.Ticks(user: 5, system: 1))
    _ = try members(
      [leaderEntry(), process(102, parent: 1, user: 9, system: 2, mark: mark)], in: &tree)
    #expect(tree.strayTicks == ProcessTree.Ticks(user: 9, system: 2))
    _ = try members([leaderEntry()], in: &tree)
    #expect(tree.strayTicks == ProcessTree.Ticks(user: 9, system: 2))
    // The leader is over, and 103 was still its child.
    _ = try members(
      [leaderEntry(state: "Z"), process(103, parent: 100, user: 4)], in: &tree, leaderIsOver: true)
    #expect(tree.strayTicks == ProcessTree.Ticks(user: 13, system: 2))
  }
}
