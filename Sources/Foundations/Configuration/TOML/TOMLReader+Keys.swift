extension TOMLReader {
  /// Reads a key with its dots: `a`, `a.b`, `"a b" . c`.
  mutating func keyPath() throws(TOMLProblem) -> [TOMLDraft.Key] {
    var keys: [TOMLDraft.Key] = []
    repeat {
      skipBlanks()
      keys.append(try key())
      skipBlanks()
      guard keys.count <= limits.depth else {
        throw here("a key may have at most \(limits.depth) parts")
      }
    } while take(UInt8(ascii: "."))
    return keys
  }

  private mutating func key() throws(TOMLProblem) -> TOMLDraft.Key {
    let start = place
    switch next {
    case UInt8(ascii: "\""):
      let name = try basicLine()
      return TOMLDraft.Key(name: name, place: start..<place)
    case UInt8(ascii: "'"):
      let name = try literalLine()
      return TOMLDraft.Key(name: name, place: start..<place)
    default:
      while let byte = next, Self.isBareKey(byte) { place += 1 }
      guard place > start else {
        throw here(
          "a key should be here",
          hint: "keys are of letters A to Z, digits, _ and -; others stand in quotes")
      }
      return TOMLDraft.Key(
        name: String(decoding: bytes[start..<place], as: UTF8.self), place: start..<place)
    }
  }
}
