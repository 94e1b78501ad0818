import Blobs
import Foundations

/// A blob as a file of this machine, for tools that want a path.
enum LocalBlob {
  /// Runs a body with the path; a copy is made where the store has no files, and removed after.
  static func with<R>(
    _ blob: BlobID, in blobs: any BlobStore, work: FilePath, stop: StopFlag?,
    _ body: (FilePath) throws -> R
  ) throws -> R {
    if let path = blobs.localPath(of: blob) { return try body(path) }
    let folder = try Folder.make(work, durability: .relaxed)
    let number = UInt64.random(in: 0...UInt64.max)
    guard let name = FileName(text: "\(blob).\(number)") else {
      preconditionFailure("digits are a name")
    }
    let target = Destination(folder: folder, name: name)
    try blobs.materialise(blob, as: target, ways: [.copy], durability: .relaxed, stop: stop)
    defer { try? folder.removeFile(name) }
    return try body(target.path)
  }
}
