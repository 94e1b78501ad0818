package import Foundation

/// A file in the repository that must say what the program says; `RECORD=1` rewrites it.
package enum Golden {
  /// What differs between the file and the text, nil where nothing does.
  package static func difference(_ path: String, _ text: String, root: URL) throws -> String? {
    let file = root.appending(path: path)
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
      return nil
    }
    guard let kept = try? String(contentsOf: file, encoding: .utf8) else {
      return "\(path) is missing; make it with RECORD=1"
    }
    guard kept != text else { return nil }
    let pairs = zip(kept.split(separator: "\n"), text.split(separator: "\n"))
    let first = pairs.first { $0 != $1 }
    return
      "\(path) says «\(first?.0 ?? "less or more")», the program «\(first?.1 ?? "")»; RECORD=1 rewrites it"
  }

  /// The repository's top folder.
  package static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
}
