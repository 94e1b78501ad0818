import Testing

/// A text for a test that is too long to stand in the test's report.
package struct LongText: Sendable, CustomTestStringConvertible, ExpressibleByStringLiteral {
  /// The whole of it.
  package let text: String

  package init(_ text: String) { self.text = text }

  package init(stringLiteral text: String) { self.text = text }

  /// A text that is a shorter one many times over, between a beginning and an end.
  package init(_ start: String = "", repeating part: String, count: Int, _ end: String = "") {
    text = start + String(repeating: part, count: count) + end
  }

  package var testDescription: String {
    text.utf8.count > 60
      ? "\(text.prefix(30).debugDescription)… \(text.utf8.count) bytes" : text.debugDescription
  }
}
