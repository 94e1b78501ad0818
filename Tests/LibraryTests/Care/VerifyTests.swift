import Blobs
import Foundation
import Foundations
import Library
import Model
import TestSupport
import Testing

@Suite("verify", .timeLimit(.minutes(5)))
struct VerifyTests {
  /// Changes a byte of a blob, as a failing disk or an edit through a link does.
  private func damage(_ path: FilePath) throws {
    var bytes = try SmallFile.read(path, limit: 1 << 20)
    bytes[bytes.count / 2] ^= 0x40
    try FileManager.default.removeItem(atPath: path.text)
    try Data(bytes).write(to: URL(filePath: path.text))
  }

  @Test("a whole library has no findings")
  func sound() throws {
    let shelf = try Shelf()
    for seed: UInt64 in 0..<3 {
      try shelf.library.intake.add(bytes: ScenePicture.jpeg(seed), AssetDetails(name: "a.jpg"))
    }
    let report = try shelf.library.care.verify()
    #expect(report.isSound)
    #expect(report.isComplete)
    #expect(report.findings.isEmpty)
    #expect(report.assets == 3)
    #expect(report.blobs == 3)
  }

  @Test("missing, damaged and untracked content is told, and nothing is changed")
  func findings() throws {
    var settings = LibrarySettings.forTests
    settings.grace = .zero
    let shelf = try Shelf(settings: settings)
    let assets = try (UInt64(0)..<3).map {
      try shelf.library.intake.add(bytes: ScenePicture.jpeg($0), AssetDetails(name: "a.jpg")).asset
    }
    try FileManager.default.removeItem(atPath: shelf.content(assets[0]).text)
    try damage(shelf.content(assets[1]))
    let stray = try shelf.library.intake.prepare(
      bytes: ScenePicture.jpeg(9), AssetDetails(name: "b.jpg")
    ).new.blob
    let report = try shelf.library.care.verify()
    #expect(!report.isSound)
    #expect(report.findings.contains(.missing(assets[0].id, assets[0].blob)))
    #expect(report.findings.contains(.damaged(assets[1].blob, movedTo: nil)))
    #expect(report.counts["untracked"] == 1)
    #expect(report.findings.count == 3)
    #expect(try shelf.blobs.find(stray) != nil)
    #expect(FileStatus.ifPresent(shelf.content(assets[1])) != nil)
  }

  @Test("repairs bring back what its source still has, and put the rest aside")
  func repairs() throws {
    let shelf = try Shelf()
    let path = try shelf.file("source.jpg", ScenePicture.jpeg(1))
    let known = try shelf.library.intake.add(file: path).asset
    let unknown = try shelf.library.intake.add(
      bytes: ScenePicture.jpeg(2), AssetDetails(name: "b.jpg")
    ).asset
    try damage(shelf.content(known))
    try damage(shelf.content(unknown))
    var options = Verification.Options()
    options.repairs = true
    let report = try shelf.library.care.verify(options)
    #expect(
      report.findings.contains { if case .recovered(known.blob, _) = $0 { true } else { false } })
    let aside = try #require(
      report.findings.compactMap { finding -> FilePath? in
        if case .damaged(unknown.blob, let path) = finding { path } else { nil }
      }.first)
    #expect(FileStatus.ifPresent(aside) != nil)
    #expect(try shelf.library.care.verify().counts == ["missing": 1])
  }

  @Test("a verification that was ended goes on where it was")
  func resumed() throws {
    let shelf = try Shelf()
    for seed: UInt64 in 0..<3 {
      try shelf.library.intake.add(bytes: ScenePicture.jpeg(seed), AssetDetails(name: "a.jpg"))
    }
    var options = Verification.Options()
    options.atMost = .zero
    let first = try shelf.library.care.verify(options)
    #expect(!first.isComplete)
    #expect(first.assets == 3)
    #expect(first.blobs == 0)
    var turns = 1
    var report = first
    while !report.isComplete, turns < 10 {
      report = try shelf.library.care.verify(options)
      turns += 1
    }
    #expect(report.isComplete)
    #expect(report.assets == 3)
    #expect(report.blobs == 3)
    // The next one begins anew.
    #expect(try shelf.library.care.verify().assets == 3)
  }
}
