/// A decimal number at the start of a text, kept exactly, so that 0.1 GB is 100,000,000 bytes.
struct DecimalPrefix {
  /// All digits, before and behind the point.
  private let digits: Int128
  /// How many of them stand behind the point, as a power of ten.
  private let scale: Int128

  /// Takes digits, with at most one point between them, off the text; nil where there are none.
  init?(taking text: inout Substring) {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    // Eighteen digits are more than any setting means, and their products fit into 128 bits.
    guard (1...2).contains(parts.count), !parts.contains(where: \.isEmpty),
      number.utf8.count <= 19, let digits = Int128(parts.joined())
    else { return nil }
    self.digits = digits
    scale = parts.count == 2 ? (0..<parts[1].count).reduce(1) { power, _ in power * 10 } : 1
    text = text.dropFirst(number.count)
  }

  /// The number of single units in so many units; nil where that is no whole number.
  func times(_ unit: Int128) -> Int128? {
    let product = digits * unit
    return product % scale == 0 ? product / scale : nil
  }
}
