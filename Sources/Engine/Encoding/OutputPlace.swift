import Encoding
import Foundations

/// The name that an output is to get: what would be refused after hours is refused before.
struct OutputPlace {
  let path: FilePath

  /// Refuses a name that is taken, or that leads to the source.
  func requireFree(from source: FilePath, replacing: Bool) throws {
    let target = try destination()
    guard let there = try target.folder.find(target.name) else { return }
    // Through a link as well: nobody who names one means to lose it.
    let leadsTo = [there, FileStatus.ifPresent(path)].compactMap { $0 }
    if let source = FileStatus.ifPresent(source),
      leadsTo.contains(where: { $0.isSameFile(as: source) })
    {
      throw EncodingFailure.outputIsSource(path)
    }
    switch there.kind {
    case .plain, .link: break
    case .folder:
      throw FileFailure(
        .fileIsFolder, "\(path) is a folder", hint: "name a file in it, such as film.mkv")
    case .pipe, .socket, .device, .other:
      throw FileFailure(
        .fileNotPlain, "\(path) is a \(there.kind.rawValue), and no place for a film",
        hint: "name a file that is not there yet")
    }
    guard replacing else { throw EncodingFailure.outputExists(path) }
  }

  /// Refuses a folder that nothing can be written into.
  func requireWritable() throws { _ = try StagedFile.create(beside: try destination()) }

  private func destination() throws -> Destination {
    do throws(FileFailure) {
      return try Destination(path)
    } catch {
      guard error.code == .fileNotFound else { throw error }
      throw FileFailure(
        .fileNotFound, "there is no folder \(path.parent) for \(path)", hint: "make it first",
        cause: error)
    }
  }
}
