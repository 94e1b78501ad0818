package import Foundations

extension BlobStore {
  /// Removes the blobs that nothing refers to, once they are older than a grace.
  ///
  /// `referenced` is asked about some blobs at a time, in order of their ids, and answers which of
  /// them something refers to; where it fails the sweep ends, and none of those is removed. The
  /// grace is what makes the question safe: a blob may be committed before its reference is
  /// written, and is young until then. That is looked at again at the moment of removal.
  package func sweep(
    olderThan grace: Duration = .seconds(86_400), batch: Int = 1_000, isDryRun: Bool = false,
    stop: StopFlag? = nil, referenced: ([BlobID]) throws -> Set<BlobID>
  ) throws -> BlobSweep {
    precondition(batch > 0, "a sweep looks at some blobs at a time")
    var sweep = BlobSweep()
    var last: BlobID?
    while true {
      try stop?.check()
      let blobs = try list(after: last, atMost: batch)
      guard let end = blobs.last else { return sweep }
      last = end.id
      sweep.seen += blobs.count
      let old = blobs.filter { $0.age >= grace }
      sweep.young += blobs.count - old.count
      if old.isEmpty { continue }
      let kept = try referenced(old.map(\.id))
      for blob in old {
        try stop?.check()
        guard !kept.contains(blob.id) else {
          sweep.referenced += 1
          continue
        }
        try remove(blob, grace, isDryRun, &sweep)
      }
    }
  }

  private func remove(
    _ blob: BlobStatus, _ grace: Duration, _ isDryRun: Bool, _ sweep: inout BlobSweep
  ) throws {
    let deletion =
      try isDryRun ? .deleted(bytes: blob.size) : delete(blob.id, unlessYoungerThan: grace)
    switch deletion {
    case .deleted(let bytes):
      sweep.deleted += 1
      sweep.bytes += bytes
    case .tooYoung: sweep.young += 1
    case .absent: break
    }
  }
}
