import Foundation
import Foundations
import Library
import TestSupport
import Testing

@Suite("library folder")
struct LibraryFolderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func code(_ body: () throws -> Void) -> FailureCode? {
    do { try body() } catch { return (error as? LibraryFailure)?.code }
    return nil
  }

  @Test("an absent folder is not taken for an empty library")
  func absent() throws {
    let path = FilePath(folder("gone"))
    #expect(code { _ = try LibraryFolder.open(path, creates: false) } == .libraryAbsent)
    // Where a disk should be mounted there is an empty folder.
    try FileManager.default.createDirectory(atPath: path.text, withIntermediateDirectories: true)
    #expect(code { _ = try LibraryFolder.open(path, creates: false) } == .libraryAbsent)
    let made = try LibraryFolder.open(path, creates: true)
    #expect(try LibraryFolder.open(path, creates: false).mark.id == made.mark.id)
    try made.requirePresent()
    try FileManager.default.moveItem(atPath: path.text, toPath: folder("unmounted"))
    #expect(code { try made.requirePresent() } == .libraryAbsent)
    try FileManager.default.createDirectory(atPath: path.text, withIntermediateDirectories: true)
    #expect(code { try made.requirePresent() } == .libraryAbsent)
  }

  @Test("a folder of something else is refused and left alone")
  func foreign() throws {
    try folder.write("photos/a.jpg", [1, 2, 3])
    let path = FilePath(folder("photos"))
    #expect(code { _ = try LibraryFolder.open(path, creates: true) } == .libraryForeign)
    #expect(try FileManager.default.contentsOfDirectory(atPath: path.text) == ["a.jpg"])
  }

  @Test("a library of a newer version is refused")
  func newer() throws {
    let mark = #"{"format": "mediary-library", "version": 99, "id": "x"}"#
    try folder.write("lib/mediary.json", Array(mark.utf8))
    let path = FilePath(folder("lib"))
    #expect(code { _ = try LibraryFolder.open(path, creates: true) } == .libraryNewer)
  }

  @Test("two that make a library at once make one")
  func atOnce() throws {
    let path = FilePath(folder("both"))
    let ids = Gathered<String>()
    withThreads(8) { _ in
      do { ids.add(try LibraryFolder.open(path, creates: true).mark.id) } catch {
        Issue.record(error)
      }
    }
    #expect(ids.all.count == 8)
    #expect(Set(ids.all).count == 1)
  }
}
