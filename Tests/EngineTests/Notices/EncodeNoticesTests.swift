import Encoding
import Engine
import Foundation
import Foundations
import HTTPClient
import StandInServer
import TestSupport
import Testing

@Suite("Notices of encodes", .timeLimit(.minutes(1)))
struct EncodeNoticesTests {
  private let server: StandInServer
  private let warnings = Collected<NoticeFailure>()

  init() throws { server = try StandInServer() }

  private var hook: [String: String] { ["MEDIARY_NOTIFY_WEBHOOK": server.origin + "/ok/key-1"] }

  private func notices(
    _ environment: [String: String], stop: StopFlag = StopFlag()
  ) throws -> EncodeNotices {
    let sources = ConfigurationSources(environment: environment)
    var retries = HTTPRetries()
    retries.wait = { _, _ in }
    return try EncodeNotices(
      Configuration.load(MediarySettings.schema, from: sources), stop: stop, retries: retries
    ) { [warnings] in warnings.note($0) }
  }

  private static let report = EncodeReport(
    input: "films/Süß\n.mkv", output: "small/a.mkv", sizeBefore: 4_000_000, sizeAfter: 1_000_000,
    durationSeconds: 60, seconds: 30, encoder: "SVT-AV1",
    vmaf: EncodeReport.Score(mean: 93.06, fifthPercentile: 90, minimum: 80))

  private func body(_ asked: StandInServer.Asked) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(asked.body.utf8)) as? [String: Any])
  }

  @Test("a webhook gets the report, signed so that others can check it")
  func webhook() throws {
    let notices = try notices(
      hook.merging(["MEDIARY_NOTIFY_WEBHOOK_SECRET": "geheim"]) { $1 })
    notices.finished(Self.report)
    notices.close()
    let asked = try #require(server.requests.first)
    #expect(asked.method == "POST" && asked.path == "/ok/key-1")
    #expect(asked.headers["content-type"] == "application/json")
    #expect(asked.headers["x-mediary-event"] == "job_completed")
    #expect(asked.headers["user-agent"] == "mediary/\(Version.number)")
    let object = try body(asked)
    #expect(object["event"] as? String == "job_completed")
    #expect(object["id"] as? String == asked.headers["x-mediary-delivery"])
    #expect(object["host"] as? String == Machine.host)
    #expect((object["time"] as? String)?.hasSuffix("Z") == true)
    let report = try #require(object["report"] as? [String: Any])
    #expect(report["size_after"] as? Int == 1_000_000)
    let check =
      "import hmac,sys; print(hmac.new(b'geheim', sys.stdin.buffer.read(), 'sha256').hexdigest())"
    let code = try CommandRun("/usr/bin/python3", ["-c", check], input: asked.body).stdout
    #expect(asked.headers["x-mediary-signature"] == "sha256=" + code.dropLast())
    #expect(warnings.values.isEmpty)
  }

  @Test("ntfy gets a title, a text and how urgent it is")
  func ntfy() throws {
    let notices = try notices([
      "MEDIARY_NOTIFY_NTFY": server.origin + "/my-topic", "MEDIARY_NOTIFY_NTFY_TOKEN": "tk_a",
    ])
    notices.finished(Self.report)
    notices.failed(
      UsageFailure(.usageBadValue, "it cannot be", hint: "do otherwise"), of: "films/b.mkv")
    notices.close()
    let asked = server.requests
    try #require(asked.count == 2)
    #expect(asked.allSatisfy { $0.path == "/my-topic" })
    #expect(asked.allSatisfy { $0.headers["authorization"] == "Bearer tk_a" })
    #expect(asked[0].body == "4.0 MB → 1.0 MB · 25.0% · VMAF 93.1 · took 30s")
    #expect(asked[0].headers["priority"] == "default")
    #expect(asked[0].headers["tags"] == "white_check_mark")
    // The line break of the file's name would have been another header.
    let title = try #require(asked[0].headers["title"]).dropFirst("=?UTF-8?B?".count).dropLast(2)
    let decoded = try #require(Data(base64Encoded: String(title)))
    #expect(String(decoding: decoded, as: UTF8.self) == #"Süß\n.mkv is encoded"#)
    #expect(asked[1].headers["title"] == "b.mkv could not be encoded")
    #expect(asked[1].body == "it cannot be\ndo otherwise")
    #expect(asked[1].headers["priority"] == "high" && asked[1].headers["tags"] == "warning")
  }

  @Test("a folder is told of once, with its sums")
  func folder() throws {
    let notices = try notices(hook)
    var summary = FolderSummary()
    (summary.encoded, summary.failed) = (3, 1)
    (summary.sizeBefore, summary.sizeAfter, summary.seconds) = (3_000_000, 600_000, 61)
    notices.ended("films", summary)
    // One that was stopped has been told of by whoever stopped it.
    summary.stopped = StoppedFailure(.signal(2))
    notices.ended("films", summary)
    notices.close()
    try #require(server.requests.count == 1)
    let object = try body(server.requests[0])
    #expect(object["event"] as? String == "folder_completed")
    #expect(object["title"] as? String == "3 films of films encoded")
    #expect(object["text"] as? String == "1 failed · 3.0 MB → 600 kB · 20.0% · took 1m 01s")
    #expect((object["summary"] as? [String: Any])?["failed"] as? Int == 1)
  }

  @Test(
    "only what was asked for is told",
    arguments: [
      ("finished", ["job_completed"]), ("failed", ["job_failed"]),
      ("both", ["job_completed", "job_failed"]),
    ])
  func occasions(occasion: String, events: [String]) throws {
    let notices = try notices(hook.merging(["MEDIARY_NOTIFY_ON": occasion]) { $1 })
    notices.finished(Self.report)
    notices.failed(UsageFailure(.usageBadValue, "no", hint: nil), of: "a.mkv")
    notices.failed(StoppedFailure(.signal(15)), of: "a.mkv")
    notices.close()
    #expect(server.requests.compactMap { $0.headers["x-mediary-event"] } == events)
  }

  @Test("nobody is told where nobody is named")
  func nobody() throws {
    let notices = try notices([:])
    notices.finished(Self.report)
    notices.close()
    #expect(server.requests.isEmpty && warnings.values.isEmpty)
  }

  @Test("who is in trouble is told again, with the same id, and then there is a warning")
  func trouble() throws {
    let notices = try notices([
      "MEDIARY_NOTIFY_WEBHOOK": server.origin + "/then/503,500,502,200/key-1",
      "MEDIARY_NOTIFY_NTFY": server.origin + "/topic",
    ])
    notices.finished(Self.report)
    notices.close()
    let asked = server.requests.filter { $0.path.hasPrefix("/then") }
    #expect(asked.count == 3)
    #expect(Set(asked.compactMap { $0.headers["x-mediary-delivery"] }).count == 1)
    // The other one is told all the same.
    #expect(server.requests.contains { $0.path == "/topic" })
    let warning = try #require(warnings.values.first)
    #expect(warnings.values.count == 1 && warning.code == .noticeNotDelivered)
    #expect(
      warning.message
        == "the webhook was not told: \(server.origin) answered 502 (after 3 attempts)")
  }

  @Test("raising the flag ends a delivery at once, and nothing is said of it")
  func stopped() throws {
    let stop = StopFlag()
    let notices = try notices(
      ["MEDIARY_NOTIFY_WEBHOOK": server.origin + "/hang"], stop: stop)
    notices.finished(Self.report)
    notices.finished(Self.report)
    _ = server.waitForRequests(1)
    stop.stop(.signal(15))
    notices.close()
    #expect(server.requests.count == 1 && warnings.values.isEmpty)
  }

  @Test(
    "settings by which nobody can be told are refused beforehand, and not shown",
    arguments: [
      ("WEBHOOK", "ftp://s3cret/"), ("WEBHOOK", "s3cret"), ("NTFY", "https://ntfy.example/"),
      ("NTFY", "https://ntfy.example/s3cret?x=1"), ("NTFY", "s3cret"),
      ("NTFY_TOKEN", "s3cret\r\nX-Other: 1"),
    ])
  func refused(name: String, value: String) throws {
    var environment = ["MEDIARY_NOTIFY_\(name)": value]
    if name == "NTFY_TOKEN" { environment["MEDIARY_NOTIFY_NTFY"] = "https://ntfy.example/topic" }
    let failure = try #require(throws: NoticeFailure.self) { _ = try notices(environment) }
    #expect(failure.code == .noticeBadSetting && failure.kind == .configuration)
    #expect(failure.message.hasPrefix("notify_\(name.lowercased()): "))
    #expect(failure.hint != nil)
    #expect(!failure.message.contains("s3cret") && failure.hint?.contains("s3cret") == false)
  }
}
