import Foundations

/// What is told of one segment of an encode.
package struct SegmentReport: Sendable, Hashable {
  package let index: Int
  /// Its first frame, and the one after its last.
  package let frames: Range<Int>
  package let crf: Double
  /// Its mean score; nil where it was not measured.
  package let vmaf: Double?
  package let sizeBytes: Int64
  /// How often all of it was encoded.
  package let encodes: Int
  /// The score of each frame, by whatever was measured; empty where nothing was.
  package let scores: [Double]

  /// A segment by its parts.
  package init(
    index: Int, frames: Range<Int>, crf: Double, vmaf: Double?, sizeBytes: Int64, encodes: Int,
    scores: [Double] = []
  ) {
    self.index = index
    self.frames = frames
    self.crf = crf
    self.vmaf = vmaf
    self.sizeBytes = sizeBytes
    self.encodes = encodes
    self.scores = scores
  }

  /// The mean of the scores, by whatever was measured.
  package var quality: Double? {
    scores.isEmpty ? vmaf : scores.reduce(0, +) / Double(scores.count)
  }

  var json: JSONValue {
    [
      "index": .int(index), "start": .int(frames.lowerBound), "end": .int(frames.upperBound),
      "crf": .double(crf), "vmaf": vmaf.map { .double($0) } ?? .null,
      "size_bytes": .int(sizeBytes), "encodes": .int(encodes),
    ]
  }
}
