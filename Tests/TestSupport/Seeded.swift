import Foundation

/// Randomness that a printed seed brings back: `SEED=…` in the environment re-runs it.
package struct Seeded: RandomNumberGenerator {
  /// What it began with, for the message of a failure.
  package let seed: UInt64
  private var state: UInt64

  /// The seed of the environment, or a new one.
  package init() {
    let given = ProcessInfo.processInfo.environment["SEED"].flatMap { UInt64($0) }
    self.init(seed: given ?? UInt64.random(in: 0...9_999_999))
  }

  /// A seed of one's own.
  package init(seed: UInt64) {
    self.seed = seed
    state = seed
  }

  // SplitMix64: every state is good, so any seed will do.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
