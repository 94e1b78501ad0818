import Foundation
import Foundations
import TestSupport
import Testing

@Suite("Loading the configuration", .timeLimit(.minutes(5)))
struct ConfigurationLoadingTests {
  private typealias Keys = SampleSettings

  @Test("without any source every setting has its default")
  func defaults() throws {
    let folder = try TemporaryFolder()
    let loaded = try Configuration.load(
      Keys.schema, from: ConfigurationSources(folder: FilePath(folder.path)))
    for configuration in [loaded, .defaults(of: Keys.schema)] {
      #expect(configuration[Keys.parallelJobs] == 4)
      #expect(configuration[Keys.hardware] == .auto)
      #expect(configuration[Keys.temporary] == nil)
      #expect(configuration[Keys.cacheSize] == .gigabytes(10))
      #expect(configuration[Keys.timeout] == .seconds(30))
      #expect(configuration[Keys.hosts] == ["localhost"])
      #expect(configuration[Keys.cors] == false)
      #expect(configuration[Keys.secret] == nil)
      #expect(configuration[Keys.quality] == 93.5)
      #expect(configuration.settings.map(\.spec) == Keys.schema.specs)
      #expect(configuration.settings.allSatisfy { $0.origin == .default })
      #expect(configuration.files == [])
    }
  }

  @Test("the stronger source wins: flag, environment, project's file, user's file, default")
  func layers() throws {
    let folder = try TemporaryFolder()
    let user = try folder.write(
      "home/.config/mediary/mediary.toml",
      "quality = 1\nparallel_jobs = 1\ncache_size = '1GB'\n[server]\nlisten = 'user'".utf8)
    let project = try folder.write(
      "project/mediary.toml",
      "# ours\nparallel_jobs = 2\ncache_size = '2GB'\nserver.listen = 'p'".utf8)
    let configuration = try Configuration.load(
      Keys.schema,
      from: ConfigurationSources(
        flags: [.init(setting: "server.listen", name: "--listen", values: ["first", "flag"])],
        environment: [
          "HOME": folder("home"), "MEDIARY_CACHE_SIZE": "3GB",
          "MEDIARY_SERVER_LISTEN": "environment",
        ], folder: FilePath(folder("project"))))
    #expect(configuration[Keys.quality] == 1)
    #expect(configuration[Keys.parallelJobs] == 2)
    #expect(configuration[Keys.cacheSize] == .gigabytes(3))
    #expect(configuration[Keys.listen] == "flag")
    #expect(configuration["quality"]?.origin == .file(FilePath(user), line: 1))
    #expect(configuration["parallel_jobs"]?.origin == .file(FilePath(project), line: 2))
    #expect(configuration["cache_size"]?.origin == .environment("MEDIARY_CACHE_SIZE"))
    #expect(configuration["server.listen"]?.origin == .flag("--listen"))
    #expect(configuration["server.cors"]?.origin == .default)
    #expect(configuration["nothing"] == nil)
    #expect(configuration.files == [FilePath(project), FilePath(user)])
  }

  @Test("a named file takes the place of both others; the flag beats the variable")
  func namedFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("mediary.toml", "quality = 1".utf8)
    try folder.write("a.toml", "parallel_jobs = 5".utf8)
    try folder.write("b.toml", "parallel_jobs = 6".utf8)
    var sources = ConfigurationSources(
      environment: ["MEDIARY_CONFIG": folder("a.toml"), "HOME": folder.path],
      folder: FilePath(folder.path))
    var configuration = try Configuration.load(Keys.schema, from: sources)
    #expect(configuration[Keys.parallelJobs] == 5)
    #expect(configuration[Keys.quality] == 93.5)
    sources.file = FilePath(folder("b.toml"))
    configuration = try Configuration.load(Keys.schema, from: sources)
    #expect(configuration[Keys.parallelJobs] == 6)
    #expect(configuration.files == [FilePath(folder("b.toml"))])
    sources.file = "/dev/null"
    #expect(try Configuration.load(Keys.schema, from: sources)[Keys.parallelJobs] == 4)
  }

  @Test("the user's file lies where XDG says, if that is absolute")
  func userFile() {
    func file(_ environment: [String: String]) -> FilePath? {
      ConfigurationSources(environment: environment).userFile
    }
    #expect(file(["HOME": "/home/a"]) == "/home/a/.config/mediary/mediary.toml")
    #expect(file(["HOME": "/home/a", "XDG_CONFIG_HOME": "/x"]) == "/x/mediary/mediary.toml")
    #expect(file(["HOME": "/h", "XDG_CONFIG_HOME": "x"]) == "/h/.config/mediary/mediary.toml")
    #expect(file(["HOME": "/h", "XDG_CONFIG_HOME": ""]) == "/h/.config/mediary/mediary.toml")
    #expect(file(["XDG_CONFIG_HOME": "/x"]) == "/x/mediary/mediary.toml")
    #expect(file(["HOME": ""]) == nil)
    #expect(ConfigurationSources().projectFile == "mediary.toml")
  }

  @Test("paths are seen from their file's folder, and ~ is the home folder")
  func paths() throws {
    let folder = try TemporaryFolder()
    func path(_ written: String, _ environment: [String: String] = [:]) throws -> FilePath? {
      try folder.write("etc/m.toml", "temp_dir = \"\(written)\"".utf8)
      let sources = ConfigurationSources(
        environment: ["HOME": "/home/a"].merging(environment) { $1 },
        file: FilePath(folder("etc/m.toml")))
      return try Configuration.load(Keys.schema, from: sources)[Keys.temporary]
    }
    #expect(try path("/tmp") == "/tmp")
    #expect(try path("x/y") == FilePath(folder("etc/x/y")))
    #expect(try path("~/cache") == "/home/a/cache")
    #expect(try path("~") == "/home/a")
    #expect(try path("~other") == FilePath(folder("etc/~other")))
    #expect(try path("x", ["MEDIARY_TEMP_DIR": "here"]) == "here")
    #expect(try path("x", ["MEDIARY_TEMP_DIR": "~/here"]) == "/home/a/here")
    #expect(try path("~/x", ["HOME": ""]) == FilePath(folder("etc/~/x")))
  }

  @Test("a list replaces the weaker one, and takes each of a flag's values")
  func lists() throws {
    let configuration = try SampleSettings.load("server.allowed_hosts = ['file']") {
      $0.flags = [.init(setting: "server.allowed_hosts", name: "--host", values: ["a,b", "c"])]
    }
    #expect(configuration[Keys.hosts] == ["a,b", "c"])
  }

  @Test("an empty variable counts as unset")
  func emptyVariables() throws {
    let configuration = try SampleSettings.load("quality = 2") {
      $0.environment = ["MEDIARY_QUALITY": "", "MEDIARY_CONFIG": ""]
    }
    #expect(configuration[Keys.quality] == 2)
  }

  @Test("a variable that means nothing is warned of, with the one that was perhaps meant")
  func warnings() throws {
    let configuration = try SampleSettings.load("") {
      $0.environment = [
        "MEDIARY_PARALEL_JOBS": "2", "MEDIARY_XYZ": "", "MEDIARY_HOME": "/x", "MEDIARY_CHILD": "1",
        "MEDIARYX": "1", "PATH": "/bin", "MEDIARY_\u{1B}[2J": "1",
      ]
    }
    #expect(
      configuration.warnings.map(\.description) == [
        "the variable MEDIARY_\\x1b[2J is set but means nothing",
        "the variable MEDIARY_PARALEL_JOBS is set but means nothing; did you mean MEDIARY_PARALLEL_JOBS?",
        "the variable MEDIARY_XYZ is set but means nothing",
      ])
  }

  @Test("a file that is not there is no trouble, unless it was named")
  func missingFiles() throws {
    let folder = try TemporaryFolder()
    let sources = ConfigurationSources(file: FilePath(folder("none.toml")))
    let failure = #expect(throws: ConfigurationFailure.self) {
      try Configuration.load(Keys.schema, from: sources)
    }
    #expect(failure?.kind == .configuration)
    #expect(failure?.kind.exitStatus == 78)
    #expect(failure?.message.contains("none.toml: cannot open") == true)
    #expect(failure?.hint == "name a file that is there")
    #expect((failure?.cause as? FileFailure)?.code == .fileNotFound)
  }

  @Test("what is no plain file, cannot be read or is too large is refused")
  func unreadableFiles() throws {
    let folder = try TemporaryFolder()
    func failure(_ sources: ConfigurationSources) -> ConfigurationFailure? {
      #expect(throws: ConfigurationFailure.self) {
        try Configuration.load(Keys.schema, from: sources)
      }
    }
    // A folder and a pipe by the project file's name; the pipe would wait for a writer for ever.
    try folder.write("a/mediary.toml/x", [])
    try folder.write("b/x", [])
    let made = try CommandRun("mkfifo", [folder("b/mediary.toml")])
    #expect(made.status == 0)
    for name in ["a", "b"] {
      let message = failure(ConfigurationSources(folder: FilePath(folder(name))))?.message
      #expect(message?.contains("is no plain file") == true)
    }
    #expect(failure(ConfigurationSources(file: FilePath(folder("a")))) != nil)
    try folder.write("large.toml", [UInt8](repeating: 0x0A, count: 1 << 20 + 1))
    let large = failure(ConfigurationSources(file: FilePath(folder("large.toml"))))
    #expect(large?.message.contains("larger than 1048576 bytes") == true)
    #expect(failure(ConfigurationSources(file: "/dev/zero")) != nil)
  }

  @Test("a configuration may come through a pipe")
  func pipes() throws {
    let folder = try TemporaryFolder()
    #expect(try CommandRun("mkfifo", [folder("pipe")]).status == 0)
    // A thread of its own: reading the pipe blocks this one until somebody writes.
    Thread.detachNewThread { [path = folder("pipe")] in
      _ = try? CommandRun("sh", ["-c", "echo 'quality = 9' > \"$0\"", path])
    }
    let sources = ConfigurationSources(file: FilePath(folder("pipe")))
    #expect(try Configuration.load(Keys.schema, from: sources)[Keys.quality] == 9)
  }
}
