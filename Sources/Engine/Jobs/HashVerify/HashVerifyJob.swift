import Blobs
import Foundations
import Jobs
import Library
import Model

/// `hash-verify`: whether the bytes of each content are those that its name stands for.
///
/// It is split by ranges of names, which do not change when content comes and goes; a part that is
/// over is never read again, whatever becomes of the others.
struct HashVerifyJob: OfferedJob {
  static let partKind = "hash-verify:part"
  private static let mostParts = 256
  // So long that the telling costs nothing, so short that little is read twice after a crash.
  private static let bytesOfPart: Int64 = 256 << 20
  private static let blobsOfPart = 1_000
  private static let page = 500

  let library: MediaLibrary

  var name: String { "hash-verify" }
  var members: [String] { ["parts", "repair"] }
  var kinds: [JobKind] {
    let part = HashVerifyPart(library: library)
    return [
      JobKind(name) { try run($0) },
      JobKind(Self.partKind) { try part.run($0) },
    ]
  }

  func plan(_ input: JobInput) throws -> PlannedJob {
    var asked: JSONObject = ["repair": .bool(try input.flag("repair"))]
    asked["parts"] = try input.whole("parts", 1...Self.mostParts).map { .int($0) }
    var job = NewJob(kind: name, input: .object(asked))
    // Two looks at the same time would find the same.
    job.dedupeKey = "\(name) \(JSONValue.object(asked).text())"
    return PlannedJob(job: job)
  }

  private func run(_ context: JobContext) throws -> JobOutcome {
    try library.folder.requirePresent()
    if context.isJoin { return try join(context) }
    context.stage("looking")
    let repairs = context.input["repair"]?.bool ?? false
    let ranges = try ranges(wanted: context.input["parts"]?.int, context.stop)
    context.log.info("split", ["parts": .int(ranges.count)])
    guard !ranges.isEmpty else { return try join(context) }
    return .split(
      ranges.map { range in
        NewChild(
          id: context.newID(),
          NewJob(kind: Self.partKind, input: .object(range.json(repairs: repairs))))
      }, stage: "joining")
  }

  /// Ranges of about as many bytes each; none where there is no content.
  private func ranges(wanted: Int?, _ stop: StopFlag) throws -> [HashRange] {
    var (count, bytes) = (0, Int64(0))
    try eachBlob(stop) { blob in
      count += 1
      bytes += blob.size
    }
    let natural = max(Int(bytes / Self.bytesOfPart), count / Self.blobsOfPart) + 1
    let parts = min(wanted ?? natural, count, Self.mostParts)
    guard parts > 0 else { return [] }
    // A second walk and no list, which would be long: what has come meanwhile is in the last range.
    var cuts: [(end: BlobID, bytes: Int64)] = []
    var (seen, sum, begun) = (0, Int64(0), Int64(0))
    try eachBlob(stop) { blob in
      (seen, sum) = (seen + 1, sum + blob.size)
      let left = parts - cuts.count
      guard left > 1 else { return }
      let isFull = Double(sum) >= Double(bytes) * Double(cuts.count + 1) / Double(parts)
      // Each of the parts to come has something to do.
      guard isFull || count - seen < left else { return }
      cuts.append((blob.id, sum - begun))
      begun = sum
    }
    let starts = [nil] + cuts.map { Optional($0.end) }
    let ends = cuts.map { Optional($0.end) } + [nil]
    let sizes = cuts.map(\.bytes) + [sum - begun]
    return starts.indices.map { HashRange(after: starts[$0], through: ends[$0], bytes: sizes[$0]) }
  }

  private func eachBlob(_ stop: StopFlag, _ body: (BlobStatus) -> Void) throws {
    var last: BlobID?
    while true {
      try stop.check()
      let blobs = try library.blobs.list(after: last, atMost: Self.page)
      guard let end = blobs.last else { return }
      blobs.forEach(body)
      last = end.id
    }
  }

  /// Puts together what the parts found, and looks for what none of them could meet.
  private func join(_ context: JobContext) throws -> JobOutcome {
    context.stage("joining")
    var report = HashReport()
    for child in try context.children() {
      if let found = child.result { report.add(HashReport(json: found)) }
    }
    try noteMissing(in: &report, context)
    var result = report.json
    result["ok"] = .bool(report.isSound)
    context.log.info("checked", ["checked": .int(report.checked), "ok": .bool(report.isSound)])
    return .completed(.object(result))
  }

  private func noteMissing(in report: inout HashReport, _ context: JobContext) throws {
    var cursor: PageCursor?
    repeat {
      try context.stop.check()
      let page = try library.finding.list(
        AssetFilter(), AssetOrder(.date, isDescending: false), after: cursor, atMost: Self.page,
        stop: context.stop)
      for asset in page.items where try library.blobs.find(asset.blob) == nil {
        report.missing.note(HashFinding(asset.blob, asset))
      }
      cursor = page.next
    } while cursor != nil
  }
}
