import Encoding
package import Foundations

/// The names of the outputs of a folder's films, decided before anything is encoded.
///
/// A film keeps its name and gets the container's ending. Where that would give two films one name,
/// those that have another ending now keep it before the new one: `a.mkv` and `a.mp4` become
/// `a.mkv` and `a.mp4.mkv`, `b.avi` and `b.mp4` become `b.avi.mkv` and `b.mp4.mkv`.
package enum OutputNames {
  private static let slash = UInt8(ascii: "/")
  private static let dot = UInt8(ascii: ".")

  /// The output of each film, in their order; all are paths below some folder.
  package static func names(of films: [FilePath], ending: String) -> [FilePath] {
    let parts = films.map(parts(of:))
    var wishes: [FilePath: Int] = [:]
    for part in parts { wishes[part.path(ending), default: 0] += 1 }
    var names = [FilePath?](repeating: nil, count: films.count)
    var taken: Set<FilePath> = []
    func give(_ name: FilePath, to place: Int) {
      guard names[place] == nil, taken.insert(name).inserted else { return }
      names[place] = name
    }
    // Those that are called so already, then those that nobody disputes, then the others.
    for (place, film) in films.enumerated() where film == parts[place].path(ending) {
      give(film, to: place)
    }
    for (place, part) in parts.enumerated() where wishes[part.path(ending)] == 1 {
      give(part.path(ending), to: place)
    }
    for (place, film) in films.enumerated() {
      give(film.adding(ending), to: place)
      // Somebody called a film so that even this is taken.
      var number = 2
      while names[place] == nil {
        give(film.adding("\(number).\(ending)"), to: place)
        number += 1
      }
    }
    return names.compactMap { $0 }
  }

  private struct Parts {
    let stem: [UInt8]

    func path(_ ending: String) -> FilePath { FilePath(bytes: stem).adding(ending) }
  }

  /// The path without the ending of its last part.
  private static func parts(of film: FilePath) -> Parts {
    let start = film.bytes.lastIndex(of: slash).map { $0 + 1 } ?? 0
    guard let last = film.bytes.lastIndex(of: dot), last > start else {
      return Parts(stem: film.bytes)
    }
    return Parts(stem: Array(film.bytes[..<last]))
  }
}

extension FilePath {
  fileprivate func adding(_ ending: String) -> FilePath {
    FilePath(bytes: bytes + ".\(ending)".utf8)
  }
}
