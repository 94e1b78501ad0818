/// Reads TOML 1.0, with bounds that hold against crafted input.
///
/// It does not stop at the first problem: it goes on with the next line that looks like the start
/// of a statement, so that somebody who mends a file sees all that is wrong with it.
package struct TOMLReader {
  /// What a reader accepts at the most.
  package struct Limits: Sendable {
    /// How deep values may nest, and how many parts a key may have.
    package var depth = 64
    /// How long the text may be, in bytes.
    package var bytes = 1 << 20
    /// After how many problems it gives up.
    package var problems = 20

    /// The default limits.
    package init() {}
  }

  let bytes: [UInt8]
  let limits: Limits
  var place = 0
  private let root = TOMLDraft(.header)
  private var table: TOMLDraft
  private var tablePath: [String] = []
  private var path: [String] = []
  private var problems: [TOMLProblem] = []

  private init(_ bytes: [UInt8], _ limits: Limits) {
    self.bytes = bytes
    self.limits = limits
    table = root
  }

  /// Reads a whole text; what is wrong with it stands among the document's problems.
  package static func read(_ bytes: [UInt8], limits: Limits = Limits()) -> TOMLDocument {
    var reader = TOMLReader(bytes, limits)
    if bytes.count > limits.bytes {
      reader.problems = [
        TOMLProblem(0..<0, "the file has \(bytes.count) bytes; at most \(limits.bytes) are read")
      ]
    } else if let bad = firstBrokenByte(of: bytes) {
      reader.problems = [
        TOMLProblem(bad..<bad + 1, "the text is not UTF-8", hint: "save the file as UTF-8")
      ]
    } else {
      reader.readStatements()
    }
    return TOMLDocument(root: reader.root.table, problems: reader.problems, bytes: bytes)
  }

  /// Reads a whole text.
  package static func read(_ text: String, limits: Limits = Limits()) -> TOMLDocument {
    read(Array(text.utf8), limits: limits)
  }

  private static func firstBrokenByte(of bytes: [UInt8]) -> Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var place = 0
    while true {
      switch parser.parseScalar(from: &rest) {
      case .valid(let scalar): place += scalar.count
      case .error: return place
      case .emptyInput: return nil
      }
    }
  }

  private mutating func readStatements() {
    // A byte order mark is no part of the text, but editors on other systems write one.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
    while place < bytes.count {
      let start = place
      do throws(TOMLProblem) {
        try statement()
      } catch {
        var problem = error
        problem.path = path
        problems.append(problem)
        guard problems.count < limits.problems else { return }
        moveToNextStatement(after: start)
      }
    }
  }

  private mutating func statement() throws(TOMLProblem) {
    path = []
    skipBlanks()
    switch next {
    case nil, UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "#"): try endLine()
    case UInt8(ascii: "["):
      try header()
      try endLine()
    default:
      let (keys, node) = try assignment(depth: 0)
      // Before it counts: `size = 10 GB` is one mistake and not a size of 10 as well.
      try endLine()
      try table.define(keys, as: node)
    }
  }

  private mutating func header() throws(TOMLProblem) {
    // Should the header be wrong, its keys must not land in the table above it.
    (table, tablePath) = (TOMLDraft(.header), [""])
    place += 1
    let isList = take(UInt8(ascii: "["))
    let keys = try keyPath()
    guard take(UInt8(ascii: "]")), !isList || take(UInt8(ascii: "]")) else {
      throw here("the header should end with \(isList ? "]]" : "]")")
    }
    table = isList ? try root.append(keys) : try root.open(keys)
    tablePath = keys.map(\.name)
  }

  /// Reads `key = value`.
  mutating func assignment(depth: Int) throws(TOMLProblem) -> ([TOMLDraft.Key], TOMLNode) {
    let keys = try keyPath()
    guard take(UInt8(ascii: "=")) else { throw here("an = and a value should follow the key") }
    if depth == 0 { path = tablePath + keys.map(\.name) }
    skipBlanks()
    return (keys, try value(depth: depth))
  }

  /// Takes what may stand behind a statement: blanks, a comment, the end of the line.
  private mutating func endLine() throws(TOMLProblem) {
    skipBlanks()
    try skipComment()
    guard place < bytes.count, !takeNewline() else { return }
    throw here("nothing more may stand on this line")
  }

  /// Moves to the next line that looks like a statement, behind the one in which trouble began.
  private mutating func moveToNextStatement(after start: Int) {
    // Trouble found at the start of a later line may be that of a bracket left open above it; that
    // line then deserves to be read.
    var line = lineStart(of: place)
    if line <= start { line = lineEnd(from: place) }
    while line < bytes.count, !looksLikeStatement(line) { line = lineEnd(from: line) }
    place = line
  }

  private func lineStart(of place: Int) -> Int {
    bytes[..<min(place, bytes.count)].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
  }

  /// The first byte of the next line.
  private func lineEnd(from place: Int) -> Int {
    bytes[min(place, bytes.count)...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
      ?? bytes.count
  }

  private func looksLikeStatement(_ line: Int) -> Bool {
    let text = bytes[line...].prefix { $0 != UInt8(ascii: "\n") }.drop { Self.isBlank($0) }
    if text.first == UInt8(ascii: "[") {
      let name = text.drop { $0 == UInt8(ascii: "[") }
      return name.first.map(Self.isBareKey) == true
        && name.drop { Self.isBareKey($0) || ". \"'".utf8.contains($0) }.first
          == UInt8(ascii: "]")
    }
    let afterKey = text.drop { Self.isBareKey($0) || $0 == UInt8(ascii: ".") }
    return afterKey.count < text.count
      && afterKey.drop { Self.isBlank($0) }.first == UInt8(ascii: "=")
  }
}
