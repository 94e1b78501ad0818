import Foundation
import Foundations
import TestSupport
import Testing

@Suite("mediary encode --watch", .timeLimit(.minutes(5)))
struct EncodeWatchTests {
  private let folder: TemporaryFolder
  private let film: Data

  init() throws {
    folder = try TemporaryFolder()
    let path = try ClipCommand.film("film.mp4", in: folder, frames: 3).text
    film = try Data(contentsOf: URL(filePath: path))
    try FileManager.default.createDirectory(
      atPath: folder("in/deep"), withIntermediateDirectories: true)
  }

  private var environment: [String: String] {
    ["XDG_CACHE_HOME": folder("cache"), "MEDIARY_HOME": folder("none")]
  }

  private func watch(into output: String = "out", settles: String = "0s") throws
    -> BackgroundCommand
  {
    try BackgroundCommand(
      ["encode", folder("in"), folder(output), "--watch", "--settles", settles, "--crf", "50"]
        + ["--preset", "13", "--json"], environment: environment)
  }

  /// The next event that ends a film, or tells that there are none, with the film's name.
  private func next(_ command: BackgroundCommand) -> String? {
    let events = ["job_completed", "job_failed", "job_skipped", "watching", "summary"]
    while let line = command.nextLine() {
      let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      guard let event = object?["event"] as? String, events.contains(event) else { continue }
      let file = object?["file"] as? String
      return file.map { "\(event) \($0)" } ?? event
    }
    return nil
  }

  private func end(_ command: BackgroundCommand, by signal: Int32 = SIGTERM) {
    command.signal(signal)
    #expect(next(command) == "summary")
    #expect(command.awaitEnd() == 128 + signal)
  }

  @Test("films are encoded as they come, one that fails holds none up, and no source is touched")
  func coming() throws {
    try folder.write("in/old.mp4", film)
    try folder.write("in/notes.txt", Array("not for encoding".utf8))
    let command = try watch()
    #expect(next(command) == "job_completed old.mp4")
    #expect(next(command) == "watching")
    try folder.write("in/half.mp4", film.prefix(film.count / 2))
    #expect(next(command) == "job_failed half.mp4")
    #expect(next(command) == "watching")
    // Written elsewhere and moved in, into a folder that is new.
    try folder.write("moved.mp4", film)
    try FileManager.default.createDirectory(
      atPath: folder("in/new"), withIntermediateDirectories: true)
    try FileManager.default.moveItem(
      atPath: folder("moved.mp4"), toPath: folder("in/new/moved.mp4"))
    #expect(next(command) == "job_completed new/moved.mp4")
    #expect(next(command) == "watching")
    // The one that failed is tried again once it has changed.
    try folder.write("in/half.mp4", film)
    #expect(next(command) == "job_completed half.mp4")
    #expect(next(command) == "watching")
    end(command)
    for name in ["in/old.mp4", "in/half.mp4", "in/new/moved.mp4"] {
      #expect(try Data(contentsOf: URL(filePath: folder(name))) == film, "\(name)")
    }
    for name in ["old", "half", "new/moved"] {
      #expect(FileManager.default.fileExists(atPath: folder("out/\(name).mkv")), "\(name)")
    }
  }

  @Test("begun again, it does nothing twice and goes on where it was")
  func again() throws {
    try folder.write("in/a.mp4", film)
    let first = try watch()
    #expect(next(first) == "job_completed a.mp4")
    #expect(next(first) == "watching")
    end(first, by: SIGINT)
    try folder.write("in/b.mp4", film)
    let second = try watch()
    let events = [next(second), next(second)].compactMap { $0 }.sorted()
    #expect(events == ["job_completed b.mp4", "job_skipped a.mp4"])
    #expect(next(second) == "watching")
    end(second)
  }

  @Test("a film that somebody still writes is left alone until it is whole")
  func writing() throws {
    try folder.write("in/a.mp4", film.prefix(film.count / 2))
    let writer = try #require(FileHandle(forWritingAtPath: folder("in/a.mp4")))
    try writer.seekToEnd()
    try folder.write("in/b.mp4", film)
    // The outputs may lie below the folder, and are no films to be encoded.
    let command = try watch(into: "in/small")
    #expect(next(command) == "job_completed b.mp4")
    try folder.write("in/c.mp4", film)
    #expect(next(command) == "job_completed c.mp4")
    try writer.write(contentsOf: film.suffix(from: film.startIndex + film.count / 2))
    try writer.close()
    #expect(next(command) == "job_completed a.mp4")
    #expect(next(command) == "watching")
    end(command)
  }

  @Test("it ends at once by a signal, also in the midst of a film")
  func signal() throws {
    _ = try ClipCommand.film("in/long.mp4", in: folder, size: "320x192", frames: 500)
    let command = try watch()
    #expect(command.awaitEvent("job_started"))
    command.signal(SIGTERM)
    #expect(next(command) == "job_failed long.mp4")
    #expect(next(command) == "summary")
    #expect(command.awaitEnd() == 143)
    #expect(!FileManager.default.fileExists(atPath: folder("out/long.mkv")))
  }

  @Test(
    "what cannot be is refused",
    arguments: [
      (["in", "out", "--watch", "--dry-run"], "--dry-run"), (["in", "in", "--watch"], "itself"),
      (["film.mp4", "out.mkv", "--watch"], "--watch"),
      (["in", "out", "--settles", "3s"], "--settles"),
    ])
  func refused(words: [String], word: String) throws {
    let run = try CommandRun.mediary(
      ["encode"] + words, folder: folder.path, environment: environment)
    #expect(run.status == 64 && run.stderr.contains(word), "\(run.stderr)")
  }
}
