import Foundations

/// Whether a folder is there, can be written, and has room.
struct FolderCheck {
  let name: String
  let path: FilePath
  /// Whether it is made at first use, so that its absence is no fault.
  let mayBeMade: Bool

  private static let group = "Folders"
  private static let neededBytes: Int64 = 1_000_000_000

  var check: Check {
    let needed = "writable, \(HumanText.bytes(Self.neededBytes)) free"
    guard let place = nearestExisting else {
      return failed("\(path): not there", needed, "make it, or name another")
    }
    do throws(FileFailure) {
      try requireWritable(place)
      let system = try FileSystem(at: place)
      let state = place == path ? "" : ", made at first use"
      let found = "\(path): \(HumanText.bytes(system.freeBytes)) free on \(system.kind)\(state)"
      if system.isNetwork, mayBeMade {
        return failed(found, needed, "a library needs a local disk: a database is kept in it")
      }
      guard system.freeBytes >= Self.neededBytes else {
        return failed(found, needed, "free some space, or name a folder on another disk")
      }
      return Check(Self.group, name, ok: true, found: found, needed: needed)
    } catch {
      return failed("\(path): \(error.message)", needed, error.hint ?? "name another folder")
    }
  }

  private func failed(_ found: String, _ needed: String, _ hint: String) -> Check {
    Check(Self.group, name, ok: false, found: found, needed: needed, hint: hint)
  }

  /// The folder itself, or the nearest above it that exists where it may be made.
  private var nearestExisting: FilePath? {
    var place = path
    while (try? FileStatus.of(place))?.kind != .folder {
      let above = place.parent
      guard mayBeMade, above != place, (try? FileStatus.of(place)) == nil else { return nil }
      place = above
    }
    return place
  }

  /// Writes a file there and takes it away again: permissions, quotas and mounts have many ways to
  /// say no, and only trying meets them all.
  private func requireWritable(_ folder: FilePath) throws(FileFailure) {
    _ = try StagedFile.create(in: .open(folder), for: "doctor")
  }
}
