import Blobs
import Foundation
import Foundations
import Library
import Model
import Stores
import TestSupport
import Testing

@Suite("cleaning", .timeLimit(.minutes(5)))
struct CleaningTests {
  private func add(_ shelf: Shelf, _ seed: UInt64) throws -> AssetID {
    let added = try shelf.library.intake.add(
      bytes: ScenePicture.jpeg(seed), AssetDetails(name: "\(seed).jpg"))
    shelf.clock.advance(by: .seconds(86_400))
    return added.asset.id
  }

  private func change(_ shelf: Shelf, _ id: AssetID, _ body: (inout AssetChange) -> Void) throws {
    var change = AssetChange()
    body(&change)
    try shelf.library.change(id, change)
  }

  @Test("a plan takes the old and leaves favourites, kept tags, stars and what is referred to")
  func plan() throws {
    let shelf = try Shelf()
    let ids = try (UInt64(0)..<6).map { try add(shelf, $0) }
    try change(shelf, ids[0]) { $0.isFavourite = true }
    try change(shelf, ids[1]) { $0.tags = ["keep"] }
    try change(shelf, ids[2]) { $0.rating = 5 }
    let workflow = try shelf.library.workflows.create(name: "w").workflow.id
    try shelf.library.workflows.associate(ids[3], with: workflow, node: "n")
    var rules = CleanupRules()
    rules.olderThan = .seconds(86_400 * 3 / 2)
    rules.keptTags = ["keep"]
    let plan = try shelf.library.care.plan(rules)
    #expect(plan.items.map(\.asset.id) == [ids[4]])
    #expect(plan.kept == 3)
    #expect(plan.referenced == 1)
    // A plan changes nothing; carried out, it goes to the trash and can be brought back.
    #expect(try shelf.library.asset(ids[4]).deletedAt == nil)
    #expect(try shelf.library.care.carryOut(plan).count == 1)
    #expect(try shelf.library.asset(ids[4]).deletedAt != nil)
    try shelf.library.undelete(ids[4])
    #expect(try shelf.blobs.list(after: nil, atMost: 10).count == 6)
  }

  @Test("a plan by size takes the oldest until the rest fits")
  func bySize() throws {
    let shelf = try Shelf()
    let ids = try (UInt64(0)..<4).map { try add(shelf, $0) }
    var rules = CleanupRules()
    rules.mostBytes = try shelf.library.asset(ids[2]).size + shelf.library.asset(ids[3]).size
    #expect(try shelf.library.care.plan(rules).items.map(\.asset.id) == [ids[0], ids[1]])
    #expect(throws: ModelFailure.self) { try shelf.library.care.plan(CleanupRules()) }
  }

  @Test("what changed since the plan was made is left")
  func changed() throws {
    let shelf = try Shelf()
    let id = try add(shelf, 1)
    var rules = CleanupRules()
    rules.olderThan = .zero
    let plan = try shelf.library.care.plan(rules)
    try change(shelf, id) { $0.isFavourite = true }
    #expect(try shelf.library.care.carryOut(plan).isEmpty)
  }

  @Test("content goes only by sweep, after the trash is emptied")
  func sweep() throws {
    var settings = LibrarySettings.forTests
    settings.grace = .zero
    let shelf = try Shelf(settings: settings)
    let id = try add(shelf, 1)
    _ = try add(shelf, 2)
    try shelf.library.delete(id)
    #expect(try shelf.library.care.sweep().deleted == 0)
    shelf.clock.advance(by: .seconds(100))
    #expect(try shelf.library.care.emptyTrash(olderThan: .seconds(200), isDryRun: false).isEmpty)
    #expect(try shelf.library.care.emptyTrash(olderThan: .seconds(50), isDryRun: true).count == 1)
    #expect(try shelf.library.care.emptyTrash(olderThan: .seconds(50), isDryRun: false).count == 1)
    #expect(try shelf.library.care.sweep(isDryRun: true).deleted == 1)
    #expect(try shelf.library.care.sweep().deleted == 1)
    #expect(try shelf.blobs.list(after: nil, atMost: 10).count == 1)
  }

  @Test("over an empty catalogue nothing is swept: it was lost")
  func lostCatalogue() throws {
    var settings = LibrarySettings.forTests
    settings.grace = .zero
    let shelf = try Shelf(settings: settings)
    _ = try shelf.library.intake.prepare(bytes: ScenePicture.jpeg(1), AssetDetails(name: "a.jpg"))
    let error = #expect(throws: LibraryFailure.self) { try shelf.library.care.sweep() }
    #expect(error?.code == .libraryIndexEmpty)
    #expect(try shelf.library.care.sweep(evenIfEmpty: true).deleted == 1)
  }

  @Test("nothing is cleaned or looked after on a disk that is absent")
  func absent() throws {
    let shelf = try Shelf()
    _ = try add(shelf, 1)
    var rules = CleanupRules()
    rules.olderThan = .zero
    let plan = try shelf.library.care.plan(rules)
    try FileManager.default.moveItem(
      atPath: shelf.path.text, toPath: shelf.temporary("unmounted"))
    try FileManager.default.createDirectory(
      atPath: shelf.path.text, withIntermediateDirectories: true)
    let care = shelf.library.care
    let works: [() throws -> Void] = [
      { _ = try care.plan(rules) }, { try care.carryOut(plan) }, { try care.sweep() },
      { _ = try care.verify() }, { try care.emptyTrash(olderThan: .zero, isDryRun: false) },
    ]
    for work in works {
      let error = #expect(throws: LibraryFailure.self) { try work() }
      #expect(error?.code == .libraryAbsent)
    }
  }
}
