import Blobs
import Foundation
import Foundations
import Library
import Model
import Sniffing
import Stores
import TestSupport
import Testing

@Suite("backup and rebuild", .timeLimit(.minutes(5)))
struct BackupTests {
  /// All that a library knows, to be compared.
  private struct Contents: Equatable {
    var assets: [Asset] = []
    var origins: [[AssetOrigin]] = []
    var generations: [[Generation]] = []
    var workflows: [Workflow] = []
    var versions: [[WorkflowVersion]] = []
    var associations: [[Association]] = []
    var executions: [[Execution]] = []

    init(_ catalogue: any CatalogueStore) throws {
      try catalogue.read { catalogue in
        var trash = AssetFilter()
        trash.isDeleted = true
        for filter in [AssetFilter(), trash] {
          assets += try catalogue.assets(filter, .newest, after: nil, atMost: 1_000).items
        }
        assets.sort { $0.id < $1.id }
        origins = try assets.map { try catalogue.origins(of: $0.id) }
        generations = try assets.map { try catalogue.generations(of: $0.id) }
        workflows = try catalogue.workflows(WorkflowFilter(), after: nil, atMost: 100).items
        versions = try workflows.map { try catalogue.versions(of: $0.id) }
        associations = try workflows.map { try catalogue.associations(of: $0.id) }
        executions = try workflows.map {
          try catalogue.executions(of: $0.id, after: nil, atMost: 100).items
        }
      }
    }
  }

  /// A library with some of everything.
  private func fill(_ shelf: Shelf) throws {
    let library = shelf.library
    let assets = try (UInt64(0)..<4).map {
      shelf.clock.advance(by: .seconds(1))
      return try library.intake.add(
        bytes: ScenePicture.jpeg($0), AssetDetails(name: "\($0).jpg", user: "ann")
      ).asset
    }
    try library.intake.add(bytes: ScenePicture.jpeg(0), AssetDetails(name: "again.jpg"))
    var change = AssetChange()
    change.name = "renamed.jpg"
    change.tags = ["sea", "dusk"]
    change.text = "a note"
    change.rating = 4
    change.extra = ["lens": "35mm"]
    try library.change(assets[1].id, change)
    var generation = Generation(id: library.newGenerationID(), asset: assets[1].id)
    generation.prompt = "a lighthouse"
    generation.model = "flux"
    try library.putGeneration(generation)
    try library.delete(assets[2].id)
    let workflow = try library.workflows.create(
      name: "drama", definition: WorkflowDefinitionTests.good
    ).workflow.id
    try library.workflows.save(
      workflow, definition: ["nodes": [["id": "only", "type": "TextInput"]]])
    let execution = try library.workflows.start(workflow)
    try library.workflows.associate(
      assets[3].id, with: workflow, node: "only", execution: execution.id)
    try library.workflows.update(execution.id, status: .completed)
  }

  @Test("a backup restored is the same library, and its journal and catalogue agree")
  func restored() throws {
    let shelf = try Shelf()
    try fill(shelf)
    try shelf.temporary.write("library/runs/r1/metadata.json", Array("{}".utf8))
    let backup = FilePath(shelf.temporary("backup"))
    let manifest = try shelf.library.care.backUp(to: backup)
    #expect(manifest.blobs == 4)
    // What comes after is not in it.
    try shelf.library.intake.add(bytes: ScenePicture.jpeg(50), AssetDetails(name: "late.jpg"))
    let target = FilePath(shelf.temporary("restored"))
    try Restore.run(from: backup, to: target)
    let folder = try LibraryFolder.open(target, creates: false)
    #expect(folder.mark.id == shelf.library.folder.mark.id)
    let catalogue = try SQLiteCatalogue.open(in: target)
    defer { catalogue.finish() }
    var expected = try Contents(shelf.catalogue)
    let late = expected.assets.firstIndex { $0.name == "late.jpg" }
    if let late {
      expected.assets.remove(at: late)
      expected.origins.remove(at: late)
      expected.generations.remove(at: late)
    }
    #expect(try Contents(catalogue) == expected)
    let library = MediaLibrary(
      folder, blobs: try DiskBlobStore(in: target), catalogue: catalogue)
    #expect(try library.care.verify().findings.isEmpty)
    #expect(FileStatus.ifPresent(target.appending("runs/r1/metadata.json")) != nil)
  }

  @Test("a backup that was cut short, and a folder that is used, are refused")
  func refused() throws {
    let shelf = try Shelf()
    try fill(shelf)
    let backup = FilePath(shelf.temporary("backup"))
    _ = try shelf.library.care.backUp(to: backup)
    #expect(throws: LibraryFailure.self) { try shelf.library.care.backUp(to: backup) }
    let used = try shelf.file("used/file", [1]).parent
    #expect(throws: LibraryFailure.self) { try Restore.run(from: backup, to: used) }
    let blob = try #require(shelf.blobs.list(after: nil, atMost: 1).first).id.description
    let place = "backup/blobs/\(blob.prefix(2))/\(blob.dropFirst(2).prefix(2))/\(blob)"
    try FileManager.default.removeItem(atPath: shelf.temporary(place))
    let target = FilePath(shelf.temporary("restored"))
    #expect(throws: LibraryFailure.self) { try Restore.run(from: backup, to: target) }
    #expect(FileStatus.ifPresent(target) == nil)
    try FileManager.default.removeItem(atPath: shelf.temporary("backup/backup.json"))
    let error = #expect(throws: LibraryFailure.self) { try Restore.run(from: backup, to: target) }
    #expect(error?.code == .libraryBadBackup)
  }

  @Test("a deleted catalogue is rebuilt from the journal and the blobs, item by item the same")
  func rebuilt() throws {
    let shelf = try Shelf()
    try fill(shelf)
    let expected = try Contents(shelf.catalogue)
    shelf.catalogue.finish()
    let journal = try JournalReader(in: shelf.path)
    let fresh = InMemoryCatalogue()
    let library = MediaLibrary(
      shelf.library.folder, blobs: shelf.blobs, catalogue: fresh,
      settings: .forTests, clock: shelf.clock)
    let report = try library.care.rebuild(journal: { take in try journal.forEach(take) })
    #expect(report.refusals.isEmpty)
    #expect(report.withoutContent == 0)
    #expect(report.untracked == 0)
    #expect(try Contents(fresh) == expected)
    // A catalogue that knows something is not filled again.
    #expect(throws: LibraryFailure.self) {
      try library.care.rebuild(journal: { take in try journal.forEach(take) })
    }
  }

  @Test("without a journal, content becomes assets of its own")
  func adopted() throws {
    let shelf = try Shelf()
    try fill(shelf)
    let library = MediaLibrary(
      shelf.library.folder, blobs: shelf.blobs, catalogue: InMemoryCatalogue(),
      settings: .forTests, clock: shelf.clock)
    let report = try library.care.rebuild(journal: { _ in })
    #expect(report.adopted == 4)
    #expect(try library.finding.list().items.allSatisfy { $0.facts.kind == .image })
  }
}
