import Blobs
import Foundation
import Foundations
import Model
import Runs
import Sniffing
import TestSupport
import Testing

/// A library in a folder of its own, with runs over a disk's blobs.
final class TestLibrary: Sendable {
  let folder: FilePath
  let blobs: any BlobStore
  let catalogue: TestStore
  let time: any TimeSource
  let runs: RunStorage
  private let holder: TemporaryFolder?

  init(
    _ backend: Backend = .memory, at path: FilePath? = nil, blobs: (any BlobStore)? = nil,
    time: any TimeSource = SystemTime(), _ change: (inout RunStorage.Options) -> Void = { _ in }
  ) throws {
    if let path {
      holder = nil
      folder = path
    } else {
      let made = try TemporaryFolder()
      holder = made
      folder = FilePath(made.path).appending("library")
    }
    let store = if let blobs { blobs } else { try DiskBlobStore(in: folder) as any BlobStore }
    self.blobs = store
    self.time = time
    catalogue = try TestStore(backend, in: Folder.make(folder).path)
    var options = RunStorage.Options()
    options.clock = time
    options.durability = .relaxed
    change(&options)
    runs = try RunStorage(
      in: folder, blobs: store, catalogue: catalogue,
      ids: IDMaker(time: time, random: SystemRandom()), options: options
    ) { [clock = time] path, name in
      let staged = try store.take(path, TakingOptions(), stop: nil)
      _ = try staged.commit(.relaxed)
      return Self.asset(staged.facts, name, clock.now)
    }
  }

  deinit { catalogue.finish() }

  static func asset(_ facts: BlobFacts, _ name: String, _ now: Timestamp) -> NewAsset {
    let type = ContentType.of(facts.head, size: facts.size)
    return NewAsset(
      blob: facts.id, size: facts.size, name: name, source: .generated, addedAt: now,
      facts: AssetFacts(kind: type.kind, format: type.fileExtension, mimeType: type.mimeType))
  }

  /// Content in the blob store, known and not yet anywhere else.
  func content(_ bytes: [UInt8], _ name: String = "a") throws -> NewAsset {
    let intake = try blobs.beginIntake(IntakeOptions())
    try intake.append(bytes)
    let staged = try intake.finish()
    _ = try staged.commit(.relaxed)
    return Self.asset(staged.facts, name, time.now)
  }

  /// A run that has begun.
  func begin(_ text: String = "a cat") throws -> Run {
    try runs.create(NewRun(schema: "dada", mode: .eco, inputText: text, user: "ada"))
  }

  /// Adds bytes to a run.
  @discardableResult
  func add(
    _ bytes: [UInt8], to run: RunID, type: String? = nil, name: String = "a"
  ) throws -> RunOutput {
    try runs.add(
      content(bytes, name), to: run, OutputDetails(type: type, config: "c", backend: "b"))
  }

  /// Where a run's folder lies.
  func path(_ run: RunID) -> FilePath { folder.appending("runs").appending(run.text) }

  /// The names in a run's folder.
  func names(_ run: RunID) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(run).text).sorted()
  }

  /// A run's metadata.json as another program reads it.
  func json(_ run: RunID) throws -> [String: Any] {
    let data = try Data(contentsOf: URL(filePath: path(run).appending("metadata.json").text))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// What the catalogue has of a run.
  func row(_ run: RunID) throws -> Run? { try catalogue.read { try $0.run(run) } }

  /// What the catalogue has of a run's outputs.
  func rows(_ run: RunID) throws -> [RunOutput] {
    try catalogue.read { try $0.run(run) == nil ? [] : $0.outputs(of: run) }
  }

  /// All runs that the catalogue has.
  func knownRuns() throws -> [Run] {
    var deleted = RunFilter()
    deleted.isDeleted = true
    return try catalogue.read { catalogue in
      try [RunFilter(), deleted].flatMap { filter in
        try catalogue.runs(filter, after: nil, atMost: 100).items
      }
    }
  }

  /// How many assets the catalogue has.
  func assetCount() throws -> Int { try catalogue.read { try $0.statistics().assets.count } }

  /// Whether folder, files, blobs and rows of a run say the same.
  func check(_ run: RunID, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let metadata = try runs.metadata(of: run)
    let rows = try self.rows(run)
    #expect(
      rows.map(\.filename) == metadata.outputs.map(\.filename), sourceLocation: sourceLocation)
    #expect(rows.map(\.details) == metadata.outputs.map(\.details), sourceLocation: sourceLocation)
    #expect(rows.map(\.ordinal) == Array(1..<rows.count + 1), sourceLocation: sourceLocation)
    #expect(try row(run) == metadata.run, sourceLocation: sourceLocation)
    #expect(
      Set(metadata.outputs.map(\.filename)).count == metadata.outputs.count,
      sourceLocation: sourceLocation)
    for (row, output) in zip(rows, metadata.outputs) {
      let blob = try #require(output.blob, sourceLocation: sourceLocation)
      #expect(row.blob == blob && row.asset != nil, sourceLocation: sourceLocation)
      let bytes = try SmallFile.read(try runs.path(of: run, output.filename), limit: 1 << 30)
      let content = try blobs.open(blob)
      #expect(try content.read(0..<content.size) == bytes, sourceLocation: sourceLocation)
    }
  }
}

/// The code that work is refused with; nil where it is not.
func code(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return (error as? any Failure)?.code.name ?? "\(error)"
  }
}

/// Small files of many formats.
enum TestMedia {
  private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// A PNG's beginning, and a number that makes it another.
  static func png(_ number: Int = 0) -> [UInt8] {
    [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13] + text("IHDR")
      + [0, 0, 0, 8, 0, 0, 0, 8, 8, 2, 0, 0, 0] + text("number \(number)")
  }
  static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] + text("JFIF\0") + [1, 1, 0, 0, 1]
  static let midi = text("MThd") + [0, 0, 0, 6, 0, 1, 0, 2, 1, 224] + text("MTrk")
  static let glb = text("glTF") + [2, 0, 0, 0, 100, 0, 0, 0, 80, 0, 0, 0] + text("JSON{}")
  static let gltf = text(#"{"asset": {"version": "2.0"}, "scenes": [{"nodes": [0]}]}"#)
  static let html = text("<!DOCTYPE html>\n<html><title>502 Bad Gateway</title></html>")

  /// A file made by ffmpeg.
  static func made(_ name: String, _ arguments: [String]) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let run = try CommandRun(
      "/usr/bin/ffmpeg", ["-v", "error", "-f", "lavfi"] + arguments + [folder(name)])
    #expect(run.status == 0, "\(run.stderr)")
    return Array(try Data(contentsOf: URL(filePath: folder(name))))
  }
}

/// Blobs that lie on no disk.
enum InMemoryStore {
  static func make() -> any BlobStore { InMemoryBlobStore(clock: SystemTime()) }
}
