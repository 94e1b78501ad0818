import Testing

/// Each fault of docs/jobs.md, tried on real workers; `./test --filter JobFaults` runs exactly these.
///
/// One after the other, since some of them need all of a small machine. Each tells in one line what
/// was tried and what was lost.
@Suite("Faults of jobs", .serialized, .timeLimit(.minutes(5)))
enum JobFaults {
  /// Tells how a fault was withstood.
  static func tell(_ fault: String, _ counts: String) {
    print("fault of jobs: \(fault): \(counts)")
  }
}
