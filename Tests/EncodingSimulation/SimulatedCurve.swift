import Foundations
import Glibc

/// A segment whose quality at every CRF is known, instead of one that has to be encoded.
package struct SimulatedCurve: Sendable {
  /// What sort of curve it is.
  package enum Shape: String, Sendable, CaseIterable {
    case ordinary
    case steep
    case flat
    /// Nothing is better than 97.4.
    case saturating
    /// Here and there it rises where it should fall.
    case bumpy
  }

  package var shape = Shape.ordinary
  /// The logarithm of what is missing to 100.2 at CRF 32.
  package var loss = 1.6
  /// How much that grows a CRF.
  package var slope = 0.06
  /// How much it bends away from a line in ten CRFs.
  package var bend = 0.0
  /// What is missing to 93 more at the fast preset with few frames than in the whole.
  package var bias = 1.6
  /// How much a score scatters.
  package var noise = 0.3
  /// Kilobytes a frame at CRF 32, and how many CRFs halve them.
  package var kilobytes = 8.0
  package var halving = 9.0
  package var seed: UInt64 = 0

  /// An ordinary curve.
  package init() {}

  /// The quality of the whole segment at a CRF in quarters, as a measurement would tell.
  package func quality(_ crf: Int) -> Double {
    min(max(clean(crf) + noise * scatter(crf, 1), 0), 100)
  }

  /// The quality of a probe.
  package func probe(_ crf: Int) -> Double {
    let missing = 100.2 - clean(crf)
    let worse = bias * min(missing / 7.2, 2)
    return min(max(clean(crf) - worse + noise * scatter(crf, 2), 0), 100)
  }

  /// The bytes of so many frames.
  package func bytes(_ crf: Int, frames: Int) -> Int64 {
    let size = kilobytes * 1_024 * exp2(-(Double(crf) / 4 - 32) / halving)
    return max(64, Int64(size * Double(frames)))
  }

  private func clean(_ quarters: Int) -> Double {
    let away = Double(quarters) / 4 - 32
    let loss = loss + slope * away + bend * (away / 10) * (away / 10)
    switch shape {
    case .ordinary, .steep, .flat: return 100.2 - exp(loss)
    case .saturating: return 97.4 - exp(loss - 0.4)
    case .bumpy: return 100.2 - exp(loss) + 0.9 * sin(away * 0.9 + Double(seed % 7))
    }
  }

  /// A number that looks like chance and is always the same for the same question: -1 to 1.
  private func scatter(_ crf: Int, _ kind: UInt64) -> Double {
    var generator = SeededGenerator(seed: seed &* 1_000_003 &+ UInt64(crf) &* 31 &+ kind)
    return Double.random(in: -1...1, using: &generator)
  }
}
