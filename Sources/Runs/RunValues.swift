import Foundations

/// What the texts and names of a run may be.
enum RunValues {
  /// The most bytes of an input or transformed text; each change of a run writes it again.
  static let longestText = 1 << 20
  /// The most bytes of another file that comes as a whole.
  static let longestEntity = 64 << 20

  /// A text from outside, cut for a message.
  static func shown(_ text: String) -> String { ShownText.of(String(text.prefix(80))) }

  /// Holds a short name (a schema's, a user's) to its bounds.
  static func checkName(_ text: String, _ what: String) throws(RunFailure) {
    guard (1...200).contains(text.utf8.count), !text.utf8.contains(where: { $0 < 32 }) else {
      throw RunFailure(
        .runBadValue, "\(what) has from 1 to 200 bytes and no control characters")
    }
  }

  /// Holds a text to its bounds.
  static func checkText(_ text: String, _ what: String) throws(RunFailure) {
    guard text.utf8.count <= longestText else {
      throw RunFailure(
        .runBadValue, "\(what) has \(text.utf8.count) bytes, and up to \(longestText) are taken",
        hint: "add it as a file of the run")
    }
  }

  /// Holds a type to what can be part of a filename: small letters, digits, `_` and `-`.
  static func checkType(_ text: String) throws(RunFailure) {
    let isGood =
      (1...40).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (97...122).contains(byte) || (48...57).contains(byte) || byte == 95 || byte == 45
      }
    guard isGood, text.utf8.first != 45 else {
      throw RunFailure(
        .runBadValue, "\"\(shown(text))\" is no type",
        hint: "a type has up to 40 small letters, digits, _ and -: image, audio, video, model3d")
    }
  }
}
