package import Foundations

extension NewJob {
  /// The object that a schedule keeps.
  package var json: JSONObject {
    [
      "kind": .string(kind), "queue": .string(queue), "input": input,
      "needs": .array(needs.sorted().map { .string($0) }), "priority": .int(priority),
      "user": .string(orNull: user), "memory": .int(memory),
      "run_at": .int(orNull: runAt?.microseconds), "is_held": .bool(isHeld),
      "attempts": .int(attempts), "crashes": .int(crashes), "run": .string(orNull: run?.text),
      "workflow": .string(orNull: workflow?.text), "dedupe_key": .string(orNull: dedupeKey),
      "cache_key": .string(orNull: cacheKey),
      "tolerates_loss": .bool(childRule.toleratesLoss), "has_join": .bool(childRule.hasJoin),
    ]
  }

  /// Reads what `json` writes.
  package init(json: JSONObject) throws(ModelFailure) {
    guard let kind = json["kind"]?.string, let input = json["input"] else {
      throw ModelFailure(.jobBadValue, "a schedule has no job that can be read")
    }
    self.init(kind: kind, input: input)
    queue = json["queue"]?.string ?? queue
    needs = Set(json["needs"]?.array?.compactMap(\.string) ?? [])
    priority = json["priority"]?.int ?? priority
    user = json["user"]?.string
    memory = Int64(json["memory"]?.int ?? 0)
    runAt = json["run_at"]?.int.map { Timestamp(microseconds: Int64($0)) }
    isHeld = json["is_held"]?.bool ?? isHeld
    attempts = json["attempts"]?.int ?? attempts
    crashes = json["crashes"]?.int ?? crashes
    run = try json["run"]?.string.map { text throws(ModelFailure) in try RunID(text) }
    workflow = try json["workflow"]?.string.map { text throws(ModelFailure) in
      try WorkflowID(text)
    }
    dedupeKey = json["dedupe_key"]?.string
    cacheKey = json["cache_key"]?.string
    childRule = ChildRule(
      toleratesLoss: json["tolerates_loss"]?.bool ?? false,
      hasJoin: json["has_join"]?.bool ?? true)
  }
}
