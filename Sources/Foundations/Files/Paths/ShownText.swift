/// Text from outside made fit to be shown on a terminal and in messages.
package enum ShownText {
  /// The text with control characters and those that turn the direction of writing spelled out as
  /// `\u{1B}`, so that a file's name cannot clear the screen or disguise its ending.
  package static func of(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard isHidden(scalar) else {
        shown.append(scalar)
        continue
      }
      shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars
    }
    return String(shown)
  }

  /// Whether a character acts on what shows it instead of being shown.
  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // Controls, and the separators that some readers take for the end of a line.
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
    // The marks, embeddings, overrides and isolates of the two directions of writing.
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    // Invisible, but no part of any script: the byte-order mark and the old annotation signs.
    case 0xFEFF, 0xFFF9...0xFFFB: true
    default: false
    }
  }
}
