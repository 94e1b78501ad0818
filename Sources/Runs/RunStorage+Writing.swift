package import Foundations
package import Model
import Sniffing

/// A change of where a run stands; what is nil stays as it is.
package struct RunStateChange: Sendable {
  package var status: RunState.Status?
  package var stage: String?
  package var step: String?
  package var expectedOutputs: [String]?
  package var error: String?

  /// Nothing changes.
  package init(_ status: RunState.Status? = nil, stage: String? = nil, step: String? = nil) {
    self.status = status
    self.stage = stage
    self.step = step
  }
}

extension RunStorage {
  /// Sets the text after interception, in its file and in metadata.json.
  package func setTransformedText(_ text: String, of id: RunID) throws -> Run {
    try RunValues.checkText(text, "the transformed text")
    return try change(id) { run in
      try self.writeText(text, .transformedText, in: run.folder)
      run.names.insert("transformed_text.txt")
      run.document.run.transformedText = text
      return run.document.run
    }
  }

  /// Changes where a run stands.
  package func setState(_ change: RunStateChange, of id: RunID) throws -> Run {
    for text in [change.stage, change.step] {
      if let text { try RunValues.checkName(text, "a stage or step") }
    }
    if let error = change.error { try RunValues.checkText(error, "an error") }
    return try self.change(id) { run in
      if let status = change.status { run.document.run.state.status = status }
      if let stage = change.stage { run.document.run.state.stage = stage }
      if let step = change.step { run.document.run.state.step = step }
      if let expected = change.expectedOutputs {
        run.document.run.state.expectedOutputs = expected
      }
      if let error = change.error { run.document.run.state.error = error }
      return run.document.run
    }
  }

  /// Adds another file to a run: a text of a stage, a JSON, `workflow.json`.
  ///
  /// Without a name it is called by its type, and by what its bytes are. A name that is taken gets a
  /// number; nothing is overwritten.
  package func addEntity(
    _ bytes: [UInt8], type: String, name: String? = nil, metadata: JSONObject = JSONObject(),
    to id: RunID
  ) throws -> RunEntity {
    try RunValues.checkType(type)
    guard bytes.count <= RunValues.longestEntity else {
      throw RunFailure(
        .runBadValue,
        "the file has \(bytes.count) bytes, and up to"
          + " \(RunValues.longestEntity) are taken", hint: "add it as an output")
    }
    let (stem, fileExtension) = try Self.parts(of: name, type, bytes)
    let now = now
    return try change(id) { run in
      let filename = run.names.take(stem, fileExtension)
      let target = try run.destination(filename)
      try AtomicFile.create(target.path, with: bytes, durability: .relaxed)
      run.placed.append(target.name)
      let entity = RunEntity(
        run.document.nextSequence, type, filename, size: bytes.count, now, metadata)
      run.document.append(entity)
      return entity
    }
  }

  /// Adds a text as another file.
  package func addText(
    _ text: String, type: String, metadata: JSONObject = JSONObject(), to id: RunID
  ) throws -> RunEntity {
    try addEntity(Array(text.utf8), type: type, name: "\(type).txt", metadata: metadata, to: id)
  }

  private static func parts(
    of name: String?, _ type: String, _ bytes: [UInt8]
  ) throws -> (stem: String, fileExtension: String) {
    guard let name else {
      let found = ContentType.of(bytes, size: Int64(bytes.count))
      return (type, bytes.isEmpty ? "txt" : found.fileExtension)
    }
    let safe = try SafeName.check(name).text
    guard !safe.lowercased().hasPrefix("output_"), !TakenNames.own.contains(safe.lowercased())
    else {
      throw RunFailure(
        .runBadValue, "\"\(RunValues.shown(name))\" is a name that a run gives by itself",
        hint: "choose another name")
    }
    guard let dot = safe.lastIndex(of: "."), dot > safe.startIndex else { return (safe, "") }
    return (String(safe[..<dot]), String(safe[safe.index(after: dot)...]))
  }
}
