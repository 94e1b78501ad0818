package import Foundations

/// One thing that was looked at in an output, before it gets its name.
package struct OutputCheck: Sendable, Hashable {
  /// What was looked at: "frames", "audio_2".
  package let name: String
  package let expected: String
  package let found: String
  package let isOK: Bool

  /// A verdict; that the two texts are the same, unless told otherwise.
  package init(_ name: String, expected: String, found: String, isOK: Bool? = nil) {
    self.name = name
    self.expected = expected
    self.found = found
    self.isOK = isOK ?? (expected == found)
  }

  /// `{name, expected, found, ok}`.
  package var json: JSONValue {
    [
      "name": .string(name), "expected": .string(expected), "found": .string(found),
      "ok": .bool(isOK),
    ]
  }
}

extension [OutputCheck] {
  /// Throws where any did not pass, naming them.
  package func require(_ path: FilePath) throws(EncodingFailure) {
    let bad = filter { !$0.isOK }
    guard let first = bad.first else { return }
    if bad.count == 1, first.name == LimitChecks.sizeName {
      throw .tooLarge(path, first.found, first.expected)
    }
    let others =
      bad.count > 1 ? "; also \(bad.dropFirst().map(\.name).joined(separator: ", "))" : ""
    throw EncodingFailure(
      .encodingCheckFailed,
      "\(path) did not pass its checks: \(first.name) is \(first.found), not \(first.expected)"
        + others,
      hint: "what was encoded is kept in the work folder; please report this with the message")
  }
}
