import Encoding
import Foundations

/// A folder of one encode's own for all that it makes on the way.
struct WorkFolder: Sendable {
  private let root: FilePath

  /// What happened, a line each.
  var logs: FilePath { root.appending("logs") }
  /// What was found out about the film.
  var data: FilePath { root.appending("encode_data") }
  /// Finished pieces.
  var segments: FilePath { root.appending("segments") }
  /// The output, until it has its name.
  var encoded: FilePath { root.appending("encoded") }
  /// What tools write while they run.
  var working: FilePath { root.appending("working") }

  /// Makes the folder and its parts where they are missing.
  init(_ root: FilePath) throws(FileFailure) {
    self.root = root
    for part in [logs, data, segments, encoded, working] {
      _ = try Folder.make(part, durability: .relaxed)
    }
  }

  /// A new file for the output: here where a rename leads from here to its name, else beside it.
  func stage(_ output: FilePath) throws(FileFailure) -> StagedFile {
    let target = try Destination(output)
    let folder = try Folder.open(encoded)
    guard folder.status.device == target.folder.status.device else {
      return try StagedFile.create(beside: target)
    }
    return try StagedFile.create(in: folder, for: target.name)
  }

  /// Removes what is of no use once the output has its name; the log and what is known of the film
  /// stay.
  ///
  /// Only what an encode made goes: the folder was named by somebody who may keep other things in
  /// it, finished films in `encoded` among them.
  func clear(clock: any TimeSource) {
    let store = try? SegmentStore(segments)
    _ = try? store?.sweepUnlessUsed(budget: 0, olderThan: .zero, clock: clock)
    _ = try? ScratchFolders(root: working).sweep(olderThan: .zero)
    for part in [segments.appending("locks"), segments, encoded, working] {
      // One that is not empty stays.
      guard let place = try? Destination(part) else { continue }
      try? place.folder.removeFolder(place.name)
    }
  }
}
