import Blobs
package import Foundations

extension JournalEntry {
  /// The entry as a line's content; a member `type` tells which it is.
  package var json: JSONValue { .object(object) }

  private var object: JSONObject {
    switch self {
    case .origin(let origin, let blob): Self.line("origin", origin.json(of: blob))
    case .notes(let id, let name, let user, let notes):
      Self.line("notes", Self.json(of: notes, id, name, user))
    case .deleted(let id, let time):
      ["type": "deleted", "asset": .string(id.text), "at": .time(time)]
    case .undeleted(let id): ["type": "undeleted", "asset": .string(id.text)]
    case .purged(let id): ["type": "purged", "asset": .string(id.text)]
    case .generation(let generation): Self.line("generation", generation.journalJSON)
    case .text(let id, let kind, let text):
      [
        "type": "text", "asset": .string(id.text), "kind": .string(kind),
        "text": .string(orNull: text),
      ]
    case .workflow(let workflow): Self.line("workflow", workflow.journalJSON)
    case .workflowDeleted(let id): ["type": "workflow_deleted", "workflow": .string(id.text)]
    case .association(let association): Self.line("association", association.journalJSON)
    case .execution(let execution): Self.line("execution", execution.journalJSON)
    }
  }

  private static func line(_ type: String, _ members: JSONObject) -> JSONObject {
    var object: JSONObject = ["type": .string(type)]
    // What is not there is left out: lines are many and most members few.
    for (key, value) in members.members where value != .null { object[key] = value }
    return object
  }

  private static func json(
    of notes: AssetNotes, _ id: AssetID, _ name: String, _ user: String?
  ) -> JSONObject {
    [
      "asset": .string(id.text), "name": .string(name), "user": .string(orNull: user),
      "tags": .array(notes.tags.map { .string($0) }), "text": .string(orNull: notes.text),
      "rating": .int(orNull: notes.rating), "favourite": notes.isFavourite ? true : .null,
      "extra": notes.extra.members.isEmpty ? .null : .object(notes.extra),
    ]
  }
}

extension JSONValue {
  /// A point in time to the microsecond.
  static func time(_ time: Timestamp) -> JSONValue { .int(time.microseconds) }

  static func time(orNull time: Timestamp?) -> JSONValue { .int(orNull: time?.microseconds) }
}

extension AssetOrigin {
  fileprivate func json(of blob: BlobID) -> JSONObject {
    [
      "asset": .string(asset.text), "blob": .string(blob.description), "name": .string(name),
      "source": .string(source.rawValue), "added_at": .time(addedAt),
      "from": .string(orNull: from), "user": .string(orNull: user),
    ]
  }
}

extension Generation {
  fileprivate var journalJSON: JSONObject {
    [
      "id": .string(id.text), "asset": .string(orNull: asset?.text),
      "provider": .string(orNull: provider), "model": .string(orNull: model),
      "prompt": .string(orNull: prompt), "negative_prompt": .string(orNull: negativePrompt),
      "seed": .string(orNull: seed),
      "parameters": parameters.members.isEmpty ? .null : .object(parameters),
      "job_id": .string(orNull: jobID), "status": .string(status), "error": .string(orNull: error),
      "started_at": .time(orNull: startedAt), "completed_at": .time(orNull: completedAt),
      "read_from": .string(orNull: readFrom),
    ]
  }
}

extension Workflow {
  fileprivate var journalJSON: JSONObject {
    [
      "id": .string(id.text), "name": .string(name), "description": .string(orNull: description),
      "status": .string(status.rawValue), "definition": definition, "version": .int(version),
      "template": isTemplate ? true : .null, "created_at": .time(createdAt),
      "updated_at": .time(updatedAt), "last_executed_at": .time(orNull: lastExecutedAt),
      "archived_at": .time(orNull: archivedAt),
    ]
  }
}

extension Association {
  fileprivate var journalJSON: JSONObject {
    [
      "workflow": .string(workflow.text), "asset": .string(asset.text), "node": .string(node),
      "node_type": .string(nodeType), "role": .string(role.rawValue),
      "execution": .string(orNull: execution?.text), "created_at": .time(createdAt),
    ]
  }
}

extension Execution {
  fileprivate var journalJSON: JSONObject {
    [
      "id": .string(id.text), "workflow": .string(workflow.text),
      "status": .string(status.rawValue), "started_at": .time(startedAt),
      "completed_at": .time(orNull: completedAt), "error": .string(orNull: error),
      "data": data.members.isEmpty ? .null : .object(data),
    ]
  }
}
