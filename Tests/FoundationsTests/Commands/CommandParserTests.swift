import Foundations
import Testing

@Suite("Reading command lines")
struct CommandParserTests {
  @Test("Arguments come in order, byte for byte")
  func arguments() throws {
    let parsed = try SampleProgram.arguments("probe", "a.mp4", "b c.mkv")
    #expect(parsed.path == ["probe"])
    #expect(parsed[SampleProgram.files] == ["a.mp4", "b c.mkv"])
    let odd = ArgumentWord(bytes: [0x66, 0xFF, 0x2E])
    let outcome = SampleProgram.program.parse(["probe", odd]).outcome
    guard case .run(let raw) = try outcome.get() else { throw SampleProgram.NotRun() }
    #expect(raw[SampleProgram.files] == [FilePath(bytes: [0x66, 0xFF, 0x2E])])
  }

  @Test(
    "A value may follow its option or be attached to it",
    arguments: [
      ["--jobs", "4"], ["--jobs=4"], ["-j", "4"], ["-j4"], ["-j=4"], ["-fj4"], ["-fj", "4"],
    ])
  func values(words: [String]) throws {
    let line = ["encode", "in", "out"] + words
    guard
      case .run(let parsed) = try SampleProgram.program.parse(line.map { ArgumentWord($0) }).outcome
        .get()
    else { throw SampleProgram.NotRun() }
    #expect(parsed[SampleProgram.jobs] == 4)
    #expect(parsed[SampleProgram.overwrite] == words[0].hasPrefix("-f"))
    #expect(
      parsed[SampleProgram.inputUnlessHistory] == "in"
        && parsed[SampleProgram.outputUnlessHistory] == "out")
  }

  @Test("Every kind of value is read to its type")
  func kinds() throws {
    let video = try SampleProgram.arguments(
      "write", "video", "--input", "-", "-o=out.mp4", "--fps", "29.97", "--layout", "CTHW",
      "--range", "-1,1", "--title=--json")
    #expect(video.path == ["write", "video"])
    #expect(video[SampleProgram.frames] == "-" && video[SampleProgram.clip] == "out.mp4")
    #expect(video[SampleProgram.fps] == 29.97 && video[SampleProgram.layout] == .CTHW)
    #expect(video[SampleProgram.range] == -1...1 && video[SampleProgram.title] == "--json")
    let encode = try SampleProgram.arguments(
      "encode", "a", "b", "--timeout", "1h30m", "--max-size", "1.5GiB", "--crf", "30,32,34",
      "--svt", "tune=0", "--svt=key=a=b", "--no-hw-decode", "--profile", "GRAIN")
    #expect(encode[SampleProgram.timeout] == .seconds(5_400))
    #expect(encode[SampleProgram.largest] == ByteSize(bytes: 1_610_612_736))
    #expect(encode[SampleProgram.crf] == [30, 32, 34] && encode[SampleProgram.hardware] == false)
    #expect(encode[SampleProgram.svt].map(\.key) == ["tune", "key"])
    #expect(encode[SampleProgram.svt].map(\.value) == ["0", "a=b"])
    #expect(encode[SampleProgram.profile] == .grain)
  }

  @Test("What is not given is nil, false, empty or the default")
  func absent() throws {
    let encode = try SampleProgram.arguments("encode", "a", "b")
    #expect(encode[SampleProgram.jobs] == nil && encode[SampleProgram.hardware] == nil)
    #expect(encode[SampleProgram.overwrite] == false && encode[SampleProgram.svt].isEmpty)
    #expect(encode[SampleProgram.color] == .auto && !encode.isGiven(SampleProgram.color))
    #expect(try SampleProgram.arguments("config", "show")[SampleProgram.key] == nil)
  }

  @Test("Global options stand anywhere")
  func globals() throws {
    for words in [
      ["--json", "probe", "x"], ["probe", "--json", "x"], ["probe", "x", "--json"],
      ["--home", "/h", "probe", "x", "--json"], ["-q", "probe", "x", "--json", "--home=/h"],
    ] {
      let outcome = SampleProgram.program.parse(words.map { ArgumentWord($0) }).outcome
      guard case .run(let parsed) = try outcome.get() else { throw SampleProgram.NotRun() }
      #expect(parsed[SampleProgram.json] && parsed[SampleProgram.files] == ["x"])
      #expect(parsed[SampleProgram.home] == (words.count > 4 ? "/h" : nil))
    }
  }

  @Test("Options may follow arguments, and two hyphens end them")
  func endOfOptions() throws {
    let parsed = try SampleProgram.arguments("probe", "a", "--json", "--", "--json", "-x", "--")
    #expect(parsed[SampleProgram.files] == ["a", "--json", "-x", "--"])
    #expect(try SampleProgram.arguments("--", "probe", "-")[SampleProgram.files] == ["-"])
  }

  @Test("A hyphen and negative numbers are arguments and values, never options")
  func hyphens() throws {
    #expect(
      try SampleProgram.arguments("probe", "-", "-5", "-.5")[SampleProgram.files] == [
        "-", "-5", "-.5",
      ])
    #expect(
      try SampleProgram.arguments("write", "video", "-i", "-", "-o", "x", "--range", "-2,-1")[
        SampleProgram.range]
        == -2 ... -1)
  }

  @Test("Many arguments leave the fixed ones theirs")
  func middle() throws {
    let parsed = try SampleProgram.arguments("copy", "a", "b", "c", "to")
    #expect(
      parsed[SampleProgram.sources] == ["a", "b", "c"] && parsed[SampleProgram.target] == "to")
    #expect(SampleProgram.failure("copy", "a", "b")?.message == "'mediary copy' needs TO")
    #expect(SampleProgram.failure("copy", "a")?.message == "'mediary copy' needs FROM")
  }

  @Test("An option of several words takes them up to the next option")
  func several() throws {
    for words in [
      ["--kinds", "a", "b", "--once", "--kinds=c"],
      ["--kinds", "a", "--kinds", "b", "c", "--once"],
    ] {
      let outcome = SampleProgram.program.parse((["worker"] + words).map { ArgumentWord($0) })
        .outcome
      guard case .run(let parsed) = try outcome.get() else { throw SampleProgram.NotRun() }
      #expect(parsed[SampleProgram.kinds] == ["a", "b", "c"] && parsed[SampleProgram.once])
    }
  }

  @Test("An option may stand in for the arguments, and then excludes them")
  func standIn() throws {
    let parsed = try SampleProgram.arguments("encode", "--history")
    #expect(parsed[SampleProgram.history] && parsed[SampleProgram.inputUnlessHistory] == nil)
    let failure = SampleProgram.failure("encode", "--history", "in.mkv")
    #expect(failure?.code == .usageConflict)
    #expect(failure?.message == "'--history' stands in for IN, and 'in.mkv' was given too")
    #expect(
      SampleProgram.failure("encode", "in.mkv")?.hint
        == "give it, or '--history'; see 'mediary encode --help'")
  }

  @Test("Help is shown wherever it is asked for, also past a mistake")
  func help() throws {
    func helped(_ words: String...) -> [String]? {
      let parsing = SampleProgram.program.parse(words.map { ArgumentWord($0) })
      guard case .success(.help(let place)) = parsing.outcome else { return nil }
      return place.path
    }
    #expect(helped() == [])
    #expect(helped("--help") == [])
    #expect(helped("-h", "write") == ["write"])
    #expect(helped("write", "--help", "video") == ["write", "video"])
    #expect(helped("encode", "--bogus", "--jobs", "--help") == ["encode"])
    #expect(helped("encode", "-fh") == ["encode"])
    #expect(helped("--version", "--help") == [])
    #expect(helped("prob", "--help") == nil)
    #expect(helped("probe", "--", "--help") == nil)
    #expect(helped("write", "video", "--title", "--help") == ["write", "video"])
  }

  @Test("The version is shown wherever it is asked for")
  func version() {
    for words in [["--version"], ["-V"], ["probe", "--version"], ["write", "-V", "--bogus"]] {
      guard
        case .success(.version) = SampleProgram.program.parse(words.map { ArgumentWord($0) })
          .outcome
      else {
        Issue.record("\(words)")
        continue
      }
    }
  }

  @Test("Global options are known even when the rest makes no sense")
  func globalsOfFailures() {
    for words in [
      ["prob", "--json", "--color=never"], ["--bogus", "--json", "--color", "never"],
      ["encode", "--jobs", "x", "--color", "never", "--json"],
      ["--json", "--color", "never", "write"],
    ] {
      let parsing = SampleProgram.program.parse(words.map { ArgumentWord($0) })
      #expect(throws: UsageFailure.self) { try parsing.outcome.get() }
      #expect(parsing.globals[SampleProgram.json] && parsing.globals[SampleProgram.color] == .never)
    }
  }

  @Test("Options that stand for configuration keys are listed as they were typed")
  func settings() throws {
    let parsed = try SampleProgram.arguments(
      "encode", "a", "b", "-j", "3", "--log-level", "debug", "--overwrite")
    #expect(
      parsed.settings == [
        .init(name: "jobs", setting: "parallel_jobs", text: "3"),
        .init(name: "log-level", setting: "log_level", text: "debug"),
      ])
    #expect(parsed.given.last == .init(name: "overwrite", setting: nil, text: "true"))
    #expect(parsed.isGiven(SampleProgram.jobs) && !parsed.isGiven(SampleProgram.crf))
  }

  @Test("A flag given twice is harmless, and hidden things work")
  func lenient() throws {
    #expect(try SampleProgram.arguments("--json", "probe", "x", "--json")[SampleProgram.json])
    #expect(try SampleProgram.arguments("encode", "a", "b", "--secret")[SampleProgram.secret])
    #expect(try SampleProgram.arguments("ghost").path == ["ghost"])
  }

  @Test("The words after help lead to a place")
  func topics() throws {
    #expect(try SampleProgram.program.topic([]).path == [])
    #expect(try SampleProgram.program.topic(["write", "video"]).path == ["write", "video"])
    let failure = #expect(throws: UsageFailure.self) {
      try SampleProgram.program.topic(["write", "vido"])
    }
    #expect(failure?.hint == "did you mean 'video'? see 'mediary write --help'")
  }

  @Test("This process's own words are read")
  func ownWords() {
    let words = ArgumentWord.ofProcess()
    #expect(words.map(\.shown) == Array(Swift.CommandLine.arguments.dropFirst()))
  }
}
