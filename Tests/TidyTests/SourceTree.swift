import Foundation
import Testing

/// The repository's own files, as the tidy tests read them.
enum SourceTree {
  /// The repository's top folder.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// One file: where it lies below the top folder, and its lines.
  struct File: Sendable, CustomTestStringConvertible {
    let path: String
    let lines: [String]

    var testDescription: String { path }
    var name: String { (path as NSString).lastPathComponent }

    /// The target a source file belongs to.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
  }

  /// All files below a folder with one of the endings.
  static func files(below folder: String, endings: [String]) -> [File] {
    let top = root.appending(path: folder)
    let found = FileManager.default.enumerator(at: top, includingPropertiesForKeys: nil)
    var files: [File] = []
    for case let url as URL in found ?? FileManager.DirectoryEnumerator() {
      guard endings.contains(url.pathExtension),
        let text = try? String(contentsOf: url, encoding: .utf8)
      else { continue }
      files.append(
        File(
          path: String(
            url.standardizedFileURL.path.dropFirst(root.standardizedFileURL.path.count + 1)),
          lines: text.components(separatedBy: "\n")))
    }
    return files.sorted { $0.path < $1.path }
  }

  static let sources = files(below: "Sources", endings: ["swift"])
  static let tests = files(below: "Tests", endings: ["swift"])

  /// The documents: what lies in docs/ and at the top.
  static var documents: [File] {
    let top = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].compactMap { name -> File? in
      guard let text = try? String(contentsOf: root.appending(path: name), encoding: .utf8) else {
        return nil
      }
      return File(path: name, lines: text.components(separatedBy: "\n"))
    }
    return top + files(below: "docs", endings: ["md"]) + files(below: "changes", endings: ["md"])
  }
}
