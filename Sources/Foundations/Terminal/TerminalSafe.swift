/// Makes foreign text safe to show: titles, tags, file names, what a child process said.
///
/// A terminal obeys what it is sent. A title could move the cursor, rename the window, answer for
/// the user, or turn the reading direction so that `exe.mp4` is read where `4pm.exe` stands. What
/// could do so is shown as an escape (`\x1b`, `\u202e`) and has no effect; everything else, of any
/// script, is left alone.
package enum TerminalSafe {
  /// Text for one line; line breaks and tabs are shown as `\n`, `\r`, `\t`.
  package static func line(_ text: some StringProtocol) -> String {
    escaped(text) { _ in false }
  }

  /// Text of several lines: newlines stay, all else as in `line`.
  package static func lines(_ text: some StringProtocol) -> String {
    escaped(text) { $0 == "\n" }
  }

  /// A path; bytes that are no UTF-8 are shown as `\xff`.
  package static func path(_ path: FilePath) -> String {
    if let text = String(validating: path.bytes, as: UTF8.self) { return line(text) }
    var safe = ""
    var rest = path.bytes[...]
    while let first = rest.first {
      if let (text, length) = leadingScalar(of: rest) {
        safe += line(text)
        rest = rest.dropFirst(length)
      } else {
        safe += "\\x" + String(first, radix: 16)
        rest = rest.dropFirst()
      }
    }
    return safe
  }

  /// The scalar that the bytes begin with, and how many of them it takes.
  private static func leadingScalar(of bytes: ArraySlice<UInt8>) -> (String, Int)? {
    for length in 1...4 {
      if let text = String(validating: bytes.prefix(length), as: UTF8.self) {
        return (text, length)
      }
    }
    return nil
  }

  private static func escaped(
    _ text: some StringProtocol, except isKept: (Unicode.Scalar) -> Bool
  ) -> String {
    // Nearly all text needs nothing done.
    if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return String(text) }
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isHarmful(scalar), !isKept(scalar) {
        safe.append(contentsOf: escape(of: scalar).unicodeScalars)
      } else {
        safe.append(scalar)
      }
    }
    return String(safe)
  }

  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00..<0x20, 0x7F..<0xA0: true  // controls; 0x9B alone begins an escape sequence
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true  // direction of reading
    case 0x2028, 0x2029: true  // line and paragraph separators
    case 0x00AD, 0x200B, 0x2060...0x2065, 0xFEFF, 0xFFF9...0xFFFB: true  // seen by nobody
    default: false
    }
  }

  private static func escape(of scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    default:
      let digits = String(scalar.value, radix: 16)
      return scalar.value < 0x100
        ? "\\x" + digits.zeroPadded(to: 2) : "\\u" + digits.zeroPadded(to: 4)
    }
  }
}
