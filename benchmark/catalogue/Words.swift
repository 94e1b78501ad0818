import Foundations

/// Words that come as often as those of a language do: the second half as often as the first, and
/// so on.
struct Words {
  static let count = 20_000
  let all: [String]
  private let bounds: [Double]

  init() {
    var random = SeededGenerator(seed: 1)
    let letters = Array("etaoinshrdlucmfwypvbgk")
    all = (0..<Self.count).map { _ in
      String(
        (0..<Int.random(in: 3...9, using: &random)).map { _ in
          letters[Int.random(in: 0..<letters.count, using: &random)]
        })
    }
    var sum = 0.0
    bounds = (0..<Self.count).map { place in
      sum += 1 / Double(place + 3)
      return sum
    }
  }

  /// Some words by chance.
  func text(_ count: Int, using random: inout SeededGenerator) -> String {
    (0..<count).map { _ in
      let point = Double.random(in: 0..<(bounds.last ?? 1), using: &random)
      var (low, high) = (0, bounds.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if bounds[middle] < point { low = middle + 1 } else { high = middle }
      }
      return all[low]
    }.joined(separator: " ")
  }
}
