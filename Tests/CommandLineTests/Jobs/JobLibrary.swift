import Foundation
import TestSupport
import Testing

/// A library with content and jobs, reached by the real command.
struct JobLibrary {
  let stored: StoredLibrary

  init(contents: Int = 0, bytes: Int = 1_000) throws {
    stored = try StoredLibrary()
    if contents > 0 { try add(contents, bytes: bytes) }
  }

  /// Adds contents of random bytes, named 0.txt, 1.txt, ….
  private func add(_ count: Int, bytes: Int) throws {
    var paths: [String] = []
    for number in 0..<count {
      let line = "\(number) \(UUID())\n".utf8
      let content = (0...bytes / line.count).flatMap { _ in line }
      paths.append(try stored.folder.write("\(number).txt", content))
    }
    let run = try CommandRun.mediary(["library", "add", "--home", stored.home, "-q"] + paths)
    try #require(run.status == 0, "\(run.stderr)")
  }

  func run(_ words: String...) throws -> CommandRun {
    try CommandRun.mediary(words + ["--home", stored.home])
  }

  /// The one object that a command answers, and its status.
  func answer(_ words: [String]) throws -> (job: [String: Any], status: Int32) {
    let run = try CommandRun.mediary(words + ["--home", stored.home, "--json"])
    let line = try #require(try run.jsonLines().last, "\(words): \(run.stderr)")
    return (line, run.status)
  }

  /// Asks for a job and gives its id.
  func submit(_ kind: String, _ input: String = "{}", _ more: String...) throws -> String {
    let words = ["jobs", "submit", kind, "--input", input] + more
    return try #require(try answer(words).job["id"] as? String)
  }

  func job(_ id: String) throws -> [String: Any] { try answer(["jobs", "show", id]).job }

  /// The parts of a job.
  func parts(of id: String) throws -> [[String: Any]] {
    let page = try answer(["jobs", "list", "--children-of", id, "--limit", "1000"]).job
    return try #require(page["items"] as? [[String: Any]])
  }

  /// Works until there is nothing to be done; gives the events of its jobs.
  @discardableResult
  func work(_ more: String...) throws -> [[String: Any]] {
    let words = ["worker", "--once", "--lease", "1"] + more
    let run = try CommandRun.mediary(words + ["--home", stored.home, "--json"])
    try #require(run.status == 0, "\(run.stderr)")
    return try run.jsonLines()
  }

  /// A worker beside the test.
  func worker(_ more: String...) throws -> BackgroundCommand {
    try BackgroundCommand(["worker", "--json", "--home", stored.home] + more)
  }

  /// The content files.
  func blobs() throws -> [String] {
    let root = stored.home + "/blobs"
    return try FileManager.default.subpathsOfDirectory(atPath: root)
      .filter { $0.split(separator: "/").last?.count ?? 0 >= 60 }.sorted().map { root + "/" + $0 }
  }

  /// Changes one byte of a file, as a failing disk does.
  func flipByte(of path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let file = try FileHandle(forUpdating: URL(filePath: path))
    let byte = try #require(try file.read(upToCount: 1)?.first)
    try file.seek(toOffset: 0)
    try file.write(contentsOf: [byte ^ 1])
    try file.close()
  }
}
