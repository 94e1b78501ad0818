/// Letters as the search compares them: small, without accents.
///
/// The index folds every script by itself; this is for what is compared outside of it.
enum LetterFolding {
  private static let plain: [(letter: String, accented: String)] = [
    ("a", "àáâãäåāăą"), ("c", "çćĉċč"), ("d", "ď"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"),
    ("h", "ĥ"), ("i", "ìíîïĩīĭį"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľ"), ("n", "ñńņň"),
    ("o", "òóôõöōŏő"), ("r", "ŕŗř"), ("s", "śŝşš"), ("t", "ţť"), ("u", "ùúûüũūŭůűų"),
    ("w", "ŵ"), ("y", "ýÿŷ"), ("z", "źżž"),
  ]

  private static let table: [Unicode.Scalar: Unicode.Scalar] = {
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (letter, accented) in plain {
      for scalar in accented.unicodeScalars { table[scalar] = letter.unicodeScalars.first }
    }
    return table
  }()

  /// A letter as it is compared.
  static func folded(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    if scalar.isASCII, scalar.properties.isLowercase { return [scalar] }
    let small = scalar.properties.lowercaseMapping.unicodeScalars
    return small.filter { !isMark($0) }.map { table[$0] ?? $0 }
  }

  /// Whether it is an accent by itself, which belongs to the letter before it.
  static func isMark(_ scalar: Unicode.Scalar) -> Bool { (0x300...0x36F).contains(scalar.value) }
}
