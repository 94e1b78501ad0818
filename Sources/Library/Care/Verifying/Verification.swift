import Blobs
package import Foundations
import Model

extension Care {
  /// Looks whether everything is there and is what it should be.
  ///
  /// It can be ended at any time and taken up again where it was. Nothing is changed unless repairs
  /// are asked for: then damaged content is put aside, and what is missing is brought back from
  /// where it came from, if it lies there still.
  package func verify(
    _ options: Verification.Options = Verification.Options(), stop: StopFlag = StopFlag(),
    progress: ProgressSink = .none, told: (VerifyFinding) -> Void = { _ in }
  ) throws -> VerifyReport {
    try library.folder.requirePresent()
    let path = library.folder.path(of: .work).appending("verify.json")
    let saved = options.resumes ? try VerifyPlace.load(path) : nil
    return try Verification(library: library, options: options, path: path).run(
      saved ?? VerifyPlace(), stop, progress, told)
  }
}

/// One look at everything.
package struct Verification {
  /// How it is looked.
  package struct Options: Sendable {
    /// Whether all bytes are read again; otherwise only whether they are there, and their number.
    package var readsBytes = true
    package var repairs = false
    /// Whether it goes on where an earlier one was ended.
    package var resumes = true
    /// After how long it ends itself, to go on another time.
    package var atMost: Duration?

    /// Everything is read, nothing changed.
    package init() {}
  }

  private static let batch = 200

  let library: MediaLibrary
  let options: Options
  let path: FilePath

  func run(
    _ start: VerifyPlace, _ stop: StopFlag, _ progress: ProgressSink,
    _ told: (VerifyFinding) -> Void
  ) throws -> VerifyReport {
    var place = start
    let began = library.clock.uptime
    if place == VerifyPlace() {
      for problem in try library.catalogue.problems(stop: stop) {
        note(.database(problem), &place, told)
      }
    }
    while true {
      try stop.check()
      let isDone: Bool =
        switch place.phase {
        case .assets(let cursor): try lookAtAssets(after: cursor, &place, stop, told)
        case .blobs(let blob): try lookAtBlobs(after: blob, &place, stop, told)
        }
      if isDone { break }
      try place.save(path)
      progress.report(
        ProgressUpdate(Double(place.report.bytes), of: nil, .bytes, "\(place.report.blobs)"))
      if let most = options.atMost, library.clock.uptime - began >= most { return place.report }
    }
    // The next one begins anew.
    if FileStatus.ifPresent(path) != nil { try Destination(path).folder.removeFile("verify.json") }
    place.report.isComplete = true
    return place.report
  }

  private func note(
    _ finding: VerifyFinding, _ place: inout VerifyPlace, _ told: (VerifyFinding) -> Void
  ) {
    place.report.note(finding)
    told(finding)
  }

  /// Whether the content of each asset is there.
  private func lookAtAssets(
    after cursor: PageCursor?, _ place: inout VerifyPlace, _ stop: StopFlag,
    _ told: (VerifyFinding) -> Void
  ) throws -> Bool {
    let page = try library.finding.list(
      AssetFilter(), AssetOrder(.date, isDescending: false), after: cursor, atMost: Self.batch,
      stop: stop)
    for asset in page.items {
      place.report.assets += 1
      if let status = try library.blobs.find(asset.blob), status.size == asset.size { continue }
      // What has another size is damaged, and is met among the blobs.
      if try library.blobs.find(asset.blob) != nil { continue }
      if options.repairs, let source = try recover(asset, stop) {
        note(.recovered(asset.blob, from: source), &place, told)
      } else {
        note(.missing(asset.id, asset.blob), &place, told)
      }
    }
    place.phase = page.next.map { .assets(after: $0) } ?? .blobs(after: nil)
    return false
  }

  /// Whether each content is what its name says, and whether anything refers to it.
  private func lookAtBlobs(
    after last: BlobID?, _ place: inout VerifyPlace, _ stop: StopFlag,
    _ told: (VerifyFinding) -> Void
  ) throws -> Bool {
    let blobs = try library.blobs.list(after: last, atMost: Self.batch)
    guard let end = blobs.last else { return true }
    let referenced = try library.catalogue.read(stop: stop) {
      try $0.referenced(blobs.map(\.id))
    }
    for blob in blobs {
      try stop.check()
      place.report.blobs += 1
      place.report.bytes += blob.size
      if !referenced.contains(blob.id) {
        let isOld = blob.age >= library.settings.grace
        note(
          isOld ? .untracked(blob.id, bytes: blob.size) : .inFlight(blob.id, bytes: blob.size),
          &place, told)
      }
      if options.readsBytes { try readAgain(blob.id, &place, stop, told) }
    }
    place.phase = .blobs(after: end.id)
    return false
  }

  private func readAgain(
    _ blob: BlobID, _ place: inout VerifyPlace, _ stop: StopFlag, _ told: (VerifyFinding) -> Void
  ) throws {
    let verdict = try library.blobs.verify(blob, quarantining: options.repairs, stop: stop)
    guard case .damaged(let aside) = verdict else { return }
    let asset = try library.catalogue.read { try $0.asset(of: blob) }
    if aside != nil, let asset, let source = try recover(asset, stop) {
      return note(.recovered(blob, from: source), &place, told)
    }
    note(.damaged(blob, movedTo: aside), &place, told)
  }

  /// Takes the content in again from a place that it came from; nil where none has it.
  private func recover(_ asset: Asset, _ stop: StopFlag) throws -> FilePath? {
    let origins = try library.catalogue.read { try $0.origins(of: asset.id) }
    var options = TakingOptions()
    options.intake = IntakeOptions(expectedSize: asset.size, expectedID: asset.blob)
    for origin in origins {
      guard let from = origin.from, from.hasPrefix("/") else { continue }
      let path = FilePath(from)
      guard let status = FileStatus.ifPresent(path), status.kind == .plain,
        status.size == asset.size
      else { continue }
      do {
        _ = try library.blobs.take(path, options, stop: stop).commit(.durable)
        return path
      } catch let error as BlobFailure
        where [.blobUnexpected, .blobChanged].contains(error.code)
      {
        // Another file lies there now.
        continue
      }
    }
    return nil
  }
}
