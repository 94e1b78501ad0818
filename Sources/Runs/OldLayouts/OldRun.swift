import Foundations
import Model

/// A run as older programs left it: a folder with a metadata.json of another make.
///
/// Three makes are known: outputs in one flat folder; entities in `final/` and `prompting_process/`
/// below a date and a device; and the same with a workflow. They are told by what is in them.
struct OldRun {
  let id: RunID
  let folder: Folder
  let object: JSONObject
  let createdAt: Timestamp
  /// What times without a zone are east of UTC.
  let zone: Duration

  // What an import understands and says in the new words; all else is kept as it was.
  private static let understood: Set<String> = RunDocument.known.union(["prompting_process"])
  private static let longestMetadata = 64 << 20

  /// Reads a folder; `run.not_a_run` or `run.damaged` where that cannot be.
  init(_ folder: Folder, zone: Duration) throws {
    let path = folder.path(of: .metadata)
    let bytes = try folder.open(.metadata, FileFlags.reading).readAll(limit: Self.longestMetadata)
    let value: JSONValue
    do {
      value = try JSONReader.read(bytes)
    } catch {
      throw RunFailure(.runDamaged, "\(path) cannot be read: \(error.message)", cause: error)
    }
    guard let object = value.object,
      object["run_id"] != nil || object["outputs"]?.array != nil
        || object["entities"]?.array != nil
    else { throw RunFailure(.runNotOne, "\(path) is of no run") }
    self.folder = folder
    self.object = object
    self.zone = zone
    id = try RunID(object["run_id"]?.string ?? folder.path.name)
    let modified = try folder.find(.metadata)?.modifiedNanoseconds ?? 0
    let said = object["timestamp"]?.string.flatMap {
      Timestamp(rfc3339: $0, assumingOffset: zone)
    }
    createdAt = (said ?? Timestamp(microseconds: modified / 1_000)).inMilliseconds
  }

  /// A time of one of its parts.
  func time(_ value: JSONValue?) -> Timestamp {
    value?.string.flatMap { Timestamp(rfc3339: $0, assumingOffset: zone) }?.inMilliseconds
      ?? createdAt
  }

  /// The run without its files.
  func document(inputText: String?, transformedText: String?, error: String?) -> RunDocument {
    var run = Run(
      id: id, user: object["user_id"]?.string, createdAt: createdAt,
      schema: object["schema"]?.string ?? object["config_name"]?.string ?? "unknown",
      mode: object["execution_mode"]?.string ?? "eco",
      inputText: object["input_text"]?.string ?? inputText,
      transformedText: object["transformed_text"]?.string ?? transformedText)
    run.state = state(error)
    var document = RunDocument(run)
    for (key, value) in object.members where !Self.understood.contains(key) {
      document.others[key] = value
    }
    if let found = object["timestamp"], found.string != createdAt.description {
      document.others["timestamp_as_found"] = found
    }
    document.others["device_id"] = device ?? object["device_id"]
    return document
  }

  /// The device: of the folder around, where the file says nothing, as one that was made up did.
  private var device: JSONValue? {
    if let said = object["device_id"]?.string { return .string(said) }
    let parent = folder.path.parent
    let isDate = Timestamp(rfc3339: "\(parent.parent.name)T00:00:00Z") != nil
    return isDate ? .string(parent.name) : nil
  }

  private func state(_ error: String?) -> RunState {
    var state = RunState()
    let current = object["current_state"]
    state.step = current?["step"]?.string
    state.stage = current?["stage"].flatMap { $0.string ?? $0.int.map(String.init) }
    state.expectedOutputs = (object["expected_outputs"]?.array ?? []).compactMap(\.string)
    state.error = error
    if let said = object["state"]?["status"]?.string.flatMap({ RunState.Status(rawValue: $0) }) {
      state.status = said
    } else if current == nil || state.step == "complete" {
      state.status = .complete
    } else {
      // Nobody goes on with it: what did not reach its end has failed.
      state.status = .failed
      state.error = error ?? "it had not reached its end when it was imported"
    }
    return state
  }
}
