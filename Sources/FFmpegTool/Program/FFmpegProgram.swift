package import Foundations

/// An ffmpeg program that was asked what it can do.
package struct FFmpegProgram: Sendable, Equatable {
  /// Where it is.
  package let path: FilePath
  /// Its own version: "9.0.2", "5.1.9-0+deb12u1".
  package let version: String
  /// The version of SVT-AV1 in it: "4.2.0"; nil where it has none.
  package let encoderVersion: String?
  /// Its filters that measure quality.
  package let metrics: Set<QualityMetric>
  /// Whether a CRF may be given in quarters.
  package let takesQuarters: Bool

  /// A program by what it said.
  package init(
    path: FilePath, version: String, encoderVersion: String?, metrics: Set<QualityMetric>,
    takesQuarters: Bool
  ) {
    self.path = path
    self.version = version
    self.encoderVersion = encoderVersion
    self.metrics = metrics
    self.takesQuarters = takesQuarters
  }
}

/// By what the likeness of a film to its source is measured.
package enum QualityMetric: String, Sendable, CaseIterable {
  /// Model vmaf_v0.6.1; its 4k model from 2160 lines on. 0 to 100.
  case vmaf
  /// Block-weighted peak signal to noise, in decibels.
  case xpsnr
}
