import Blobs
import BlobsConformance
import Foundation
import Foundations
import TestSupport
import Testing

/// The kinds of blob stores there are.
enum Backend: String, CaseIterable, Sendable {
  case memory, disk

  /// An empty store of this kind, for as long as the body runs.
  func withStore(_ body: (BlobPromise.Subject) async throws -> Void) async throws {
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    try await body(try subject(in: FilePath(folder.path)))
  }

  private func subject(in folder: FilePath) throws -> BlobPromise.Subject {
    let time = ManualTime()
    let outside = folder.appending("outside")
    _ = try Folder.make(outside)
    switch self {
    case .memory:
      let store = InMemoryBlobStore(clock: time)
      return .init(store: store, time: time, folder: outside) { store.damage($0, $1) }
    case .disk:
      let store = try DiskBlobStore(in: folder.appending("library"), .at(time))
      return .init(store: store, time: time, folder: outside) {
        try damage($0, with: $1, in: store)
      }
    }
  }
}

extension DiskBlobStore.Options {
  /// Options with a clock of the test's.
  static func at(_ time: any TimeSource) -> Self {
    var options = Self()
    options.clock = time
    return options
  }
}

/// Writes other bytes into a blob's own file, as somebody with a second name of it could.
func damage(_ id: BlobID, with bytes: [UInt8], in store: DiskBlobStore) throws {
  let path = try #require(store.localPath(of: id)).text
  let manager = FileManager.default
  try manager.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
  let modified = try manager.attributesOfItem(atPath: path)[.modificationDate]
  try Data(bytes).write(to: URL(filePath: path))
  if let modified {
    try manager.setAttributes([.modificationDate: modified], ofItemAtPath: path)
  }
}

/// The plain files below a folder, by their paths from there, sorted.
func files(below folder: FilePath) throws -> [String] {
  let found = try FileManager.default.subpathsOfDirectory(atPath: folder.text)
  return found.filter { path in
    FileStatus.ifPresent(folder.appending(path))?.kind == .plain
  }.sorted()
}
