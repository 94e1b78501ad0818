package import Blobs
package import Foundations

/// Which files of a watched folder are whole; a pure value.
///
/// A file is whole once it has kept still for a while and nobody has it open for writing. Each state
/// of a file is given once.
package struct SettlingFiles {
  /// A file that may still be written to.
  private struct Restless {
    var identity: FileIdentity?
    var since: Duration
  }

  private let settles: Duration
  private var restless: [FilePath: Restless] = [:]
  private var given: [FilePath: FileIdentity] = [:]

  /// Files that have to keep still for so long.
  package init(settles: Duration) { self.settles = settles }

  /// Whether any may become whole.
  package var isRestless: Bool { !restless.isEmpty }

  /// A file was seen; one in a state that was given before, or is waited for, is nothing new.
  package mutating func see(_ path: FilePath, _ identity: FileIdentity, at now: Duration) {
    guard given[path] != identity, restless[path] == nil else { return }
    restless[path] = Restless(identity: identity, since: now)
  }

  /// A file was written to, or came.
  package mutating func change(_ path: FilePath, at now: Duration) {
    restless[path] = Restless(identity: nil, since: now)
  }

  /// Forgets files that are gone.
  package mutating func keep(only paths: Set<FilePath>) {
    given = given.filter { paths.contains($0.key) }
  }

  /// Those that are whole now, the first to come first.
  ///
  /// - Parameters:
  ///   - identity: what a file is now; nil where it is gone.
  ///   - isWritten: whether somebody has it open for writing.
  package mutating func take(
    at now: Duration, identity: (FilePath) -> FileIdentity?, isWritten: (FilePath) -> Bool
  ) -> [FilePath] {
    var whole: [FilePath] = []
    let inOrder = restless.sorted {
      ($0.value.since, $0.key.text) < ($1.value.since, $1.key.text)
    }
    for (path, state) in inOrder {
      guard let found = identity(path), given[path] != found else {
        restless[path] = nil
        continue
      }
      guard found == state.identity else {
        restless[path] = Restless(identity: found, since: now)
        continue
      }
      guard now - state.since >= settles else { continue }
      guard !isWritten(path) else {
        // It keeps still because its writer is slow.
        restless[path]?.since = now
        continue
      }
      restless[path] = nil
      given[path] = found
      whole.append(path)
    }
    return whole
  }
}
