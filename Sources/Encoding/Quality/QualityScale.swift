import FFmpegTool
import Glibc

/// The scale on which a metric's curve over the CRF is nearly a straight line.
///
/// For VMAF that is the logarithm of what is missing to 100.2: seven points less than perfect are
/// twice as far as three and a half, and about ten CRFs further. XPSNR is a logarithm already.
struct QualityScale: Sendable, Hashable {
  // A little above what the metric reaches, so that a perfect score is not infinitely far.
  private static let best = 100.2
  private static let least = 0.05

  let metric: QualityMetric

  /// What is lost: more is worse.
  func loss(of quality: Double) -> Double {
    switch metric {
    case .vmaf: log(max(Self.best - quality, Self.least))
    case .xpsnr: -quality
    }
  }

  /// The quality again.
  func quality(of loss: Double) -> Double {
    switch metric {
    case .vmaf: Self.best - exp(min(loss, 4.6))
    case .xpsnr: -loss
    }
  }

  /// How much quality a small step of loss is.
  func steepness(at quality: Double) -> Double {
    switch metric {
    case .vmaf: max(Self.best - quality, Self.least)
    case .xpsnr: 1
    }
  }

  /// The flattest curve that is believed.
  var leastSlope: Double { metric == .vmaf ? 0.012 : 0.05 }

  /// How much a measurement scatters, as a multiple of VMAF's.
  var noise: Double { metric == .vmaf ? 1 : 7 }
}
