package import Foundations
package import Model

extension RunStorage {
  /// Where a run lies: its folder, be it in the trash, or its ZIP in the archive.
  package func location(of id: RunID) throws -> FilePath {
    switch try place(of: id) {
    case .live: try folder(id).path
    case .trashed: try trash().folder(RelativePath(FileName(id))).path
    case .archived(let path): path
    case nil: throw RunFailure.notFound(id)
    }
  }
}
