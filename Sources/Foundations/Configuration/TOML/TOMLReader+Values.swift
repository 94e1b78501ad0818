extension TOMLReader {
  /// Reads any value.
  mutating func value(depth: Int) throws(TOMLProblem) -> TOMLNode {
    guard depth < limits.depth else {
      throw here("values may nest at most \(limits.depth) deep")
    }
    let start = place
    let value: TOMLValue =
      switch next {
      case UInt8(ascii: "\""):
        .string(starts(with: "\"\"\"") ? try basicLines() : try basicLine())
      case UInt8(ascii: "'"):
        .string(starts(with: "'''") ? try literalLines() : try literalLine())
      case UInt8(ascii: "["): .array(try array(depth: depth))
      case UInt8(ascii: "{"): .table(try inlineTable(depth: depth))
      default: try word()
      }
    return TOMLNode(value: value, place: start..<place)
  }

  private mutating func array(depth: Int) throws(TOMLProblem) -> [TOMLNode] {
    var elements: [TOMLNode] = []
    let start = place
    place += 1
    while true {
      try skipLines()
      if take(UInt8(ascii: "]")) { return elements }
      guard place < bytes.count else { throw since(start, "this list is never closed") }
      elements.append(try value(depth: depth + 1))
      try skipLines()
      if take(UInt8(ascii: ",")) { continue }
      guard place < bytes.count else { throw since(start, "this list is never closed") }
      guard next == UInt8(ascii: "]") else { throw here("a comma or ] should be here") }
    }
  }

  private mutating func inlineTable(depth: Int) throws(TOMLProblem) -> TOMLTable {
    let table = TOMLDraft(.header)
    place += 1
    skipBlanks()
    if take(UInt8(ascii: "}")) { return table.table }
    while true {
      let (keys, node) = try assignment(depth: depth + 1)
      try table.define(keys, as: node)
      skipBlanks()
      if take(UInt8(ascii: "}")) { return table.table }
      guard take(UInt8(ascii: ",")) else {
        throw here(
          "a comma or } should be here", hint: "an inline table stands on one line; use a [table]")
      }
      skipBlanks()
      guard next != UInt8(ascii: "}") else {
        throw here("no comma may stand before the closing brace")
      }
    }
  }

  /// Reads a value without quotes or brackets: a number, a date, `true`, `false`.
  private mutating func word() throws(TOMLProblem) -> TOMLValue {
    let start = place
    while let byte = next, Self.isBareKey(byte) || "+.:".utf8.contains(byte) { place += 1 }
    joinTime(toDateFrom: start)
    let word = bytes[start..<place]
    guard !word.isEmpty else { throw here("a value should be here") }
    if let date = TOMLDateTime(word) { return .dateTime(date) }
    switch String(decoding: word, as: UTF8.self) {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "inf", "+inf": return .float(.infinity)
    case "-inf": return .float(-.infinity)
    case "nan", "+nan", "-nan": return .float(.nan)
    case let text: return try number(text, from: start)
    }
  }

  /// A date and a time may be parted by a space, which ends any other value.
  private mutating func joinTime(toDateFrom start: Int) {
    let rest = bytes[place...].prefix(4)
    guard place - start == 10, bytes[start + 4] == UInt8(ascii: "-"), rest.count == 4,
      rest.first == 0x20, rest.last == UInt8(ascii: ":"),
      rest.dropFirst().first.map(Self.isDigit) == true
    else { return }
    place += 1
    while let byte = next, Self.isBareKey(byte) || "+.:".utf8.contains(byte) { place += 1 }
  }
}
