import Foundations
import Model

extension RunDocument {
  /// The members before the outputs.
  private var head: JSONObject {
    var head: JSONObject = [
      "run_id": .string(run.id.text), "user_id": .string(orNull: run.user),
      "timestamp": .string(run.createdAt.description), "schema": .string(run.schema),
      "execution_mode": .string(run.mode), "input_text": .string(orNull: run.inputText),
      "transformed_text": .string(orNull: run.transformedText), "state": .object(state),
    ]
    if let deleted = run.deletedAt { head["deleted_at"] = .string(deleted.description) }
    for (key, value) in others.withoutPrivate.members { head[key] = value }
    return head
  }

  private var state: JSONObject {
    [
      "status": .string(run.state.status.rawValue), "stage": .string(orNull: run.state.stage),
      "step": .string(orNull: run.state.step),
      "expected_outputs": .array(run.state.expectedOutputs.map { .string($0) }),
      "error": .string(orNull: run.state.error),
    ]
  }

  /// All of it, for answers.
  var object: JSONObject {
    var object = head
    object["entities"] = .array(entities.map { .object($0.details) })
    object["outputs"] = .array(outputs.map { .object($0.details) })
    return object
  }

  /// Writes the file: a line for each member, file and output, so that people can read it.
  ///
  /// It comes in pieces; what is small is one. The lines of many outputs are written as they lie.
  func write<E: Error>(_ write: ([UInt8]) throws(E) -> Void) throws(E) {
    var out = top
    for text in outputs.texts {
      if text.count < Self.leastAlone {
        out += text
        continue
      }
      try write(out)
      try write(text)
      out = []
    }
    out += outputs.isEmpty ? "]\n}\n".utf8 : "\n  ]\n}\n".utf8
    try write(out)
  }

  // From here on, a call costs less than to copy the bytes once more.
  private static let leastAlone = 16 << 10

  /// The file up to the outputs.
  private var top: [UInt8] {
    var out = Array("{".utf8)
    for (key, value) in head.members {
      out += "\n  ".utf8
      JSONValue.string(key).write(to: &out)
      out += ": ".utf8
      value.write(to: &out)
      out += ",".utf8
    }
    out += "\n  \"entities\": [".utf8
    for (index, entity) in entities.enumerated() {
      out += index == 0 ? "\n    ".utf8 : ",\n    ".utf8
      JSONValue.object(entity.details).write(to: &out)
    }
    out += entities.isEmpty ? "],".utf8 : "\n  ],".utf8
    out += "\n  \"outputs\": [".utf8
    return out
  }
}
