import Blobs
package import Foundations
package import Library
import Model

extension VerifyFinding {
  /// The finding as every surface answers it.
  package var json: JSONValue {
    var object: JSONObject = ["what": .string(word), "problem": .bool(isProblem)]
    switch self {
    case .missing(let asset, let blob):
      object["asset_id"] = .string(asset.text)
      object["file_hash"] = .string(blob.description)
    case .damaged(let blob, let aside):
      object["file_hash"] = .string(blob.description)
      object["moved_to"] = .string(orNull: aside?.text)
    case .untracked(let blob, let bytes), .inFlight(let blob, let bytes):
      object["file_hash"] = .string(blob.description)
      object["size_bytes"] = .int(bytes)
    case .recovered(let blob, let source):
      object["file_hash"] = .string(blob.description)
      object["from"] = .string(source.text)
    case .database(let problem): object["message"] = .string(problem)
    }
    return .object(object)
  }
}

extension BackupManifest {
  /// What a backup holds.
  package func json(at path: FilePath) -> JSONValue {
    [
      "path": .string(path.text), "library_id": .string(library), "made_at": .string(madeAt),
      "blobs": .int(blobs), "size_bytes": .int(bytes), "files": .int(files),
    ]
  }
}

extension RebuildLibrary.Report {
  /// What came back.
  package var json: JSONValue {
    [
      "assets": assets.json, "runs": .int(runs), "workflows": .int(workflows),
      "journal_entries": .int(catalogue.entries), "without_meaning": .int(catalogue.withoutMeaning),
      "without_content": .int(catalogue.withoutContent), "adopted": .int(catalogue.adopted),
      "untracked": .int(catalogue.untracked),
      "refused": .array((damaged + catalogue.refusals).map { .string($0) }),
      "odd_entries": .array(odd.map { .string($0.text) }),
      "old_catalogue": .string(orNull: oldCatalogue?.text),
    ]
  }
}

extension ImportReport {
  /// What an import did.
  package var json: JSONObject {
    [
      "added": .int(added), "duplicates": .int(duplicates), "passed_over": .int(passedOver),
      "size_bytes": .int(bytes), "refused": .int(refused),
      "refusals": .array(
        refusals.map { refusal in
          ["path": .string(refusal.what), "error": refusal.why.json]
        }),
    ]
  }
}

extension FormerLibraryImport.Report {
  /// What an import of another MediaManager did.
  package var json: JSONObject {
    var object = assets.json
    object["rows"] = .int(rows)
    object["generations"] = .int(generations)
    object["workflows"] = .int(workflows)
    object["executions"] = .int(executions)
    object["associations"] = .int(associations)
    object["orphans"] = .array(orphans.map { .string($0) })
    return object
  }
}

extension VerifyLibrary.Report {
  /// What was looked at and found.
  package var json: JSONValue {
    [
      "ok": .bool(isSound), "complete": .bool(content.isComplete),
      "assets": .int(content.assets), "blobs": .int(content.blobs),
      "size_bytes": .int(content.bytes), "runs": .int(lookedAtRuns),
      "counts": .object(
        content.counts.sorted { $0.key < $1.key }.reduce(into: JSONObject()) {
          $0[$1.key] = .int($1.value)
        }),
      "findings": .array(content.findings.map(\.json) + runs.map(\.json)),
    ]
  }
}

extension VerifyLibrary.RunFinding {
  /// The finding as every surface answers it.
  package var json: JSONValue {
    [
      "what": "run", "problem": .bool(isProblem), "run_id": .string(run.text),
      "message": .string(words.joined(separator: "; ")),
    ]
  }
}
