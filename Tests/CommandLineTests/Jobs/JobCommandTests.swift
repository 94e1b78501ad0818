import Foundation
import TestSupport
import Testing

@Suite("mediary jobs and mediary worker")
struct JobCommandTests {
  @Test("what nobody could do is refused before it is queued, with the nearest name")
  func refusals() throws {
    let library = try JobLibrary(contents: 1)
    let stored = library.stored
    #expect(
      try stored.failure("jobs", "submit", "hash-verfy") == .init(64, "jobs.unknown_kind"))
    let run = try library.run("jobs", "submit", "hash-verfy")
    #expect(run.stderr.contains("did you mean 'hash-verify'?"))
    for input in [#"{"repiar": true}"#, #"{"repair": 1}"#, #"{"parts": 0}"#, #"{"parts": 1.5}"#] {
      #expect(
        try stored.failure("jobs", "submit", "hash-verify", "--input", input)
          == .init(64, "jobs.bad_input"), "\(input)")
    }
    #expect(
      try stored.failure("jobs", "submit", "thumbnail") == .init(64, "jobs.bad_input"))
    #expect(
      try stored.failure("jobs", "submit", "thumbnail", "--input", #"{"asset_id": "none"}"#)
        == .init(66, "library.not_found"))
    #expect(
      try stored.failure("jobs", "submit", "hash-verify", "--input", "[1]")
        == .init(64, "usage.bad_value"))
    #expect(
      try stored.failure("jobs", "submit", "hash-verify", "--in", "1h", "--at", "2030-01-01")
        == .init(64, "usage.conflict"))
    #expect(try stored.failure("jobs", "show", "none") == .init(66, "jobs.not_found"))
    #expect(try stored.failure("worker", "--kinds", "x") == .init(64, "jobs.unknown_kind"))
    #expect(
      (try library.answer(["jobs", "list"]).job["items"] as? [Any])?.isEmpty == true)
  }

  @Test("a job answers with all that the contract names, queued and completed")
  func shape() throws {
    let library = try JobLibrary(contents: 2)
    let id = try library.submit("hash-verify", "{}", "--priority", "5", "--user", "mia")
    let queued = try library.job(id)
    #expect(queued["id"] as? String == id && queued["job_id"] as? String == id)
    #expect(queued["state"] as? String == "queued" && queued["kind"] as? String == "hash-verify")
    #expect(queued["priority"] as? Int == 5 && queued["user_id"] as? String == "mia")
    for member in ["stage", "progress", "eta_seconds", "error", "result", "started_at"] {
      #expect(queued[member] is NSNull, "\(member)")
    }
    #expect(queued["attempts"] as? Int == 0)
    let events = try library.work()
    #expect(events.first?["event"] as? String == "job_started")
    #expect(events.last?["event"] as? String == "job_completed")
    let job = try library.job(id)
    #expect(job["state"] as? String == "completed" && job["progress"] as? Double == 1)
    #expect(job["error"] is NSNull && job["finished_at"] is String)
    let card = try library.run("jobs", "show", id)
    #expect(card.stdout.contains("completed") && card.stdout.contains("checked    2"))
  }

  @Test("lists show jobs of their own, filtered by state, kind and user, page by page")
  func lists() throws {
    let library = try JobLibrary(contents: 3)
    let first = try library.submit("hash-verify", #"{"parts": 2}"#, "--user", "mia")
    try library.work()
    let second = try library.submit("hash-verify", #"{"repair": true}"#, "--user", "tom")
    func ids(_ more: String...) throws -> [String] {
      let page = try library.answer(["jobs", "list"] + more).job
      return (page["items"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
    }
    #expect(try ids() == [second, first])
    #expect(try ids("--state", "completed,failed") == [first])
    #expect(try ids("--user", "tom") == [second])
    #expect(try ids("--kind", "thumbnail").isEmpty)
    #expect(try ids("--children-of", first).count == 2)
    let page = try library.answer(["jobs", "list", "--limit", "1"]).job
    let next = try #require(page["next_cursor"] as? String)
    #expect(try ids("--limit", "1", "--cursor", next) == [first])
  }

  @Test("a cancelled job ends at once where nobody works at it, and retried it is done")
  func cancel() throws {
    let library = try JobLibrary(contents: 2)
    let id = try library.submit("hash-verify")
    #expect(try library.answer(["jobs", "cancel", id]).job["state"] as? String == "cancelled")
    try library.work()
    #expect(try library.job(id)["state"] as? String == "cancelled")
    #expect(try library.run("jobs", "watch", id, "--json").status == 130)
    #expect(try library.answer(["jobs", "retry", id]).job["state"] as? String == "queued")
    #expect(
      try library.stored.failure("jobs", "retry", id) == .init(73, "jobs.bad_transition"))
    try library.work()
    #expect(try library.job(id)["state"] as? String == "completed")
    #expect(
      try library.stored.failure("jobs", "cancel", id) == .init(73, "jobs.bad_transition"))
  }

  @Test("a job that runs is cancelled with its parts", .timeLimit(.minutes(5)))
  func cancelRunning() throws {
    let library = try JobLibrary(contents: 60, bytes: 100_000)
    let id = try library.submit("hash-verify", #"{"parts": 60}"#)
    let worker = try library.worker("--lease", "3", "--slots", "1")
    try #require(worker.awaitEvent("segment_complete"))
    let cancelled = try library.answer(["jobs", "cancel", id]).job
    #expect(["cancelled", "running", "waiting"].contains(cancelled["state"] as? String))
    #expect(try library.run("jobs", "watch", id, "--json").status == 130)
    worker.signal(SIGTERM)
    #expect(worker.awaitEnd() == 143)
    let states = Set(try library.parts(of: id).compactMap { $0["state"] as? String })
    #expect(states == ["completed", "cancelled"], "\(states)")
  }

  @Test("watch tells all events in their order, from the first or after any, as often as asked")
  func watch() throws {
    let library = try JobLibrary(contents: 4)
    let id = try library.submit("hash-verify", #"{"parts": 4}"#)
    let live = try BackgroundCommand(["jobs", "watch", id, "--json", "--home", library.stored.home])
    try library.work()
    var heard: [[String: Any]] = []
    while let line = live.nextLine() {
      heard.append(
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]))
    }
    #expect(live.awaitEnd() == 0)
    let numbers = heard.compactMap { $0["number"] as? Int }
    #expect(numbers == Array(1...numbers.count))
    #expect(heard.allSatisfy { $0["job_id"] as? String == id && $0["time"] is String })
    let names = heard.compactMap { $0["event"] as? String }
    #expect(names.first == "job_created" && names.last == "job_completed")
    #expect(names.count { $0 == "segment_complete" } == 4)
    // Without a terminal the answer is the same, --json or not, now or later.
    let again = try library.run("jobs", "watch", id)
    let first = try library.run("jobs", "watch", id, "--json")
    #expect(again.stdout == first.stdout)
    #expect(try again.jsonLines().count == heard.count)
    let rest = try library.run("jobs", "watch", id, "--after", "3")
    #expect(try rest.jsonLines().compactMap { $0["number"] as? Int } == Array(numbers.dropFirst(3)))
  }

  @Test("submit waits for the end where that is asked for, and tells by its status how it was")
  func wait() throws {
    let library = try JobLibrary(contents: 3)
    let worker = try library.worker("--slots", "1")
    let whole = try library.answer(["jobs", "submit", "hash-verify", "--wait"])
    #expect(whole.status == 0 && whole.job["state"] as? String == "completed")
    try library.flipByte(of: try library.blobs()[0])
    let damaged = try library.answer(["jobs", "submit", "hash-verify", "--wait"])
    #expect(damaged.status == 1)
    #expect((damaged.job["result"] as? [String: Any])?["damaged_count"] as? Int == 1)
    worker.signal(SIGINT)
    #expect(worker.awaitEnd() == 130)
  }

  @Test("a job that fails tells its error, its hint and its causes, and its log what it was at")
  func failure() throws {
    let library = try JobLibrary()
    let asset = try library.stored.answer("library", "add", try StoredLibrary.path("h264-aac.mp4"))
    let hash = try #require(asset["file_hash"] as? String)
    let number = try #require(asset["asset_id"] as? String)
    let input = #"{"asset_id": "\#(number)"}"#
    let id = try library.submit("thumbnail", input)
    let path = try #require(try library.blobs().first { $0.hasSuffix(hash) })
    try FileManager.default.removeItem(atPath: path)
    try library.work()
    let job = try library.job(id)
    #expect(job["state"] as? String == "failed")
    let error = try #require(job["error"] as? [String: Any])
    #expect(error["code"] as? String == "file.not_found" && error["causes"] is [Any])
    let card = try library.run("jobs", "show", id)
    #expect(card.stdout.contains("file.not_found"))
    let logs = try library.run("jobs", "logs", id)
    #expect(logs.status == 0 && logs.stdout.contains("the job failed"))
    #expect(try library.run("jobs", "watch", id).status == 1)
  }

  @Test("logs --follow ends with the job and has told all lines")
  func followLogs() throws {
    let library = try JobLibrary(contents: 2)
    let id = try library.submit("hash-verify", #"{"parts": 2}"#)
    let follow = try BackgroundCommand(
      ["jobs", "logs", id, "--follow", "--json", "--home", library.stored.home])
    try library.work()
    var lines: [String] = []
    while let line = follow.nextLine() { lines.append(line) }
    #expect(follow.awaitEnd() == 0)
    #expect(lines.count { $0.contains(#""message":"split""#) } == 1)
    #expect(lines.count { $0.contains(#""message":"checked""#) } == 1)
  }

  @Test("a job that is to begin later is left alone until then")
  func later() throws {
    let library = try JobLibrary(contents: 1)
    let id = try library.submit("hash-verify", "{}", "--in", "2h")
    #expect(try library.work().isEmpty)
    #expect(try library.job(id)["state"] as? String == "queued")
  }

  @Test("a worker of some kinds leaves the others alone, and does the parts of its own")
  func kinds() throws {
    let library = try JobLibrary(contents: 2)
    let id = try library.submit("hash-verify")
    #expect(try library.work("--kinds", "thumbnail").isEmpty)
    try library.work("--kinds", "hash-verify", "thumbnail")
    #expect(try library.job(id)["state"] as? String == "completed")
  }
}
