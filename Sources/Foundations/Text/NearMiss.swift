/// Finds what somebody most likely meant when a name is not known.
///
/// Used for commands, options, listed values and configuration keys. It prefers silence to a wild
/// guess: a suggestion that is plainly wrong costs more trust than none.
package enum NearMiss {
  /// The one most likely meant, or nil where nothing is near.
  package static func best(for word: String, among candidates: [String]) -> String? {
    suggestions(for: word, among: candidates, limit: 1).first
  }

  /// The names that may be meant, likeliest first; equally likely ones keep their order.
  package static func suggestions(
    for word: String, among candidates: [String], limit: Int = 3
  ) -> [String] {
    let wanted = folded(word)
    guard !wanted.isEmpty, wanted.count <= longest else { return [] }
    let ranked = candidates.enumerated().compactMap { place, candidate -> Ranked? in
      guard let rank = rank(of: folded(candidate), for: wanted) else { return nil }
      return Ranked(rank: rank, place: place, name: candidate)
    }
    return ranked.sorted().prefix(limit).map(\.name)
  }

  // Names are short; a longer word is no slip of the fingers, and the distance costs its square.
  private static let longest = 64

  private struct Ranked: Comparable {
    let rank: Int
    let place: Int
    let name: String

    static func < (left: Self, right: Self) -> Bool {
      (left.rank, left.place) < (right.rank, right.place)
    }
  }

  /// How near a candidate is: slips of the fingers first, then a beginning, then a part of it.
  private static func rank(of candidate: [UInt8], for wanted: [UInt8]) -> Int? {
    if candidate == wanted { return 0 }
    guard !candidate.isEmpty, candidate.count <= longest else { return nil }
    let slips = editDistance(wanted, candidate)
    if slips <= allowedSlips(wanted.count) {
      // Among equally distant names the one that begins alike is likelier: `lst` is `list`.
      return slips * 100 - min(commonBeginning(wanted, candidate), 99)
    }
    if wanted.count >= 2, candidate.starts(with: wanted) { return 1_000 }
    let parts = candidate.split(separator: separator)
    let wantedParts = wanted.split(separator: separator)
    if wantedParts.count > 1, parts.count == wantedParts.count {
      let sameParts = parts.sorted(by: bytewise) == wantedParts.sorted(by: bytewise)
      if sameParts { return 2_000 }
    }
    if wanted.count >= 3, parts.contains(wanted[...]) { return 3_000 }
    return nil
  }

  /// One slip from three letters on, two from six, three from nine; none in a shorter word, where
  /// one slip makes any name of any other.
  private static func allowedSlips(_ count: Int) -> Int { min(count / 3, 3) }

  private static let separator = UInt8(ascii: "-")

  /// Case and the choice of separator are not what makes two names different.
  private static func folded(_ name: String) -> [UInt8] {
    name.lowercased().utf8.map { "_.".utf8.contains($0) ? separator : $0 }
  }

  private static func commonBeginning(_ left: [UInt8], _ right: [UInt8]) -> Int {
    zip(left, right).prefix { $0 == $1 }.count
  }

  private static func bytewise(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
    left.lexicographicallyPrecedes(right)
  }

  /// Insertions, deletions, replacements and swaps of neighbours between two words: the optimal
  /// string alignment distance, in which no part is edited twice.
  private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for column in 0..<right.count {
        let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
        var least = min(replaced, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          least = min(least, beforeLast[column - 1] + 1)
        }
        current.append(least)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
