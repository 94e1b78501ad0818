import Blobs
import EmbeddedMetadata
import Foundation
import Foundations
import Library
import Media
import Model
import Sniffing
import Stores
import TestSupport
import Testing

@Suite("intake", .timeLimit(.minutes(5)))
struct IntakeTests {
  @Test(
    "identical bytes from eight threads are one asset and seven duplicates",
    arguments: [true, false])
  func eightThreads(onDisk: Bool) throws {
    let shelf = try Shelf(onDisk: onDisk)
    let library = shelf.library
    let bytes = try ScenePicture.jpeg(1)
    let found = Gathered<AddedAsset>()
    withThreads(8) { number in
      do {
        found.add(
          try library.intake.add(bytes: bytes, AssetDetails(name: "picture \(number).jpg")))
      } catch {
        Issue.record(error)
      }
    }
    #expect(found.all.count == 8)
    #expect(Set(found.all.map(\.asset.id)).count == 1)
    #expect(found.all.count { $0.isDuplicate } == 7)
    let id = try #require(found.all.first).asset.id
    #expect(try shelf.catalogue.read { try $0.origins(of: id) }.count == 8)
    #expect(try shelf.blobs.list(after: nil, atMost: 10).count == 1)
  }

  @Test("an upload of content whose file was lost brings the file back")
  func lostUpload() throws {
    let shelf = try Shelf()
    let bytes = try ScenePicture.jpeg(2)
    let first = try shelf.library.intake.add(bytes: bytes, AssetDetails(name: "a.jpg")).asset
    // What the other MediaManager's deletion did: the file goes, the row stays.
    try FileManager.default.removeItem(atPath: shelf.content(first).text)
    let again = try shelf.library.intake.add(bytes: bytes, AssetDetails(name: "b.jpg"))
    #expect(again.isDuplicate)
    #expect(again.asset.id == first.id)
    #expect(try SmallFile.read(shelf.content(first), limit: 1 << 20) == bytes)
  }

  @Test("a file on disk whose content was lost is read again, although it is known")
  func lostContentOfKnownFile() throws {
    let shelf = try Shelf()
    let path = try shelf.file("a.jpg", ScenePicture.jpeg(2))
    let first = try shelf.library.intake.add(file: path).asset
    try FileManager.default.removeItem(atPath: shelf.content(first).text)
    #expect(try shelf.library.intake.add(file: path).isDuplicate)
    #expect(FileStatus.ifPresent(shelf.content(first)) != nil)
  }

  @Test("content in the trash lives again when it is added again")
  func revived() throws {
    let shelf = try Shelf()
    let bytes = try ScenePicture.jpeg(3)
    let first = try shelf.library.intake.add(bytes: bytes, AssetDetails(name: "a.jpg")).asset
    try shelf.library.delete(first.id)
    #expect(try shelf.library.asset(first.id).deletedAt != nil)
    let again = try shelf.library.intake.add(bytes: bytes, AssetDetails(name: "a.jpg"))
    #expect(again.isRevived)
    #expect(try shelf.library.asset(first.id).deletedAt == nil)
  }

  @Test("a file that has not changed is added again without being read")
  func hashCache() throws {
    let store = Gathered<CountingStore>()
    let shelf = try Shelf { inner in
      let counting = CountingStore(inner)
      store.add(counting)
      return counting
    }
    let counting = try #require(store.all.first)
    let path = try shelf.file("a.jpg", ScenePicture.jpeg(4))
    let first = try shelf.library.intake.add(file: path)
    let again = try shelf.library.intake.add(file: path)
    #expect(counting.takes.value == 1)
    #expect(again.isDuplicate)
    #expect(again.asset.id == first.asset.id)
    // One that has changed is.
    try shelf.file("a.jpg", ScenePicture.jpeg(5))
    #expect(try !shelf.library.intake.add(file: path).isDuplicate)
    #expect(counting.takes.value == 2)
  }

  @Test("a web page that calls itself a picture is refused, and one that does not is kept")
  func webPage() throws {
    let shelf = try Shelf()
    let page = Array("<!DOCTYPE html><html><body>502 Bad Gateway</body></html>".utf8)
    let path = try shelf.file("picture.png", page)
    let error = #expect(throws: LibraryFailure.self) {
      try shelf.library.intake.add(file: path)
    }
    #expect(error?.code == .libraryHTML)
    var details = AssetDetails(name: "answer")
    details.declaredType = "video/mp4"
    let announced = details
    #expect(throws: LibraryFailure.self) {
      try shelf.library.intake.add(bytes: page, announced)
    }
    #expect(try shelf.blobs.list(after: nil, atMost: 5).isEmpty)
    let kept = try shelf.library.intake.add(bytes: page, AssetDetails(name: "page.html"))
    #expect(kept.asset.facts.kind == .code)
  }

  @Test("content without bytes is refused")
  func nothing() throws {
    let shelf = try Shelf()
    let path = try shelf.file("empty.png", [])
    let error = #expect(throws: LibraryFailure.self) {
      try shelf.library.intake.add(file: path)
    }
    #expect(error?.code == .libraryEmpty)
  }

  @Test("a file that is written to while it is read is refused")
  func changing() throws {
    let shelf = try Shelf()
    let path = try shelf.file("growing.bin", [UInt8](repeating: 7, count: 24 << 20))
    let library = shelf.library
    let (isDone, refused) = (Counter(), Counter())
    withThreads(2) { number in
      if number == 0 {
        guard let file = FileHandle(forWritingAtPath: path.text) else { return }
        while isDone.value == 0 {
          file.seekToEndOfFile()
          file.write(Data([1]))
        }
        return
      }
      do { _ = try library.intake.add(file: path) } catch let error as BlobFailure {
        if error.code == .blobChanged { refused.add() }
      } catch { Issue.record(error) }
      isDone.add()
    }
    #expect(refused.value == 1)
    #expect(try shelf.blobs.list(after: nil, atMost: 5).isEmpty)
  }

  @Test("names keep their form, lose their folders, and have no control characters")
  func names() throws {
    let shelf = try Shelf()
    let bytes = try ScenePicture.jpeg(6)
    func name(_ text: String) throws -> String {
      let added = try shelf.library.intake.add(bytes: bytes, AssetDetails(name: text))
      return try #require(
        shelf.catalogue.read { try $0.origins(of: added.asset.id).last }
      ).name
    }
    let (one, two) = ("caf\u{E9}.jpg", "cafe\u{301}.jpg")
    #expect(try Array(name(one).utf8) == Array(one.utf8))
    #expect(try Array(name(two).utf8) == Array(two.utf8))
    #expect(try name("../../etc/passwd") == "passwd")
    #expect(try name("C:\\pictures\\x.jpg") == "x.jpg")
    for bad in [
      "", "..", "a/..", "x\0y", "x\ny", "x\u{202E}gpj", String(repeating: "n", count: 4_096),
    ] {
      let error = #expect(throws: LibraryFailure.self) { try name(bad) }
      #expect(error?.code == .libraryBadName)
    }
  }

  @Test(
    "ids from outside cannot name a place or be without end",
    arguments: ["", "..", "../x", "a/b", "a\0b", ".x", String(repeating: "a", count: 4_096)])
  func ids(_ text: String) {
    #expect(throws: ModelFailure.self) { try AssetID(text) }
  }

  @Test("an id that stands for other content is a conflict")
  func takenID() throws {
    let shelf = try Shelf()
    var details = AssetDetails(name: "a.jpg")
    details.id = try AssetID("mine")
    try shelf.library.intake.add(bytes: ScenePicture.jpeg(7), details)
    let other = try ScenePicture.jpeg(8)
    let again = details
    let error = #expect(throws: ModelFailure.self) {
      try shelf.library.intake.add(bytes: other, again)
    }
    #expect(error?.code == .modelConflict)
  }

  @Test("quotas refuse before a byte is written, and warn before that")
  func quotas() throws {
    var settings = LibrarySettings.forTests
    let bytes = try ScenePicture.jpeg(9)
    settings.quota = Int64(bytes.count) + 100
    settings.userQuota = 50
    let shelf = try Shelf(settings: settings)
    try shelf.library.intake.add(bytes: bytes, AssetDetails(name: "a.jpg"))
    #expect(try shelf.library.quotas().first?.isNearlyFull == true)
    let path = try shelf.file("b.jpg", ScenePicture.jpeg(10))
    let error = #expect(throws: LibraryFailure.self) {
      try shelf.library.intake.add(file: path)
    }
    #expect(error?.code == .libraryQuota)
    #expect(error?.code.httpStatus == 507)
    // A user's own is smaller still.
    #expect(throws: LibraryFailure.self) {
      try shelf.library.intake.add(
        bytes: [UInt8](repeating: 1, count: 60), AssetDetails(name: "c", user: "ann"))
    }
    // A stream without a length ends where the quota does.
    let stream = try shelf.library.intake.begin(AssetDetails(name: "d.bin"))
    #expect(throws: BlobFailure.self) { try stream.append([UInt8](repeating: 2, count: 101)) }
    #expect(try shelf.blobs.list(after: nil, atMost: 5).count == 1)
  }

  @Test("a stream is hashed and told while it comes")
  func stream() throws {
    let shelf = try Shelf()
    let bytes = try ScenePicture.jpeg(11)
    let stream = try shelf.library.intake.begin(
      AssetDetails(name: "a.jpg"), size: Int64(bytes.count))
    for start in stride(from: 0, to: bytes.count, by: 1_000) {
      try stream.append(Array(bytes[start..<min(bytes.count, start + 1_000)]))
    }
    let added = try stream.add()
    #expect(added.asset.facts.resolution == "160x120")
    #expect(
      try !shelf.library.intake.add(bytes: bytes, AssetDetails(name: "b")).asset.facts.format
        .isEmpty)
  }

  @Test("facts are those of the bytes, whatever the name says")
  func facts() throws {
    let shelf = try Shelf()
    let picture = try shelf.library.intake.add(
      bytes: ScenePicture.jpeg(12), AssetDetails(name: "film.mp4")
    ).asset.facts
    #expect(picture.kind == .image)
    #expect(picture.format == "jpg")
    #expect(picture.aspectRatio == "4:3")
    #expect(picture.likeness != nil)
    let film = try shelf.library.intake.add(
      bytes: SyntheticScene(seed: 1).film(width: 160, height: 90, seconds: 2),
      AssetDetails(name: "picture.png")
    ).asset.facts
    #expect(film.kind == .video)
    #expect(film.codec == "h264")
    #expect(film.resolution == "160x90")
    #expect(film.frameRate?.double == 12)
    #expect(abs((film.durationSeconds ?? 0) - 2) < 0.2)
    #expect(film.likeness != nil)
  }

  @Test("a film that cannot be read is kept, and marked so")
  func unreadable() throws {
    let shelf = try Shelf()
    var bytes = try SyntheticScene(seed: 2).film(width: 64, height: 48, seconds: 1)
    for index in 64..<bytes.count { bytes[index] = UInt8(truncatingIfNeeded: index &* 31) }
    let added = try shelf.library.intake.add(bytes: bytes, AssetDetails(name: "broken.mkv"))
    #expect(!added.asset.facts.isReadable)
    #expect(added.asset.facts.kind == .video)
    #expect(try shelf.blobs.find(added.asset.blob) != nil)
  }

  @Test("what a file tells of how it was made becomes a generation")
  func embedded() throws {
    let shelf = try Shelf()
    let path = try shelf.file("a.jpg", ScenePicture.jpeg(13))
    try EmbeddedMetadata.write(
      #"{"prompt": "a lighthouse at dusk", "seed": 42, "model_type": "flux", "type": "WanGP"}"#,
      to: path)
    let added = try shelf.library.intake.add(file: path)
    let generation = try #require(
      shelf.catalogue.read { try $0.generations(of: added.asset.id).first })
    #expect(generation.prompt == "a lighthouse at dusk")
    #expect(generation.seed == "42")
    #expect(
      try shelf.library.finding.search("lighthouse").items.map(\.asset.id) == [added.asset.id])
  }

  @Test("a file that is ours becomes the blob and is gone from where it was")
  func moving() throws {
    let shelf = try Shelf()
    let bytes = try ScenePicture.jpeg(14)
    let path = try shelf.file("frames.jpg", bytes)
    let prepared = try shelf.library.intake.prepare(
      moving: path, AssetDetails(name: "frames.jpg", source: .generated))
    let added = try shelf.library.intake.record(prepared)
    #expect(FileStatus.ifPresent(path) == nil)
    #expect(added.asset.source == .generated)
    #expect(try SmallFile.read(shelf.content(added.asset), limit: 1 << 20) == bytes)
  }
}
