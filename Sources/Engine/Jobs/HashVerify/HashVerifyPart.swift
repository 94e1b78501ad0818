import Blobs
import Foundations
import Glibc
import Jobs
import Library
import Model

/// One part of `hash-verify`: reads the content of a range of names.
struct HashVerifyPart: Sendable {
  private static let page = 100

  let library: MediaLibrary

  func run(_ context: JobContext) throws -> JobOutcome {
    let range = try HashRange(json: context.input)
    let repairs = context.input["repair"]?.bool ?? false
    context.stage("reading")
    var report = HashReport()
    var last = range.after
    while let blobs = try next(after: last, in: range), let end = blobs.last {
      for blob in blobs {
        try context.stop.check()
        try check(blob, repairs, &report, context)
        context.progress.report(
          ProgressUpdate(
            Double(report.bytes), of: range.bytes > 0 ? Double(range.bytes) : nil, .bytes,
            HumanText.count(report.checked, "content")))
      }
      last = end.id
    }
    context.log.info(
      "part checked", ["checked": .int(report.checked), "bytes": .int(report.bytes)])
    return .completed(.object(report.json))
  }

  /// The next blobs of the range; nil at its end.
  private func next(after last: BlobID?, in range: HashRange) throws -> [BlobStatus]? {
    let blobs = try library.blobs.list(after: last, atMost: Self.page).filter { blob in
      range.through.map { blob.id <= $0 } ?? true
    }
    return blobs.isEmpty ? nil : blobs
  }

  private func check(
    _ blob: BlobStatus, _ repairs: Bool, _ report: inout HashReport, _ context: JobContext
  ) throws {
    do {
      switch try library.blobs.verify(blob.id, quarantining: repairs, stop: context.stop) {
      case .sound(let size):
        report.checked += 1
        report.bytes += size
      case .damaged(let aside):
        report.checked += 1
        report.bytes += blob.size
        try note(HashFinding(blob.id, try asset(of: blob.id), movedTo: aside), &report, context)
      // It went between the list and the look; whether anything needed it, the join finds out.
      case .missing: break
      }
    } catch let error as FileFailure where error.errno == EIO {
      // A disk that gives no bytes back has lost them.
      report.checked += 1
      try note(
        HashFinding(blob.id, try asset(of: blob.id), problem: error.message), &report, context)
    }
  }

  private func asset(of blob: BlobID) throws -> Asset? {
    try library.catalogue.read { try $0.asset(of: blob) }
  }

  private func note(
    _ finding: HashFinding, _ report: inout HashReport, _ context: JobContext
  ) throws {
    report.damaged.note(finding)
    context.log.warning("content is damaged", finding.json)
  }
}
