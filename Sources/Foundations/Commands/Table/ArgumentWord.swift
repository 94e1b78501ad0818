/// One word of a command line, as the system hands it over: bytes, which need not be UTF-8.
package struct ArgumentWord: Sendable, Hashable, ExpressibleByStringLiteral {
  /// The bytes, without the NUL at their end.
  package let bytes: [UInt8]

  /// A word from bytes.
  package init(bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  /// A word from text.
  package init(_ text: String) { self.init(bytes: text.utf8) }

  package init(stringLiteral value: String) { self.init(value) }

  /// The words this process was started with, without the program's name.
  ///
  /// Taken from the raw array: `CommandLine.arguments` mends what is no UTF-8, and the file of
  /// that name would no longer be found.
  package static func ofProcess() -> [ArgumentWord] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { place in
      guard let start = CommandLine.unsafeArgv[place] else { return nil }
      let bytes = sequence(first: start, next: { $0 + 1 }).lazy.map {
        UInt8(bitPattern: $0.pointee)
      }
      return ArgumentWord(bytes: bytes.prefix { $0 != 0 })
    }
  }

  /// The word as text; nil where it is no UTF-8.
  package var text: String? { String(validating: bytes, as: UTF8.self) }

  /// The word for messages; what is no UTF-8 becomes U+FFFD.
  package var shown: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether an option is written here: a hyphen and more, and not a negative number.
  var looksLikeOption: Bool {
    guard bytes.count > 1, bytes[0] == UInt8(ascii: "-") else { return false }
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    if digits.contains(bytes[1]) { return false }
    return !(bytes[1] == UInt8(ascii: ".") && bytes.count > 2 && digits.contains(bytes[2]))
  }
}
