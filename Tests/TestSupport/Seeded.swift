import Foundation
import Foundations

/// Randomness that a printed seed brings back: `SEED=…` in the environment re-runs it.
package struct Seeded: RandomNumberGenerator {
  /// What it began with, for the message of a failure.
  package let seed: UInt64
  private var generator: SeededGenerator

  /// The seed of the environment, or a new one.
  package init() {
    let given = ProcessInfo.processInfo.environment["SEED"].flatMap { UInt64($0) }
    self.init(seed: given ?? UInt64.random(in: 0...9_999_999))
  }

  /// A seed of one's own.
  package init(seed: UInt64) {
    self.seed = seed
    generator = SeededGenerator(seed: seed)
  }

  package mutating func next() -> UInt64 { generator.next() }
}
