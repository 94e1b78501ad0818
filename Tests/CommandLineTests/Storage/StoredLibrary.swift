import Foundation
import TestSupport
import Testing

/// A library of a test's own, reached by the real command.
struct StoredLibrary {
  let folder: TemporaryFolder
  let home: String

  init() throws {
    folder = try TemporaryFolder()
    home = folder("library")
  }

  /// Runs a command in it.
  func run(_ words: String..., input: String? = nil) throws -> CommandRun {
    try CommandRun.mediary(words + ["--home", home], input: input)
  }

  /// The objects that a command answers, one a line; it must end well.
  func lines(_ words: String..., input: String? = nil) throws -> [[String: Any]] {
    let run = try CommandRun.mediary(words + ["--home", home, "--json"], input: input)
    try #require(run.status == 0, "\(words): \(run.stderr)")
    return try run.jsonLines()
  }

  /// The one object that a command answers.
  func answer(_ words: String..., input: String? = nil) throws -> [String: Any] {
    let run = try CommandRun.mediary(words + ["--home", home, "--json"], input: input)
    try #require(run.status == 0, "\(words): \(run.stderr)")
    let lines = try run.jsonLines()
    try #require(lines.count == 1, "\(run.stdout)")
    return lines[0]
  }

  /// The status and the codes of the errors of a command that must fail.
  func failure(_ words: String..., input: String? = nil) throws -> Refusal {
    let run = try CommandRun.mediary(words + ["--home", home, "--json"], input: input)
    let errors = try run.stderr.split(separator: "\n").map { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    }
    let codes = errors.compactMap { ($0?["error"] as? [String: Any])?["code"] as? String }
    return Refusal(status: run.status, codes: codes)
  }

  /// How a command failed.
  struct Refusal: Equatable, CustomStringConvertible {
    let status: Int32
    let codes: [String]

    init(status: Int32, codes: [String]) {
      self.status = status
      self.codes = codes
    }

    /// A failure of one code.
    init(_ status: Int32, _ code: String) { self.init(status: status, codes: [code]) }

    var description: String { "\(status) \(codes)" }
  }

  /// Begins a run and gives its id.
  func newRun(_ more: String...) throws -> String {
    let words = ["run", "create", "--schema", "story", "--mode", "eco", "--input-text", "dusk"]
    let run = try CommandRun.mediary(words + more + ["--home", home, "--json"])
    try #require(run.status == 0, "\(run.stderr)")
    return try #require(try run.jsonLines().first?["run_id"] as? String)
  }

  /// Keeps a workflow of a text node and a film node, and gives its id.
  func newWorkflow() throws -> String {
    try #require(
      try answer("workflow", "create", "--name", "Trailer", "--definition", Self.graph)[
        "workflow_id"] as? String)
  }

  /// A text node whose output goes into a film node.
  static let graph = """
    {"nodes": [{"id": "text1", "type": "TextInput"}, {"id": "film-1", "type": "VideoGenerator"}],
     "connections": [{"from": "text1-output-0", "to": "film-1-input-0"}], "zoom": 1.50}
    """

  /// The files in a folder of the library, hidden ones left out.
  func files(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: home + "/" + path)
      .filter { !$0.hasPrefix(".") }.sorted()
  }

  /// Some media: a PNG, a JPEG, a film, a sound.
  static let media = Result {
    try MediaCorpus(only: ["rgb.png", "photo.jpg", "h264-aac.mp4", "stereo-16.wav"])
  }

  /// The path of one of them.
  static func path(_ name: String) throws -> String { try media.get().path(name) }
}
