import Blobs
import Encoding
import Foundations
import Hashing
import Jobs
import Library
import Model

/// `encode`: a film into AV1, as `mediary encode` makes it; into a file, or into the library.
///
/// Segments that are finished stay, whatever becomes of the job: cancelled, failed or taken up by
/// another worker, it goes on where it was.
struct EncodeJob: OfferedJob {
  let open: OpenLibrary
  let shop: EncodeShop

  private var library: MediaLibrary { open.library }

  var name: String { "encode" }
  var members: [String] { EncodeSource.members + EncodeRequest.members }
  // The segments of one use all cores.
  var kinds: [JobKind] { [JobKind(name, runsAtMost: 1) { try run($0) }] }

  func plan(_ input: JobInput) throws -> PlannedJob {
    let source = try EncodeSource(input, in: open)
    let output = try input.plain("output").map { try EncodeSource.path($0, "output") }
    let container: OutputContainer? = try input.choice("container")
    if output != nil, container != nil {
      throw JobEngineFailure(
        .jobBadInput, "'container' of encode stands beside 'output', whose ending says it",
        hint: "leave one of them out")
    }
    let request = try request(input, "/input", to: output ?? "/output.mkv")
    if let output {
      _ = try OutputContainer(of: output)
      if !request.settings.overwrites, try FileStatus.find(output) != nil {
        throw EncodingFailure.outputExists(output)
      }
    }
    var asked: JSONObject = [source.member.name: source.member.value]
    for (member, value) in input.object.members where member != "asset_id" && member != "path" {
      if value != .null { asked[member] = value }
    }
    var job = NewJob(kind: name, input: .object(asked))
    // Two at the same time would make the same.
    job.dedupeKey = "\(name) \(SHA256.hash(Array(JSONValue.object(asked).text().utf8)))"
    return PlannedJob(job: job)
  }

  private func request(
    _ input: JobInput, _ film: FilePath, to output: FilePath
  ) throws -> EncodeRequest {
    var options = input.object
    for member in EncodeSource.members { options[member] = nil }
    return try EncodeRequest(film, to: output, as: options)
  }

  private func run(_ context: JobContext) throws -> JobOutcome {
    let input = JobInput(kind: name, object: context.input.object ?? [:])
    let source = try EncodeSource(planned: input, in: open)
    let places = try shop.places()
    let film = try file(of: source, context)
    guard let output = try input.plain("output").map({ FilePath($0) }) else {
      return try runIntoLibrary(source, film, input, places, context)
    }
    let request = try request(input, film, to: output)
    if let made = try made(by: context.job.id, request, places, context.stop) {
      context.log.info("the output was made before the worker was lost")
      return .completed(.object(made.json))
    }
    let report = try encode(request, source, nil, places, context)
    return .completed(result(report))
  }

  private func runIntoLibrary(
    _ source: EncodeSource, _ film: FilePath, _ input: JobInput, _ places: EncodingPlaces,
    _ context: JobContext
  ) throws -> JobOutcome {
    let container: OutputContainer = try input.choice("container") ?? .mkv
    let name = "\(FilePath(source.name).stem).\(container.rawValue)"
    let file = try context.scratch.appending("film.\(container.rawValue)")
    var request = try request(input, film, to: file)
    // What an attempt before may have left in the job's own folder is nobody's.
    request.settings.overwrites = true
    let report = try encode(request, source, name, places, context)
    var details = AssetDetails(name: name, source: .encoded, user: context.job.user)
    details.from = source.origin
    details.generation = generation(source, request, report, context)
    let prepared = try library.intake.prepare(moving: file, details, stop: context.stop)
    let known = try library.catalogue.read { try $0.asset(of: prepared.new.blob) }
    let id = try known?.id ?? AssetID(context.newID().text)
    var result = result(report).object ?? [:]
    result["output"] = .null
    result["asset_id"] = .string(id.text)
    result["name"] = .string(name)
    result["is_duplicate"] = .bool(known != nil)
    return .completed(.object(result)) { try _ = $0.addAsset(prepared.new, id: id) }
  }

  private func encode(
    _ request: EncodeRequest, _ source: EncodeSource, _ name: String?, _ places: EncodingPlaces,
    _ context: JobContext
  ) throws -> EncodeReport {
    let told = EncodeProgress(context, request, of: source.name, into: name, places)
    defer { told.end() }
    var cause = TrackedEncode.Cause()
    cause.job = context.job.id.text
    cause.output = name
    if case .asset(let asset) = source {
      cause.asset = (asset.id.text, asset.name, asset.blob.description)
    }
    let report = try TrackedEncode(places) { told.take($0) }.run(
      request, for: cause, stop: context.stop)
    context.log.info(
      "encoded",
      [
        "size_before": .int(report.sizeBefore), "size_after": .int(report.sizeAfter),
        "vmaf": .double(orNull: report.vmaf?.mean), "segments": .int(report.segments.count),
      ])
    return report
  }

  /// What the history tells of an output that this job made before its worker was lost.
  private func made(
    by job: JobID, _ request: EncodeRequest, _ places: EncodingPlaces, _ stop: StopFlag
  ) throws -> EncodeRecord? {
    guard let there = FileStatus.ifPresent(request.output) else { return nil }
    var found: EncodeRecord?
    try places.history.each(stop: stop) { record in
      if record.job == job.text, record.state == .completed { found = record }
    }
    return found?.result == .init(there) ? found : nil
  }

  /// The content as a file that can be read at any place.
  private func file(of source: EncodeSource, _ context: JobContext) throws -> FilePath {
    guard case .asset(let asset) = source else {
      if case .path(let path) = source { return path }
      preconditionFailure("a source is an asset or a path")
    }
    if let path = library.blobs.localPath(of: asset.blob) { return path }
    let copy = try context.scratch.appending("source")
    try library.blobs.materialise(
      asset.blob, as: Destination(copy), ways: [.copy], durability: .relaxed, stop: context.stop)
    return copy
  }

  private func generation(
    _ source: EncodeSource, _ request: EncodeRequest, _ report: EncodeReport, _ context: JobContext
  ) -> Generation {
    var made = Generation(id: library.newGenerationID())
    made.provider = "mediary"
    made.model = report.encoder
    made.jobID = context.job.id.text
    made.startedAt = context.job.startedAt
    made.completedAt = library.clock.now
    made.parameters[source.member.name] = source.member.value
    if case .asset(let asset) = source {
      made.parameters["source_sha256"] = .string(asset.blob.description)
    }
    made.parameters["settings"] = .object(request.meaning)
    made.parameters["vmaf"] = .double(orNull: report.vmaf?.mean)
    return made
  }

  /// The report; of a film so long that it would not be kept whole, without its segments.
  private func result(_ report: EncodeReport) -> JSONValue {
    let json = report.json
    guard json.text().utf8.count > NewJob.mostBytes - 4_096 else { return json }
    var short = json.object ?? [:]
    short["segments"] = []
    return .object(short)
  }
}

extension EncodeSource {
  /// Where an output that comes into the library came from.
  fileprivate var origin: String {
    switch self {
    case .asset(let asset): "asset:\(asset.id)"
    case .path(let path): path.text
    }
  }
}
