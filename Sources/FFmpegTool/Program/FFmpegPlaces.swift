package import Foundations

/// Where an ffmpeg may be.
package struct FFmpegPlaces: Sendable {
  /// The one that was named, by MEDIARY_FFMPEG or in the configuration; it comes before all others.
  package var named: FilePath?
  /// The folders to look in, as `PATH` has them: separated by colons.
  package var searchPath: String
  /// Those that were installed for the project, with a version that is known.
  package var pinned: [FilePath]

  /// Places.
  package init(named: FilePath? = nil, searchPath: String = "", pinned: [FilePath] = []) {
    self.named = named
    self.searchPath = searchPath
    self.pinned = pinned
  }

  /// Where the project's own one is, seen from its binary: in `.tools` beside it or above it.
  package static func pinned(near binary: FilePath) -> [FilePath] {
    var folders: [FilePath] = []
    var folder = binary.parent
    // From .build/<machine>/release up to the tree.
    while folders.count < 5 {
      folders.append(folder)
      if folder.parent == folder { break }
      folder = folder.parent
    }
    return folders.map { $0.appending(".tools/ffmpeg/ffmpeg") }
  }

  /// All places in the order they are asked, each with where it comes from.
  var all: [(path: FilePath, source: FFmpegSearch.Source)] {
    let onPath = searchPath.split(separator: ":").map { FilePath(String($0)) }
      .filter(\.isAbsolute).map { $0.appending("ffmpeg") }
    return (named.map { [($0, .named)] } ?? []) + onPath.map { ($0, .path) }
      + pinned.map { ($0, .pinned) }
  }
}
