/// What was kept of an output.
package struct KeptBytes: Sendable, Equatable {
  /// The bytes; the last ones where the output was longer than what is kept.
  package let bytes: [UInt8]
  /// How many bytes were written in all.
  package let total: Int

  /// Whether some were dropped.
  package var isTruncated: Bool { total > bytes.count }

  /// The bytes as text; what is no UTF-8 becomes U+FFFD.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The last lines that say anything, oldest first.
  package func lastLines(_ count: Int) -> [String] {
    // Progress lines end in a carriage return; "\r\n" is a single character of its own in Swift.
    let lines = text.split { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
    return lines.filter { !$0.allSatisfy(\.isWhitespace) }.suffix(count).map(String.init)
  }
}
