/// A row of yes and no, a bit each.
struct Bits {
  private var words: [UInt64]

  /// So many times no.
  init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

  subscript(index: Int) -> Bool {
    get { words[index / 64] & 1 << UInt64(index % 64) != 0 }
    set {
      let bit: UInt64 = 1 << UInt64(index % 64)
      if newValue { words[index / 64] |= bit } else { words[index / 64] &= ~bit }
    }
  }
}
