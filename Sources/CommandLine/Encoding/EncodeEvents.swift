import Encoding
import Engine
import Foundations

/// What happens while films are encoded, as lines of JSON.
enum EncodeEvents {
  /// The last event of a film.
  static func completed(_ report: EncodeReport, of file: String? = nil) -> JSONValue {
    event("job_completed", of: file, ["report": report.json])
  }

  /// The last event of a film that failed.
  static func failed(_ failure: any Failure, of file: String? = nil) -> JSONValue {
    event("job_failed", of: file, ["error": failure.json])
  }

  /// The one event of a film that is passed over.
  static func skipped(_ film: PlannedFilm, _ reason: PlannedFilm.Reason) -> JSONValue {
    event(
      "job_skipped", of: film.name.text,
      ["reason": .string(reason.rawValue), "output": .string(film.output.text)])
  }

  /// The last event of a folder.
  static func summary(_ summary: FolderSummary) -> JSONValue {
    event("summary", of: nil, summary.json)
  }

  /// What is to become of a film.
  static func planned(_ film: PlannedFilm) -> JSONValue {
    var members: JSONObject = [
      "input": .string(film.input.text), "output": .string(film.output.text),
      "size_bytes": .int(film.size), "duration_seconds": .double(orNull: film.seconds),
      "width": .int(film.width), "height": .int(film.height),
    ]
    switch film.fate {
    case .encode: members["action"] = "encode"
    case .skip(let reason):
      members["action"] = "skip"
      members["reason"] = .string(reason.rawValue)
    case .refuse(let failure):
      members["action"] = "fail"
      members["error"] = failure.json
    }
    return event("job_planned", of: film.name.text, members)
  }

  /// What is to become of a folder.
  static func planned(_ plan: FolderPlan) -> JSONValue {
    let films = plan.toEncode
    let skipped = plan.films.count { if case .skip = $0.fate { true } else { false } }
    let failed = plan.films.count - films.count - skipped + plan.failures.count
    return event(
      "summary", of: nil,
      [
        "files": .int(plan.films.count + plan.failures.count), "to_encode": .int(films.count),
        "skipped": .int(skipped), "failed": .int(failed), "passed_over": .int(plan.passedOver),
        "size_before": .int(films.reduce(0) { $0 + $1.size }),
      ])
  }

  /// What is new of a film; nothing for progress, which is told by `progress`.
  static func news(_ news: EncodeNews, of file: String?) -> JSONValue? {
    switch news {
    case .planned(let plan): event("job_started", of: file, ["plan": plan.json])
    case .stage(let stage):
      event("status_changed", of: file, ["stage": .string(stage.rawValue)])
    case .progress: nil
    case .segment(let segment): self.segment(segment, of: file)
    case .warning(let text): event("warning", of: file, ["message": .string(text)])
    }
  }

  /// How far a film is.
  static func progress(_ stage: EncodeStage, _ fraction: Double, of file: String?) -> JSONValue {
    event(
      "progress_updated", of: file,
      [
        "stage": .string(stage.rawValue), "progress": .double(stage.whole(at: fraction)),
        "stage_progress": .double(fraction),
      ])
  }

  private static func segment(_ event: EncodingEvent, of file: String?) -> JSONValue {
    switch event {
    case .measured(let segment, let crf, let quality, let isProbe, let isReused):
      self.event(
        "segment_measured", of: file,
        [
          "segment": .int(segment), "crf": .double(crf), "quality": .double(orNull: quality),
          "probe": .bool(isProbe), "reused": .bool(isReused),
        ])
    case .retried(let segment, let reason):
      self.event(
        "segment_retried", of: file, ["segment": .int(segment), "reason": .string(reason)])
    case .done(let segment, let progress):
      self.event(
        "segment_complete", of: file,
        [
          "segment": .int(segment), "done": .int(progress.segmentsDone),
          "total": .int(progress.segments), "bytes": .int(progress.bytes),
          "fps": .double(progress.framesPerSecond),
          "average_quality": .double(orNull: progress.quality),
          "expected_bytes": .int(orNull: progress.expectedBytes),
        ])
    }
  }

  private static func event(
    _ name: String, of file: String?, _ members: JSONObject
  ) -> JSONValue {
    var object: JSONObject = ["event": .string(name)]
    if let file { object["file"] = .string(file) }
    for (member, value) in members.members { object[member] = value }
    return .object(object)
  }
}
