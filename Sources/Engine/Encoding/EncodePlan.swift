package import Encoding
package import FFmpegTool
package import Foundations
import Media

/// What an encode will do: decided from the film and the request, before anything is encoded.
package struct EncodePlan: Sendable {
  package let film: Film
  package let program: FFmpegProgram
  package let output: OutputPlan
  /// The film looked at once, from its first frame to its last.
  package let analysis: FilmAnalysis
  /// What of the film is missing or damaged.
  package let losses: [String]
  /// The hardware that was asked to decode; nil for none.
  package let hardware: String?
  /// The part of the pictures that is kept; nil for all.
  package let area: PictureArea?
  package let form: FrameForm
  package let settings: AV1Settings
  /// Parameters of the profile that this encoder lacks.
  package let leftOut: [String]
  /// The quality to reach; nil where the CRF is fixed.
  package let goal: QualityGoal?
  package let segments: SegmentPlan
  /// Whether it is gone through in segments.
  package let isChunked: Bool
  /// Why so, for the user.
  package let reason: String
  /// How many segments are encoded at a time.
  package let workers: Int

  /// How large the pictures become.
  package var size: (width: Int, height: Int) { form.size(of: film) }

  /// Everything that the user should know before it begins.
  package var warnings: [String] {
    var all = output.leftBehind.map { "left behind: \($0)" }
    if !leftOut.isEmpty {
      all.append(
        "SVT-AV1 \(program.encoderVersion ?? "") lacks \(leftOut.joined(separator: ", ")) of the"
          + " profile")
    }
    all += losses
    if form.deinterlaces { all.append("whole pictures are made of the fields") }
    if form.turn != .upright {
      all.append(
        "the pictures are turned by \(form.turn.rotation) degrees, since"
          + " \(output.container.rawValue) has no place to say it")
    }
    if let hardware {
      all.append(
        "\(hardware) does not decode for encodes: the processor's frames are the same everywhere")
    }
    if goal == nil, program.metrics.isEmpty {
      all.append("\(program.path) cannot measure quality: the CRF of the profile is taken")
    }
    return all
  }

  /// The plan as every surface shows it.
  package var json: JSONValue {
    [
      "input": .string(film.path.text), "encoder": .string(encoder),
      "mode": .string(isChunked ? "chunked" : "standard"), "reason": .string(reason),
      "segments": .int(segments.segments.count), "frames": .int(analysis.table.count),
      "width": .int(size.width), "height": .int(size.height),
      "crop": area.map {
        ["w": .int($0.width), "h": .int($0.height), "x": .int($0.x), "y": .int($0.y)]
      } ?? .null,
      "target": goal.map { .double($0.target) } ?? .null,
      "metric": goal.map { .string($0.metric.rawValue) } ?? .null,
      "crf": goal == nil ? .double(settings.crf) : .null,
      "preset": .int(settings.preset), "workers": .int(workers),
      "parameters": .object(
        settings.parameters.reduce(into: JSONObject()) { $0[$1.key] = .string($1.value) }),
      "tracks": .array(output.tracks.map { .string($0.description) }),
      "warnings": .array(warnings.map { .string($0) }),
    ]
  }

  /// The encoder with its version.
  package var encoder: String { "SVT-AV1 \(program.encoderVersion ?? "of no known version")" }
}
