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

  /// A letter or digit of ASCII as it is compared; nil for any other sign of it.
  static func foldedASCII(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39, 0x61...0x7A: byte
    case 0x41...0x5A: byte | 0x20
    default: nil
    }
  }

  /// A letter as it is compared.
  static func folded(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    let small = scalar.properties.lowercaseMapping.unicodeScalars
    return small.filter { !isMark($0) }.map { table[$0] ?? $0 }
  }

  /// Whether it is an accent by itself, which belongs to the letter before it.
  static func isMark(_ scalar: Unicode.Scalar) -> Bool { (0x300...0x36F).contains(scalar.value) }
}
