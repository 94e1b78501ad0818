package import Foundations
package import Model

extension Run {
  /// A run as lists answer it; all of it is what its metadata.json says.
  package var json: JSONValue {
    [
      "run_id": .string(id.text), "user_id": .string(orNull: user),
      "timestamp": .string(createdAt.description), "schema": .string(schema),
      "execution_mode": .string(mode), "input_text": .string(orNull: inputText),
      "transformed_text": .string(orNull: transformedText),
      "state": [
        "status": .string(state.status.rawValue), "stage": .string(orNull: state.stage),
        "step": .string(orNull: state.step),
        "expected_outputs": .array(state.expectedOutputs.map { .string($0) }),
        "error": .string(orNull: state.error),
      ],
      "deleted_at": .string(orNull: deletedAt?.description),
      "archived_at": .string(orNull: archivedAt?.description),
    ]
  }
}
