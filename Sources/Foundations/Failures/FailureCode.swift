/// The stable name of one thing that can go wrong, with its kind and its meaning.
///
/// A struct rather than an enum, so that each module adds its own as static members. A code never
/// changes its meaning. `docs/errors.md` is generated from the modules' lists.
package struct FailureCode: Sendable, Hashable {
  /// Dotted, lower case, from the general to the particular: `media.demux.truncated`.
  package let name: String
  /// Decides the exit status and the HTTP status.
  package let kind: FailureKind
  /// One sentence for the table of errors.
  package let summary: String
  /// A finer HTTP status of the same kind (413, 507, …).
  package let httpStatus: Int

  /// Makes a code; `httpStatus` only where the kind's own is too coarse.
  package init(_ name: String, _ kind: FailureKind, _ summary: String, httpStatus: Int? = nil) {
    self.name = name
    self.kind = kind
    self.summary = summary
    self.httpStatus = httpStatus ?? kind.httpStatus
  }

  package static func == (left: Self, right: Self) -> Bool { left.name == right.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
