import Foundations

/// Carries one change out on one file.
struct MetadataWriter {
  private let file: SourceFile
  private let kind: ContainerKind?
  private let options: MetadataWriteOptions
  private let stop: StopFlag?

  /// Opens the file and sees what it is.
  init(_ path: FilePath, options: MetadataWriteOptions, stop: StopFlag?) throws {
    file = try SourceFile(path)
    kind = try ContainerKind.of(file)
    self.options = options
    self.stop = stop
  }

  /// Refuses what is not one JSON object.
  static func checkJSON(_ text: String) throws {
    var limits = JSONReader.Limits()
    limits.bytes = MetadataLimits.text
    let value: JSONValue
    do { value = try JSONReader.read(text, limits: limits) } catch {
      throw MetadataFailure(.metadataNotJSON, "the metadata are no JSON", cause: error)
    }
    guard value.object != nil else {
      throw MetadataFailure(.metadataNotJSON, "the metadata are JSON, but no object")
    }
  }

  /// Refuses what is over the bounds.
  static func checkSizes(_ text: String, _ options: MetadataWriteOptions) throws {
    // A quarter of the bound, since escaping and UTF-16 make a text longer.
    guard text.utf8.count <= MetadataLimits.text / 4 else {
      throw MetadataFailure(
        .metadataTooLarge,
        "the metadata are over \(HumanText.bytes(Int64(MetadataLimits.text / 4)))")
    }
    let pictures = options.pictures ?? []
    guard pictures.count <= MetadataLimits.pictures,
      pictures.allSatisfy({ $0.bytes.count <= MetadataLimits.picture }),
      pictures.reduce(0, { $0 + $1.bytes.count }) <= MetadataLimits.index / 2
    else {
      throw MetadataFailure(.metadataTooLarge, "the source pictures are too many or too large")
    }
  }

  /// What a change would do, and how.
  func plan(_ change: Change) throws -> (plan: MetadataPlan, rewrite: Rewrite?) {
    let sidecar = Sidecar(of: file.path).path
    var plan = MetadataPlan(
      format: kind, place: nil, sidecar: nil, method: .untouched, bytes: file.size, note: nil)
    if options.placement == .sidecar || options.placement == .both { plan.sidecar = sidecar }
    guard options.placement == .embedded || options.placement == .both else { return (plan, nil) }
    guard let kind else {
      throw MetadataFailure.unsupported(file.path, "its format is not known")
    }
    let container = kind.container
    guard try !container.isSigned(file) else {
      plan.sidecar = sidecar
      plan.note = "the file bears a C2PA signature, which a change would break; it was left whole"
      return (plan, nil)
    }
    let rewrite: Rewrite
    do { rewrite = try container.rewrite(file, change) } catch let error as MetadataFailure
      where container.standsAside && error.code == .metadataUnsupported
      && change.pictures?.isEmpty != false
    {
      plan.sidecar = sidecar
      plan.note = "\(error.message); the file was left whole"
      return (plan, nil)
    }
    plan.place = change.text == nil ? nil : rewrite.place
    plan.method = rewrite.patch == nil ? .copy : .patch
    plan.bytes =
      rewrite.patch?.size(from: file.size) ?? rewrite.pieces.reduce(0) { $0 + $1.count }
    return (plan, rewrite)
  }

  /// Puts a text in, or beside, the file.
  func write(_ text: String, sidecar: Sidecar) throws -> MetadataWriting {
    let (plan, rewrite) = try plan(Change(text: text, pictures: options.pictures))
    // The text beside the file first: where that cannot be, the file is left as it was.
    if plan.sidecar != nil { try sidecar.write(text) }
    if let rewrite { try carryOut(rewrite, text) }
    return MetadataWriting(
      path: file.path, place: plan.place, sidecar: plan.sidecar == nil ? nil : sidecar.path,
      bytes: plan.bytes, method: plan.method, note: plan.note)
  }

  /// Takes out what is there.
  func strip() throws -> MetadataWriting {
    let (plan, rewrite) = try plan(Change(text: nil, pictures: nil))
    if let rewrite { try carryOut(rewrite, nil) }
    let note = plan.note.map { "\($0); nothing was taken out" }
    return MetadataWriting(
      path: file.path, place: nil, sidecar: nil, bytes: plan.bytes, method: plan.method, note: note)
  }

  private func carryOut(_ rewrite: Rewrite, _ text: String?) throws {
    if let patch = rewrite.patch {
      return try PatchedFile(file).apply(patch, stop) { if let text { try verify($0, text) } }
    }
    let target = try Destination(file.path)
    let staged = try StagedFile.create(beside: target, mode: file.status.mode & 0o777)
    for piece in rewrite.pieces where piece.count > 0 {
      try stop?.check()
      switch piece {
      case .kept(let range):
        try FileCopy.range(range, of: file.file, to: staged.file, stop: stop)
      case .made(let bytes): try staged.file.write(bytes)
      case .zeros(let count): try writeZeros(count, to: staged.file)
      }
    }
    if let text { try verify(staged.path, text) }
    try file.checkUnchanged()
    try staged.file.setMode(file.status.mode)
    try staged.file.setTimes(file.times)
    try staged.publish(as: target, replacing: true)
    // The owner of a file that is not published yet sweeps by itself; here it would look left over.
    if !StagedFile.isOne(at: file.path) { Leftovers.sweep(beside: file.path) }
  }

  private func writeZeros(_ count: Int64, to target: borrowing FileDescriptor) throws {
    var rest = count
    let zeros = [UInt8](repeating: 0, count: Int(min(count, 1 << 20)))
    while rest > 0 {
      try stop?.check()
      let part = Int(min(rest, Int64(zeros.count)))
      try target.write(zeros.prefix(part))
      rest -= Int64(part)
    }
  }

  /// Reads the text back by the same way as everybody else.
  private func verify(_ path: FilePath, _ text: String) throws {
    guard options.verify else { return }
    let written = try SourceFile(path)
    let texts = try ContainerKind.of(written)?.container.texts(in: written) ?? []
    guard texts.first(where: { $0.keyword == "comment" })?.text == text else {
      throw MetadataFailure(
        .metadataNotVerified, "the metadata read back from \(file.path) differ from those written")
    }
  }
}
