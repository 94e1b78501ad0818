/// How texts are taken apart for the search.
///
/// Languages that put no space between words are taken apart into their signs, so that a word of
/// any length is found as a phrase of signs; Chinese has its most words in two of them, which no
/// index of three letters finds.
enum SearchText {
  // It parts words for the search and is not to be seen in a snippet.
  private static let separator: Unicode.Scalar = "\u{200B}"
  // Longer ones are hashes and codes, of which nobody knows a part.
  private static let formLetters = 3...40

  /// The text with a mark between signs that are words by themselves.
  static func separated(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }), text.unicodeScalars.contains(where: isSign) else {
      return text
    }
    var separated = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isSign(scalar) {
        separated.append(separator)
        separated.append(scalar)
        separated.append(separator)
      } else {
        separated.append(scalar)
      }
    }
    return String(separated)
  }

  /// The text as it was before it was taken apart.
  static func joined(_ text: String) -> String {
    guard text.unicodeScalars.contains(separator) else { return text }
    var joined = String.UnicodeScalarView()
    joined.append(contentsOf: text.unicodeScalars.lazy.filter { $0 != separator })
    return String(joined)
  }

  /// The words of a text in small letters without accents, signs one by one, in order.
  static func words(in text: String) -> [String] {
    text.utf8.allSatisfy { $0 < 0x80 } ? plainWords(in: text) : mixedWords(in: text)
  }

  /// Most texts are of ASCII alone.
  private static func plainWords(in text: String) -> [String] {
    let letters = text.utf8.map { LetterFolding.foldedASCII($0) }
    return letters.split(separator: nil).map { word in
      String(decoding: word.lazy.compactMap { $0 }, as: UTF8.self)
    }
  }

  private static func mixedWords(in text: String) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    func end() {
      if !word.isEmpty { words.append(String(word)) }
      word = String.UnicodeScalarView()
    }
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        guard let letter = LetterFolding.foldedASCII(UInt8(scalar.value)) else {
          end()
          continue
        }
        word.append(Unicode.Scalar(letter))
      } else if isSign(scalar) {
        end()
        words.append(String(scalar))
      } else if isLetterOrDigit(scalar) {
        word.append(contentsOf: LetterFolding.folded(scalar))
      } else if !LetterFolding.isMark(scalar) {
        end()
      }
    }
    end()
    return words
  }

  /// The words of a text of which people may know a part.
  static func forms(in text: String) -> [String] {
    words(in: text).filter { form in
      formLetters.contains(form.unicodeScalars.count)
        && form.unicodeScalars.allSatisfy { isFormLetter($0) }
    }
  }

  private static func isFormLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? scalar.value > 0x39 : !isSign(scalar) && scalar.properties.isAlphabetic
  }

  private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .privateUse:
      true
    default: false
    }
  }

  /// Whether a sign stands for a word or a syllable.
  static func isSign(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x2E80 else { return false }
    return switch scalar.value {
    // Han with radicals; kana; hangul; compatibility forms; half-width kana; the rarer Han.
    case 0x2E80...0x2FDF, 0x3005...0x3007, 0x3040...0x30FF, 0x3130...0x318F, 0x31F0...0x31FF,
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0xFF66...0xFFDC,
      0x20000...0x3FFFF:
      true
    default: false
    }
  }
}
