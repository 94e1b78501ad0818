import Foundations
import Library
import Model
import TestSupport
import Testing

@Suite("finding", .timeLimit(.minutes(5)))
struct FindingTests {
  @Test("what looks alike is found, the nearest first, and not what was deleted")
  func similar() throws {
    let shelf = try Shelf()
    let intake = shelf.library.intake
    let original = try intake.add(
      bytes: ScenePicture.jpeg(1, width: 320, height: 240), AssetDetails(name: "a.jpg")
    ).asset
    let smaller = try intake.add(
      bytes: ScenePicture.jpeg(1, quality: 40), AssetDetails(name: "b.jpg")
    ).asset
    let cut = try intake.add(
      bytes: ScenePicture.jpeg(1, cut: .init(left: 0.03)), AssetDetails(name: "c.jpg")
    ).asset
    for seed: UInt64 in 20..<30 {
      try intake.add(bytes: ScenePicture.jpeg(seed), AssetDetails(name: "\(seed).jpg"))
    }
    let found = try shelf.library.finding.similar(to: original.id)
    #expect(Set(found.map(\.asset.id)) == [smaller.id, cut.id])
    #expect(found.map(\.distance) == found.map(\.distance).sorted())
    let groups = try shelf.library.finding.nearDuplicates()
    #expect(groups.map { Set($0.map(\.id)) } == [[original.id, smaller.id, cut.id]])
    try shelf.library.delete(smaller.id)
    #expect(try shelf.library.finding.similar(to: original.id).map(\.asset.id) == [cut.id])
  }

  @Test("pictures taken in without a look are looked at later")
  func later() throws {
    var settings = LibrarySettings.forTests
    settings.looking = .later
    let shelf = try Shelf(settings: settings)
    let one = try shelf.library.intake.add(
      bytes: ScenePicture.jpeg(1), AssetDetails(name: "a.jpg")
    ).asset
    try shelf.library.intake.add(
      bytes: ScenePicture.jpeg(1, quality: 50), AssetDetails(name: "b.jpg"))
    #expect(try shelf.library.finding.similar(to: one.id).isEmpty)
    #expect(try shelf.library.care.lookAtAll() == 2)
    #expect(try shelf.library.finding.similar(to: one.id).count == 1)
    #expect(try shelf.library.care.lookAtAll() == 0)
  }

  @Test("statistics tell what deduplication saved")
  func statistics() throws {
    let shelf = try Shelf()
    let bytes = try ScenePicture.jpeg(1)
    for name in ["a.jpg", "b.jpg", "c.jpg"] {
      try shelf.library.intake.add(bytes: bytes, AssetDetails(name: name))
    }
    let statistics = try shelf.library.finding.statistics()
    #expect(statistics.assets.count == 1)
    #expect(statistics.savedByDeduplication.bytes == 2 * Int64(bytes.count))
  }
}
