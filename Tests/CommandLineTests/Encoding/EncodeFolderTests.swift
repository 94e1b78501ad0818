import Foundation
import Foundations
import TestSupport
import Testing

@Suite("mediary encode of a folder", .timeLimit(.minutes(10)))
struct EncodeFolderTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["films/deep/er", "films/.hidden", "home"] {
      try FileManager.default.createDirectory(
        atPath: folder(name), withIntermediateDirectories: true)
    }
  }

  /// A film of 20 frames, of a colour of its own.
  @discardableResult
  private func film(_ name: String, _ source: String = "testsrc2") throws -> String {
    try ClipCommand.make(
      name, in: folder,
      ["-f", "lavfi", "-i", "\(source)=s=96x64:r=25", "-frames:v", "20"]
        + ["-c:v", "mpeg4", "-q:v", "3"]
    ).text
  }

  private func words(_ more: [String]) -> [String] {
    ["encode", "--home", folder("home"), "--preset", "12", "--crf", "50", "--json"] + more
  }

  private func encode(_ more: String...) throws -> CommandRun {
    try CommandRun.mediary(words(more), environment: ["XDG_CACHE_HOME": folder("cache")])
  }

  /// The lines of an event, by their file.
  private func files(_ run: CommandRun, _ event: String) throws -> [String] {
    try run.jsonLines().filter { $0["event"] as? String == event }
      .map { $0["file"] as? String ?? "" }
  }

  private func summary(_ run: CommandRun) throws -> [String: Int] {
    let last = try #require(try run.jsonLines().last, "\(run.stderr)")
    #expect(last["event"] as? String == "summary", "\(run.stderr)")
    return last.compactMapValues { $0 as? Int }
  }

  private func reasons(_ run: CommandRun) throws -> [String] {
    try run.jsonLines().compactMap { $0["reason"] as? String }
  }

  @Test("keeps the folders, passes over what is no film, and what it has done before")
  func whole() throws {
    try film("films/a.mkv")
    try film("films/a.mp4", "rgbtestsrc")
    try film("films/deep/er/b.avi", "testsrc")
    try film("films/.hidden/c.mkv")
    try folder.write("films/notes.txt", "no film".utf8)
    try FileManager.default.createSymbolicLink(
      atPath: folder("films/link.mkv"), withDestinationPath: folder("films/a.mkv"))
    let out = folder("films/out")
    let planned = try encode(folder("films"), out, "--dry-run")
    #expect(planned.status == 0, "\(planned.stderr)")
    #expect(try files(planned, "job_planned") == ["a.mkv", "a.mp4", "deep/er/b.avi"])
    #expect(try summary(planned)["to_encode"] == 3)
    #expect(!FileManager.default.fileExists(atPath: out))

    let first = try encode(folder("films"), out)
    #expect(first.status == 0, "\(first.stderr)")
    #expect(try files(first, "job_completed") == ["a.mkv", "a.mp4", "deep/er/b.avi"])
    let sums = try summary(first)
    #expect(sums["files"] == 3 && sums["encoded"] == 3 && sums["passed_over"] == 2)
    for name in ["a.mkv", "a.mp4.mkv", "deep/er/b.mkv"] {
      let probe = try CommandRun.mediary(["probe", "--json", out + "/" + name])
      #expect(probe.stdout.contains("\"av1\""), "\(name): \(probe.stderr)")
    }
    // Every event between the first and the last says whose it is.
    #expect(try first.jsonLines().dropLast().allSatisfy { $0["file"] is String })

    // What is out there is not walked, and nothing is done twice; neither for a source that was
    // touched, nor for settings that mean the same.
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000)],
      ofItemAtPath: folder("films/a.mkv"))
    let second = try encode(folder("films"), out, "--workers", "1", "--film-grain", "0")
    #expect(second.status == 0, "\(second.stderr)")
    #expect(try reasons(second) == ["done", "done", "done"])
    #expect(try summary(second)["encoded"] == 0)
    // Other settings are another film, which does not take the place of one that is there.
    let third = try encode(folder("films"), out, "--film-grain", "4")
    #expect(try reasons(third) == ["exists", "exists", "exists"])
    // An output that is no longer as it was made is not done; nor is what is missing.
    try folder.write("films/out/a.mkv", "mine".utf8)
    try FileManager.default.removeItem(atPath: out + "/a.mp4.mkv")
    let fourth = try encode(folder("films"), out)
    #expect(try reasons(fourth) == ["exists", "done"])
    #expect(try files(fourth, "job_completed") == ["a.mp4"])
    #expect(try String(contentsOfFile: out + "/a.mkv", encoding: .utf8) == "mine")
    let fifth = try encode(folder("films"), out, "--overwrite")
    #expect(try files(fifth, "job_completed") == ["a.mkv"])
  }

  @Test("goes on after a film that fails, and says which and why")
  func failing() throws {
    let whole = try Data(contentsOf: URL(filePath: film("films/a.mp4")))
    // Its index is at its end.
    try folder.write("films/bad.mp4", whole.prefix(whole.count / 2))
    try film("films/c.mkv")
    let run = try encode(folder("films"), folder("out"))
    #expect(run.status == 1, "\(run.stderr)")
    #expect(try files(run, "job_failed") == ["bad.mp4"])
    #expect(try files(run, "job_completed") == ["a.mp4", "c.mkv"])
    let sums = try summary(run)
    #expect(sums["files"] == 3 && sums["encoded"] == 2 && sums["failed"] == 1)
    #expect(run.stderr.contains("bad.mp4") && run.stderr.contains("hint"))
    // The one film there is fails the whole.
    for name in ["films/a.mp4", "films/c.mkv"] {
      try FileManager.default.removeItem(atPath: folder(name))
    }
    #expect(try encode(folder("films"), folder("other")).status == 65)
  }

  @Test("leaves alone what is AV1 already, unless that is wished for")
  func alreadyAV1() throws {
    try film("films/a.avi")
    #expect(try encode(folder("films"), folder("once")).status == 0)
    let again = try encode(folder("once"), folder("twice"))
    #expect(again.status == 0)
    #expect(try reasons(again) == ["av1"])
    let wished = try encode(
      folder("once"), folder("twice"), "--reencode-av1", "--container", "webm")
    #expect(try files(wished, "job_completed") == ["a.mkv"])
    #expect(FileManager.default.fileExists(atPath: folder("twice/a.webm")))
  }

  @Test("ended by a signal, it tells what was done, and goes on there the next time")
  func interrupted() throws {
    for name in ["a", "b", "c", "d"] { try film("films/\(name).avi") }
    let command = try BackgroundCommand(words([folder("films"), folder("out")]))
    #expect(command.awaitEvent("job_completed"))
    command.signal(SIGINT)
    var (last, ended) = ("", "")
    while let line = command.nextLine() { (ended, last) = (last, line) }
    #expect(command.awaitEnd() == 130)
    let object = try JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: Any]
    #expect(object?["event"] as? String == "summary" && object?["stopped"] as? Bool == true)
    // The film that it was at has its end, too.
    #expect(ended.contains("job_failed") && ended.contains(#""code":"stopped""#), "\(ended)")
    let done = try #require(object?["encoded"] as? Int)
    #expect(done >= 1 && done < 4)
    let again = try encode(folder("films"), folder("out"))
    let sums = try summary(again)
    #expect(sums["skipped"] == done && sums["encoded"] == 4 - done, "\(again.stderr)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder("out")).count == 4)
  }

  @Test("is refused where its outputs could not go")
  func refused() throws {
    try film("films/a.mkv")
    try folder.write("file", "x".utf8)
    let itself = try encode(folder("films"), folder("films"))
    #expect(itself.status == 64 && itself.stderr.contains("itself"), "\(itself.stderr)")
    #expect(try encode(folder("films"), folder("file")).status == 64)
    #expect(try encode(folder("home"), folder("out")).status == 65)
    #expect(try encode(folder("films/a.mkv"), folder("o.mkv"), "--container", "mp4").status == 64)
    #expect(try encode(folder("films"), folder("out"), "--limit", "3").status == 64)
    // An output that is the source under another name.
    try FileManager.default.createDirectory(
      atPath: folder("films/deep/films"), withIntermediateDirectories: true)
    let source = try film("films/deep/films/b.mkv", "rgbtestsrc")
    let before = try Data(contentsOf: URL(filePath: source))
    try FileManager.default.linkItem(atPath: source, toPath: folder("films/deep/b.mkv"))
    let over = try encode(folder("films/deep/films"), folder("films/deep"), "--overwrite")
    #expect(over.status == 64 && over.stderr.contains("source itself"), "\(over.stderr)")
    #expect(try Data(contentsOf: URL(filePath: source)) == before)
  }
}
