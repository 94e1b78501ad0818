import Foundation
import Foundations
import TestSupport
import Testing

@Suite("The log of a command")
struct LoggingTests {
  private static func clip(_ folder: TemporaryFolder) throws -> String {
    try ClipCommand.filmWithSound("clip.mp4", in: folder).text
  }

  @Test("is silent unless a level is asked for, and then says what was done")
  func levels() throws {
    let folder = try TemporaryFolder()
    let clip = try Self.clip(folder)
    #expect(try CommandRun.mediary(["probe", clip]).stderr == "")
    let run = try CommandRun.mediary(["probe", clip, "--log-level", "debug"])
    #expect(run.stderr.contains("looked into a file"))
    #expect(run.stderr.contains("path=\(clip)"))
  }

  @Test("is JSON beside an answer in JSON")
  func json() throws {
    let folder = try TemporaryFolder()
    let clip = try Self.clip(folder)
    let run = try CommandRun.mediary(["probe", "--json", clip, "--log-level", "trace"])
    let line = try JSONSerialization.jsonObject(with: Data(run.stderr.utf8)) as? [String: Any]
    #expect(line?["level"] as? String == "debug")
    #expect(line?["path"] as? String == clip)
    #expect(try run.jsonLines().count == 1)
  }

  @Test("goes to a file too where one is set, failures among it")
  func file() throws {
    let folder = try TemporaryFolder()
    let clip = try Self.clip(folder)
    let log = folder.path + "/logs/mediary.log"
    let run = try CommandRun.mediary(
      ["probe", clip, clip + ".missing"], environment: ["MEDIARY_LOG_FILE": log])
    #expect(run.status == 66)
    let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.contains { $0.contains("\"file.not_found\"") })
  }

  @Test("refuses a level that there is not, with those that there are")
  func unknown() throws {
    let run = try CommandRun.mediary(["probe", "x", "--log-level", "loud"])
    #expect(run.status == 64)
    #expect(run.stderr.contains("warning"))
  }
}
