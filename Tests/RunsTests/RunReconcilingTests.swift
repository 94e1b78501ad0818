import Blobs
import Foundation
import Foundations
import Model
import Runs
import TestSupport
import Testing

@Suite("Runs brought to agree")
struct RunReconcilingTests {
  @Test(
    "rows are made again from the folders alone, whatever the run's state",
    arguments: Backend.allCases)
  func rebuilt(_ backend: Backend) throws {
    let library = try TestLibrary(backend)
    let live = try library.begin()
    try library.add(TestMedia.png(1), to: live.id)
    try library.add(TestMedia.png(2), to: live.id)
    let deleted = try library.begin()
    _ = try library.runs.delete(deleted.id)
    let archived = try library.begin()
    try library.add(TestMedia.png(1), to: archived.id)
    _ = try library.runs.archive(archived.id)
    let ids = try library.runs.ids()
    #expect(Set(ids) == [live.id, deleted.id, archived.id])
    let before = try ids.map { try (library.row($0), library.rows($0).map(\.details)) }
    try library.catalogue.clear()
    for id in ids {
      #expect(try library.runs.inspect(id).catalogueDiffers)
      let report = try library.runs.reconcile(id)
      #expect(report.isWhole && report.catalogueDiffers)
      #expect(try library.runs.inspect(id).isClean)
    }
    let after = try ids.map { try (library.row($0), library.rows($0).map(\.details)) }
    for (before, after) in zip(before, after) { #expect(before == after) }
    #expect(try library.assetCount() == 2)
    try library.check(live.id)
  }

  @Test(
    "damaged metadata is put aside and made again from the catalogue and the folder",
    arguments: Backend.allCases)
  func damaged(_ backend: Backend) throws {
    let library = try TestLibrary(backend)
    let run = try library.begin()
    try library.add(TestMedia.png(1), to: run.id)
    let before = try library.runs.metadata(of: run.id)
    let path = library.path(run.id).appending("metadata.json")
    for (keepsRows, number) in [(true, 1), (false, 2)] {
      // Torn, as the old recorder left it.
      let text = try String(contentsOfFile: path.text, encoding: .utf8)
      try Data(text.utf8.prefix(100)).write(to: URL(filePath: path.text))
      #expect(code { _ = try library.runs.metadata(of: run.id) } == "run.damaged")
      #expect(code { try library.add(TestMedia.png(9), to: run.id) } == "run.damaged")
      if !keepsRows { try library.catalogue.clear() }
      let report = try library.runs.reconcile(run.id)
      #expect(
        report.damagedMetadata
          == (number == 1 ? "metadata.damaged.json" : "metadata.damaged_2.json"))
      let after = try library.runs.metadata(of: run.id)
      #expect(after.outputs.map(\.filename) == ["output_image.png"])
      #expect(after.run.inputText == "a cat")
      if keepsRows { #expect(after.json == before.json) }
      try library.check(run.id)
    }
  }

  @Test(
    "files that were lost come back from their blobs; where those are gone too, it is said",
    arguments: Backend.allCases)
  func lost(_ backend: Backend) throws {
    let library = try TestLibrary(backend)
    let run = try library.begin()
    try library.add(TestMedia.png(1), to: run.id)
    let second = try library.add(TestMedia.png(2), to: run.id)
    let manager = FileManager.default
    for name in ["output_image.png", "output_image_2.png", "input_text.txt"] {
      try manager.removeItem(atPath: library.path(run.id).appending(name).text)
    }
    let blob = try #require(second.blob)
    _ = try library.blobs.delete(blob, unlessYoungerThan: .zero)
    let report = try library.runs.reconcile(run.id)
    #expect(report.restored == ["output_image.png", "input_text.txt"])
    #expect(report.missing == ["output_image_2.png"])
    #expect(try library.runs.metadata(of: run.id).outputs.count == 2)
  }

  @Test(
    "a blob that is gone is taken in again from the run's own file", arguments: Backend.allCases)
  func lostBlob(_ backend: Backend) throws {
    let library = try TestLibrary(backend)
    let run = try library.begin()
    let output = try library.add(TestMedia.png(1), to: run.id)
    let blob = try #require(output.blob)
    _ = try library.blobs.delete(blob, unlessYoungerThan: .zero)
    try library.catalogue.clear()
    _ = try library.runs.reconcile(run.id)
    #expect(try library.blobs.find(blob) != nil)
    try library.check(run.id)
  }

  @Test(
    "a run whose folder is gone is forgotten, and a folder that was never filled goes",
    arguments: Backend.allCases)
  func gone(_ backend: Backend) throws {
    let time = ManualTime(startingAt: SystemTime().now)
    let library = try TestLibrary(backend, time: time)
    let run = try library.begin()
    try FileManager.default.removeItem(atPath: library.path(run.id).text)
    #expect(try library.runs.reconcile(run.id).isForgotten)
    #expect(try library.knownRuns().isEmpty)
    let empty = try RunID("empty")
    _ = try Folder.make(library.path(empty))
    #expect(try library.runs.reconcile(empty).missing == ["metadata.json"])
    time.advance(by: .seconds(120))
    #expect(try library.runs.reconcile(empty).isForgotten)
    #expect(try library.runs.ids() == [])
  }
}
