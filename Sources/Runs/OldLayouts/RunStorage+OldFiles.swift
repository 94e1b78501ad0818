import Foundations
import Model
import Sniffing

extension RunStorage {
  // What the rows of older layouts say of a file, and what says the same here.
  private static let said: Set<String> = [
    "type", "filename", "backend", "config", "file_size_bytes", "format", "width", "height",
    "duration_seconds", "sequence", "timestamp", "metadata", "seed", "node_id",
  ]

  /// Takes a file of an older run; false where its bytes are not what they were said to be, and it
  /// was kept as a plain file.
  func take(_ file: OldFile, of old: OldRun, into run: inout OpenRun) throws -> Bool {
    guard try isOutput(file) else {
      try keep(file, of: old, in: &run)
      return true
    }
    let about = Self.details(of: file)
    var new = try takeIn(file.path, file.filename)
    new.addedAt = old.time(file.row["timestamp"])
    let type: OutputType
    do {
      type = try OutputType.decide(
        asked: about.type, new.facts, size: new.size, name: file.filename)
    } catch {
      try keep(file, of: old, in: &run)
      return false
    }
    let arrival = Arrival(new, id: new.id ?? AssetID(ids.uuid()))
    _ = try run.add(arrival, type, about, incoming(new.blob))
    return true
  }

  /// Media are outputs whatever their row says; code is one where its row says so.
  private func isOutput(_ file: OldFile) throws -> Bool {
    if file.row["type"] != nil, file.sequence == nil, file.row["metadata"] == nil { return true }
    if file.type?.hasPrefix("output_") == true { return true }
    let source = try FileDescriptor.open(file.path, FileFlags.reading)
    let head = try source.read(ContentType.headSize, at: 0)
    let kind = ContentType.of(head, size: try source.status().size).kind
    return [.image, .audio, .video, .model3D, .midi].contains(kind)
  }

  private static func details(of file: OldFile) -> OutputDetails {
    let metadata = file.row["metadata"]?.object ?? JSONObject()
    func text(_ key: String) -> String? { (file.row[key] ?? metadata[key])?.string }
    let type = file.type.map { $0.hasPrefix("output_") ? String($0.dropFirst(7)) : $0 }
    var about = OutputDetails(
      type: type.flatMap { (try? RunValues.checkType($0)) == nil ? nil : $0 },
      config: text("config"), backend: text("backend"))
    about.node = text("node_id")
    about.seed = (file.row["seed"] ?? metadata["seed"]).flatMap { value in
      if case .number(let number) = value { number.text } else { value.string }
    }
    for (key, value) in metadata.members + file.row.members where !said.contains(key) {
      about.extra[key] = value
    }
    about.extra["original_filename"] = .string(file.filename)
    return about
  }

  /// Keeps a file as another file of the run, under its own name as far as that is safe.
  private func keep(_ file: OldFile, of old: OldRun, in run: inout OpenRun) throws {
    var name = SafeName.from(untrusted: file.filename).text
    // A name that outputs bear would be taken for one.
    if name.lowercased().hasPrefix("output_") || TakenNames.own.contains(name.lowercased()) {
      name = SafeName.from(untrusted: "file_\(name)").text
    }
    let path = FilePath(name)
    let isPlain = path.fileExtension.isEmpty
    let filename = run.names.take(
      isPlain ? name : String(name.dropLast(path.fileExtension.count + 1)),
      isPlain ? "" : String(name.suffix(path.fileExtension.count)))
    try FileCopy.place(
      file.path, as: try run.destination(filename), ways: [.reflink, .copy],
      durability: options.durability)
    let size = try FileStatus.of(file.path).size
    var metadata = file.row["metadata"]?.object ?? JSONObject()
    for (key, value) in file.row.members where !Self.said.contains(key) { metadata[key] = value }
    let isTaken = file.sequence.map { number in
      run.document.entities.contains { $0.sequence == number }
    }
    let sequence = isTaken == false ? file.sequence ?? 0 : run.document.nextSequence
    run.document.append(
      RunEntity(
        sequence, file.type ?? "file", filename, size: Int(size),
        old.time(file.row["timestamp"]), metadata))
  }
}
