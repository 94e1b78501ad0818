package import Blobs
package import Foundations
import Model

/// What metadata.json says of one output.
package struct OutputRecord: Sendable, Equatable {
  package let type: String
  package let filename: String
  /// The content, where the file says its SHA-256.
  package let blob: BlobID?
  package let addedAt: Timestamp
  /// All members, those unknown here among them.
  package let details: JSONObject
  /// Whether it was found in the folder after a crash, and nobody told what it is.
  let isRecovered: Bool

  /// A record as it was read; nil where it names no file.
  init?(_ value: JSONValue, addedAt fallback: Timestamp) {
    guard let object = value.object, let filename = object["filename"]?.string else { return nil }
    self.init(object, filename: filename, addedAt: fallback)
  }

  private init(_ object: JSONObject, filename: String, addedAt fallback: Timestamp) {
    type = object["type"]?.string ?? "data"
    self.filename = filename
    blob = object["sha256"]?.string.flatMap { BlobID($0) }
    addedAt =
      object["timestamp"]?.string.flatMap { Timestamp(rfc3339: $0, assumingOffset: .zero) }
      ?? fallback
    details = object.withoutPrivate
    isRecovered = details["recovered"]?.bool == true
  }

  /// The record of content that comes into a run.
  init(_ type: String, _ filename: String, _ new: NewAsset, _ about: OutputDetails) {
    var object = JSONObject()
    object["type"] = .string(type)
    object["filename"] = .string(filename)
    if let backend = about.backend { object["backend"] = .string(backend) }
    if let config = about.config { object["config"] = .string(config) }
    object["file_size_bytes"] = .int(new.size)
    object["format"] = .string(new.facts.format)
    if let width = new.facts.width { object["width"] = .int(width) }
    if let height = new.facts.height { object["height"] = .int(height) }
    if let seconds = new.facts.durationSeconds { object["duration_seconds"] = .double(seconds) }
    object["sha256"] = .string(new.blob.description)
    object["mime_type"] = .string(new.facts.mimeType)
    if let seed = about.seed {
      // A number where it is one, of any length.
      let number = try? JSONReader.read(seed)
      object["seed"] = if case .number? = number { number } else { .string(seed) }
    }
    if let node = about.node { object["node_id"] = .string(node) }
    object["timestamp"] = .string(new.addedAt.inMilliseconds.description)
    for (key, value) in about.safeExtra.members where object[key] == nil { object[key] = value }
    self.init(object, filename: filename, addedAt: new.addedAt.inMilliseconds)
  }

  /// Whether it tells of another the same as this one, but for when it came.
  func isRepeated(by other: OutputRecord) -> Bool {
    var (first, second) = (details, other.details)
    first["timestamp"] = nil
    second["timestamp"] = nil
    return first == second
  }

  /// The catalogue's row.
  func row(_ run: RunID, ordinal: Int, _ asset: AssetID?) -> RunOutput {
    RunOutput(
      run: run, ordinal: ordinal, type: type, filename: filename, asset: asset, blob: blob,
      addedAt: addedAt, details: details)
  }

  package static func == (left: Self, right: Self) -> Bool { left.details == right.details }
}

extension JSONObject {
  /// The members, however deep, whose names do not begin with `_`: those are never written.
  var withoutPrivate: JSONObject {
    guard hasPrivate else { return self }
    var rest = JSONObject()
    for (key, value) in members where !key.hasPrefix("_") { rest[key] = value.withoutPrivate }
    return rest
  }

  fileprivate var hasPrivate: Bool {
    members.contains { $0.key.hasPrefix("_") || $0.value.hasPrivate }
  }
}

extension JSONValue {
  fileprivate var hasPrivate: Bool {
    switch self {
    case .array(let elements): elements.contains { $0.hasPrivate }
    case .object(let object): object.hasPrivate
    default: false
    }
  }

  fileprivate var withoutPrivate: JSONValue {
    switch self {
    case .array(let elements): .array(elements.map(\.withoutPrivate))
    case .object(let object): .object(object.withoutPrivate)
    default: self
    }
  }
}
