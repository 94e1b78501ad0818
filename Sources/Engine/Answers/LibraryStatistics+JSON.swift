package import Foundations
package import Library
package import Model

extension LibraryStatistics {
  /// The statistics as every surface answers them.
  package var json: JSONObject {
    [
      "assets": assets.json, "trash": trash.json, "by_kind": Self.json(byKind),
      "by_source": Self.json(bySource), "by_user": Self.json(byUser),
      "by_model": Self.json(byModel), "videos_by_source": Self.json(videosBySource),
      "workflows_by_status": .object(
        workflowsByStatus.sorted { $0.key < $1.key }.reduce(into: JSONObject()) {
          $0[$1.key] = .int($1.value)
        }), "runs": .int(runs), "saved_by_deduplication": savedByDeduplication.json,
    ]
  }

  private static func json(_ amounts: [String: Amount]) -> JSONValue {
    .object(
      amounts.sorted { $0.key < $1.key }.reduce(into: JSONObject()) { $0[$1.key] = $1.value.json })
  }
}

extension LibraryStatistics.Amount {
  /// `{"count", "size_bytes"}`.
  package var json: JSONValue { ["count": .int(count), "size_bytes": .int(bytes)] }
}

extension DayGrowth {
  /// What came in on a day.
  package var json: JSONValue {
    [
      "day": .string(String(day.description.prefix(10))), "count": .int(amount.count),
      "size_bytes": .int(amount.bytes),
    ]
  }
}

extension Quota {
  /// How much of a quota is used.
  package var json: JSONValue {
    [
      "user_id": .string(orNull: user), "used_bytes": .int(used), "limit_bytes": .int(limit),
      "nearly_full": .bool(isNearlyFull),
    ]
  }
}
