import Foundations
import Model

extension RunDocument {
  /// The most bytes of a metadata.json that is read.
  static let longest = 256 << 20

  /// Reads metadata.json; what cannot be understood in it is kept, but it has to be an object.
  ///
  /// Older files of the same name are read too: times without a zone, no state, odd outputs.
  init(_ bytes: [UInt8], of id: RunID, createdAt fallback: Timestamp) throws {
    var limits = JSONReader.Limits()
    limits.bytes = Self.longest
    guard let object = try JSONReader.read(bytes, limits: limits).object else {
      throw RunFailure(.runDamaged, "the metadata of run \(id) is JSON, but no object")
    }
    func text(_ key: String) -> String? { object[key]?.string }
    let created = text("timestamp").flatMap { Timestamp(rfc3339: $0, assumingOffset: .zero) }
    self.init(
      Run(
        id: id, user: text("user_id"), createdAt: created ?? fallback,
        schema: text("schema") ?? "unknown", mode: text("execution_mode") ?? "unknown",
        inputText: text("input_text"), transformedText: text("transformed_text"),
        state: Self.state(object["state"])))
    run.deletedAt = text("deleted_at").flatMap { Timestamp(rfc3339: $0) }
    takeFiles(object)
    for (key, value) in object.members where !Self.known.contains(key) && !key.hasPrefix("_") {
      others[key] = value
    }
  }

  private mutating func takeFiles(_ object: JSONObject) {
    var odd: [JSONValue] = []
    for value in object["outputs"]?.array ?? [] {
      if let record = OutputRecord(value, addedAt: run.createdAt) {
        _ = append(record)
      } else {
        odd.append(value)
      }
    }
    for value in object["entities"]?.array ?? [] {
      if let entity = RunEntity(value, addedAt: run.createdAt) {
        append(entity)
      } else {
        odd.append(value)
      }
    }
    if !odd.isEmpty { others["not_understood"] = .array(odd) }
  }

  private static func state(_ value: JSONValue?) -> RunState {
    var state = RunState()
    guard let object = value?.object else {
      // Older files have none: what they tell of is over.
      state.status = .complete
      return state
    }
    state.status = object["status"]?.string.flatMap { RunState.Status(rawValue: $0) } ?? .running
    state.stage = object["stage"]?.string
    state.step = object["step"]?.string
    state.error = object["error"]?.string
    state.expectedOutputs = (object["expected_outputs"]?.array ?? []).compactMap(\.string)
    return state
  }
}
