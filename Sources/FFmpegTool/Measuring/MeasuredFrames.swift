package import Foundations

/// How like their reference some frames are.
package struct MeasuredFrames: Sendable {
  /// One score a frame, in order: VMAF from 0 to 100, XPSNR in decibels.
  package let scores: [Double]
  /// What measuring used.
  package let usage: ChildUsage

  /// What measuring took of the processors.
  package var cpuSeconds: Double { usage.cpuSeconds }
}
