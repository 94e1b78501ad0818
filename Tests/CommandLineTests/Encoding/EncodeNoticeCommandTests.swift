import Foundation
import Foundations
import StandInServer
import TestSupport
import Testing

@Suite("mediary encode tells others", .timeLimit(.minutes(5)))
struct EncodeNoticeCommandTests {
  private let folder: TemporaryFolder
  private let server: StandInServer

  init() throws {
    folder = try TemporaryFolder()
    server = try StandInServer()
  }

  private func environment(_ path: String) -> [String: String] {
    [
      "XDG_CACHE_HOME": folder("cache"), "MEDIARY_HOME": folder("none"),
      "MEDIARY_NOTIFY_WEBHOOK": server.origin + path,
    ]
  }

  private func encode(_ words: [String], telling path: String) throws -> CommandRun {
    try CommandRun.mediary(
      ["encode"] + words + ["--crf", "50", "--preset", "13", "--json"],
      environment: environment(path))
  }

  @Test("of what was encoded with the report that it prints, and of what was not with the error")
  func told() throws {
    let source = try ClipCommand.film("film.mp4", in: folder, frames: 3).text
    let run = try encode([source, folder("out.mkv")], telling: "/ok")
    #expect(run.status == 0, "\(run.stderr)")
    try folder.write("bad.mkv", Array("no film".utf8))
    let failing = try encode([folder("bad.mkv"), folder("bad-out.mkv")], telling: "/ok")
    #expect(failing.status == 65)
    // What was refused before anything could come of it is known to whoever asked for it.
    #expect(try encode([source, folder("x.mkv"), "--svt", "no"], telling: "/ok").status == 64)
    let bodies = try server.requests.map {
      try JSONSerialization.jsonObject(with: Data($0.body.utf8)) as? NSDictionary ?? [:]
    }
    #expect(bodies.map { $0["event"] as? String } == ["job_completed", "job_failed"])
    let last = try #require(try run.jsonLines().last?["report"] as? NSDictionary)
    #expect(bodies.first?["report"] as? NSDictionary == last)
    let error = try #require(bodies.last?["error"] as? NSDictionary)
    #expect(try failing.jsonLines().last?["error"] as? NSDictionary == error)
  }

  @Test("of a folder at its end, and of each film that failed")
  func folders() throws {
    for name in ["in/a.mp4", "in/b.mp4"] {
      try folder.write(name, [])
      _ = try ClipCommand.film(name, in: folder, frames: 3)
    }
    let whole = try Data(contentsOf: URL(filePath: folder("in/b.mp4")))
    // Without its index, which stands at the end.
    try folder.write("in/b.mp4", whole.prefix(whole.count / 2))
    let run = try encode([folder("in"), folder("out")], telling: "/ok")
    #expect(run.status == 1, "\(run.stderr)")
    let events = server.requests.compactMap { $0.headers["x-mediary-event"] }
    #expect(events == ["job_failed", "folder_completed"])
  }

  @Test("and is none the worse for it if they cannot be told")
  func deaf() throws {
    let source = try ClipCommand.film("film.mp4", in: folder, frames: 3).text
    let run = try encode([source, folder("out.mkv")], telling: "/status/410?key=s3cret")
    #expect(run.status == 0)
    #expect(try run.jsonLines().last?["event"] as? String == "job_completed")
    #expect(run.stderr.contains("notices.not_delivered") && run.stderr.contains("410"))
    #expect(!(run.stderr + run.stdout).contains("s3cret"))
    let shown = try CommandRun.mediary(
      ["config", "show", "--json"], environment: environment("/s3cret"))
    #expect(shown.stdout.contains("notify_webhook") && !shown.stdout.contains("s3cret"))
  }

  @Test("a signal while they are told ends it at once")
  func signal() throws {
    let source = try ClipCommand.film("film.mp4", in: folder, frames: 3).text
    let command = try BackgroundCommand(
      ["encode", source, folder("out.mkv"), "--crf", "50", "--preset", "13", "--json"],
      environment: environment("/hang"))
    #expect(command.awaitEvent("job_completed"))
    _ = server.waitForRequests(1)
    let start = Date()
    command.signal(SIGTERM)
    #expect(command.awaitEnd() == 0)
    // Without the signal it would have been ten seconds, three times.
    #expect(Date().timeIntervalSince(start) < 8)
  }
}
