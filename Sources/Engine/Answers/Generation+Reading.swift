package import Foundations
package import Model

extension Generation {
  private static let known: Set<String> = [
    "generation_id", "id", "asset_id", "video_id", "provider", "model", "prompt",
    "negative_prompt", "seed", "generation_params", "parameters", "job_id", "status", "error",
    "started_at", "completed_at",
  ]

  /// A generation as somebody tells it, with the names of its answer; members that are not known
  /// are refused, so that no slip is lost.
  package init(
    _ object: JSONObject, of asset: AssetID, newID: @autoclosure () -> GenerationID
  ) throws {
    for (key, _) in object.members where !Self.known.contains(key) {
      let meant = NearMiss.best(for: key, among: Self.known.sorted())
      throw ModelFailure(
        .modelBadValue, "a generation has no member \"\(ShownText.of(key))\"",
        hint: meant.map { "did you mean \"\($0)\"?" }
          ?? "other members go into \"generation_params\"")
    }
    let id = try Self.text("generation_id", object) ?? Self.text("id", object)
    self.init(id: try id.map { try GenerationID($0) } ?? newID(), asset: asset)
    provider = try Self.text("provider", object)
    model = try Self.text("model", object)
    prompt = try Self.text("prompt", object)
    negativePrompt = try Self.text("negative_prompt", object)
    seed = object["seed"].flatMap { $0 == .null ? nil : $0.string ?? $0.text() }
    parameters = try Self.parameters(object)
    jobID = try Self.text("job_id", object)
    status = try Self.text("status", object) ?? "completed"
    error = try Self.text("error", object)
    startedAt = try Self.time("started_at", object)
    completedAt = try Self.time("completed_at", object)
  }

  private static func parameters(_ object: JSONObject) throws -> JSONObject {
    guard let given = object["generation_params"] ?? object["parameters"], given != .null else {
      return JSONObject()
    }
    guard let parameters = given.object else { throw bad("generation_params", "an object") }
    return parameters
  }

  private static func text(_ key: String, _ object: JSONObject) throws -> String? {
    guard let value = object[key], value != .null else { return nil }
    guard let text = value.string else { throw bad(key, "a text") }
    return text
  }

  private static func time(_ key: String, _ object: JSONObject) throws -> Timestamp? {
    guard let text = try text(key, object) else { return nil }
    guard let time = Timestamp(rfc3339: text, assumingOffset: .zero) else {
      throw bad(key, "a time such as 2026-11-21T10:15:00Z")
    }
    return time
  }

  private static func bad(_ key: String, _ wanted: String) -> ModelFailure {
    ModelFailure(.modelBadValue, "the generation's \(key) should be \(wanted)")
  }
}
