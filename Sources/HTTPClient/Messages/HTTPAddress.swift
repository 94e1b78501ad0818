import Foundations

/// Where a request goes: an address of the form `http://` or `https://`.
///
/// Read by a grammar that is narrower than a browser's, so that no two readers can take it for two
/// different machines.
package struct HTTPAddress: Sendable, Hashable, CustomStringConvertible {
  /// The address as it is asked for, with its secrets.
  let text: String
  /// Whether the whole of it is a secret, as with a webhook's whose path lets anybody in.
  let isSecret: Bool
  /// `https://example.org:8443`, without user and password.
  package let origin: String
  /// Whether what goes there is encrypted.
  package let isEncrypted: Bool

  /// Reads an address; what is wrong with it is told without showing it.
  ///
  /// - Parameters:
  ///   - isSecret: whether messages may show no more of it than the machine.
  package init(_ text: String, isSecret: Bool = false) throws(HTTPFailure) {
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"\\\"<>^`{|}".utf8.contains($0) })
    else {
      throw Self.refusal(
        "the address holds characters that no address has",
        "write them as %20 and the like, and names of other scripts as xn--…")
    }
    guard let (scheme, rest) = Self.scheme(of: text) else {
      throw Self.refusal(
        "the address does not begin with http:// or https://", "write it out in full")
    }
    let authority = rest.prefix { !"/?#".utf8.contains($0) }
    let parts = authority.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count <= 2, let place = parts.last, Self.isPlace(place) else {
      throw Self.refusal(
        "the address names no machine", "it looks like https://example.org:8443/path")
    }
    self.text = text
    self.isSecret = isSecret
    origin = "\(scheme)://\(String(decoding: place, as: UTF8.self))"
    isEncrypted = scheme == "https"
  }

  /// The address for messages: without user, password and tokens; of a secret one the machine alone.
  package var description: String {
    if isSecret { return origin }
    let path = text.utf8.drop { $0 != UInt8(ascii: ":") }.dropFirst(3).drop {
      !"/?#".utf8.contains($0)
    }
    return origin + Redaction.standard.text(String(decoding: path, as: UTF8.self))
  }

  private static func refusal(_ message: String, _ hint: String) -> HTTPFailure {
    HTTPFailure(.httpBadURL, message, hint: hint)
  }

  private static func scheme(of text: String) -> (String, Substring.UTF8View)? {
    for scheme in ["http", "https"] {
      let start = text.prefix(scheme.count + 3)
      guard start.lowercased() == scheme + "://" else { continue }
      return (scheme, text[start.endIndex...].utf8)
    }
    return nil
  }

  /// Whether it is a machine's name or number, with or without a port.
  private static func isPlace(_ place: Substring.UTF8View) -> Bool {
    let bytes = Array(place)
    var host = bytes[...]
    if bytes.first == UInt8(ascii: "[") {
      guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
      host = bytes[1..<end]
      guard host.contains(UInt8(ascii: ":")),
        host.allSatisfy({ isHex($0) || ":.".utf8.contains($0) })
      else { return false }
      return isPort(bytes[(end + 1)...])
    }
    host = bytes.prefix { $0 != UInt8(ascii: ":") }
    return !host.isEmpty && host.allSatisfy { isLetterOrDigit($0) || "-._".utf8.contains($0) }
      && isPort(bytes[host.endIndex...])
  }

  private static func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let colon = bytes.first else { return true }
    let digits = bytes.dropFirst()
    guard colon == UInt8(ascii: ":"), (1...5).contains(digits.count),
      let port = Int(String(decoding: digits, as: UTF8.self)), digits.first != UInt8(ascii: "+")
    else { return false }
    return (1...65_535).contains(port)
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    Character(Unicode.Scalar(byte)).isHexDigit && byte < 0x80
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    let character = Character(Unicode.Scalar(byte))
    return byte < 0x80 && (character.isLetter || character.isNumber)
  }
}
