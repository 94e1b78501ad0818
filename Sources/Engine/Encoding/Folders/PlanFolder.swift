import Encoding
import Foundations
import Glibc
import Hashing
import Media

/// Looks for a folder's films and decides what becomes of each, before any is encoded.
struct PlanFolder {
  /// A file that is a film, not yet named.
  private struct Found {
    let name: FilePath
    let film: Film
    let status: FileStatus
  }

  let request: FolderRequest
  let history: EncodeHistory
  let stop: StopFlag
  /// Which files are looked at; all of them, unless told otherwise.
  var takes: @Sendable (FilePath) -> Bool = { _ in true }

  func make() throws -> FolderPlan {
    let folder = try Folder.open(request.folder)
    let output = try outputFolder(folder.status)
    var plan = FolderPlan()
    let found = try films(in: folder, without: output, &plan)
    let names = OutputNames.names(of: found.map(\.name), ending: request.container.rawValue)
    let done = try done()
    let sources = Set(found.map { Place($0.status) })
    for (one, name) in zip(found, names) {
      try stop.check()
      let output = request.output.appending(name)
      plan.films.append(
        PlannedFilm(
          name: one.name, input: one.film.path, output: output,
          fate: fate(of: one, output, done[output.whole.text], sources), size: one.film.size,
          seconds: one.film.seconds, width: one.film.video.video?.width ?? 0,
          height: one.film.video.video?.height ?? 0, weight: one.film.weight))
    }
    return plan
  }

  /// The folder of the outputs, where it is there already.
  private func outputFolder(_ folder: FileStatus) throws -> FileStatus? {
    guard let output = try FileStatus.find(request.output) else { return nil }
    guard output.kind == .folder else {
      throw UsageFailure(
        .usageBadValue, "\(request.output) is no folder, and \(request.folder) is one",
        hint: "name a folder for the outputs; it is made where it is missing")
    }
    guard !output.isSameFile(as: folder) else {
      throw UsageFailure(
        .usageBadValue, "the outputs cannot go into \(request.folder) itself",
        hint: "name another folder, which may lie in it: \(request.folder.appending("av1"))")
    }
    return output
  }

  private func films(
    in folder: Folder, without output: FileStatus?, _ plan: inout FolderPlan
  ) throws -> [Found] {
    var found: [Found] = []
    var walk = try FolderWalk(of: folder, stop: stop)
    var left: FilePath?
    while let item = try walk.next() {
      if let left, item.path.lies(in: left) { continue }
      let name = item.path.below(folder.path)
      switch item {
      case .entry(let path, let status) where status.kind == .folder:
        if let output, status.isSameFile(as: output) { left = path }
      case .entry(let path, let status) where status.kind == .plain && !takes(path): continue
      case .entry(let path, let status) where status.kind == .plain:
        do {
          found.append(Found(name: name, film: try Film.open(path, stop: stop), status: status))
        } catch {
          let failure = error.asFailure
          if failure.kind == .cancelled { throw error }
          if Self.isNoFilm(failure) {
            plan.passedOver += 1
          } else {
            plan.failures.append((name, failure))
          }
        }
      case .entry: plan.passedOver += 1
      case .unreadable(_, let failure): plan.failures.append((name, failure))
      }
    }
    return found
  }

  private static func isNoFilm(_ failure: any Failure) -> Bool {
    let codes: [FailureCode] = [.encodingNoFilm, .notMedia, .mediaEmpty, .noStream]
    return codes.contains(failure.code)
  }

  private func fate(
    of found: Found, _ output: FilePath, _ record: EncodeRecord?, _ sources: Set<Place>
  ) -> PlannedFilm.Fate {
    if found.film.video.codec == "av1", !request.reencodesAV1 { return .skip(.av1) }
    guard let there = FileStatus.ifPresent(output) else { return .encode }
    if sources.contains(Place(there)) {
      return .refuse(EncodingFailure.outputIsSource(output))
    }
    if let record, record.result == .init(there), record.fingerprint == request.each.fingerprint,
      isSource(found, of: record)
    {
      return .skip(.done)
    }
    return request.each.settings.overwrites ? .encode : .skip(.exists)
  }

  /// Whether a film is what a record's output was made from: by size and time, or by its bytes where
  /// it was copied or touched.
  private func isSource(_ found: Found, of record: EncodeRecord) -> Bool {
    guard let source = record.source, source.size == found.status.size else { return false }
    if source.modified == found.status.modifiedNanoseconds { return true }
    guard let content = record.content,
      let file = try? FileDescriptor.open(found.film.path, O_RDONLY),
      let digest = try? SHA256.hash(file, stop: stop)
    else { return false }
    return "\(digest)" == content
  }

  /// The last completed encode into each output.
  private func done() throws -> [String: EncodeRecord] {
    var done: [String: EncodeRecord] = [:]
    try history.each(stop: stop) { record in
      if record.state == .completed { done[record.output] = record }
    }
    return done
  }

  /// Where a file is on the disk, whatever it is called.
  private struct Place: Hashable {
    let device: UInt64
    let inode: UInt64

    init(_ status: FileStatus) { (device, inode) = (status.device, status.inode) }
  }
}

extension Film {
  /// Pixels to be encoded; of a film that does not tell its length, by its bytes.
  fileprivate var weight: Double {
    let pixels = Double(video.video?.width ?? 0) * Double(video.video?.height ?? 0)
    let frames = seconds.map { $0 * (nominalRate.double ?? 24) }
    return max(1, frames.map { $0 * pixels } ?? Double(size) * 100)
  }
}

extension FilePath {
  private static let slash = UInt8(ascii: "/")

  /// Whether it is below a folder, by its letters.
  func lies(in folder: FilePath) -> Bool {
    bytes.starts(with: folder.bytes) && bytes.dropFirst(folder.bytes.count).first == Self.slash
  }

  /// The part after a folder that it begins with.
  fileprivate func below(_ folder: FilePath) -> FilePath {
    guard bytes.starts(with: folder.bytes) else { return self }
    return FilePath(bytes: bytes.dropFirst(folder.bytes.count).drop { $0 == Self.slash })
  }
}
