import Foundations

/// What a segment's search and encodes took, what was found in the store among it.
package struct SegmentEffort: Sendable, Hashable {
  /// Cheap probes, and encodes at full cost.
  package var probes = 0
  package var encodes = 0
  /// How many of these were in the store already.
  package var reused = 0
  /// CPU seconds of probes, of all encodes, of what is delivered alone, of measuring.
  package var probeSeconds = 0.0
  package var encodeSeconds = 0.0
  package var finalSeconds = 0.0
  package var scoreSeconds = 0.0
  /// CPU seconds of measuring what is delivered.
  package var finalScoreSeconds = 0.0

  /// Nothing yet.
  package init() {}

  /// Both together.
  package static func + (left: Self, right: Self) -> Self {
    var sum = left
    sum.probes += right.probes
    sum.encodes += right.encodes
    sum.reused += right.reused
    sum.probeSeconds += right.probeSeconds
    sum.encodeSeconds += right.encodeSeconds
    sum.finalSeconds += right.finalSeconds
    sum.scoreSeconds += right.scoreSeconds
    sum.finalScoreSeconds += right.finalScoreSeconds
    return sum
  }

  /// What all of it took over what is delivered with its measurement; 1 is no search at all.
  package var overhead: Double {
    let delivered = finalSeconds + finalScoreSeconds
    return delivered > 0 ? (probeSeconds + encodeSeconds + scoreSeconds) / delivered : 1
  }

  /// The work as every surface shows it.
  var json: JSONValue {
    [
      "probes": .int(probes), "encodes": .int(encodes), "reused": .int(reused),
      "overhead": .double(overhead),
      "cpu_seconds": [
        "probes": .double(probeSeconds), "encodes": .double(encodeSeconds),
        "scores": .double(scoreSeconds), "final_encodes": .double(finalSeconds),
        "final_scores": .double(finalScoreSeconds),
      ],
    ]
  }
}
