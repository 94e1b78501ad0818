import Foundation
import Foundations
import TestSupport
import Testing

@Suite("An output that cannot be had", .timeLimit(.minutes(5)))
struct OutputFaultTests {
  private let trial: EncodeTrial

  init() throws { trial = try EncodeTrial() }

  private func film() throws -> String {
    try trial.film("in.mkv", ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25", "-frames:v", "10"])
  }

  @Test("is refused before anything is encoded")
  func places() throws {
    let source = try film()
    let folder = trial.folder
    try FileManager.default.createDirectory(
      atPath: folder("folder.mkv"), withIntermediateDirectories: false)
    #expect(try CommandRun("mkfifo", [folder("pipe.mkv")]).status == 0)
    #expect(try CommandRun("mknod", [folder("device.mkv"), "c", "1", "3"]).status == 0)
    try FileManager.default.createSymbolicLink(
      atPath: folder("link.mkv"), withDestinationPath: source)
    try FileManager.default.linkItem(atPath: source, toPath: folder("same.mkv"))
    let before = try trial.names().subtracting(["cache"])
    let wanted: [(String, Int32, String, String)] = [
      ("missing/out.mkv", 66, "file.not_found", "make it first"),
      ("folder.mkv", 64, "file.is_folder", "name a file"),
      ("pipe.mkv", 65, "file.not_plain", "not there yet"),
      ("device.mkv", 65, "file.not_plain", "not there yet"),
      ("link.mkv", 64, "encoding.bad_setting", "another name"),
      ("same.mkv", 64, "encoding.bad_setting", "another name"),
      ("in.mkv", 64, "encoding.bad_setting", "another name"),
      ("out.avi", 64, "encoding.bad_setting", ".mkv, .webm or .mp4"),
    ]
    let identity = try trial.identity(source)
    for (name, status, code, hint) in wanted {
      let run = try trial.encode([source, folder(name), "--overwrite"])
      try trial.refused(run, status, code, hint: hint)
      #expect(!run.stdout.contains("job_started"), "\(name)")
    }
    #expect(try trial.names().subtracting(["cache"]) == before)
    #expect(try trial.identity(source) == identity)
  }

  @Test("in a folder that nothing can be written into is refused before anything is encoded")
  func readOnly() throws {
    let source = try film()
    try FileManager.default.createDirectory(
      atPath: trial.folder("disk"), withIntermediateDirectories: false)
    let disk = trial.folder("disk")
    #expect(try CommandRun("mount", ["-t", "tmpfs", "-o", "ro", "tmpfs", disk]).status == 0)
    defer { _ = try? CommandRun("umount", [disk]) }
    let run = try trial.encode([source, disk + "/out.mkv"])
    try trial.refused(run, 77, "file.read_only", hint: "another folder")
    #expect(!run.stdout.contains("job_started"))
  }

  @Test("for want of room leaves nothing behind, and is made once there is some")
  func fullOutput() throws {
    let source = try trial.plain()
    let disk = try ElasticDisk()
    let out = disk.path.text + "/out.mkv"
    try disk.fill(leaving: 2)
    let run = try trial.encode([source, out])
    try trial.refused(run, 75, "file.disk_full", hint: "free some space", output: out)
    #expect(try trial.names(in: disk.path.text).isEmpty)
    try disk.empty()
    let again = try trial.encode([source, out])
    _ = try trial.report(again)
    let reused = try again.jsonLines().filter { $0["event"] as? String == "segment_retried" }
    #expect(reused.isEmpty)
  }

  @Test("for want of room for its pieces is told as that, and made once there is some")
  func fullCache() throws {
    let source = try trial.plain()
    let disk = try ElasticDisk()
    let out = trial.folder("out.mkv")
    // Room for what is known of the film, and none for a piece.
    try disk.fill(leaving: 14)
    let run = try trial.encode([source, out, "--crf", "4"], cache: disk.path.text)
    try trial.refused(run, 75, "file.disk_full", hint: "free some space", output: out)
    #expect(run.stderr.contains("pieces"), "\(run.stderr)")
    try disk.empty()
    _ = try trial.report(trial.encode([source, out, "--crf", "4"], cache: disk.path.text))
  }

  @Test("made by two at once is whole, and each of them ends with a word")
  func twice() throws {
    let source = try trial.shots()
    let out = trial.folder("out.mkv")
    let script = """
      import subprocess, sys
      runs = [subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
      for run in runs:
          error = run.communicate()[1].decode()
          print(run.returncode, "file.exists" if "file.exists" in error else error)
      """
    let run = try CommandRun(
      "/usr/bin/python3", ["-c", script, BuiltProducts.mediary] + trial.words([source, out]),
      environment: trial.variables())
    let ends = Set(
      run.stdout.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) })
    // The second finds the name taken, unless it was so quick that it saw none.
    #expect(ends.isSubset(of: ["0", "73 file.exists"]) && ends.contains("0"), "\(run.stdout)")
    let calm = trial.folder("calm.mkv")
    _ = try trial.report(trial.encode([source, calm], cache: trial.folder("other")))
    #expect(try trial.content(out) == trial.content(calm))
    #expect(try !trial.names().contains { $0.hasPrefix(".temp") })
  }
}
