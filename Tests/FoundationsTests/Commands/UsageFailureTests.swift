import Foundations
import Testing

@Suite("Command lines that make no sense")
struct UsageFailureTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let words: [String]
    let code: FailureCode
    let message: String
    let hint: String
    var testDescription: String { words.joined(separator: " ") }

    init(_ words: [String], _ code: FailureCode, _ message: String, _ hint: String) {
      (self.words, self.code, self.message, self.hint) = (words, code, message, hint)
    }
  }

  static let cases: [Case] = [
    Case(
      ["prob", "x"], .usageUnknownCommand, "there is no command 'prob'",
      "did you mean 'probe'? see 'mediary --help'"),
    Case(
      ["frobnicate"], .usageUnknownCommand, "there is no command 'frobnicate'",
      "see 'mediary --help'"),
    Case(
      ["video", "--input", "x"], .usageUnknownCommand, "there is no command 'video'",
      "did you mean 'mediary write video'? see 'mediary --help'"),
    Case(
      ["config", "shwo"], .usageUnknownCommand, "'mediary config' has no command 'shwo'",
      "did you mean 'show'? see 'mediary config --help'"),
    Case(
      ["config"], .usageMissingCommand, "'mediary config' needs a command: show, init or check",
      "see 'mediary config --help'"),
    Case(
      ["encode", "a", "b", "--profil", "grain"], .usageUnknownOption,
      "'mediary encode' has no option '--profil'",
      "did you mean '--profile'? see 'mediary encode --help'"),
    Case(
      ["probe", "x", "--jsn"], .usageUnknownOption, "'mediary probe' has no option '--jsn'",
      "did you mean '--json'? see 'mediary probe --help'"),
    Case(
      ["encode", "a", "b", "--no-hw-decod"], .usageUnknownOption,
      "'mediary encode' has no option '--no-hw-decod'",
      "did you mean '--no-hw-decode'? see 'mediary encode --help'"),
    Case(
      ["probe", "--fps", "3"], .usageUnknownOption, "'mediary probe' has no option '--fps'",
      "it is an option of 'mediary write video'; see 'mediary probe --help'"),
    Case(
      ["--fps", "3", "write", "video"], .usageUnknownOption,
      "there is no option '--fps' before the command",
      "it is an option of 'mediary write video' and follows that command's name"),
    Case(
      ["probe", "-json", "x"], .usageUnknownOption, "there is no option '-json'",
      "did you mean '--json'? a single hyphen stands before single letters"),
    Case(
      ["encode", "-fx"], .usageUnknownOption, "'mediary encode' has no option '-x' (in '-fx')",
      "see 'mediary encode --help'; before a file name that begins with a hyphen put '--'"),
    Case(
      ["probe", "--zzz"], .usageUnknownOption, "'mediary probe' has no option '--zzz'",
      "see 'mediary probe --help'"),
    Case(
      ["encode", "--secre"], .usageUnknownOption, "'mediary encode' has no option '--secre'",
      "see 'mediary encode --help'"),
    Case(
      ["encode", "a", "b", "--jobs"], .usageMissingValue,
      "'--jobs' needs a value: a whole number from 1 to 64", "write '--jobs N'"),
    Case(
      ["write", "video", "--title", "--json"], .usageMissingValue, "'--title' needs a value: text",
      "if '--json' is its value, write '--title=--json'"),
    Case(
      ["probe", "x", "--json=yes"], .usageUnexpectedValue,
      "'--json' takes no value, and 'yes' was given", "write '--json' alone"),
    Case(
      ["encode", "a", "b", "-j0"], .usageBadValue,
      "'-j' cannot be '0': expected a whole number from 1 to 64", "see 'mediary encode --help'"),
    Case(
      ["encode", "a", "b", "--timeout", "soon"], .usageBadValue,
      "'--timeout' cannot be 'soon': expected a length of time such as 90, 1.5s, 1h30m or 1:30",
      "see 'mediary encode --help'"),
    Case(
      ["encode", "a", "b", "--profile", "gran"], .usageBadValue,
      "'--profile' cannot be 'gran': expected 'normal', 'clean' or 'grain'",
      "did you mean 'grain'? see 'mediary encode --help'"),
    Case(
      ["encode", "a", "b", "--crf", "30,,32"], .usageBadValue,
      "'--crf' cannot be '30,,32': expected a whole number from 1 to 63",
      "see 'mediary encode --help'"),
    Case(
      ["write", "video", "-i", "", "-o", "x"], .usageBadValue,
      "'-i' cannot be empty: expected a file", "see 'mediary write video --help'"),
    Case(
      ["probe", ""], .usageBadValue, "FILE cannot be empty: expected a file",
      "see 'mediary probe --help'"),
    Case(
      ["completions", "tcsh"], .usageBadValue,
      "SHELL cannot be 'tcsh': expected 'bash', 'zsh' or 'fish'",
      "see 'mediary completions --help'"),
    Case(
      ["write", "video", "--output", "x"], .usageMissingOption,
      "'mediary write video' needs '--input FILE|-'", "see 'mediary write video --help'"),
    Case(
      ["probe"], .usageMissingArgument, "'mediary probe' needs FILE", "see 'mediary probe --help'"),
    Case(
      ["encode", "a", "b", "c"], .usageTooManyArguments,
      "'mediary encode' takes no further argument: 'c'", "see 'mediary encode --help'"),
    Case(
      ["config", "check", "x"], .usageTooManyArguments,
      "'mediary config check' takes no arguments: 'x'", "see 'mediary config check --help'"),
    Case(
      ["encode", "a", "b", "--svt", "tune=0", "keyint=240"], .usageTooManyArguments,
      "'mediary encode' takes no further argument: 'keyint=240'",
      "each '--svt' takes one: write '--svt keyint=240'"),
    Case(
      ["encode", "a", "b", "-j2", "--jobs", "3"], .usageRepeatedOption,
      "'--jobs' was given more than once", "give '--jobs' once"),
    Case(
      ["encode", "a", "b", "--hw-decode", "--no-hw-decode"], .usageConflict,
      "'--hw-decode' and '--no-hw-decode' were both given", "give one or the other"),
  ]

  @Test("The failure names the thing and says what to do", arguments: cases)
  func failures(wrong: Case) {
    let outcome = Sample.program.parse(wrong.words.map { ArgumentWord($0) }).outcome
    guard case .failure(let failure) = outcome else {
      Issue.record("it was read")
      return
    }
    #expect(failure.code == wrong.code)
    #expect(failure.message == wrong.message)
    #expect(failure.hint == wrong.hint)
    #expect(failure.kind == .usage && failure.kind.exitStatus == 64 && failure.cause == nil)
  }

  @Test("Numbers that no person writes are refused")
  func numbers() {
    for word in ["nan", "inf", "0x10", "1_000", "", " 5", "1e400", "٣", "0", "1001"] {
      let failure = Sample.failure("write", "video", "-i", "a", "-o", "b", "--fps=\(word)")
      #expect(failure?.code == .usageBadValue, "\(word)")
    }
    for word in ["1", "1,", ",1", "2,1", "1,1", "a,b", "1,2,3", "nan,1"] {
      let failure = Sample.failure("write", "video", "-i", "a", "-o", "b", "--range=\(word)")
      #expect(failure?.code == .usageBadValue, "\(word)")
    }
    for word in ["tune", "=0", ""] {
      #expect(Sample.failure("encode", "a", "b", "--svt", word)?.code == .usageBadValue, "\(word)")
    }
  }

  @Test("Words that are no UTF-8 are failures, not crashes")
  func bytes() {
    let odd: [UInt8] = [0xFF, 0xFE]
    func code(_ words: ArgumentWord...) -> FailureCode? {
      guard case .failure(let failure) = Sample.program.parse(words).outcome else { return nil }
      return failure.code
    }
    #expect(code(ArgumentWord(bytes: odd)) == .usageUnknownCommand)
    #expect(code("probe", ArgumentWord(bytes: Array("--".utf8) + odd)) == .usageUnknownOption)
    #expect(code("probe", ArgumentWord(bytes: Array("-".utf8) + odd)) == .usageUnknownOption)
    let title = ArgumentWord(bytes: Array("--title=".utf8) + odd)
    #expect(code("write", "video", "-i", "a", "-o", "b", title) == .usageBadValue)
  }

  @Test("Rules that no table tells fail in the same words")
  func conflict() {
    let failure = UsageFailure.conflict(Sample.json, Sample.quiet)
    #expect(failure.message == "'--json' and '--quiet' exclude each other")
    #expect(failure.code == .usageConflict && failure.hint == "give one or the other")
  }
}
