import Foundations
import Testing

@Suite("Reading command lines")
struct CommandParserTests {
  @Test("Arguments come in order, byte for byte")
  func arguments() throws {
    let parsed = try Sample.arguments("probe", "a.mp4", "b c.mkv")
    #expect(parsed.path == ["probe"])
    #expect(parsed[Sample.files] == ["a.mp4", "b c.mkv"])
    let odd = ArgumentWord(bytes: [0x66, 0xFF, 0x2E])
    let outcome = Sample.program.parse(["probe", odd]).outcome
    guard case .run(let raw) = try outcome.get() else { throw Sample.NotRun() }
    #expect(raw[Sample.files] == [FilePath(bytes: [0x66, 0xFF, 0x2E])])
  }

  @Test(
    "A value may follow its option or be attached to it",
    arguments: [
      ["--jobs", "4"], ["--jobs=4"], ["-j", "4"], ["-j4"], ["-j=4"], ["-fj4"], ["-fj", "4"],
    ])
  func values(words: [String]) throws {
    let line = ["encode", "in", "out"] + words
    guard
      case .run(let parsed) = try Sample.program.parse(line.map { ArgumentWord($0) }).outcome.get()
    else { throw Sample.NotRun() }
    #expect(parsed[Sample.jobs] == 4)
    #expect(parsed[Sample.overwrite] == words[0].hasPrefix("-f"))
    #expect(
      parsed[Sample.inputUnlessHistory] == "in" && parsed[Sample.outputUnlessHistory] == "out")
  }

  @Test("Every kind of value is read to its type")
  func kinds() throws {
    let video = try Sample.arguments(
      "write", "video", "--input", "-", "-o=out.mp4", "--fps", "29.97", "--layout", "CTHW",
      "--range", "-1,1", "--title=--json")
    #expect(video.path == ["write", "video"])
    #expect(video[Sample.frames] == "-" && video[Sample.clip] == "out.mp4")
    #expect(video[Sample.fps] == 29.97 && video[Sample.layout] == .CTHW)
    #expect(video[Sample.range] == -1...1 && video[Sample.title] == "--json")
    let encode = try Sample.arguments(
      "encode", "a", "b", "--timeout", "1h30m", "--max-size", "1.5GiB", "--crf", "30,32,34",
      "--svt", "tune=0", "--svt=key=a=b", "--no-hw-decode", "--profile", "GRAIN")
    #expect(encode[Sample.timeout] == .seconds(5_400))
    #expect(encode[Sample.largest] == ByteSize(bytes: 1_610_612_736))
    #expect(encode[Sample.crf] == [30, 32, 34] && encode[Sample.hardware] == false)
    #expect(encode[Sample.svt].map(\.key) == ["tune", "key"])
    #expect(encode[Sample.svt].map(\.value) == ["0", "a=b"])
    #expect(encode[Sample.profile] == .grain)
  }

  @Test("What is not given is nil, false, empty or the default")
  func absent() throws {
    let encode = try Sample.arguments("encode", "a", "b")
    #expect(encode[Sample.jobs] == nil && encode[Sample.hardware] == nil)
    #expect(encode[Sample.overwrite] == false && encode[Sample.svt].isEmpty)
    #expect(encode[Sample.color] == .auto && !encode.isGiven(Sample.color))
    #expect(try Sample.arguments("config", "show")[Sample.key] == nil)
  }

  @Test("Global options stand anywhere")
  func globals() throws {
    for words in [
      ["--json", "probe", "x"], ["probe", "--json", "x"], ["probe", "x", "--json"],
      ["--home", "/h", "probe", "x", "--json"], ["-q", "probe", "x", "--json", "--home=/h"],
    ] {
      let outcome = Sample.program.parse(words.map { ArgumentWord($0) }).outcome
      guard case .run(let parsed) = try outcome.get() else { throw Sample.NotRun() }
      #expect(parsed[Sample.json] && parsed[Sample.files] == ["x"])
      #expect(parsed[Sample.home] == (words.count > 4 ? "/h" : nil))
    }
  }

  @Test("Options may follow arguments, and two hyphens end them")
  func endOfOptions() throws {
    let parsed = try Sample.arguments("probe", "a", "--json", "--", "--json", "-x", "--")
    #expect(parsed[Sample.files] == ["a", "--json", "-x", "--"])
    #expect(try Sample.arguments("--", "probe", "-")[Sample.files] == ["-"])
  }

  @Test("A hyphen and negative numbers are arguments and values, never options")
  func hyphens() throws {
    #expect(try Sample.arguments("probe", "-", "-5", "-.5")[Sample.files] == ["-", "-5", "-.5"])
    #expect(
      try Sample.arguments("write", "video", "-i", "-", "-o", "x", "--range", "-2,-1")[Sample.range]
        == -2 ... -1)
  }

  @Test("Many arguments leave the fixed ones theirs")
  func middle() throws {
    let parsed = try Sample.arguments("copy", "a", "b", "c", "to")
    #expect(parsed[Sample.sources] == ["a", "b", "c"] && parsed[Sample.target] == "to")
    #expect(Sample.failure("copy", "a", "b")?.message == "'mediary copy' needs TO")
    #expect(Sample.failure("copy", "a")?.message == "'mediary copy' needs FROM")
  }

  @Test("An option of several words takes them up to the next option")
  func several() throws {
    for words in [
      ["--kinds", "a", "b", "--once", "--kinds=c"],
      ["--kinds", "a", "--kinds", "b", "c", "--once"],
    ] {
      let outcome = Sample.program.parse((["worker"] + words).map { ArgumentWord($0) }).outcome
      guard case .run(let parsed) = try outcome.get() else { throw Sample.NotRun() }
      #expect(parsed[Sample.kinds] == ["a", "b", "c"] && parsed[Sample.once])
    }
  }

  @Test("An option may stand in for the arguments, and then excludes them")
  func standIn() throws {
    let parsed = try Sample.arguments("encode", "--history")
    #expect(parsed[Sample.history] && parsed[Sample.inputUnlessHistory] == nil)
    let failure = Sample.failure("encode", "--history", "in.mkv")
    #expect(failure?.code == .usageConflict)
    #expect(failure?.message == "'--history' stands in for IN, and 'in.mkv' was given too")
    #expect(
      Sample.failure("encode", "in.mkv")?.hint
        == "give it, or '--history'; see 'mediary encode --help'")
  }

  @Test("Help is shown wherever it is asked for, also past a mistake")
  func help() throws {
    func helped(_ words: String...) -> [String]? {
      let parsing = Sample.program.parse(words.map { ArgumentWord($0) })
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
      guard case .success(.version) = Sample.program.parse(words.map { ArgumentWord($0) }).outcome
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
      let parsing = Sample.program.parse(words.map { ArgumentWord($0) })
      #expect(throws: UsageFailure.self) { try parsing.outcome.get() }
      #expect(parsing.globals[Sample.json] && parsing.globals[Sample.color] == .never)
    }
  }

  @Test("Options that stand for configuration keys are listed as they were typed")
  func settings() throws {
    let parsed = try Sample.arguments(
      "encode", "a", "b", "-j", "3", "--log-level", "debug", "--overwrite")
    #expect(
      parsed.settings == [
        .init(name: "jobs", setting: "parallel_jobs", text: "3"),
        .init(name: "log-level", setting: "log_level", text: "debug"),
      ])
    #expect(parsed.given.last == .init(name: "overwrite", setting: nil, text: "true"))
    #expect(parsed.isGiven(Sample.jobs) && !parsed.isGiven(Sample.crf))
  }

  @Test("A flag given twice is harmless, and hidden things work")
  func lenient() throws {
    #expect(try Sample.arguments("--json", "probe", "x", "--json")[Sample.json])
    #expect(try Sample.arguments("encode", "a", "b", "--secret")[Sample.secret])
    #expect(try Sample.arguments("ghost").path == ["ghost"])
  }

  @Test("The words after help lead to a place")
  func topics() throws {
    #expect(try Sample.program.topic([]).path == [])
    #expect(try Sample.program.topic(["write", "video"]).path == ["write", "video"])
    let failure = #expect(throws: UsageFailure.self) {
      try Sample.program.topic(["write", "vido"])
    }
    #expect(failure?.hint == "did you mean 'video'? see 'mediary write --help'")
  }

  @Test("This process's own words are read")
  func ownWords() {
    let words = ArgumentWord.ofProcess()
    #expect(words.map(\.shown) == Array(Swift.CommandLine.arguments.dropFirst()))
  }
}
