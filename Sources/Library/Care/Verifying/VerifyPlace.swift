import Blobs
import Foundations
import Model

/// How far a verification came, kept in a file so that it can be taken up again.
struct VerifyPlace: Sendable, Equatable {
  /// What it is looking at.
  enum Phase: Sendable, Equatable {
    case assets(after: PageCursor?)
    case blobs(after: BlobID?)
  }

  var phase = Phase.assets(after: nil)
  var report = VerifyReport()

  /// The place that was saved; nil where none was.
  static func load(_ path: FilePath) throws -> VerifyPlace? {
    guard try FileStatus.find(path) != nil else { return nil }
    guard let json = try? JSONReader.read(SmallFile.read(path, limit: 1 << 20)),
      let place = try VerifyPlace(json)
    else {
      throw LibraryFailure(
        .libraryBadPlace, "\(path) does not say how far the verification came",
        hint: "remove it, and begin again")
    }
    return place
  }

  func save(_ path: FilePath) throws {
    try AtomicFile.replace(path, with: Array(json.text().utf8), durability: .relaxed)
  }

  private init?(_ json: JSONValue) throws {
    let after = json["after"]?.string
    switch json["phase"]?.string {
    case "assets":
      phase = .assets(after: try after.map { try PageCursor($0) })
    case "blobs": phase = .blobs(after: after.flatMap { BlobID($0) })
    default: return nil
    }
    report.assets = json["assets"]?.int ?? 0
    report.blobs = json["blobs"]?.int ?? 0
    report.bytes = Int64(json["bytes"]?.int ?? 0)
    for (word, count) in json["found"]?.object?.members ?? [] {
      report.counts[word] = count.int ?? 0
    }
  }

  init() {}

  private var json: JSONValue {
    var object: JSONObject = [
      "assets": .int(report.assets), "blobs": .int(report.blobs), "bytes": .int(report.bytes),
    ]
    switch phase {
    case .assets(let cursor):
      object["phase"] = "assets"
      object["after"] = .string(orNull: cursor?.description)
    case .blobs(let blob):
      object["phase"] = "blobs"
      object["after"] = .string(orNull: blob?.description)
    }
    var found = JSONObject()
    for (word, count) in report.counts.sorted(by: { $0.key < $1.key }) {
      found[word] = .int(count)
    }
    object["found"] = .object(found)
    return .object(object)
  }
}
