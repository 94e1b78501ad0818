import Compression
import Foundation
import Foundations
import Glibc
import Model
import Runs
import TestSupport
import Testing

@Suite("Archived runs", .timeLimit(.minutes(5)))
struct RunArchiveTests {
  private func filled(_ library: TestLibrary) throws -> Run {
    let run = try library.begin()
    try library.add(TestMedia.png(1), to: run.id)
    try library.add(TestMedia.midi, to: run.id)
    _ = try library.runs.addText("hm", type: "note", to: run.id)
    return run
  }

  @Test(
    "a run goes into a ZIP that other programs read, with a line in the index, and back",
    arguments: Backend.allCases)
  func roundTrip(_ backend: Backend) throws {
    let library = try TestLibrary(backend, time: ManualTime())
    let run = try filled(library)
    let before = try library.runs.metadata(of: run.id)
    let archived = try library.runs.archive(run.id)
    #expect(try archived.archivedAt != nil && library.row(run.id) == archived)
    let zip = library.folder.appending("archive/2026/\(run.id).zip")
    let list = try CommandRun(
      "/usr/bin/python3",
      ["-c", "import sys, zipfile; print(*zipfile.ZipFile(sys.argv[1]).namelist())", zip.text])
    #expect(
      list.stdout
        == "metadata.json input_text.txt note.txt output_image.png output_midi.mid\n")
    let index = try String(
      contentsOfFile: library.folder.appending("archive/index.jsonl").text, encoding: .utf8)
    #expect(index.contains(run.id.text) && index.hasSuffix("}\n"))
    #expect(try library.runs.ids() == [run.id])
    #expect(code { try library.add(TestMedia.png(2), to: run.id) } == "run.archived")
    #expect(try library.runs.metadata(of: run.id).json == before.json)
    #expect(try library.runs.unarchive(run.id) == run)
    #expect(try library.runs.metadata(of: run.id).json == before.json)
    #expect(FileStatus.ifPresent(zip) == nil)
    #expect(code { _ = try library.runs.unarchive(run.id) } == "run.not_archived")
    try library.add(TestMedia.png(2), to: run.id)
    try library.check(run.id)
  }

  @Test(
    "whichever call fails or is the last, an archived run is a folder or a ZIP, and never lost",
    arguments: Backend.allCases)
  func failing(_ backend: Backend) throws {
    for call in 1...300 {
      let library = try TestLibrary(backend)
      let run = try filled(library)
      let json = try library.runs.metadata(of: run.id).json
      let disk = FailingDisk(under: library.folder)
      let failed = disk.run(.once(errno: EIO), at: call) {
        code { _ = try library.runs.archive(run.id) }
      }
      #expect(try library.runs.metadata(of: run.id).json == json, "call \(call)")
      _ = try library.runs.reconcile(run.id)
      let isArchived = try library.runs.metadata(of: run.id).run.archivedAt != nil
      #expect(try (library.row(run.id)?.archivedAt != nil) == isArchived)
      if isArchived { _ = try library.runs.unarchive(run.id) }
      try library.check(run.id)
      if disk.calls.count < call {
        #expect(failed == nil && call > 30)
        return
      }
    }
    Issue.record("the archiving never succeeds")
  }

  @Test("a damaged archive is said to be, and stays", arguments: Backend.allCases)
  func damaged(_ backend: Backend) throws {
    let library = try TestLibrary(backend, time: ManualTime())
    let run = try filled(library)
    _ = try library.runs.archive(run.id)
    let path = library.folder.appending("archive/2026/\(run.id).zip").text
    var bytes = Array(try Data(contentsOf: URL(filePath: path)))
    for place in 300..<bytes.count - 400 { bytes[place] ^= 0x55 }
    try Data(bytes).write(to: URL(filePath: path))
    #expect(code { _ = try library.runs.unarchive(run.id) } == "compression.damaged")
    #expect(FileStatus.ifPresent(FilePath(path)) != nil)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: library.folder.appending("runs").text)
        == [])
  }
}
