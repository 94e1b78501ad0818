import Foundation
import TestSupport
import Testing

@Suite("The command line")
struct ProgramTests {
  @Test("suggests the command that was meant")
  func nearMiss() throws {
    let run = try CommandRun.mediary(["prob", "x"])
    #expect(run.status == 64)
    #expect(run.stdout.isEmpty)
    #expect(run.stderr.contains("error[usage.unknown_command]"))
    #expect(run.stderr.contains("did you mean 'probe'?"))
  }

  @Test("suggests the option that was meant, and shows errors as JSON where asked")
  func optionAsJSON() throws {
    let run = try CommandRun.mediary(["probe", "--jsn", "--json", "x"])
    #expect(run.status == 64)
    let object = try JSONSerialization.jsonObject(with: Data(run.stderr.utf8)) as? [String: Any]
    let error = try #require(object?["error"] as? [String: Any])
    #expect(error["code"] as? String == "usage.unknown_option")
    #expect((error["hint"] as? String)?.contains("--json") == true)
  }

  @Test(
    "shows help on standard output for every command",
    arguments: [
      [], ["probe"], ["doctor"], ["config"], ["config", "show"], ["config", "init"],
      ["config", "check"], ["version"], ["completions"], ["help"], ["run"], ["run", "create"],
      ["run", "add"], ["run", "note"], ["run", "update"], ["run", "show"], ["run", "list"],
      ["run", "cleanup"], ["run", "delete"], ["run", "undelete"], ["run", "archive"],
      ["run", "unarchive"],
      ["run", "purge"], ["run", "import"], ["workflow"], ["workflow", "create"],
      ["workflow", "show"], ["workflow", "list"], ["workflow", "update"], ["workflow", "save"],
      ["workflow", "delete"], ["workflow", "archive"], ["workflow", "versions"],
      ["workflow", "associate"], ["workflow", "execution"], ["workflow", "execution", "start"],
      ["workflow", "execution", "finish"], ["workflow", "execution", "list"],
      ["workflow", "export"], ["workflow", "import"],
    ])
  func help(path: [String]) throws {
    let run = try CommandRun.mediary(path + ["--help"])
    #expect(run.status == 0 && run.stderr.isEmpty, "\(run.stderr)")
    #expect(run.stdout.contains("Usage: mediary\(path.map { " \($0)" }.joined())"))
    #expect(run.stdout.contains("--json"))
    let topic = try CommandRun.mediary(["help"] + path)
    #expect(topic.stdout == run.stdout)
  }

  @Test("tells its version, as text and as JSON")
  func version() throws {
    let text = try CommandRun.mediary(["version"])
    #expect(text.stdout.hasPrefix("mediary 0."))
    let flag = try CommandRun.mediary(["--version"])
    #expect(flag.stdout.hasPrefix("mediary 0."))
    let json = try #require(try CommandRun.mediary(["version", "--json"]).jsonLines().first)
    #expect(json["name"] as? String == "mediary")
    #expect(text.stdout.contains(try #require(json["version"] as? String)))
  }

  @Test("opens no heavy library for a command that needs none")
  func lightStart() throws {
    let run = try CommandRun(
      "ldd", [BuiltProducts.mediary])
    #expect(!run.stdout.contains("libav"))
    #expect(!run.stdout.contains("libswift"))
  }

  @Test("finds everything that doctor asks for on this machine")
  func doctor() throws {
    let folder = try TemporaryFolder()
    let run = try CommandRun.mediary(["doctor", "--json"], folder: folder.path)
    #expect(run.status == 0, "\(run.stdout)")
    let answer = try #require(try run.jsonLines().first)
    #expect(answer["ok"] as? Bool == true)
    let checks = try #require(answer["checks"] as? [[String: Any]])
    #expect(checks.count > 20)
    for check in checks {
      for key in ["name", "ok", "found", "needed", "hint"] { #expect(check[key] != nil, "\(key)") }
    }
    #expect(checks.contains { $0["name"] as? String == "libavcodec" && $0["ok"] as? Bool == true })
    // It only looked.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("says with status 1 what doctor misses")
  func doctorFindings() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("no-folder", [1])
    let run = try CommandRun.mediary(["doctor", "--home", file])
    #expect(run.status == 1)
    #expect(run.stdout.contains("Mediary cannot work here: library folder."))
  }
}
