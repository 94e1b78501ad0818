import Foundation

/// Random numbers that can be had again: the seed is printed with a failure, and `SEED=` sets it.
struct SeededRandom: RandomNumberGenerator, CustomStringConvertible {
  let seed: UInt64
  private var state: UInt64

  init() {
    let told = ProcessInfo.processInfo.environment["SEED"].flatMap { UInt64($0) }
    seed = told ?? UInt64.random(in: 0...UInt64(UInt32.max))
    state = seed
  }

  var description: String { "run again with SEED=\(seed)" }

  // SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
