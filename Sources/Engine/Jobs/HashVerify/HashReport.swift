import Blobs
import Foundations
import Model

/// What was read and found, of a part or of all.
struct HashReport {
  /// Findings of one sort: all are counted, the first are named.
  struct Findings {
    // A result has a bound of its own.
    private static let mostNamed = 1_000

    private(set) var count = 0
    private(set) var named: [JSONValue] = []

    mutating func note(_ finding: HashFinding) {
      count += 1
      if named.count < Self.mostNamed { named.append(.object(finding.json)) }
    }

    mutating func add(_ names: [JSONValue], of total: Int) {
      count += total
      named += names.prefix(Self.mostNamed - named.count)
    }
  }

  var checked = 0
  var bytes: Int64 = 0
  var damaged = Findings()
  var missing = Findings()

  init() {}

  var isSound: Bool { damaged.count == 0 && missing.count == 0 }

  var json: JSONObject {
    [
      "checked": .int(checked), "bytes": .int(bytes), "damaged": .array(damaged.named),
      "missing": .array(missing.named), "damaged_count": .int(damaged.count),
      "missing_count": .int(missing.count),
    ]
  }

  /// Reads what `json` writes.
  init(json: JSONValue) {
    checked = json["checked"]?.int ?? 0
    bytes = Int64(json["bytes"]?.int ?? 0)
    damaged.add(json["damaged"]?.array ?? [], of: json["damaged_count"]?.int ?? 0)
    missing.add(json["missing"]?.array ?? [], of: json["missing_count"]?.int ?? 0)
  }

  mutating func add(_ part: HashReport) {
    checked += part.checked
    bytes += part.bytes
    damaged.add(part.damaged.named, of: part.damaged.count)
    missing.add(part.missing.named, of: part.missing.count)
  }
}

/// Content that is not what its name says, or not there.
struct HashFinding {
  let json: JSONObject

  init(_ blob: BlobID, _ asset: Asset?, movedTo: FilePath? = nil, problem: String? = nil) {
    var json: JSONObject = [
      "name": .string(orNull: asset?.name), "asset_id": .string(orNull: asset?.id.text),
      "file_hash": .string(blob.description),
    ]
    if let movedTo { json["moved_to"] = .string(movedTo.text) }
    if let problem { json["message"] = .string(problem) }
    self.json = json
  }
}
