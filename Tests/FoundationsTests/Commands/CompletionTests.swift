import Foundation
import Foundations
import TestSupport
import Testing

/// A line as it is typed, tabs and all, and the arguments the shell makes of it.
struct TypedLine: Sendable, CustomTestStringConvertible {
  let typed: String
  let arguments: [String]
  var testDescription: String {
    typed.split(separator: "\t", omittingEmptySubsequences: false).joined(separator: "⇥")
  }

  init(_ typed: String, _ arguments: String...) {
    (self.typed, self.arguments) = (typed, arguments)
  }

  /// What every shell is to do.
  static let all: [TypedLine] = [
    TypedLine("prob\t", "probe"),
    TypedLine("wri\tvid\t", "write", "video"),
    TypedLine("write video --layo\tTH\t", "write", "video", "--layout", "THWC"),
    TypedLine("--log\tdeb\tconf\tch\t", "--log-level", "debug", "config", "check"),
    TypedLine("config sh\t--ori\t", "config", "show", "--origin"),
    TypedLine("encode --no-h\t", "encode", "--no-hw-decode"),
    TypedLine("encode --profile gr\t", "encode", "--profile", "grain"),
    TypedLine("encode --svt a=b --ove\t", "encode", "--svt", "a=b", "--overwrite"),
    TypedLine("encode -j 3 --ove\t", "encode", "-j", "3", "--overwrite"),
    TypedLine("probe a\\ cl\t", "probe", "a clip.mp4"),
    TypedLine("probe --json fra\t", "probe", "--json", "frames.npy"),
    TypedLine("write video -i fra\t", "write", "video", "-i", "frames.npy"),
    // Only folders for a folder: `frames.npy` begins alike.
    TypedLine("--home f\t", "--home", "films"),
    TypedLine("completions zs\t", "completions", "zsh"),
    TypedLine("help wr\tima\t", "help", "write", "image"),
    TypedLine("worker --kinds a b --on\t", "worker", "--kinds", "a", "b", "--once"),
    // Hidden things are not offered, and a title is anything.
    TypedLine("ghos\t", "ghos"),
    TypedLine("encode --secr\t", "encode", "--secr"),
    TypedLine("write video --title fra\t", "write", "video", "--title", "fra"),
  ]
}

@Suite("Completions", .serialized, .timeLimit(.minutes(5)))
struct CompletionTests {
  /// Types lines at a shell and gives what was shown after each.
  ///
  /// On a thread of its own: a shell is waited for, and Swift's threads are few.
  func typed(_ lines: [String], at shell: [String], setup: String) async throws -> [String] {
    try await BlockingLane(named: "shell").run {
      let session = try ShellSession(["/usr/bin/env", "PS1=start> "] + shell, setup: setup)
      return try lines.map { try session.type("mediary \($0)") }
    }
  }

  /// Types every line and compares what the command was called with.
  func check(_ lines: [TypedLine], at shell: [String], setup: String) async throws {
    let shown = try await typed(lines.map(\.typed), at: shell, setup: setup)
    for (line, shown) in zip(lines, shown) {
      let arguments = shown.components(separatedBy: "[[").dropFirst()
        .compactMap { $0.components(separatedBy: "]]").first }
      #expect(
        arguments.flatMap(alike) == line.arguments.flatMap(alike),
        "\(line.testDescription): \(shown)")
    }
  }

  /// A word without what is a matter of a shell's taste: Zsh attaches values with an equals sign,
  /// and some shells leave a folder its slash.
  func alike(_ word: String) -> [String] {
    let parts = word.hasPrefix("--") ? word.split(separator: "=", maxSplits: 1) : [word[...]]
    return parts.map { $0.count > 1 && $0.hasSuffix("/") ? String($0.dropLast()) : String($0) }
  }

  @Test("Bash completes commands, options, values and files")
  func bash() async throws {
    let script = SampleProgram.program.completions(for: .bash)
    let setup = """
      \(script)
      mediary() { printf '[[%s]]' "$@"; echo; }
      bind 'set enable-bracketed-paste off'
      PS1='ready> '
      """
    let shell = ["bash", "--norc", "--noprofile", "-i"]
    try await check(
      TypedLine.all + [
        TypedLine("encode --profile=gr\t", "encode", "--profile=grain"),
        TypedLine("write video --input=fra\t", "write", "video", "--input=frames.npy"),
        TypedLine("encode --svt=a=b --ove\t", "encode", "--svt=a=b", "--overwrite"),
      ], at: shell, setup: setup)
    #expect(
      try await typed(["config \t\t\u{15}"], at: shell, setup: setup)[0].contains(
        "check  init   show"))
  }

  @Test("Zsh completes commands, options, values and files")
  func zsh() async throws {
    let script = SampleProgram.program.completions(for: .zsh)
    let setup = """
      autoload -Uz compinit && compinit -u -D
      \(script)
      mediary() { printf '[[%s]]' "$@"; echo }
      unset zle_bracketed_paste
      PS1='ready> '
      """
    let shell = ["zsh", "-f", "-i"]
    try await check(
      TypedLine.all + [
        TypedLine("encode --profile=gr\t", "encode", "--profile=grain"),
        TypedLine("write video --input=fra\t", "write", "video", "--input=frames.npy"),
        // An option that was given is not offered again; one that may be repeated is.
        TypedLine("encode --overwrite --over\t", "encode", "--overwrite", "--over"),
        TypedLine("encode --svt a=b --sv\tc=d", "encode", "--svt", "a=b", "--svt", "c=d"),
      ], at: shell, setup: setup)
    let listed = try await typed(["config \t\u{15}"], at: shell, setup: setup)[0]
    #expect(listed.contains("check") && listed.contains("Show what holds."))
  }

  @Test("Zsh finds the script on its path of functions, too")
  func zshAutoload() async throws {
    let folder = try TemporaryFolder()
    try folder.write("functions/_mediary", SampleProgram.program.completions(for: .zsh).utf8)
    let setup = """
      fpath=('\(folder("functions"))' $fpath)
      autoload -Uz compinit && compinit -u -D
      mediary() { printf '[[%s]]' "$@"; echo }
      PS1='ready> '
      """
    try await check(
      [TypedLine("prob\t", "probe"), TypedLine("wri\tvid\t", "write", "video")],
      at: ["zsh", "-f", "-i"], setup: setup)
  }

  @Test("fish completes commands, options, values and files")
  func fish() throws {
    let folder = try TemporaryFolder()
    for name in ["a clip.mp4", "frames.npy", "films/one.mkv"] { try folder.write(name, []) }
    let script = try folder.write(
      "mediary.fish", SampleProgram.program.completions(for: .fish).utf8)
    func complete(_ line: String) throws -> [String] {
      let run = try CommandRun(
        "fish", ["--no-config", "-c", "source '\(script)'; complete -C '\(line)'"],
        folder: folder.path, environment: ["HOME": folder.path])
      #expect(run.status == 0 && run.stderr == "", "\(line): \(run.stderr)")
      return run.stdout.split(separator: "\n").map(String.init)
    }
    #expect(try complete("mediary pr") == ["probe\tSay what is in media files."])
    #expect(
      try complete("mediary config ").map { $0.prefix { $0 != "\t" } } == ["check", "init", "show"])
    #expect(
      try complete("mediary write video --layo")
        == ["--layout\tThe order of the array's axes."])
    #expect(
      try complete("mediary write video --layout ").map { $0.prefix { $0 != "\t" } }
        == ["CTHW", "THWC"])
    #expect(
      try complete("mediary encode --profile=gr") == [
        "--profile=grain\tkeeps the grain of old film"
      ])
    #expect(try complete("mediary --log-level debug config ch") == ["check\tCheck the files."])
    #expect(try complete("mediary --log-level=debug config ch") == ["check\tCheck the files."])
    #expect(
      try complete("mediary encode -j 3 --ove") == ["--overwrite\tReplace an existing result."])
    #expect(
      try complete("mediary encode --no-h") == ["--no-hw-decode\tDecode with the graphics card."])
    #expect(try complete("mediary probe fra") == ["frames.npy"])
    #expect(try complete("mediary write video -i fra") == ["frames.npy"])
    #expect(try complete("mediary --home f").map { $0.prefix { $0 != "\t" } } == ["films/"])
    #expect(try complete("mediary completions ") == ["bash", "fish", "zsh"])
    #expect(try complete("mediary help wri") == ["write\tWrite arrays as media files."])
    #expect(try complete("mediary help write im") == ["image\tWrite an array as an image."])
    #expect(try complete("mediary ghos").isEmpty)
    #expect(try complete("mediary encode --secr").isEmpty)
    #expect(try complete("mediary write video --title fra").isEmpty)
    #expect(
      try complete("mediary worker --kinds a --on") == ["--once\tEnd when nothing is left to do."])
  }

  @Test(
    "The scripts are as they were looked at, and their shells find no fault",
    arguments: Shell.allCases)
  func snapshots(shell: Shell) throws {
    let script = SampleProgram.program.completions(for: shell)
    try Snapshot.expect(script, is: "completions.\(shell.rawValue)")
    let run = try CommandRun(shell.rawValue, ["-n"], input: script)
    #expect(run.status == 0 && run.stderr == "")
  }

  @Test("Texts that mean something to a shell stand for themselves", arguments: Shell.allCases)
  func quoting(shell: Shell) throws {
    let folder = try TemporaryFolder()
    let nasty = "It's $(touch pwned) `touch pwned` \"x\" [a:b] \\ ${HOME} *"
    let choice = Option("mode", .choice([.init("one", nasty), .init("two")]), nasty)
    let program = Program(
      name: "nas-ty", version: "1", summary: "X.",
      groups: [
        .init(
          "G",
          [
            CommandSpec(
              "go", nasty, arguments: [Argument("WHAT:[x]", .path(.file), "X.")], options: [choice])
          ])
      ])
    let script = program.completions(for: shell)
    try folder.write("script", script.utf8)
    let use =
      switch shell {
      case .bash:
        "source ./script; COMP_WORDS=(nas-ty g); COMP_CWORD=1; _nas_ty; echo ${COMPREPLY[@]}"
      case .zsh: "autoload -U compinit; compinit -u -D; source ./script; echo go"
      case .fish: "source ./script; complete -C 'nas-ty g' | string split -f1 \\t"
      }
    let options = shell == .zsh ? ["-f"] : shell == .fish ? ["--no-config"] : ["--norc"]
    let run = try CommandRun(
      shell.rawValue, options + ["-c", use], folder: folder.path, environment: ["HOME": folder.path]
    )
    #expect(run.status == 0 && run.stderr == "" && run.stdout == "go\n")
    #expect(!FileManager.default.fileExists(atPath: folder("pwned")))
  }
}
