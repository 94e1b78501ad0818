import Foundations
import Glibc
import Jobs
import Model
import TestSupport
import Testing

@Suite("What a job is given", .timeLimit(.minutes(5)))
struct JobContextTests {
  @Test("progress is told now and then, and the last of it always", arguments: Backend.allCases)
  func progress(backend: Backend) async throws {
    try await onThread {
      let bench = try Bench(backend)
      let id = try bench.submit("count")
      let start = SystemTime().uptime
      try bench.drain(
        JobKind("count") { context in
          context.stage("counts")
          for number in 0..<20_000 {
            context.progress.report(
              ProgressUpdate(Double(number), of: 40_000, .frames, "at \(number)"))
          }
          context.event(["segments": 7])
          throw Trouble.lasting
        })
      let took = (SystemTime().uptime - start) / .seconds(1)
      let job = try bench.job(id)
      #expect(job.progress.message == "at 19999" && job.stage == "counts")
      #expect(job.progress.details["segments"] == 7)
      #expect(abs((job.progress.fraction ?? 0) - 0.499975) < 1e-9)
      let told = try bench.events(of: id).filter { $0.kind == .progressUpdated }.count
      #expect(Double(told) <= took * 2 + 2)
    }
  }

  @Test("progress of a job that goes on is told without its asking, with the time left")
  func silent() async throws {
    try await onThread {
      let time = ManualTime()
      let bench = try Bench(time: time)
      let id = try bench.submit("wait")
      let goesOn = Signal()
      let worker = try bench.start(
        JobKind("wait") { context in
          for second in 0...10 {
            context.progress.report(Double(second) / 40, "second \(second)")
            time.advance(by: .seconds(1))
          }
          goesOn.wait()
          return .completed(1)
        })
      try bench.wait(for: id) { $0.progress.message == "second 10" }
      #expect((28...31).contains(try bench.job(id).progress.etaSeconds ?? 0))
      goesOn.give()
      let job = try bench.end(of: id)
      #expect(job.progress.fraction == 1 && job.progress.etaSeconds == nil)
      _ = try worker.end()
    }
  }

  @Test("a follower is told every event in order, with the end as the last")
  func followed() async throws {
    try await onThread {
      let bench = try Bench()
      let id = try bench.submit("job")
      let worker = try bench.start(
        JobKind("job") { context in
          context.progress.report(0.5)
          return .completed(1)
        })
      var events: [JobEvent] = []
      _ = try bench.queue.watch(id, stop: StopFlag()) { events.append($0) }
      _ = try worker.end()
      #expect(events.map(\.number) == Array(1...events.count))
      #expect(events.first?.kind == .created && events.last?.kind == .completed)
      #expect(try events.map(\.kind) == bench.events(of: id).map(\.kind))
      var rest: [Int] = []
      _ = try bench.queue.watch(id, after: 3, stop: StopFlag()) { rest.append($0.number) }
      #expect(rest == Array(4...events.count))
      let stopped = StopFlag()
      stopped.stop()
      #expect(throws: StoppedFailure.self) {
        try bench.queue.watch(id, stop: stopped) { _ in }
      }
    }
  }

  @Test(
    "a scratch folder is there while the job runs, and kept only where it failed and is asked for")
  func scratch() async throws {
    try await onThread {
      let bench = try Bench()
      let paths = Collected<FilePath>()
      for kind in ["good", "bad", "kept"] {
        _ = try bench.submit(kind)
        let keeps = kind == "kept"
        try bench.drain(
          JobKind(kind, keepsScratch: keeps) { context in
            let path = try context.scratch
            #expect(try context.scratch == path)
            try AtomicFile.create(path.appending("x"), with: [1])
            paths.note(path)
            if context.job.kind == "good" { return .completed(1) }
            throw Trouble.lasting
          })
      }
      #expect(paths.values.map { FileStatus.ifPresent($0) != nil } == [false, false, true])
      #expect(try bench.scratchFolders() == 1)
    }
  }

  @Test("a job has a log of its own, by lines of JSON, which tells why it failed")
  func log() async throws {
    try await onThread {
      let bench = try Bench()
      let id = try bench.submit("talk")
      try bench.drain(
        JobKind("talk") { context in
          context.log.debug("looked", ["files": 3])
          throw Trouble.lasting
        })
      let bytes = try SmallFile.read(FilePath(bench.folder("logs/\(id).log")), limit: 1 << 20)
      let lines = try bytes.split(separator: 10).map {
        try JSONReader.read(String(decoding: $0, as: UTF8.self)).object ?? [:]
      }
      #expect(lines.count == 2)
      #expect(lines[0]["message"] == "looked" && lines[0]["files"] == 3)
      #expect(lines[0]["job"] == .string(id.text))
      #expect(lines[1]["code"] == "usage.bad_value")
    }
  }

  @Test("what a job and its programs use is measured")
  func use() async throws {
    try await onThread {
      let bench = try Bench()
      let processes = try ChildProcesses()
      let ids = [try bench.submit("burn", "child"), try bench.submit("burn", "thread")]
      try bench.drain(
        JobKind("burn") { context in
          guard context.input == "child" else {
            // A tenth of a second of this thread's own.
            let use = ThreadUse.ofThisThread()
            let from = use.cpuSeconds ?? 0
            while (use.cpuSeconds ?? 1) - from < 0.1 {}
            return .completed(1)
          }
          var command = ChildCommand(
            "/usr/bin/python3", ["-c", "x = b'x' * 300_000_000"])
          command.output = .discarded
          try context.run(command, by: processes).requireSuccess()
          return .completed(1)
        })
      let uses = try ids.map { try bench.job($0).use }
      #expect(uses[0].cpuSeconds > 0.02 && uses[0].peakMemory > 300_000_000)
      #expect((0.09...0.5).contains(uses[1].cpuSeconds) && uses[1].peakMemory == 0)
    }
  }
}

extension Bench {
  /// How many scratch folders lie about.
  func scratchFolders() throws -> Int {
    let folder = FilePath(folder("work/scratch"))
    guard FileStatus.ifPresent(folder) != nil else { return 0 }
    return try FolderEntries(of: .open(folder)).count { $0.kind == .folder }
  }
}
