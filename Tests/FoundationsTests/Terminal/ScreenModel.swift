import Foundations

/// A terminal's screen, as far as live regions need one: what a person would see.
///
/// Rows that scroll off the top are kept, as a terminal keeps them in its history.
struct ScreenModel {
  let columns: Int
  let rows: Int
  private(set) var lines: [[Character]] = [[]]
  private(set) var isCursorVisible = true
  private(set) var unknown: [String] = []
  private var row = 0
  private var column = 0

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// All lines, without spaces at their ends and without empty ones at the end.
  var text: [String] {
    var texts = lines.map { String($0.filter { $0 != "\0" }).trimmingSpaces }
    while texts.last?.isEmpty == true { texts.removeLast() }
    return texts
  }

  mutating func show(_ output: String) {
    var rest = Substring(output)
    while let character = rest.popFirst() {
      switch character {
      case "\r\n":
        column = 0
        newLine()
      case "\r": column = 0
      case "\n":
        column = 0  // The kernel's terminal driver puts the return before it.
        newLine()
      case "\u{1B}": escape(&rest)
      default: put(character)
      }
    }
  }

  private mutating func newLine() {
    row += 1
    if row == lines.count { lines.append([]) }
  }

  private mutating func put(_ character: Character) {
    let width = character.displayWidth
    if column + width > columns {
      column = 0
      newLine()
    }
    while lines[row].count < column + width { lines[row].append(" ") }
    lines[row][column] = character
    if width == 2 { lines[row][column + 1] = "\0" }
    column += width
  }

  private mutating func escape(_ rest: inout Substring) {
    guard rest.first == "[" else { return unknown.append("ESC \(rest.prefix(1))") }
    rest.removeFirst()
    let parameters = rest.prefix { !$0.isLetter }
    rest.removeFirst(parameters.count)
    let command = rest.popFirst() ?? "?"
    switch (command, parameters) {
    case ("m", _): break
    case ("h", "?25"): isCursorVisible = true
    case ("l", "?25"): isCursorVisible = false
    case ("A", _):
      // A cursor cannot leave the screen upwards.
      row = max(max(0, lines.count - rows), row - (Int(parameters) ?? 1))
    case ("K", ""): lines[row].removeLast(max(0, lines[row].count - column))
    case ("J", ""):
      lines[row].removeLast(max(0, lines[row].count - column))
      lines.removeLast(lines.count - row - 1)
    default: unknown.append("CSI \(parameters)\(command)")
    }
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
