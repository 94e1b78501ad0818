extension StringProtocol {
  /// The text with every character made visible that could forge a line or command a terminal.
  ///
  /// Line ends and tabs become `\n`, `\r`, `\t`; other control characters `\u{1b}`. The signs that
  /// turn the direction of writing go too, since they can make a text read as another.
  package var escapingControls: String {
    guard unicodeScalars.contains(where: \.commandsTheReader) else { return String(self) }
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.commandsTheReader:
        text += "\\u{\(String(scalar.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  /// Whether it acts on a terminal or on the order of what is read, instead of being seen.
  fileprivate var commandsTheReader: Bool {
    switch value {
    case 0..<0x20, 0x7F, 0x80..<0xA0: true  // C0, DEL, C1
    case 0x2028, 0x2029: true  // line and paragraph separator
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true  // direction of writing
    default: false
    }
  }
}
