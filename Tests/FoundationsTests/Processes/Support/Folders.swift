import Foundation
import Foundations

/// A folder of the test's own, removed when the test lets go of it.
func temporaryFolder() throws -> ScratchFolder {
  let root = FilePath(FileManager.default.temporaryDirectory.path).appending("mediary-tests")
  return try ScratchFolders(root: root).make(for: "test")
}

/// What a file holds.
func contents(of path: FilePath) throws -> [UInt8] {
  let file = try FileDescriptor.open(path, 0)
  return try file.read(Int(file.status().size), at: 0)
}

/// Writes a file that may be run.
func writeProgram(_ text: String, at path: FilePath, mode: UInt32 = 0o755) throws {
  let flags: Int32 = 0o101  // O_WRONLY | O_CREAT
  let file = try FileDescriptor.open(path, flags, mode: mode)
  try file.write(text.utf8)
}
