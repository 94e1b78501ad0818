extension Character {
  /// How many columns a terminal gives this character: 0, 1 or 2, and 3 or more for the rare
  /// cluster of several letters that each take a column.
  package var displayWidth: Int {
    if let ascii = asciiValue { return ascii < 0x20 || ascii == 0x7F ? 0 : 1 }
    let scalars = unicodeScalars
    guard let first = scalars.first else { return 0 }
    guard scalars.count > 1 else { return first.displayWidth }
    // A flag is a pair of letters, a family a chain of people: one picture, two columns.
    if first.properties.isEmoji, scalars.contains(where: \.joinsPictures) { return 2 }
    return scalars.reduce(0) { $0 + $1.displayWidth }
  }
}

extension StringProtocol {
  /// How many columns a terminal gives this text, if it is on one line and holds no escapes.
  package var displayWidth: Int {
    // A path, a number, an option: nearly all text is plain ASCII, where bytes are columns.
    if utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return utf8.count }
    return reduce(0) { $0 + $1.displayWidth }
  }
}

extension Unicode.Scalar {
  fileprivate var isRegionalIndicator: Bool { (0x1F1E6...0x1F1FF).contains(value) }

  /// U+FE0F asks for the coloured picture (without it a heart or a telephone is a narrow sign),
  /// U+200D joins two pictures to one, and the modifiers give a skin its tone.
  fileprivate var joinsPictures: Bool {
    value == 0xFE0F || value == 0x200D || (0x1F3FB...0x1F3FF).contains(value)
  }

  /// The columns of one scalar by itself.
  var displayWidth: Int {
    if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) ? 0 : 1 }
    if isInvisible { return 0 }
    if isRegionalIndicator { return 1 }
    return Self.wideRanges.contains(value) || properties.isEmojiPresentation ? 2 : 1
  }

  private var isInvisible: Bool {
    // The vowels and final consonants of old Korean join the consonant before them.
    if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FB).contains(value) { return true }
    return switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .lineSeparator, .paragraphSeparator, .control: true
    case .format: !Self.visibleFormats.contains(value)
    default: false
    }
  }

  /// Formatting characters that are drawn: the Arabic and Kaithi signs that stand over a number.
  private static let visibleFormats: Set<UInt32> = [
    0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD,
  ]

  /// What East Asian typography sets in a full square (UAX #11, W and F).
  ///
  /// In as few ranges as can be: characters not yet assigned in between belong to the same
  /// scripts. Pictures are not listed; the standard library knows them.
  private static let wideRanges = ScalarRanges([
    0x1100...0x115F,  // Hangul initial consonants
    0x2329...0x232A,  // angle brackets
    0x2E80...0x303E,  // CJK radicals, punctuation
    0x3041...0xA4CF,  // kana, bopomofo, enclosed letters, ideographs, Yi
    0xA960...0xA97F,  // Hangul letters A
    0xAC00...0xD7A3,  // Hangul syllables
    0xF900...0xFAFF,  // compatibility ideographs
    0xFE10...0xFE19,  // vertical forms
    0xFE30...0xFE6F,  // compatibility and small forms
    0xFF01...0xFF60,  // full-width ASCII
    0xFFE0...0xFFE6,  // full-width signs
    0x16FE0...0x16FFF,  // ideographic marks
    0x17000...0x18DFF,  // Tangut, Khitan
    0x1AFF0...0x1B2FF,  // kana supplements, Nushu
    0x1F200...0x1F265,  // enclosed ideographs
    0x20000...0x2FFFD,  // ideographs B and on
    0x30000...0x3FFFD,
  ])
}

/// A sorted list of ranges of scalars, searched by halves.
private struct ScalarRanges {
  private let ranges: [ClosedRange<UInt32>]

  init(_ ranges: [ClosedRange<UInt32>]) {
    precondition(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
    self.ranges = ranges
  }

  func contains(_ value: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(value)
  }
}
