import Engine
import Foundations
import Library
import Model
import Runs
import TestSupport

/// A library's folder of a test's own, opened as the program opens it.
struct TestHome {
  let temporary: TemporaryFolder
  let path: FilePath

  init() throws {
    temporary = try TemporaryFolder()
    path = FilePath(temporary.path).appending("library")
  }

  /// Opens the library.
  func open(_ settings: [String: String] = ["durability": "relaxed"]) throws -> OpenLibrary {
    try Self.open(path, settings)
  }

  /// Opens a library by its path, in whatever process.
  static func open(
    _ path: FilePath, _ settings: [String: String] = ["durability": "relaxed"]
  ) throws -> OpenLibrary {
    try OpenLibrary.open(configuration(path, settings), .makes)
  }

  /// The settings of a library at a path.
  static func configuration(
    _ path: FilePath, _ settings: [String: String] = ["durability": "relaxed"]
  ) throws -> Configuration {
    let flags = settings.merging(["home": path.text]) { $1 }.sorted { $0.key < $1.key }.map {
      ConfigurationSources.Flag(setting: $0.key, name: "--\($0.key)", values: [$0.value])
    }
    var sources = ConfigurationSources(flags: flags, environment: [:], file: nil)
    sources.folder = path.parent
    return try Configuration.load(MediarySettings.schema, from: sources)
  }

  /// Writes a file beside the library.
  @discardableResult
  func file(_ name: String, _ bytes: [UInt8]) throws -> FilePath {
    FilePath(try temporary.write(name, bytes))
  }
}

/// Content that no other number has: 5 kB of it.
func content(_ number: Int) -> [UInt8] {
  Array("content \(number)\n".utf8)
    + [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 5_000)
}
