import Foundations
import TestSupport
import Testing

@Suite("TOML there and back")
struct TOMLRoundTripTests {
  @Test("any value that is written reads back the same")
  func valuesRoundTrip() throws {
    try property("TOML values round trip", times: 400) { generator in
      let value = randomValue(depth: 4, using: &generator)
      let document = TOMLReader.read("value = \(value.text)\n")
      #expect(document.problems == [])
      #expect(document.root["value"] == value)
    }
  }

  @Test("texts read back scalar by scalar")
  func textsRoundTrip() throws {
    try property("texts through TOML", times: 1_000) { generator in
      let text = String.random(upTo: 40, using: &generator)
      let key = String.random(upTo: 8, using: &generator)
      let document = TOMLReader.read("\(TOMLValue.keyText(key)) = \(TOMLValue.quoted(text))")
      #expect(document.problems == [])
      guard case .string(let back)? = document.root.entries.first?.node.value else {
        Issue.record("no text")
        return
      }
      #expect(Array(back.unicodeScalars) == Array(text.unicodeScalars))
      #expect(document.root.entries.first.map { Array($0.key.utf8) } == Array(key.utf8))
    }
  }

  @Test("a tree reads the same as headers, as dotted keys and as inline tables")
  func treesRoundTrip() throws {
    try property("TOML trees round trip", times: 200) { generator in
      let tree = randomTree(depth: 3, using: &generator)
      let expected = TOMLReader.read("root = \(tree.inline)")
      #expect(expected.problems == [])
      for text in [tree.headers(["root"]), tree.dotted(["root"])] {
        let document = TOMLReader.read(text)
        #expect(document.problems == [], "\(text)")
        #expect(
          document.root["root"].map(Tree.init(reading:)) == Tree(reading: expected.root["root"]))
      }
    }
  }

  @Test("damaged text ends in a document with its problems, never in a crash")
  func survivesDamage() throws {
    let sample = Array(
      """
      a.b = [1, 2.5, "x", 'y', true, 1979-05-27T07:32:00Z] # note
      [t."q"]
      s = \"\"\"lines \\
        more\"\"\"
      i = { a = 1, b = { c = 0xff } }
      [[l]]
      é"
      """.utf8)
    try property("damaged TOML", times: 1_500) { generator in
      var bytes = sample
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        default:
          bytes.insert("\"'[]{}=.,#\n\\".utf8.randomElement(using: &generator) ?? 0, at: place)
        }
      }
      let document = TOMLReader.read(bytes)
      for problem in document.problems {
        let position = document.position(of: problem.place.lowerBound)
        #expect(problem.place.upperBound <= bytes.count)
        #expect(position.line >= 1 && position.column >= 1)
      }
      let lines = document.problems.map(\.place.lowerBound)
      #expect(lines.count <= TOMLReader.Limits().problems)
    }
  }

  private func randomValue(
    depth: Int, using generator: inout some RandomNumberGenerator
  ) -> TOMLValue {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
    case 0: return .boolean(.random(using: &generator))
    case 1: return .integer(.random(in: .min ... .max, using: &generator))
    case 2:
      let value = Double(bitPattern: .random(in: 0...UInt64.max, using: &generator))
      return .float(value.isNaN ? 0.5 : value)
    case 3: return .string(.random(upTo: 8, using: &generator))
    case 4: return TOMLReader.read("d = 2026-11-21T01:19:43.5+01:00").root["d"] ?? .boolean(false)
    case 5:
      let count = Int.random(in: 0...4, using: &generator)
      let values = (0..<count).map { _ in randomValue(depth: depth - 1, using: &generator).text }
      return TOMLReader.read("a = [\(values.joined(separator: ", "))]").root["a"] ?? .boolean(false)
    default:
      let count = Int.random(in: 0...4, using: &generator)
      let members = (0..<count).map { place in
        let key = "\(place)" + String.random(upTo: 4, using: &generator)
        return
          "\(TOMLValue.keyText(key)) = \(randomValue(depth: depth - 1, using: &generator).text)"
      }
      return TOMLReader.read("t = {\(members.joined(separator: ","))}").root["t"] ?? .boolean(false)
    }
  }

  private func randomTree(depth: Int, using generator: inout some RandomNumberGenerator) -> Tree {
    guard depth > 0, Int.random(in: 0..<4, using: &generator) > 0 else {
      return .leaf(.random(in: 0...9, using: &generator))
    }
    let count = Int.random(in: 1...4, using: &generator)
    return .branch(
      (0..<count).map {
        (String("abcd".dropFirst($0).prefix(1)), randomTree(depth: depth - 1, using: &generator))
      })
  }
}

/// Tables of numbers, which can be written in three ways.
private indirect enum Tree: Equatable {
  case leaf(Int64)
  case branch([(String, Tree)])

  /// The tree that was read.
  init(reading value: TOMLValue?) {
    switch value {
    case .table(let table):
      self = .branch(
        table.entries.map { ($0.key, Tree(reading: $0.node.value)) })
    case .integer(let number): self = .leaf(number)
    default: self = .leaf(-1)
    }
  }

  static func == (left: Tree, right: Tree) -> Bool {
    switch (left, right) {
    case (.leaf(let left), .leaf(let right)): left == right
    case (.branch(let left), .branch(let right)):
      left.count == right.count
        && left.allSatisfy { one in right.contains { $0.0 == one.0 && $0.1 == one.1 } }
    default: false
    }
  }

  var inline: String {
    switch self {
    case .leaf(let number): "\(number)"
    case .branch(let members):
      "{" + members.map { "\($0.0) = \($0.1.inline)" }.joined(separator: ", ") + "}"
    }
  }

  /// As keys below headers; the leaves of a table come first, since a header ends it.
  func headers(_ path: [String]) -> String {
    guard case .branch(let members) = self else { return dotted(path) }
    let (leaves, tables) = (members.filter(\.1.isLeaf), members.filter { !$0.1.isLeaf })
    return "[\(path.joined(separator: " . "))]\n"
      + leaves.map { $0.1.dotted([$0.0]) }.joined()
      + tables.map { $0.1.headers(path + [$0.0]) }.joined()
  }

  /// As keys with dots.
  func dotted(_ path: [String]) -> String {
    switch self {
    case .leaf(let number): path.joined(separator: ".") + " = \(number)\n"
    case .branch(let members): members.map { $0.1.dotted(path + [$0.0]) }.joined()
    }
  }

  private var isLeaf: Bool { if case .leaf = self { true } else { false } }
}
