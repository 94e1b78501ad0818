import Foundation
import TestSupport
import Testing

@Suite("mediary config")
struct ConfigCommandTests {
  /// An environment in which no file of the user's own is found.
  private static func run(
    _ arguments: [String], in folder: TemporaryFolder, _ environment: [String: String] = [:]
  ) throws -> CommandRun {
    try CommandRun.mediary(
      ["config"] + arguments, folder: folder.path,
      environment: ["HOME": folder("home"), "XDG_CONFIG_HOME": ""].merging(environment) { $1 })
  }

  @Test("check names line, key, and the nearest key for a slip")
  func slip() throws {
    let folder = try TemporaryFolder()
    try folder.write("mediary.toml", "home = \"films\"\n\nparalel_jobs = 1\n".utf8)
    let run = try Self.run(["check"], in: folder)
    #expect(run.status == 78)
    #expect(run.stderr.contains("mediary.toml:3:1"))
    #expect(run.stderr.contains("paralel_jobs"))
    #expect(run.stderr.contains("did you mean `parallel_jobs`?"))
    let json = try Self.run(["check", "--json"], in: folder)
    let problems = try #require(try json.jsonLines().first?["problems"] as? [[String: Any]])
    #expect(problems.first?["line"] as? Int == 3)
  }

  @Test("check tells type and range, and all problems at once")
  func allProblems() throws {
    let folder = try TemporaryFolder()
    let file = "parallel_jobs = 0\nhardware_accel = \"warp\"\ntemp_dir = 7\n"
    try folder.write("mediary.toml", file.utf8)
    let run = try Self.run(["check"], in: folder)
    #expect(run.stderr.contains("3 problems"))
    #expect(run.stderr.contains("a whole number from 1 to"))
    #expect(run.stderr.contains("mediary.toml:2:18"))
    #expect(run.stderr.contains("`temp_dir` must be a path"))
  }

  @Test("show tells what set each value, the strongest first")
  func origins() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "home/.config/mediary/mediary.toml",
      "home = \"a\"\ntemp_dir = \"/t1\"\nhardware_accel = \"auto\"\n".utf8)
    try folder.write("mediary.toml", "home = \"b\"\ntemp_dir = \"/t2\"\n".utf8)
    let environment = ["MEDIARY_HOME": "c"]
    func settings(_ arguments: [String]) throws -> [String: [String: Any]] {
      let run = try Self.run(["show", "--origin", "--json"] + arguments, in: folder, environment)
      let list = try #require(try run.jsonLines().first?["settings"] as? [[String: Any]])
      return Dictionary(uniqueKeysWithValues: list.map { ($0["key"] as? String ?? "", $0) })
    }
    let plain = try settings([])
    #expect(plain["home"]?["value"] as? String == "c")
    #expect((plain["home"]?["origin"] as? [String: Any])?["layer"] as? String == "environment")
    #expect(plain["temp_dir"]?["value"] as? String == "/t2")
    #expect((plain["temp_dir"]?["origin"] as? [String: Any])?["line"] as? Int == 2)
    #expect((plain["hardware_accel"]?["origin"] as? [String: Any])?["layer"] as? String == "file")
    #expect((plain["parallel_jobs"]?["origin"] as? [String: Any])?["layer"] as? String == "default")
    let flagged = try settings(["--home", "d"])
    #expect(flagged["home"]?["value"] as? String == "d")
    #expect((flagged["home"]?["origin"] as? [String: Any])?["layer"] as? String == "flag")
  }

  @Test("init writes a file that changes nothing, and never over another")
  func template() throws {
    let folder = try TemporaryFolder()
    let before = try Self.run(["show"], in: folder).stdout
    #expect(try Self.run(["init"], in: folder).status == 0)
    #expect(try Self.run(["show"], in: folder).stdout == before)
    let again = try Self.run(["init"], in: folder)
    #expect(again.status == 73)
    #expect(again.stderr.contains("error[file.exists]"))
    #expect(try Self.run(["init", "--force"], in: folder).status == 0)
    let template = try String(contentsOf: URL(filePath: folder("mediary.toml")), encoding: .utf8)
    let taken = template.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("#") && !$0.hasPrefix("# ") && $0.count > 1 ? $0.dropFirst() : $0 }
    try folder.write("mediary.toml", taken.joined(separator: "\n").utf8)
    #expect(try Self.run(["check"], in: folder).status == 0)
  }

  @Test("a wrong flag is told as a flag")
  func wrongFlag() throws {
    let run = try CommandRun.mediary(["probe", "-j", "1000", "x.mp4"])
    #expect(run.status == 64)
    #expect(run.stderr.contains("--jobs"))
  }
}
