import Foundations
import TestSupport
import Testing

@Suite("Problems in the configuration", .timeLimit(.minutes(5)))
struct ConfigurationProblemTests {
  @Test(
    "a problem names the place, what was expected and found, and how to mend it",
    arguments: [
      (
        "quality = 1\nparallel_jobs = 400 # many\n",
        """
        mediary.toml:2:17: `parallel_jobs` must be a whole number from 1 to 8, but is 400
          2 | parallel_jobs = 400 # many
            |                 ^^^
        """, nil
      ),
      (
        "parallel_jobs = \"4\"",
        """
        mediary.toml:1:17: `parallel_jobs` must be a whole number from 1 to 8, but is the text "4"
          1 | parallel_jobs = "4"
            |                 ^^^
        """, "write it without quotes"
      ),
      (
        "\thardware_accel = 'vappi'",
        """
        mediary.toml:1:19: `hardware_accel` must be one of "auto", "none", "vaapi", but is "vappi"
          1 |  hardware_accel = 'vappi'
            |                   ^^^^^^^
        """, "did you mean \"vaapi\"?"
      ),
      (
        "[server]\ntimeout = \"2h\"",
        """
        mediary.toml:2:11: `server.timeout` must be a duration from 1s to 1h, such as "30s" or "1h30m", but is "2h"
          2 | timeout = "2h"
            |           ^^^^
        """, nil
      ),
      (
        "[server]\nallowed_hosts = [\n  'a',\n  1,\n]",
        """
        mediary.toml:2:17: `server.allowed_hosts` must be a list of texts, but is a list with 1 in it
          2 | allowed_hosts = [
            |                 ^
        """, nil
      ),
      (
        "server.allowed_hosts = 'a'",
        """
        mediary.toml:1:24: `server.allowed_hosts` must be a list of texts, but is "a"
          1 | server.allowed_hosts = 'a'
            |                        ^^^
        """, "write [\"a\"]"
      ),
      (
        "temp_dir = \"\"",
        """
        mediary.toml:1:12: `temp_dir` must be a path, but is empty
          1 | temp_dir = ""
            |            ^^
        """, nil
      ),
      (
        "parallel_jobs = many",
        """
        mediary.toml:1:17: this is no value: `many`
          1 | parallel_jobs = many
            |                 ^^^^
        """, "a text stands in quotes"
      ),
      (
        "paralel_jobs = 4",
        """
        mediary.toml:1:1: unknown key `paralel_jobs`
          1 | paralel_jobs = …
            | ^^^^^^^^^^^^
        """, "did you mean `parallel_jobs`?"
      ),
      (
        "listen = ':80'",
        """
        mediary.toml:1:1: unknown key `listen`
          1 | listen = …
            | ^^^^^^
        """, "it belongs in [server], as `server.listen`"
      ),
      (
        "[server]\nparallel_jobs = 2",
        """
        mediary.toml:2:1: unknown key `server.parallel_jobs`
          2 | parallel_jobs = …
            | ^^^^^^^^^^^^^
        """, "it belongs at the top, above the first [table]"
      ),
      (
        "[sever]\nlisten = ':80'",
        """
        mediary.toml:1:2: unknown table `sever`
          1 | [sever]
            |  ^^^^^
        """, "did you mean [server]?"
      ),
      (
        "server = 5",
        """
        mediary.toml:1:1: `server` is a table of settings, but is a whole number here
          1 | server = …
            | ^^^^^^
        """, "write [server], and its settings below it"
      ),
      (
        "parallel_jobs.x = 5",
        """
        mediary.toml:1:1: `parallel_jobs` must be a whole number from 1 to 8, but is a table
          1 | parallel_jobs.x = 5
            | ^^^^^^^^^^^^^
        """, nil
      ),
      (
        "\"server.listen\" = ':80'",
        """
        mediary.toml:1:1: unknown key `server.listen`
          1 | "server.listen" = …
            | ^^^^^^^^^^^^^^^
        """, "write it without quotes: server.listen"
      ),
      (
        "wholly_unknown = 1",
        """
        mediary.toml:1:1: unknown key `wholly_unknown`
          1 | wholly_unknown = …
            | ^^^^^^^^^^^^^^
        """, "`config show` lists every setting"
      ),
    ] as [(String, String, String?)])
  func describes(text: String, expected: String, hint: String?) throws {
    let failure = try #require(try SampleSettings.failure(text))
    #expect(failure.problems.count == 1)
    #expect(failure.problems[0].shortDescription == expected)
    #expect(failure.hint == hint)
    #expect(failure.message == failure.problems[0].description)
    #expect(failure.code.name == "configuration.invalid")
  }

  @Test("all problems of all layers are told at once, each with its own hint")
  func gathersAll() throws {
    let failure = try #require(
      try SampleSettings.failure(
        """
        paralel_jobs = 2
        quality = 101
        cache_size = 10 GB
        [server]
        cors = yes
        timeout = "1s"
        """
      ) {
        $0.environment = ["MEDIARY_HARDWARE_ACCEL": "gpu"]
        $0.flags = [.init(setting: "server.listen", name: "--listen", values: [])]
      })
    #expect(failure.problems.count == 6)
    #expect(
      failure.problems.map(\.setting) == [
        nil, "quality", "cache_size", "server.cors", "hardware_accel", "server.listen",
      ])
    #expect(failure.message.hasPrefix("6 problems in the configuration\n"))
    #expect(failure.message.contains("\n  hint: did you mean `parallel_jobs`?\n"))
    #expect(failure.hint == nil)
    #expect(failure.code.kind == .configuration)
    #expect(
      failure.problems[4].description == """
        environment MEDIARY_HARDWARE_ACCEL: `hardware_accel` must be one of "auto", "none", "vaapi", but is "gpu"
        """)
  }

  @Test("a wrong value of a flag is a mistake of the caller and not of the configuration")
  func flags() throws {
    let failure = try #require(
      try SampleSettings.failure("") {
        $0.flags = [.init(setting: "parallel_jobs", name: "--jobs", values: ["many"])]
      })
    #expect(failure.code.name == "configuration.flag")
    #expect(failure.kind == .usage)
    #expect(
      failure.message
        == "--jobs: `parallel_jobs` must be a whole number from 1 to 8, but is \"many\"")
  }

  @Test("a file of the user that is wrong is told of although the project's sets the same")
  func checksEveryLayer() throws {
    let folder = try TemporaryFolder()
    try folder.write(".config/mediary/mediary.toml", "quality = 'high'".utf8)
    let failure = try SampleSettings.failure("quality = 1") {
      $0.environment = ["HOME": folder.path]
    }
    #expect(failure?.problems.count == 1)
  }

  @Test("a problem is an object for machines")
  func json() throws {
    let failure = try #require(try SampleSettings.failure("\nqualty = 1"))
    let json = failure.problems[0].json
    #expect(json["line"] == 2)
    #expect(json["column"] == 1)
    #expect(json["key"] == .null)
    #expect(json["message"] == "unknown key `qualty`")
    #expect(json["hint"] == "did you mean `quality`?")
    #expect(json["path"]?.string?.hasSuffix("/mediary.toml") == true)
  }

  @Test(
    "a secret is shown nowhere, however wrong the file is",
    arguments: [
      "s3.secret_key = HUSH", "s3.secret_key = \"HUSH", "s3.secret_key = 'HUSH' x",
      "s3.secret_key = ['HUSH']",
      "[s3]\nsecret_key = [\n'HUSH']", "s3.secret_kye = 'HUSH'", "secret_key = 'HUSH'",
      "[s3\nsecret_key = 'HUSH'\n",
      "s3 = { secret_key = 'HUSH', x = 1 }", "s3 = { secret_key = HUSH }",
      "s4 = { secret_key = 'HUSH' }", "s3 = 'HUSH'",
      "server.allowed_hosts = ['a',\ns3.secret_key = 'HUSH'", "[s3]\nsecret_key = \"\"\"\nHUSH",
      "s3.secret_key = 'HUSH'\ns3.secret_key = 'HUSH'",
      "[s3]\n\"secret_key\" = { a = 'HUSH' }", "s3.secret_key 'HUSH'", "'HUSH'",
      "s3.secret_key = \"\\HUSH\"",
      "[s3]\nsecret_key = [\nHUSH, a=b]", "s3.secret_key HUSH==",
      "s3.secret_key = [ 'x',\n  'HUSH', 'a=b' c]",
      "quality = 1 s3.secret_key = 'HUSH'", "[s3]\nsecret_key : 'HUSH'", "secret_key = 'HUSH' = 1",
    ])
  func hidesSecrets(text: String) throws {
    let failure = try #require(try SampleSettings.failure(text))
    let shown =
      failure.message + (failure.hint ?? "") + failure.json.text()
      + failure.problems.map { $0.json.text() }.joined()
    #expect(!shown.contains("HUSH"), "\(shown)")
  }

  @Test("a wrong secret of the environment or a flag is not shown either")
  func hidesSecretsElsewhere() throws {
    let failure = try #require(
      try SampleSettings.failure("") {
        $0.environment = ["MEDIARY_S3_SECRET_KEY": "HUSH\0HUSH"]
        $0.flags = [.init(setting: "s3.secret_key", name: "--secret", values: ["HUSH\0"])]
      })
    #expect(failure.problems.count == 2)
    #expect(!failure.message.contains("HUSH"))
    #expect(failure.message.contains("`s3.secret_key` must be a text"))
  }

  @Test("a quoted line is short, harmless, and has the caret in the right place")
  func quotesLongLines() throws {
    let long = "quality = \"" + String(repeating: "x", count: 5_000) + "\u{9B}\" # \u{202E}"
    let failure = try #require(try SampleSettings.failure(long))
    let lines = failure.message.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.count < 320 })
    #expect(failure.message.unicodeScalars.allSatisfy { $0.value != 0x9B && $0.value != 0x202E })
    let far =
      "server = { allowed_hosts = [" + String(repeating: "'a', ", count: 400) + "], cors = 3 }"
    let message = try #require(try SampleSettings.failure(far)).message.split(separator: "\n")
    let column = message[2].distance(
      from: message[2].startIndex, to: try #require(message[2].firstIndex(of: "^")))
    #expect(Array(message[1])[column] == "3")
  }

  @Test(
    "keys and words of a file cannot flood or command the terminal",
    arguments: [
      "\"\\u001b[2J\" = 1", "\"\\u001b[2J\" = 1\n\"\\u001b[2J\" = 2",
      "[\"\\u009b\"]\n[\"\\u009b\"]",
      LongText(repeating: "k", count: 100_000, " = 1"),
      LongText("quality = ", repeating: "x", count: 100_000),
      LongText("quality = \"", repeating: "\\u0007", count: 10_000, "\""),
      LongText("[", repeating: "k", count: 100_000, "]"),
    ])
  func boundsMessages(source: LongText) throws {
    let failure = try #require(try SampleSettings.failure(source.text))
    #expect(failure.message.utf8.count < 2_000)
    let scalars = failure.message.unicodeScalars
    #expect(
      scalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
  }
}
