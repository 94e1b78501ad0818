/// One pass over a text that copies all of it but the secrets.
struct RedactionScan {
  private let bytes: [UInt8]
  private let rule: Redaction
  private var place = 0
  private var safe: [UInt8] = []

  init(_ text: String, _ rule: Redaction) {
    bytes = Array(text.utf8)
    self.rule = rule
  }

  mutating func run() -> String {
    while place < bytes.count {
      // By the first byte, since every byte of every line of the log comes by here.
      let byte = bytes[place]
      if Self.isWord(byte) {
        word()
      } else if byte == UInt8(ascii: ":"), bytes[place...].starts(with: "://".utf8) {
        copy(3)
        hideUser()
      } else if byte == UInt8(ascii: "%"), let escape = percentEscape(at: place) {
        copy(escape.count)
      } else {
        copy(1)
      }
    }
    return String(decoding: safe, as: UTF8.self)
  }

  private mutating func copy(_ count: Int) {
    safe += bytes[place..<min(place + count, bytes.count)]
    place += count
  }

  /// Puts the mark in the place of everything up to `end`.
  private mutating func hide(upTo end: Int) {
    guard end > place else { return }
    safe += Redaction.mark.utf8
    place = end
  }

  /// Hides `user:password@` of a URL.
  private mutating func hideUser() {
    let authority = bytes[place...].prefix { !Self.isSpace($0) && !"/?#\"'<>\\".utf8.contains($0) }
    if let at = authority.lastIndex(of: UInt8(ascii: "@")) { hide(upTo: at) }
  }

  /// Copies a word, and hides what follows it if it names a secret.
  private mutating func word() {
    let start = place
    var end = place
    while end < bytes.count, Self.isWord(bytes[end]) { end += 1 }
    let word = bytes[start..<end]
    copy(word.count)
    if Self.isScheme(word) { return hideToken(after: word) }
    // What follows is looked at first: most words are no names of anything.
    if let separator = separator() {
      guard rule.isSecret(word, inQuery: isInQuery(start)) else { return }
      copy(separator.end - place)
      hideValue(of: word, isHeader: separator.isColon, isEscaped: separator.isEscaped)
    } else if word.starts(with: "--".utf8), place < bytes.count, Self.isSpace(bytes[place]) {
      guard rule.isSecret(word, inQuery: false) else { return }
      copy(1)
      if place < bytes.count, bytes[place] != UInt8(ascii: "-") {
        hideValue(of: word, isHeader: false, isEscaped: false)
      }
    }
  }

  /// Whether a name begins a query's part: `?` or `&` stands before it, or `%3F` or `%26`.
  private func isInQuery(_ start: Int) -> Bool {
    if start > 0, "?&".utf8.contains(bytes[start - 1]) { return true }
    guard start >= 3, let escape = percentEscape(at: start - 3) else { return false }
    return escape.elementsEqual("%3F".utf8) || escape.elementsEqual("%26".utf8)
  }

  private struct Separator {
    /// Where the value begins, with its quote.
    let end: Int
    let isColon: Bool
    /// Whether the text is a URL within a URL, whose signs are written as `%3D`.
    let isEscaped: Bool
  }

  /// The `=` or `:` that follows a name, which may stand in quotes.
  private func separator() -> Separator? {
    var end = place
    while end < bytes.count, Self.isQuoteOrBackslash(bytes[end]) { end += 1 }
    while end < bytes.count, bytes[end] == 0x20 { end += 1 }
    guard end < bytes.count else { return nil }
    if let escape = percentEscape(at: end) {
      guard escape.elementsEqual("%3D".utf8) else { return nil }
      return Separator(end: end + 3, isColon: false, isEscaped: true)
    }
    guard "=:".utf8.contains(bytes[end]) else { return nil }
    let isColon = bytes[end] == UInt8(ascii: ":")
    end += 1
    while end < bytes.count, bytes[end] == 0x20 { end += 1 }
    return Separator(end: end, isColon: isColon, isEscaped: false)
  }

  private mutating func hideValue(of name: ArraySlice<UInt8>, isHeader: Bool, isEscaped: Bool) {
    // The quotes around a value stay, so that the rest still reads as JSON or shell.
    let isEscapedQuote = place < bytes.count && bytes[place] == UInt8(ascii: "\\")
    let quotePlace = isEscapedQuote ? place + 1 : place
    if quotePlace < bytes.count, "\"'".utf8.contains(bytes[quotePlace]) {
      let quote = bytes[quotePlace]
      copy(quotePlace + 1 - place)
      hide(upTo: isEscapedQuote ? endOfEscaped(quote) : endOfQuoted(quote))
    } else if isHeader, Self.isHeader(name) {
      hide(upTo: bytes[place...].firstIndex { "\r\n\"'".utf8.contains($0) } ?? bytes.count)
    } else if isEscaped {
      var end = place
      while end < bytes.count, !Self.endsValue(bytes[end]),
        percentEscape(at: end)?.elementsEqual("%26".utf8) != true
      { end += 1 }
      hide(upTo: end)
    } else {
      hide(upTo: endOfPlain())
    }
  }

  /// The end of a text in quotes: the next such quote that no backslash takes for a letter.
  private func endOfQuoted(_ quote: UInt8) -> Int {
    var end = place
    while end < bytes.count, bytes[end] != quote, bytes[end] != UInt8(ascii: "\n") {
      end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(end, bytes.count)
  }

  /// The end of a text whose quotes stand behind backslashes, as in JSON within JSON.
  private func endOfEscaped(_ quote: UInt8) -> Int {
    let next = bytes[place...].firstIndex { $0 == quote || $0 == UInt8(ascii: "\n") }
    guard let next else { return bytes.count }
    let isBehindBackslash = next > place && bytes[next - 1] == UInt8(ascii: "\\")
    return isBehindBackslash ? next - 1 : next
  }

  /// The end of a value without quotes; of `Bearer abc` that of both words.
  private func endOfPlain() -> Int {
    let first = bytes[place...].prefix { !Self.endsValue($0) }
    guard Self.isScheme(first), first.endIndex < bytes.count, bytes[first.endIndex] == 0x20 else {
      return first.endIndex
    }
    return bytes[(first.endIndex + 1)...].prefix { !Self.endsValue($0) }.endIndex
  }

  /// Hides what follows `Bearer` or `Basic`, if it looks like a token and not like a word.
  private mutating func hideToken(after scheme: ArraySlice<UInt8>) {
    guard place < bytes.count, bytes[place] == 0x20 else { return }
    let token = bytes[(place + 1)...].prefix { !Self.endsValue($0) }
    let isWord = token.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    guard token.count >= 6, !isWord || scheme.count == 6 else { return }
    copy(1)
    hide(upTo: token.endIndex)
  }

  /// The three bytes of `%3D`, in capitals; nil where none stand there.
  private func percentEscape(at place: Int) -> [UInt8]? {
    guard place + 3 <= bytes.count, bytes[place] == UInt8(ascii: "%") else { return nil }
    let escape = bytes[place..<place + 3]
    guard
      escape.dropFirst().allSatisfy({ $0 < 0x80 && Character(Unicode.Scalar($0)).isHexDigit })
    else { return nil }
    return escape.map { (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) ? $0 & ~0x20 : $0 }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    TOMLReader.isBareKey(byte) || byte == UInt8(ascii: ".")
  }

  private static func isQuoteOrBackslash(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\")
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  private static func endsValue(_ byte: UInt8) -> Bool {
    // Few signs on purpose: a password may hold a comma or a bracket, and to hide one sign too
    // many does no harm.
    isSpace(byte) || "&\"'<>".utf8.contains(byte)
  }

  private static func isScheme(_ word: ArraySlice<UInt8>) -> Bool {
    (5...6).contains(word.count)
      && ["bearer", "basic"].contains(String(decoding: word, as: UTF8.self).lowercased())
  }

  /// Headers whose value goes to the end of the line, with spaces in it.
  private static func isHeader(_ word: ArraySlice<UInt8>) -> Bool {
    let name = String(decoding: word, as: UTF8.self).lowercased()
    return name.hasSuffix("authorization") || name.hasSuffix("cookie")
  }
}
