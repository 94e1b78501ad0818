package import Foundations

/// Another file of a run than its outputs: a text of a stage, a JSON, a workflow.
package struct RunEntity: Sendable, Equatable {
  /// From 1; the next is one more than the highest, however many were removed.
  package let sequence: Int
  package let type: String
  package let filename: String
  package let addedAt: Timestamp
  /// All members, those unknown here among them.
  package let details: JSONObject

  init?(_ value: JSONValue, addedAt fallback: Timestamp) {
    guard let object = value.object, let filename = object["filename"]?.string else { return nil }
    self.filename = filename
    sequence = object["sequence"]?.int ?? 0
    type = object["type"]?.string ?? "file"
    addedAt =
      object["timestamp"]?.string.flatMap { Timestamp(rfc3339: $0, assumingOffset: .zero) }
      ?? fallback
    details = object.withoutPrivate
  }

  init(
    _ sequence: Int, _ type: String, _ filename: String, size: Int, _ addedAt: Timestamp,
    _ metadata: JSONObject
  ) {
    self.sequence = sequence
    self.type = type
    self.filename = filename
    self.addedAt = addedAt
    details =
      [
        "sequence": .int(sequence), "type": .string(type), "filename": .string(filename),
        "timestamp": .string(addedAt.description), "file_size_bytes": .int(size),
        "metadata": .object(metadata.withoutPrivate),
      ]
  }
}
