package import Foundations
package import Model

extension Job {
  /// A job as every surface answers it.
  package var json: JSONObject {
    [
      "id": .string(id.text), "job_id": .string(id.text), "kind": .string(kind),
      "queue": .string(asked.queue), "state": .string(state.rawValue),
      "stage": .string(orNull: stage), "progress": .double(orNull: progress.fraction),
      "message": .string(orNull: progress.message.isEmpty ? nil : progress.message),
      "eta_seconds": .double(orNull: state.isFinal ? nil : progress.etaSeconds),
      "details": .object(progress.details), "priority": .int(asked.priority),
      "user_id": .string(orNull: user), "attempts": .int(attempts),
      "attempts_limit": .int(asked.attempts), "crashes": .int(crashes),
      "cancel_requested": .bool(isCancelWished), "input": asked.input, "result": result ?? .null,
      "error": error.map { .object($0.json) } ?? .null,
      "parent_id": .string(orNull: place?.parent.text), "ordinal": .int(orNull: place?.ordinal),
      "children": [
        "total": .int(children.total), "done": .int(children.ended), "lost": .int(children.lost),
      ],
      "run_id": .string(orNull: asked.run?.text),
      "workflow_id": .string(orNull: asked.workflow?.text),
      "worker": .string(orNull: lease?.worker), "epoch": .int(epoch), "use": .object(use.json),
      "created_at": .string(createdAt.description), "run_at": .string(runAt.description),
      "started_at": .string(orNull: startedAt?.description),
      "finished_at": .string(orNull: finishedAt?.description), "last_event": .int(lastEvent),
    ]
  }
}

extension SubmittedJob {
  /// The job, and whether it was there already.
  package var json: JSONObject {
    var object = job.json
    object["source"] = .string(source.rawValue)
    return object
  }
}

extension JobEvent {
  /// An event as every surface tells it: its name, its numbers, and what it carries.
  package var json: JSONObject {
    var object: JSONObject = ["event": .string(kind.rawValue), "job_id": .string(job.text)]
    for (member, value) in payload.members { object[member] = value }
    object["number"] = .int(number)
    object["sequence"] = .int(sequence)
    object["time"] = .string(at.description)
    return object
  }
}
