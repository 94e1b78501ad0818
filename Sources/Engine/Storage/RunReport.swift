package import Foundations
import Library
package import Model
package import Runs

/// A run with all that is known of it: what its folder says, where that lies, and which assets its
/// outputs are.
package struct RunReport: Sendable {
  package let metadata: RunMetadata
  /// Its folder, be it in the trash, or its ZIP.
  package let path: FilePath
  package let archivedAt: Timestamp?
  /// The asset of each output, where the catalogue knows it.
  package let assets: [AssetID?]

  /// The run as every surface answers it: metadata.json with the path, the assets' ids and the
  /// numbers of the outputs.
  package var json: JSONObject {
    let found = metadata.json
    var object: JSONObject = [
      "run_id": .string(metadata.run.id.text), "path": .string(path.text),
    ]
    // The lists stand at the end, as in the file: they are the longest.
    for (key, value) in found.members where !["entities", "outputs"].contains(key) {
      if object[key] == nil { object[key] = value }
    }
    object["deleted_at"] = .string(orNull: metadata.run.deletedAt?.description)
    object["archived_at"] = .string(orNull: archivedAt?.description)
    object["entities"] = found["entities"] ?? []
    object["outputs"] = .array(
      zip(metadata.outputs, assets).enumerated().map { index, output in
        var record: JSONObject = [
          "ordinal": .int(index + 1), "asset_id": .string(orNull: output.1?.text),
        ]
        for (key, value) in output.0.details.members where record[key] == nil {
          record[key] = value
        }
        return .object(record)
      })
    return object
  }
}

extension OpenLibrary {
  /// All that is known of a run, wherever it is; `run.not_found` where it is nowhere.
  package func report(on id: RunID) throws -> RunReport {
    let metadata = try runs.metadata(of: id)
    let (row, outputs) = try library.catalogue.read { catalogue in
      let row = try catalogue.run(id)
      return (row, row == nil ? [] : try catalogue.outputs(of: id))
    }
    let known = Dictionary(outputs.map { ($0.ordinal, $0) }, uniquingKeysWith: { $1 })
    let assets = metadata.outputs.indices.map { index -> AssetID? in
      // Another process may have added meanwhile; it is the file's name that tells them apart.
      guard let output = known[index + 1], output.filename == metadata.outputs[index].filename
      else { return nil }
      return output.asset
    }
    return RunReport(
      metadata: metadata, path: try runs.location(of: id), archivedAt: row?.archivedAt,
      assets: assets)
  }
}
