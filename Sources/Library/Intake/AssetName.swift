import Foundations

/// The name that an asset is shown under; never a path, whatever it looks like.
enum AssetName {
  /// How many bytes a name has at most.
  static let longest = 1_000

  /// The name that somebody gave; folders before it go, and what cannot be shown is refused.
  ///
  /// Accented letters stay as they were written, in one sign or in two.
  static func check(_ text: String) throws(LibraryFailure) -> String {
    let name = last(text)
    guard !name.isEmpty, name != ".", name != ".." else {
      throw LibraryFailure(
        .libraryBadName, "\"\(ShownText.of(String(text.prefix(80))))\" is no name")
    }
    guard name.utf8.count <= longest else {
      throw LibraryFailure(
        .libraryBadName, "a name of \(name.utf8.count) bytes is too long",
        hint: "use up to \(longest) bytes")
    }
    guard !name.unicodeScalars.contains(where: isControl) else {
      throw LibraryFailure(
        .libraryBadName,
        "\"\(ShownText.of(String(name.prefix(80))))\" has a control character in it")
    }
    return name
  }

  /// The name of a file of ours or of a folder that is imported, which must not fail for its name.
  static func mended(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in last(text).unicodeScalars { scalars.append(isControl(scalar) ? "_" : scalar) }
    var name = String(scalars)
    while name.utf8.count > longest { name.removeLast() }
    return name.isEmpty || name == "." || name == ".." ? "file" : name
  }

  private static func last(_ text: String) -> String {
    // By scalars: a letter may combine with the slash before it into one character.
    let scalars = text.unicodeScalars
    guard let slash = scalars.lastIndex(where: { $0 == "/" || $0 == "\\" }) else { return text }
    return String(scalars[scalars.index(after: slash)...])
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control || (0x202A...0x202E).contains(scalar.value)
      || (0x2066...0x2069).contains(scalar.value)
  }
}
