/// What a verification looked at and found.
package struct VerifyReport: Sendable, Equatable {
  /// How many findings are kept; all are counted.
  package static let mostFindings = 1_000

  package internal(set) var assets = 0
  package internal(set) var blobs = 0
  package internal(set) var bytes: Int64 = 0
  /// How many of each sort, by its word; of all turns, where it was taken up again.
  package internal(set) var counts: [String: Int] = [:]
  /// Of this turn.
  package private(set) var findings: [VerifyFinding] = []
  /// Whether it came to the end.
  package internal(set) var isComplete = false

  init() {}

  /// How many things are wrong.
  package var problems: Int {
    ["missing", "damaged", "database"].reduce(0) { $0 + counts[$1, default: 0] }
  }

  /// Whether nothing is wrong, as far as was looked.
  package var isSound: Bool { problems == 0 }

  mutating func note(_ finding: VerifyFinding) {
    counts[finding.word, default: 0] += 1
    if findings.count < Self.mostFindings { findings.append(finding) }
  }
}
