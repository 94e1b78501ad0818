/// A file name that is safe everywhere: on a command line, in an archive, on Windows, on a screen.
///
/// Two ways lead to one. `from(untrusted:)` mends any text, for files we may name as we like (an
/// upload, a download, a title); `check` refuses, for callers who must be told. What mending gives
/// always passes the check, and mending it again changes nothing.
package struct SafeName: Sendable, Hashable, CustomStringConvertible {
  /// The longest name that every file system takes, in bytes.
  package static let longest = 255

  // Room for the longest stand-in and for one character of an extension.
  private static let shortest = 8
  private static let longestExtension = 24
  private static let fallback = "file"

  /// The name.
  package let text: String

  private init(known text: String) { self.text = text }

  package var description: String { text }

  /// The name as an entry of a folder.
  package var fileName: FileName {
    guard let name = FileName(text: text) else { preconditionFailure("a safe name is a name") }
    return name
  }

  /// A name as close to the text as is safe; the extension survives where the text is too long.
  package static func from(untrusted text: String, limit: Int = longest) -> SafeName {
    let limit = min(max(limit, shortest), longest)
    var name = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !ShownText.isHidden(scalar) {
      name.append(separators.contains(scalar) ? "_" : scalar)
    }
    // Twice, because cutting may lay a device's name bare that space had hidden.
    let mended = unreserved(shortened(unreserved(trimmed(String(name))), to: limit))
    return SafeName(known: mended.isEmpty ? fallback : mended)
  }

  /// The text itself as a safe name; a failure that says what is wrong with it.
  package static func check(_ text: String) throws(FileFailure) -> SafeName {
    if let (code, reason) = fault(of: text) {
      throw FileFailure(
        code, "\"\(ShownText.of(String(text.prefix(200))))\" cannot be a file's name: \(reason)",
        hint: "a name like \"\(from(untrusted: text))\" would do")
    }
    return SafeName(known: text)
  }

  private static func fault(of text: String) -> (FailureCode, String)? {
    if text.isEmpty { return (.nameUnsafe, "it is empty") }
    if text == "." || text == ".." { return (.pathEscapes, "it names a folder's own place") }
    if text.utf8.contains(UInt8(ascii: "/")) { return (.pathEscapes, "it has a slash in it") }
    if text.unicodeScalars.contains(where: separators.contains) {
      return (.nameUnsafe, "it has one of \\ : * ? \" < > | in it")
    }
    if text.unicodeScalars.contains(where: ShownText.isHidden) {
      return (.nameUnsafe, "it has a character in it that cannot be seen")
    }
    if text.utf8.count > longest { return (.nameTooLong, "it has more than \(longest) bytes") }
    if trimmed(text).utf8.count != text.utf8.count {
      return (.nameUnsafe, "it begins with a dot, dash or space, or ends with a dot or space")
    }
    if isReserved(text) { return (.nameUnsafe, "Windows keeps that name for a device") }
    return nil
  }

  // What parts a path, here or on Windows, and what Windows or a shell gives a meaning of its own.
  private static let separators: Set<Unicode.Scalar> = [
    "/", "\\", ":", "*", "?", "\"", "<", ">", "|",
  ]

  /// Without a dot (a hidden file), a dash (an option) or a space at the beginning, and without
  /// the dots and spaces at the end that Windows drops in silence.
  private static func trimmed(_ text: String) -> String {
    // By scalar and not by character, because a space with an accent on it is one character.
    let scalars = text.unicodeScalars
    let start = scalars.firstIndex { !($0 == "." || $0 == "-" || $0.properties.isWhitespace) }
    let end = scalars.lastIndex { !($0 == "." || $0.properties.isWhitespace) }
    guard let start, let end, start <= end else { return "" }
    return String(scalars[start...end])
  }

  /// Whether Windows takes the name for a device, whatever follows its first dot.
  private static func isReserved(_ text: String) -> Bool {
    let stem = String(text.unicodeScalars.prefix { $0 != "." }).uppercased()
    let bare = String(stem.reversed().drop { $0 == " " }.reversed())
    if ["CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$"].contains(bare) { return true }
    guard bare.hasPrefix("COM") || bare.hasPrefix("LPT") else { return false }
    let number = bare.dropFirst(3)
    return number.count == 1 && "0123456789¹²³".contains(number)
  }

  private static func unreserved(_ text: String) -> String {
    isReserved(text) ? "_" + text : text
  }

  /// Cut between characters so that it fits, from the stem and not from the extension.
  private static func shortened(_ text: String, to limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    var suffix = ""
    if let dot = text.lastIndex(of: "."),
      text[dot...].utf8.count <= min(longestExtension, limit / 2)
    {
      suffix = String(text[dot...])
    }
    let stem = text.dropLast(suffix.count)
    let room = limit - suffix.utf8.count
    return trimmed(prefix(of: stem, fitting: room) + suffix)
  }

  private static func prefix(of text: Substring, fitting room: Int) -> String {
    var cut = ""
    var used = 0
    for character in text {
      used += character.utf8.count
      if used > room { break }
      cut.append(character)
    }
    if !cut.isEmpty { return cut }
    // One endless character, as a heap of accents makes it, is cut inside.
    var scalars = String.UnicodeScalarView()
    used = 0
    for scalar in text.unicodeScalars {
      used += UTF8.width(scalar)
      if used > room { break }
      scalars.append(scalar)
    }
    return String(scalars)
  }
}
