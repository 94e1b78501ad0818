import Foundation
import Foundations
import Model
import Runs
import TestSupport
import Testing

@Suite("Clearing runs", .timeLimit(.minutes(5)))
struct RunClearingTests {
  private static let day = Duration.seconds(86_400)

  /// A library with runs that began a day after another, and have one output each.
  private struct Subject {
    let library: TestLibrary
    let time: ManualTime
    var ids: [RunID] = []

    init(_ backend: Backend, runs: Int) throws {
      time = ManualTime(startingAt: SystemTime().now)
      library = try TestLibrary(backend, time: time)
      for number in 0..<runs {
        var new = NewRun(
          schema: number % 2 == 0 ? "dada" : "bauhaus", mode: number == 0 ? .fast : .eco,
          inputText: "a cat", user: number < 2 ? "ada" : "bob")
        new.expectedOutputs = ["image"]
        let run = try library.runs.create(new)
        try library.add(TestMedia.png(number), to: run.id)
        _ = try library.runs.setState(RunStateChange(.complete), of: run.id)
        ids.append(run.id)
        time.advance(by: RunClearingTests.day)
      }
    }

    func rules(_ change: (inout RunClearingRules) -> Void) -> RunClearingRules {
      var rules = RunClearingRules()
      change(&rules)
      return rules
    }

    func planned(_ change: (inout RunClearingRules) -> Void) throws -> [RunID] {
      try library.runs.planClearing(rules(change)).items.map(\.run.id)
    }
  }

  @Test("the old go to the trash, whole and to be brought back", arguments: Backend.allCases)
  func byAge(_ backend: Backend) throws {
    let subject = try Subject(backend, runs: 4)
    let (library, ids) = (subject.library, subject.ids)
    let plan = try library.runs.planClearing(subject.rules { $0.olderThan = Self.day * 5 / 2 })
    #expect(plan.items.map(\.run.id) == Array(ids[..<2]) && plan.running == 0)
    let sizes = try library.names(ids[0]).map {
      try FileStatus.of(library.path(ids[0]).appending($0)).size
    }
    #expect(plan.items[0].bytes == sizes.reduce(0, +))
    #expect(plan.items[0].reason.contains("2d 12h"))
    // A plan changes nothing.
    for id in ids { try library.check(id) }
    let told = Collected<Double?>()
    let gone = try library.runs.carryOut(
      plan, by: .trash, progress: ProgressSink { told.note($0.fraction) })
    #expect(gone.map(\.run.id) == Array(ids[..<2]) && told.values == [0.5, 1])
    #expect(try library.runs.metadata(of: ids[0]).run.deletedAt != nil)
    #expect(try library.runs.list(RunFilter(), atMost: 9).items.count == 2)
    #expect(try library.assetCount() == 4)
    _ = try library.runs.undelete(ids[0])
    try library.check(ids[0])
  }

  @Test("by size the oldest go until the rest fits, of one user where that is asked")
  func bySize() throws {
    let subject = try Subject(.memory, runs: 4)
    let (library, ids) = (subject.library, subject.ids)
    let all = try library.runs.planClearing(subject.rules { $0.mostBytes = 0 })
    #expect(all.items.map(\.run.id) == ids && all.bytes == all.items.map(\.bytes).reduce(0, +))
    let last = all.items[2...].map(\.bytes).reduce(0, +)
    #expect(try subject.planned { $0.mostBytes = last } == Array(ids[..<2]))
    #expect(try subject.planned { $0.mostBytes = last - 1 } == Array(ids[..<3]))
    #expect(try subject.planned { $0.mostBytes = all.bytes } == [])
    #expect(
      try subject.planned {
        $0.mostBytes = all.items[1].bytes
        $0.user = "ada"
      } == [ids[0]])
    // What is too young stays, whatever the size.
    #expect(
      try subject.planned {
        $0.mostBytes = 0
        $0.olderThan = Self.day * 7 / 2
      } == [ids[0]])
  }

  @Test("rules are about some runs only, and need an age or a size", arguments: Backend.allCases)
  func filtered(_ backend: Backend) throws {
    let subject = try Subject(backend, runs: 4)
    let ids = subject.ids
    func planned(_ change: (inout RunClearingRules) -> Void) throws -> [RunID] {
      try subject.planned {
        $0.olderThan = .zero
        change(&$0)
      }
    }
    #expect(try planned { $0.user = "bob" } == Array(ids[2...]))
    #expect(try planned { $0.schema = "dada" } == [ids[0], ids[2]])
    #expect(try planned { $0.mode = "fast" } == [ids[0]])
    #expect(try planned { $0.status = .failed } == [])
    #expect(code { _ = try subject.planned { $0.user = "bob" } } == "run.bad_value")
    #expect(code { _ = try subject.planned { $0.mostBytes = -1 } } == "run.bad_value")
  }

  @Test("runs under way stay until nothing happened for the age", arguments: Backend.allCases)
  func running(_ backend: Backend) throws {
    let subject = try Subject(backend, runs: 1)
    let (library, runs) = (subject.library, subject.library.runs)
    let run = try library.begin()
    let rules = subject.rules { $0.mostBytes = 0 }
    #expect(try runs.planClearing(rules).items.map(\.run.id) == subject.ids)
    #expect(try runs.planClearing(rules).running == 1)
    // The file is of this moment, and the clock a day ahead of it.
    let young = subject.rules { $0.olderThan = Self.day * 3 / 2 }
    subject.time.advance(by: Self.day / 4)
    let early = subject.rules { $0.olderThan = Self.day / 8 }
    #expect(try runs.planClearing(young).items.isEmpty)
    #expect(try runs.planClearing(early).items.map(\.run.id) == subject.ids + [run.id])
    subject.time.advance(by: Self.day)
    #expect(try runs.planClearing(young).items.map(\.run.id) == subject.ids)
  }

  @Test("what changed since the plan was made is left", arguments: Backend.allCases)
  func changed(_ backend: Backend) throws {
    let subject = try Subject(backend, runs: 5)
    let (library, ids) = (subject.library, subject.ids)
    let plan = try library.runs.planClearing(subject.rules { $0.olderThan = .zero })
    #expect(plan.items.count == 5)
    try library.add(TestMedia.png(99), to: ids[0])
    _ = try library.runs.delete(ids[1])
    _ = try library.runs.archive(ids[2])
    try FileManager.default.removeItem(atPath: library.path(ids[3]).text)
    #expect(try library.runs.carryOut(plan, by: .trash).map(\.run.id) == [ids[4]])
    try library.check(ids[0])
    // Whose folder is gone cannot be judged.
    let again = try library.runs.planClearing(subject.rules { $0.olderThan = .zero })
    #expect(again.unreadable == 1 && again.items.map(\.run.id) == [ids[0]])
  }

  @Test("cleared runs go into the archive where that is asked", arguments: Backend.allCases)
  func archived(_ backend: Backend) throws {
    let subject = try Subject(backend, runs: 3)
    let (library, ids) = (subject.library, subject.ids)
    let plan = try library.runs.planClearing(subject.rules { $0.olderThan = Self.day * 3 / 2 })
    #expect(try library.runs.carryOut(plan, by: .archive).count == 2)
    #expect(try library.runs.metadata(of: ids[0]).run.archivedAt != nil)
    #expect(try library.runs.metadata(of: ids[0]).outputs.count == 1)
    // What is archived is not cleared once more.
    #expect(try subject.planned { $0.mostBytes = 0 } == [ids[2]])
  }

  @Test("a stop ends a clearing between two runs")
  func stopped() throws {
    let subject = try Subject(.memory, runs: 3)
    let runs = subject.library.runs
    let plan = try runs.planClearing(subject.rules { $0.olderThan = .zero })
    let stop = StopFlag()
    #expect(throws: StoppedFailure.self) {
      try runs.carryOut(plan, by: .trash, stop: stop, progress: ProgressSink { _ in stop.stop() })
    }
    #expect(try runs.list(RunFilter(), atMost: 9).items.count == 2)
    #expect(throws: StoppedFailure.self) {
      try runs.planClearing(subject.rules { $0.olderThan = .zero }, stop: stop)
    }
  }

  @Test("more runs than fit on a page are cleared, the oldest first")
  func pages() throws {
    let time = ManualTime(startingAt: SystemTime().now)
    let library = try TestLibrary(time: time)
    var ids: [RunID] = []
    for _ in 0..<1_010 {
      ids.append(try library.begin().id)
      time.advance(by: .milliseconds(1))
    }
    time.advance(by: .seconds(60))
    var rules = RunClearingRules()
    rules.olderThan = .seconds(30)
    #expect(try library.runs.planClearing(rules).items.map(\.run.id) == ids)
  }

  @Test("the trash is emptied of what lay there long enough", arguments: Backend.allCases)
  func emptied(_ backend: Backend) throws {
    let subject = try Subject(backend, runs: 3)
    let (library, ids) = (subject.library, subject.ids)
    for id in ids {
      _ = try library.runs.delete(id)
      subject.time.advance(by: Self.day)
    }
    let runs = library.runs
    #expect(
      Set(try runs.emptyTrash(olderThan: Self.day * 3 / 2, isDryRun: true).map(\.id))
        == [ids[0], ids[1]])
    #expect(try runs.ids().count == 3)
    // Its row is behind: who brought it back was quicker.
    let deleted = try #require(try library.row(ids[0]))
    _ = try runs.undelete(ids[0])
    try library.catalogue.write { try $0.putRun(deleted, outputs: []) }
    #expect(
      try runs.emptyTrash(olderThan: .zero, isDryRun: false).map(\.id).sorted()
        == Array(ids[1...]))
    #expect(try runs.ids() == [ids[0]])
    #expect(try library.assetCount() == 3)
    _ = try runs.reconcile(ids[0])
    try library.check(ids[0])
  }
}
