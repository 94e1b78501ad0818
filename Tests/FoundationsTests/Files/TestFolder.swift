import Foundation
import Foundations
import Glibc

/// Gives a test an empty folder of its own, and removes it when the test is done with it.
func withTestFolder<R>(_ body: (FilePath) throws -> R) throws -> R {
  let folder = try makeTestFolder()
  defer { removeTestFolder(folder) }
  return try body(folder)
}

/// Gives a test an empty folder of its own, and removes it when the test is done with it.
func withTestFolder<R>(
  isolation: isolated (any Actor)? = #isolation, _ body: (FilePath) async throws -> R
) async throws -> R {
  let folder = try makeTestFolder()
  defer { removeTestFolder(folder) }
  return try await body(folder)
}

/// The names in a folder, sorted; by other means than the code under test.
func names(in folder: FilePath) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder.text).sorted()
}

/// A file's bytes, by other means than the code under test.
func content(of path: FilePath) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(fileURLWithPath: path.text)))
}

/// Writes a file, by other means than the code under test.
func write(_ text: String, to path: FilePath) throws {
  try Data(text.utf8).write(to: URL(fileURLWithPath: path.text))
}

/// Makes a folder with those above it, by other means than the code under test.
func makeFolder(_ path: FilePath) throws {
  try FileManager.default.createDirectory(
    atPath: path.text, withIntermediateDirectories: true)
}

/// Makes a symbolic link.
func makeLink(at path: FilePath, to target: String) throws {
  try FileManager.default.createSymbolicLink(atPath: path.text, withDestinationPath: target)
}

/// Random numbers that a printed seed brings back: `SEED=… swift test`.
struct PrintedRandom: RandomNumberGenerator {
  let seed: UInt64
  private var state: UInt64

  /// Begins with `SEED`, or anew, and prints which.
  init(for promise: String) {
    seed =
      ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init) ?? .random(in: 1...9_999)
    state = seed
    print("\(promise): SEED=\(seed)")
  }

  // SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

private func makeTestFolder() throws -> FilePath {
  let pattern = NSTemporaryDirectory() + "mediary-test-XXXXXX"
  var bytes = pattern.utf8CString.map { $0 }
  guard mkdtemp(&bytes) != nil else { throw POSIXError(.EIO) }
  return FilePath(bytes: bytes.dropLast().map { UInt8(bitPattern: $0) })
}

private func removeTestFolder(_ folder: FilePath) {
  try? FileManager.default.removeItem(atPath: folder.text)
}
