package import Foundations

extension EncodeRecord {
  /// The line that is kept, and what `mediary encode --history --json` answers.
  package var json: JSONObject {
    var json: JSONObject = [
      "time": .string(time.description), "state": .string(state.rawValue), "input": .string(input),
      "output": .string(output), "size_before": .int(orNull: source?.size),
      "size_after": .int(orNull: result?.size), "seconds": .double(seconds),
      "duration_seconds": .double(orNull: work?.durationSeconds),
      "frames": .int(orNull: work?.frames), "fps": .double(orNull: framesPerSecond),
      "speed": .double(orNull: speed), "encoder": .string(orNull: work?.encoder),
      "vmaf": .double(orNull: work?.vmaf), "content": .string(orNull: content),
      "input_modified_ns": .int(orNull: source?.modified),
      "output_modified_ns": .int(orNull: result?.modified), "fingerprint": .string(fingerprint),
      "settings": .object(settings),
      "error": error.map { ["code": .string($0.code), "message": .string($0.message)] } ?? .null,
    ]
    if let job { json["job_id"] = .string(job) }
    if let asset { json["asset_id"] = .string(asset) }
    if let name { json["name"] = .string(name) }
    return json
  }

  /// Reads what `json` writes; nil for what is no such line.
  init?(json: JSONValue) {
    guard let time = json["time"]?.string.flatMap({ Timestamp(rfc3339: $0) }),
      let state = json["state"]?.string.flatMap({ State(rawValue: $0) }),
      let input = json["input"]?.string, let output = json["output"]?.string,
      let fingerprint = json["fingerprint"]?.string
    else { return nil }
    self.time = time
    self.state = state
    self.input = input
    self.output = output
    self.fingerprint = fingerprint
    settings = json["settings"]?.object ?? [:]
    source = FileMark(json, size: "size_before", modified: "input_modified_ns")
    result = FileMark(json, size: "size_after", modified: "output_modified_ns")
    content = json["content"]?.string
    seconds = json["seconds"]?.double ?? 0
    work = Work(json)
    error = json["error"]?["code"]?.string.map { code in
      Problem(code: code, message: json["error"]?["message"]?.string ?? "")
    }
    job = json["job_id"]?.string
    asset = json["asset_id"]?.string
    name = json["name"]?.string
  }
}

extension EncodeRecord.FileMark {
  fileprivate init?(_ json: JSONValue, size: String, modified: String) {
    guard let size = json[size]?.int, let modified = json[modified]?.int else { return nil }
    self.init(size: Int64(size), modified: Int64(modified))
  }
}

extension EncodeRecord.Work {
  fileprivate init?(_ json: JSONValue) {
    guard let length = json["duration_seconds"]?.double, let encoder = json["encoder"]?.string
    else { return nil }
    self.init(
      durationSeconds: length, frames: json["frames"]?.int ?? 0, encoder: encoder,
      vmaf: json["vmaf"]?.double)
  }
}
