package import Foundations
import Hashing
import Media

/// Analyses kept on disk, so that a film is decoded for one only once.
///
/// A file is known again by its place on the disk, size and last change, which takes no reading; and
/// what was renamed to another disk, copied or put into another container by the bytes of its video
/// packets, which takes reading the file but no decoding. The times are then the new container's. An
/// entry that is damaged, or of another version, is made anew.
package struct AnalysisStore: Sendable {
  private let folder: FilePath

  /// The store in a folder, which is made with the first entry.
  package init(folder: FilePath) { self.folder = folder }

  /// The analysis of a film: the one that is kept, or one made now.
  ///
  /// - Parameter isAnew: whether what is kept is known to be wrong, and is replaced.
  package func analysis(
    of film: Film, by analyser: FilmAnalyser, isAnew: Bool = false, progress: ProgressSink = .none,
    stop: StopFlag = StopFlag()
  ) throws -> FilmAnalysis {
    let file = try fileKey(film)
    if !isAnew, let kept = load(file) { return kept }
    let packets = try PacketPass(film, stop: stop)
    let content = packets.key
    let analysis: FilmAnalysis
    if !isAnew, let kept = load(content), let table = packets.table(like: kept.table) {
      var retimed = kept
      retimed.table = table
      retimed.mendedTimes = 0
      analysis = retimed
    } else {
      analysis = try analyser.analyse(film, progress: progress, stop: stop)
      // What was written to meanwhile is not what its packets said.
      guard try fileKey(film) == file else { return analysis }
      save(analysis, as: content)
    }
    save(analysis, as: file)
    return analysis
  }

  private func fileKey(_ film: Film) throws -> String {
    let status = try FileStatus.of(film.path)
    let text =
      "file \(status.device) \(status.inode) \(status.size) \(status.modifiedNanoseconds) "
      + "\(film.video.index)"
    return "\(SHA256.hash(Array(text.utf8)))"
  }

  private func path(_ key: String) -> FilePath { folder.appending("\(key).analysis") }

  /// An entry that cannot be read is none.
  private func load(_ key: String) -> FilmAnalysis? {
    guard let bytes = try? SmallFile.read(path(key), limit: 1 << 30),
      let analysis = AnalysisFile.read(bytes)
    else { return nil }
    // The sweep goes by it.
    try? FileDescriptor.open(path(key), 0).setModified(SystemTime().now)
    return analysis
  }

  /// Removes what was asked for least recently until the rest fits; answers how many bytes went.
  package func sweep(budget: Int64) throws(FileFailure) -> Int64 {
    guard try FileStatus.find(folder) != nil else { return 0 }
    let folder = try Folder.open(folder)
    var entries: [(name: FileName, status: FileStatus)] = []
    for entry in try FolderEntries(of: folder)
    where FilePath(bytes: entry.name.bytes).fileExtension == "analysis" {
      if let status = try folder.find(entry.name) { entries.append((entry.name, status)) }
    }
    entries.sort { $0.status.modifiedNanoseconds > $1.status.modifiedNanoseconds }
    var (kept, swept): (Int64, Int64) = (0, 0)
    for (name, status) in entries {
      guard kept + status.size > budget else {
        kept += status.size
        continue
      }
      try? folder.removeFile(name)
      swept += status.size
    }
    return swept
  }

  /// What cannot be kept (a folder that is read-only, a full disk) is as good an answer.
  private func save(_ analysis: FilmAnalysis, as key: String) {
    guard (try? Folder.make(folder, durability: .relaxed)) != nil else { return }
    // It can be made again.
    try? AtomicFile.replace(path(key), with: AnalysisFile.write(analysis), durability: .relaxed)
  }
}
