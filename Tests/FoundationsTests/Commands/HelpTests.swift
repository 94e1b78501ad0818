import Foundations
import TestSupport
import Testing

@Suite("Help, manual and reference")
struct HelpTests {
  static func help(_ path: [String], _ width: Int) throws -> [StyledText] {
    let place = try #require(Sample.program.place(at: path))
    return Sample.program.help(for: place, width: width)
  }

  @Test("The help is as it was looked at", arguments: [40, 80, 120])
  func snapshots(width: Int) throws {
    var text = ""
    for path in [[], ["encode"], ["write"], ["write", "video"], ["completions"]] as [[String]] {
      text += "=== \((["mediary"] + path).joined(separator: " ")) --help\n"
      text += try Self.help(path, width).map { $0.text + "\n" }.joined()
    }
    try Snapshot.expect(text, is: "help-\(width).txt")
  }

  @Test("No line passes the edge but examples and usage, and none ends in spaces")
  func edges() throws {
    for width in [30, 31, 37, 40, 53, 54, 61, 72, 80, 99, 100, 101, 140] {
      for place in [Sample.program.root] + Sample.program.places() {
        for line in Sample.program.help(for: place, width: width) {
          let isCopied = line.text.contains("$ mediary") || line.text.hasPrefix("      --")
          #expect(line.width <= min(width, 100) || isCopied, "\(width): \(line.text)")
          #expect(!line.text.hasSuffix(" "))
        }
      }
    }
  }

  @Test("Everything in the table is told, and nothing hidden")
  func complete() throws {
    let encode = try Self.help(["encode"], 80).map(\.text).joined(separator: "\n")
    let command = try #require(Sample.program.place(at: ["encode"])?.command)
    for option in command.options {
      #expect(encode.contains(option.flag.dropFirst(2)) != option.isHidden)
    }
    let root = try Self.help([], 80).map(\.text).joined(separator: "\n")
    for command in Sample.program.commands {
      #expect(root.contains(command.name) != command.isHidden)
    }
    for page in [Sample.program.manualPage(), Sample.program.markdownReference()] {
      #expect(!page.contains("ghost") && !page.contains("secret"))
    }
  }

  @Test("With colours the headings and what is typed stand out")
  func colors() throws {
    let lines = try Self.help(["probe"], 80).map { $0.rendered(.basic) }
    #expect(lines.contains("\u{1B}[1mArguments:\u{1B}[0m"))
    #expect(lines.contains { $0.hasPrefix("  \u{1B}[36m-q\u{1B}[0m, \u{1B}[36m--quiet\u{1B}[0m") })
  }

  @Test("The manual page is as it was looked at")
  func manual() throws {
    try Snapshot.expect(Sample.program.manualPage(), is: "mediary.1")
  }

  @Test("man and groff find nothing to warn of, and show what is typed as it is typed")
  func manualIsWellFormed() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("mediary.1", Sample.program.manualPage().utf8)
    let groff = try CommandRun("groff", ["-man", "-Tutf8", "-ww", "-b", path])
    #expect(groff.status == 0 && groff.stderr == "")
    let man = try CommandRun(
      "man", ["--warnings", "-E", "UTF-8", "-l", path],
      environment: ["MANWIDTH": "80", "LC_ALL": "C.UTF-8", "MAN_KEEP_FORMATTING": ""])
    #expect(man.status == 0 && man.stderr == "")
    for text in [
      "mediary write video --input frames.npy --output clip.mp4 --fps 24", "--[no-]hw-decode",
      "The order of the array's axes.", "EXIT STATUS", "MEDIARY_HOME", "tune=0",
    ] {
      #expect(man.stdout.contains(text), "\(text)")
    }
  }

  @Test("Characters that mean something to roff stand for themselves")
  func roffEscapes() throws {
    let nasty = ".starts 'quoted' \"double\" back\\slash ~^` ünï — 日本 -x"
    let program = Program(
      name: "nasty", version: "1", summary: "\(nasty).",
      groups: [.init("'G", [CommandSpec("a", nasty, description: [nasty, "'x", ".y"])])])
    let folder = try TemporaryFolder()
    let path = try folder.write("nasty.1", program.manualPage().utf8)
    let man = try CommandRun(
      "man", ["--warnings", "-E", "UTF-8", "-l", path],
      environment: ["MANWIDTH": "120", "LC_ALL": "C.UTF-8"])
    #expect(man.status == 0 && man.stderr == "")
    let lines = man.stdout.split(separator: "\n").map { $0.drop { $0 == " " } }
    #expect(lines.filter { $0 == nasty }.count == 2, "\(man.stdout)")
    #expect(lines.contains("'x") && lines.contains(".y"))
  }

  @Test("The reference is as it was looked at, with one title and live links")
  func reference() throws {
    let page = Sample.program.markdownReference()
    try Snapshot.expect(page, is: "cli.md")
    var titles = 0
    var anchors: Set<String> = []
    var isCode = false
    for line in page.split(separator: "\n") {
      if line.hasPrefix("```") { isCode.toggle() }
      guard !isCode, line.hasPrefix("#") else { continue }
      if line.hasPrefix("# ") { titles += 1 }
      let title = line.drop { "# ".contains($0) }.lowercased()
      anchors.insert(String(title.map { $0 == " " ? "-" : $0 }))
    }
    #expect(titles == 1)
    for link in page.split(separator: "](#").dropFirst() {
      #expect(anchors.contains(String(link.prefix { $0 != ")" })))
    }
  }
}
