import Blobs
import Foundations

/// A range of the names of content, and how many bytes it had when it was made.
struct HashRange: Equatable {
  /// From the first where nil.
  let after: BlobID?
  /// To the last where nil.
  let through: BlobID?
  let bytes: Int64

  init(after: BlobID?, through: BlobID?, bytes: Int64) {
    self.after = after
    self.through = through
    self.bytes = bytes
  }

  func json(repairs: Bool) -> JSONObject {
    [
      "after": .string(orNull: after?.description),
      "through": .string(orNull: through?.description), "bytes": .int(bytes),
      "repair": .bool(repairs),
    ]
  }

  /// Reads what `json` writes.
  init(json: JSONValue) throws {
    after = try json["after"]?.string.map { try BlobID.parse($0) }
    through = try json["through"]?.string.map { try BlobID.parse($0) }
    bytes = Int64(json["bytes"]?.int ?? 0)
  }
}
