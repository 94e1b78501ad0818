package import Foundations

/// What is told of an encode when it has ended.
package struct EncodeReport: Sendable, Hashable {
  package var input: FilePath
  package var output: FilePath
  package var sizeBefore: Int64
  package var sizeAfter: Int64
  /// How long the film is.
  package var durationSeconds: Double
  /// How long the work took.
  package var seconds: Double
  /// The encoder with its version: "SVT-AV1 4.2.0".
  package var encoder: String
  /// What it was told, in order.
  package var parameters: [Parameter]
  /// How like its source the film is; nil where it was not measured.
  package var vmaf: Score?
  package var segments: [SegmentReport]
  package var checks: [OutputCheck]
  /// By what quality was measured, as the option calls it.
  package var metric = "vmaf"
  /// The quality that was asked for; nil where the CRF was fixed.
  package var target: Double?
  /// What the user was told on the way.
  package var warnings: [String] = []

  /// A setting as it was told.
  package struct Parameter: Sendable, Hashable {
    package let key: String
    package let value: String

    /// A setting.
    package init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }
  }

  /// Scores of many frames, put together.
  package struct Score: Sendable, Hashable {
    package let mean: Double
    /// Five of a hundred frames are worse.
    package let fifthPercentile: Double
    package let minimum: Double

    /// A score by its parts.
    package init(mean: Double, fifthPercentile: Double, minimum: Double) {
      self.mean = mean
      self.fifthPercentile = fifthPercentile
      self.minimum = minimum
    }

    /// The scores of frames put together; nil for none.
    package init?(_ scores: [Double]) {
      guard let least = scores.min() else { return nil }
      mean = scores.reduce(0, +) / Double(scores.count)
      minimum = least
      fifthPercentile = scores.sorted()[(scores.count - 1) * 5 / 100]
    }

    var json: JSONValue {
      ["mean": .double(mean), "p5": .double(fifthPercentile), "min": .double(minimum)]
    }
  }

  /// A report by its parts.
  package init(
    input: FilePath, output: FilePath, sizeBefore: Int64, sizeAfter: Int64,
    durationSeconds: Double, seconds: Double, encoder: String, parameters: [Parameter] = [],
    vmaf: Score? = nil, segments: [SegmentReport] = [], checks: [OutputCheck] = []
  ) {
    self.input = input
    self.output = output
    self.sizeBefore = sizeBefore
    self.sizeAfter = sizeAfter
    self.durationSeconds = durationSeconds
    self.seconds = seconds
    self.encoder = encoder
    self.parameters = parameters
    self.vmaf = vmaf
    self.segments = segments
    self.checks = checks
  }

  /// The report as every surface shows it.
  package var json: JSONValue {
    var told = JSONObject()
    for parameter in parameters { told[parameter.key] = .string(parameter.value) }
    return [
      "input": .string(input.text), "output": .string(output.text),
      "size_before": .int(sizeBefore), "size_after": .int(sizeAfter),
      "duration_seconds": .double(durationSeconds), "seconds": .double(seconds),
      "encoder": .string(encoder), "parameters": .object(told), "vmaf": vmaf?.json ?? .null,
      "segments": .array(segments.map(\.json)), "checks": .array(checks.map(\.json)),
    ]
  }
}
