extension ValueKind where Value == Timestamp {
  /// A time: RFC 3339 with its zone, or a plain day, which is meant from its beginning in UTC.
  package static var time: Self {
    Self(.time) { text in PlainDay.start(of: text) ?? Timestamp(rfc3339: text) }
  }

  /// A time up to which something reaches; a plain day is meant to its end.
  package static var lastTime: Self {
    Self(.time) { text in
      PlainDay.start(of: text).map { $0 + .seconds(86_400) + .microseconds(-1) }
        ?? Timestamp(rfc3339: text)
    }
  }
}

extension ValueKind where Value == Duration {
  /// How far a zone is east of UTC: `+01:00`, `-05:30`, `Z`.
  package static var zone: Self {
    .own("ZONE", "a zone such as +01:00, -05:30 or Z") { text in
      // Midnight there is so much earlier in UTC.
      Timestamp(rfc3339: "1970-01-01T00:00:00" + text).map { .microseconds(-$0.microseconds) }
    }
  }
}

/// Days without a time.
private enum PlainDay {
  /// When `2026-11-21` begins in UTC; nil for what is no such day.
  static func start(of text: String) -> Timestamp? {
    text.utf8.count == 10 ? Timestamp(rfc3339: text + "T00:00:00Z") : nil
  }
}
