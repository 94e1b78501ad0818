import Blobs
package import Foundations

extension JournalEntry {
  /// Reads a line's content.
  package init(json: JSONValue) throws {
    let line = JournalLine(json)
    switch try line.text("type") {
    case "origin":
      guard let blob = BlobID(try line.text("blob")) else { throw line.malformed("blob") }
      self = .origin(try AssetOrigin(line), blob: blob)
    case "notes":
      self = .notes(
        try line.id("asset"), name: try line.text("name"), user: line.find("user"),
        try AssetNotes(line))
    case "deleted": self = .deleted(try line.id("asset"), at: try line.time("at"))
    case "undeleted": self = .undeleted(try line.id("asset"))
    case "purged": self = .purged(try line.id("asset"))
    case "generation": self = .generation(try Generation(line))
    case "text":
      self = .text(try line.id("asset"), kind: try line.text("kind"), line.find("text"))
    case "workflow": self = .workflow(try Workflow(line))
    case "workflow_deleted": self = .workflowDeleted(try line.id("workflow"))
    case "association": self = .association(try Association(line))
    case "execution": self = .execution(try Execution(line))
    case let other:
      throw ModelFailure(
        .modelBadJournal, "the journal has a line of the type \"\(ShownText.of(other))\"",
        hint: "a newer version of the program has written it; use that one")
    }
  }
}

/// The members of a line, each read strictly.
private struct JournalLine {
  private let value: JSONValue

  init(_ value: JSONValue) { self.value = value }

  subscript(key: String) -> JSONValue? { value[key] }

  func malformed(_ key: String) -> ModelFailure {
    ModelFailure(.modelBadJournal, "a line of the journal has no good \(key)")
  }

  func text(_ key: String) throws(ModelFailure) -> String {
    guard let text = value[key]?.string else { throw malformed(key) }
    return text
  }

  func find(_ key: String) -> String? { value[key]?.string }

  func id<Tag>(_ key: String) throws(ModelFailure) -> EntityID<Tag> { try EntityID(text(key)) }

  func findID<Tag>(_ key: String) throws(ModelFailure) -> EntityID<Tag>? {
    guard let text = find(key) else { return nil }
    return try EntityID(text)
  }

  func time(_ key: String) throws(ModelFailure) -> Timestamp {
    guard let time = findTime(key) else { throw malformed(key) }
    return time
  }

  func findTime(_ key: String) -> Timestamp? {
    value[key]?.int.map { Timestamp(microseconds: Int64($0)) }
  }

  func word<Word: RawRepresentable<String>>(_ key: String) throws(ModelFailure) -> Word {
    guard let word = Word(rawValue: try text(key)) else { throw malformed(key) }
    return word
  }
}

extension AssetOrigin {
  fileprivate init(_ line: JournalLine) throws(ModelFailure) {
    self.init(
      asset: try line.id("asset"), name: try line.text("name"), source: try line.word("source"),
      addedAt: try line.time("added_at"), from: line.find("from"), user: line.find("user"))
  }
}

extension AssetNotes {
  fileprivate init(_ line: JournalLine) throws(ModelFailure) {
    self.init()
    try setTags((line["tags"]?.array ?? []).compactMap(\.string))
    text = line.find("text")
    try setRating(line["rating"]?.int)
    isFavourite = line["favourite"]?.bool ?? false
    extra = line["extra"]?.object ?? JSONObject()
  }
}

extension Generation {
  fileprivate init(_ line: JournalLine) throws(ModelFailure) {
    self.init(id: try line.id("id"), asset: try line.findID("asset"))
    provider = line.find("provider")
    model = line.find("model")
    prompt = line.find("prompt")
    negativePrompt = line.find("negative_prompt")
    seed = line.find("seed")
    parameters = line["parameters"]?.object ?? JSONObject()
    jobID = line.find("job_id")
    status = try line.text("status")
    error = line.find("error")
    startedAt = line.findTime("started_at")
    completedAt = line.findTime("completed_at")
    readFrom = line.find("read_from")
  }
}

extension Workflow {
  fileprivate init(_ line: JournalLine) throws(ModelFailure) {
    guard let version = line["version"]?.int else { throw line.malformed("version") }
    self.init(
      id: try line.id("id"), name: try line.text("name"), description: line.find("description"),
      status: try line.word("status"), definition: line["definition"] ?? .null, version: version,
      createdAt: try line.time("created_at"), updatedAt: try line.time("updated_at"))
    isTemplate = line["template"]?.bool ?? false
    lastExecutedAt = line.findTime("last_executed_at")
    archivedAt = line.findTime("archived_at")
  }
}

extension Association {
  fileprivate init(_ line: JournalLine) throws(ModelFailure) {
    self.init(
      workflow: try line.id("workflow"), asset: try line.id("asset"), node: try line.text("node"),
      nodeType: try line.text("node_type"), role: try line.word("role"),
      execution: try line.findID("execution"), createdAt: try line.time("created_at"))
  }
}

extension Execution {
  fileprivate init(_ line: JournalLine) throws(ModelFailure) {
    self.init(
      id: try line.id("id"), workflow: try line.id("workflow"), status: try line.word("status"),
      startedAt: try line.time("started_at"))
    completedAt = line.findTime("completed_at")
    error = line.find("error")
    data = line["data"]?.object ?? JSONObject()
  }
}
