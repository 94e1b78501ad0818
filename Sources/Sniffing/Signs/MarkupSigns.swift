/// XML, SVG and HTML, by the first tag that means something.
///
/// A server's error page must never pass for a picture: whatever begins as HTML is HTML, however
/// the file is called and whatever follows.
enum MarkupSigns {
  private static let html: Set<String> = [
    "html", "head", "body", "title", "script", "style", "meta", "link", "iframe", "table", "div",
    "font", "center", "h1", "h2", "h3", "a", "b", "p", "br", "pre", "form", "img", "span",
  ]

  static func type(of text: ArraySlice<UInt8>) -> ContentType? {
    var rest = text
    var isXML = false
    while let next = rest.first, next == UInt8(ascii: "<") {
      if begins(rest, "<?") {
        isXML = isXML || begins(rest, "<?xml")
        guard let after = skip(rest, past: "?>") else { break }
        rest = after
      } else if begins(rest, "<!--") {
        guard let after = skip(rest.dropFirst(4), past: "-->") else { break }
        rest = after
      } else if begins(rest, "<!doctype") {
        let name = word(rest.dropFirst(9).drop(while: TextSigns.isSpace))
        if name == "html" { return .html }
        if name == "svg" { return .svg }
        isXML = true
        guard let after = skipDeclaration(rest) else { break }
        rest = after
      } else {
        return byRoot(rest, isXML)
      }
      rest = rest.drop(while: TextSigns.isSpace)
    }
    return isXML ? .xml : nil
  }

  private static func byRoot(_ text: ArraySlice<UInt8>, _ isXML: Bool) -> ContentType? {
    let tag = word(text.dropFirst())
    // A prefix names the same language: <svg:svg>.
    let name = tag.split(separator: ":").last.map(String.init) ?? ""
    if name == "svg" { return .svg }
    if html.contains(name), !isXML || name == "html" { return .html }
    if isXML { return .xml }
    // Without a declaration it is XML only where the tag says what language it is in.
    let head = String(decoding: text.prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)
    return !name.isEmpty && head.contains("xmlns") ? .xml : nil
  }

  /// A name, in small letters.
  private static func word(_ text: ArraySlice<UInt8>) -> String {
    let letters = text.prefix {
      $0 >= 0x80 || (48...58).contains($0) || (65...90).contains($0) || (97...122).contains($0)
        || $0 == 95 || $0 == 45 || $0 == 46
    }
    return String(decoding: letters, as: UTF8.self).lowercased()
  }

  private static func begins(_ text: ArraySlice<UInt8>, _ sign: String) -> Bool {
    String(decoding: text.prefix(sign.utf8.count), as: UTF8.self).lowercased() == sign
  }

  /// What follows behind a sign; nil where the head ends before it.
  private static func skip(_ text: ArraySlice<UInt8>, past sign: String) -> ArraySlice<UInt8>? {
    let sign = Array(sign.utf8)
    var rest = text
    while let first = rest.firstIndex(of: sign[0]) {
      rest = rest[first...]
      if rest.starts(with: sign) { return rest.dropFirst(sign.count) }
      rest = rest.dropFirst()
    }
    return nil
  }

  /// What follows behind a document type, which may hold declarations in brackets.
  private static func skipDeclaration(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var isInside = false
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "["): isInside = true
      case UInt8(ascii: "]"): isInside = false
      case UInt8(ascii: ">") where !isInside: return text[(index + 1)...]
      default: break
      }
    }
    return nil
  }
}
