import Foundations
import Testing

@Suite("Tables")
struct TextTableTests {
  static let table: TextTable = {
    var table = TextTable([
      .init("File", shrinkOrder: 2, clipping: .middle), .init("Size", .trailing),
      .init("Note", shrinkOrder: 1),
    ])
    table.add(["holiday/2026/日本語.mkv", "1.5 MB", "as good as the original"])
    table.add([StyledText("clip.mp4"), StyledText("980 kB", .good), ""])
    return table
  }()

  static func text(_ terminal: Terminal) -> [String] { table.lines(for: terminal).map(\.text) }

  @Test("Columns line up, numbers on the right, and no line ends in spaces")
  func wide() {
    #expect(
      Self.text(.told(80)) == [
        "File                       Size  Note",
        "───────────────────────  ──────  ───────────────────────",
        "holiday/2026/日本語.mkv  1.5 MB  as good as the original",
        "clip.mp4                 980 kB",
      ])
  }

  @Test("Columns shrink in their order, a path in its middle")
  func narrow() {
    #expect(
      Self.text(.told(45)) == [
        "File                       Size  Note",
        "───────────────────────  ──────  ────────────",
        "holiday/2026/日本語.mkv  1.5 MB  as good as …",
        "clip.mp4                 980 kB",
      ])
    #expect(
      Self.text(.told(34))[2...] == [
        "holiday/…語.mkv   1.5 MB  as good…",
        "clip.mp4          980 kB",
      ])
  }

  @Test("No line is wider than the terminal, however narrow")
  func everyWidth() {
    for width in 10...90 {
      let lines = Self.table.lines(for: .told(width))
      #expect(lines.allSatisfy { $0.width <= width })
    }
  }

  @Test("Off a terminal nothing is cut, and there is no rule")
  func file() {
    #expect(
      Self.text(.file) == [
        "File                       Size  Note",
        "holiday/2026/日本語.mkv  1.5 MB  as good as the original",
        "clip.mp4                 980 kB",
      ])
  }

  @Test("ASCII terminals get an ASCII rule and dots")
  func ascii() {
    let lines = Self.text(.told(45, TestEnvironment.plain))
    #expect(lines[1].allSatisfy { "- ".contains($0) })
    #expect(lines[2].hasSuffix("as good a..."))
  }

  @Test("A table without rows is its headings, and hostile cells are harmless")
  func edges() {
    var table = TextTable([.init("A"), .init("B", .trailing, maximum: 4)])
    #expect(table.lines(for: .file).map(\.text) == ["A  B"])
    table.add(["\u{1B}[2J", "123456789"])
    #expect(table.count == 1)
    let lines = table.lines(for: .told(80)).map { $0.rendered(.none) }
    #expect(lines.last == "\\x1b[2J  123…")
  }
}
