import Blobs
import Foundation
import Foundations
import Glibc
import Model
import Runs
import TestSupport
import Testing

@Suite("Runs that are looked at", .timeLimit(.minutes(5)))
struct RunInspectingTests {
  /// Names, sizes and times of all below a folder.
  private func state(_ folder: FilePath) throws -> [String] {
    var options = FolderWalk.Options()
    options.includesHidden = true
    var walk = try FolderWalk(of: folder, options: options)
    var lines: [String] = []
    while let item = try walk.next() {
      // The files of the database have a life of their own.
      guard case .entry(let path, let status) = item, !path.name.hasPrefix("mediary") else {
        continue
      }
      lines.append("\(path) \(status.size) \(status.inode) \(status.changedNanoseconds)")
    }
    return lines
  }

  /// Looks, shows that nothing changed, and that a repair finds the same.
  private func look(_ library: TestLibrary, _ id: RunID) throws -> RunReconciliation {
    let before = try state(library.folder)
    let (row, rows) = try (library.row(id), library.rows(id))
    let report = try library.runs.inspect(id)
    #expect(try state(library.folder) == before)
    #expect(try library.row(id) == row && library.rows(id) == rows)
    #expect(try library.runs.reconcile(id) == report)
    return report
  }

  @Test("a look tells what a repair does, and changes nothing", arguments: Backend.allCases)
  func told(_ backend: Backend) throws {
    let library = try TestLibrary(backend)
    let run = try library.begin()
    for number in 1...4 { try library.add(TestMedia.png(number), to: run.id) }
    #expect(try look(library, run.id).isClean)
    let (manager, path) = (FileManager.default, library.path(run.id))
    // As a crash leaves it: a file that no metadata names; and one that only seems to be an output.
    try Data(TestMedia.png(9)).write(to: URL(filePath: path.appending("output_image_9.png").text))
    try Data(TestMedia.html).write(to: URL(filePath: path.appending("output_image_8.png").text))
    for name in ["output_image.png", "output_image_2.png", "input_text.txt"] {
      try manager.removeItem(atPath: path.appending(name).text)
    }
    let blobs = try library.rows(run.id).map { try #require($0.blob) }
    for index in [1, 2] { _ = try library.blobs.delete(blobs[index], unlessYoungerThan: .zero) }
    let report = try look(library, run.id)
    #expect(report.adopted == ["output_image_9.png"] && report.takenIn == ["output_image_3.png"])
    #expect(report.restored == ["output_image.png", "input_text.txt"])
    #expect(report.missing == ["output_image_2.png"] && !report.catalogueDiffers)
    #expect(try library.runs.inspect(run.id).missing == ["output_image_2.png"])
  }

  @Test(
    "damaged metadata and rows that do not follow the folder are told, wherever the run is",
    arguments: Backend.allCases)
  func damaged(_ backend: Backend) throws {
    let library = try TestLibrary(backend)
    let run = try library.begin()
    try library.add(TestMedia.png(1), to: run.id)
    try library.catalogue.write { try $0.putRun(run, outputs: []) }
    var report = try look(library, run.id)
    #expect(report.catalogueDiffers && report.isWhole && !report.isClean)
    let metadata = URL(filePath: library.path(run.id).appending("metadata.json").text)
    try Data("{".utf8).write(to: metadata)
    report = try look(library, run.id)
    #expect(report.damagedMetadata == "metadata.damaged.json" && !report.isWhole)
    _ = try library.runs.delete(run.id)
    #expect(try look(library, run.id).isClean)
    try library.catalogue.write { try $0.purgeRun(run.id) }
    #expect(try look(library, run.id).catalogueDiffers)
    _ = try library.runs.undelete(run.id)
    _ = try library.runs.archive(run.id)
    #expect(try look(library, run.id).isClean)
    try library.catalogue.write { try $0.purgeRun(run.id) }
    #expect(try look(library, run.id).catalogueDiffers)
    #expect(try library.runs.inspect(RunID("none")).isClean)
  }

  @Test("metadata that does not know where its run lies is told", arguments: Backend.allCases)
  func misplaced(_ backend: Backend) throws {
    let library = try TestLibrary(backend)
    let run = try library.begin()
    let disk = FailingDisk(under: library.folder.appending("trash"))
    #expect(
      disk.run(.once(errno: EIO), of: "rename to") {
        code { _ = try library.runs.delete(run.id) }
      } == "file.io")
    #expect(try look(library, run.id).isMisplaced)
    #expect(try library.runs.inspect(run.id).isClean)
    #expect(try library.row(run.id) == run)
  }

  @Test("a run that somebody is writing is waited for, and nothing half done is told")
  func written() throws {
    let library = try TestLibrary()
    let run = try library.begin()
    let entered = Monitor(false)
    let opened = Monitor(false)
    let disk = FailingDisk(under: library.path(run.id))
    // The run's file is there and no metadata names it.
    let fault = FailingDisk.Fault.stalling {
      entered.withLock { $0 = true }
      entered.notify()
      opened.wait { $0 ? () : nil }
    }
    let reports = Collected<RunReconciliation>()
    disk.run(fault, of: "rename to") {
      withThreads(3) { number in
        if number == 0 {
          _ = try? library.add(TestMedia.png(), to: run.id)
          return
        }
        entered.wait { $0 ? () : nil }
        if number == 1 {
          if let report = try? library.runs.inspect(run.id) { reports.note(report) }
        } else {
          while disk.calls.filter({ $0.operation == "lock the folder" }).count < 2 {
            sched_yield()
          }
          opened.withLock { $0 = true }
          opened.notify()
        }
      }
    }
    #expect(reports.values == [RunReconciliation(run.id)])
    try library.check(run.id)
  }

  @Test("a folder that was just made is no fault, and one that never was filled is told")
  func empty() throws {
    let time = ManualTime(startingAt: SystemTime().now)
    let library = try TestLibrary(time: time)
    let id = try RunID("empty")
    _ = try Folder.make(library.path(id))
    #expect(try library.runs.inspect(id).isClean)
    time.advance(by: .seconds(120))
    #expect(try library.runs.inspect(id).isForgotten)
    #expect(try library.runs.ids() == [id])
  }
}
