import Foundations
import Testing

@Suite("What a stream can show")
struct TerminalTests {
  static func depth(
    _ environment: [String: String], _ color: ColorChoice = .auto, isInteractive: Bool = true
  ) -> ColorDepth {
    Terminal(isInteractive: isInteractive, environment: environment, color: color).colorDepth
  }

  @Test("A terminal gets as many colours as its environment promises")
  func capability() {
    #expect(Self.depth(["TERM": "xterm"]) == .basic)
    #expect(Self.depth(["TERM": "xterm-256color"]) == .extended)
    #expect(Self.depth(["TERM": "xterm-256color", "COLORTERM": "truecolor"]) == .full)
    #expect(Self.depth(["TERM": "xterm-direct"]) == .full)
    #expect(Self.depth(["TERM": "dumb", "COLORTERM": "truecolor"]) == .none)
    #expect(Self.depth([:]) == .none)
  }

  @Test("A file gets none unless it is forced")
  func files() {
    let term = ["TERM": "xterm-256color"]
    #expect(Self.depth(term, isInteractive: false) == .none)
    #expect(Self.depth(term, .always, isInteractive: false) == .extended)
    #expect(Self.depth(["CLICOLOR_FORCE": "1"], isInteractive: false) == .basic)
    #expect(Self.depth(["FORCE_COLOR": "3"], isInteractive: false) == .full)
    #expect(Self.depth(["FORCE_COLOR": "0"], isInteractive: false) == .none)
    #expect(Self.depth([:], .always, isInteractive: false) == .basic)
  }

  @Test("Who wants less is heard first, and the flag before all")
  func refusals() {
    let forced = ["TERM": "xterm", "NO_COLOR": "1", "FORCE_COLOR": "1"]
    #expect(Self.depth(forced) == .none)
    #expect(Self.depth(forced, .always) == .basic)
    #expect(Self.depth(["TERM": "xterm"], .never) == .none)
    #expect(Self.depth(["TERM": "xterm", "NO_COLOR": ""]) == .basic)
    #expect(Self.depth(["TERM": "xterm", "CLICOLOR": "0"]) == .none)
    #expect(Self.depth(["TERM": "xterm", "FORCE_COLOR": "0"]) == .none)
  }

  @Test("Only a locale that says UTF-8 gets more than ASCII; the first that is set counts")
  func unicode() {
    func isUnicode(_ environment: [String: String]) -> Bool {
      Terminal(isInteractive: true, environment: environment).isUnicode
    }
    #expect(isUnicode(["LANG": "en_GB.UTF-8"]))
    #expect(isUnicode(["LC_ALL": "", "LC_CTYPE": "C.utf8", "LANG": "C"]))
    #expect(!isUnicode(["LC_ALL": "C", "LANG": "en_GB.UTF-8"]))
    #expect(!isUnicode(["LANG": "de_DE@euro"]))
    #expect(!isUnicode([:]))
    #expect(Terminal(isInteractive: true, environment: [:]).ellipsis == "...")
  }

  @Test("Nothing moves in a file, on a dumb terminal or under continuous integration")
  func animation() {
    func moves(_ environment: [String: String], isInteractive: Bool = true) -> Bool {
      Terminal(isInteractive: isInteractive, environment: environment).mayAnimate
    }
    #expect(moves(["TERM": "xterm"]))
    #expect(moves(["TERM": "xterm", "CI": "false"]))
    #expect(!moves(["TERM": "xterm", "CI": "true"]))
    #expect(!moves(["TERM": "dumb"]))
    #expect(!moves([:]))
    #expect(!moves(["TERM": "xterm"], isInteractive: false))
  }

  @Test("The width is the terminal's, else COLUMNS, else 80, and never senseless")
  func widths() {
    func width(_ environment: [String: String], _ columns: Int?, isInteractive: Bool = true) -> Int
    {
      Terminal(isInteractive: isInteractive, environment: environment) {
        columns.map { TerminalSize(columns: $0, rows: 5) }
      }.width
    }
    #expect(width(["COLUMNS": "120"], 100) == 100)
    #expect(width(["COLUMNS": "120"], nil) == 120)
    #expect(width(["COLUMNS": "120"], 100, isInteractive: false) == 120)
    #expect(width([:], nil) == 80)
    for nonsense in ["", "0", "-4", "abc", "99999999999999999999", "1000000", "3"] {
      #expect(width(["COLUMNS": nonsense], nil) == 80)
    }
    #expect(width([:], 2) == 10)
    #expect(width([:], 60_000) == 1_000)
  }

  @Test("A pseudo terminal is interactive, and a resize is seen at the next look")
  func realTerminal() throws {
    let pty = try PseudoTerminal(columns: 100, rows: 30)
    let terminal = Terminal(descriptor: pty.inner, environment: TestEnvironment.modern)
    #expect(terminal.isInteractive && terminal.mayAnimate)
    #expect(terminal.size == TerminalSize(columns: 100, rows: 30))
    try pty.resize(columns: 44, rows: 9)
    #expect(terminal.size == TerminalSize(columns: 44, rows: 9))
  }

  @Test("A pseudo terminal that does not know its size falls back")
  func sizeless() throws {
    let pty = try PseudoTerminal(columns: 0, rows: 0)
    let terminal = Terminal(descriptor: pty.inner, environment: ["COLUMNS": "70"])
    #expect(terminal.isInteractive && terminal.width == 70)
  }

  @Test("A pipe is not interactive")
  func pipe() {
    let pipe = OutputPipe()
    let terminal = Terminal(descriptor: pipe.writeEnd, environment: TestEnvironment.modern)
    #expect(!terminal.isInteractive && terminal.width == 80 && terminal.colorDepth == .none)
    #expect(pipe.finish() == "")
  }
}
