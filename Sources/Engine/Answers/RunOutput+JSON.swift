package import Foundations
package import Model
package import Runs

extension RunOutput {
  /// An output as every surface answers it: its record in metadata.json, and where it belongs.
  package var json: JSONValue {
    var object: JSONObject = [
      "run_id": .string(run.text), "asset_id": .string(orNull: asset?.text),
      "ordinal": .int(ordinal),
    ]
    for (key, value) in details.members where object[key] == nil { object[key] = value }
    return .object(object)
  }
}

extension RunEntity {
  /// Another file of a run as every surface answers it.
  package func json(of run: RunID) -> JSONValue {
    var object: JSONObject = ["run_id": .string(run.text)]
    for (key, value) in details.members where object[key] == nil { object[key] = value }
    return .object(object)
  }
}
