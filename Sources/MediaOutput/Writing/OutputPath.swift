import Foundations

/// The name that a file gets, from the one that was asked for and what is to be in it.
enum OutputPath {
  /// The path with an extension that fits.
  ///
  /// A missing one is added, one that does not fit is replaced,
  /// or refused where `isStrict`. Without a path, a random name in the temporary folder.
  static func resolve(
    _ asked: FilePath?, fitting extensions: [String], preferred: String, temporaryFolder: FilePath,
    isStrict: Bool
  ) throws(MediaOutputFailure) -> FilePath {
    guard let asked else {
      let name = (0..<2).map { _ in
        String(String(UInt32.random(in: 0...UInt32.max), radix: 16).reversed())
          .padded(to: 8)
      }.joined()
      return temporaryFolder.appending(FilePath("\(name).\(preferred)"))
    }
    guard let name = asked.fileName?.text else {
      throw MediaOutputFailure(.outputUnfitting, "\(asked) names no file to write")
    }
    guard let given = fileExtension(of: asked) else { return FilePath("\(asked).\(preferred)") }
    if extensions.contains(given.lowercased()) { return asked }
    guard !isStrict else {
      throw MediaOutputFailure(
        .outputUnfitting, "\(asked) ends in .\(given), and what is to be in it does not",
        hint: "end it in .\(extensions.joined(separator: " or ."))")
    }
    return asked.sibling(name.dropLast(given.count) + preferred)
  }

  /// Refuses at once what a rename would refuse after all the work.
  static func check(_ path: FilePath) throws {
    guard let name = path.fileName?.text, name.utf8.count <= 255 else {
      throw FileFailure(
        .nameTooLong, "\(path) has a name that is too long", hint: "255 bytes is the most")
    }
    if (try? FileStatus.of(path))?.kind == .folder {
      throw FileFailure(.fileIsFolder, "\(path) is a folder", hint: "name a file in it")
    }
  }

  /// What a name says it holds: up to five letters and digits behind its last dot, a letter among
  /// them; so "v1.2 clip" and "take 1.5" have none.
  static func fileExtension(of path: FilePath) -> String? {
    guard let name = path.fileName?.text, let dot = name.lastIndex(of: "."), dot != name.startIndex
    else { return nil }
    let given = name[name.index(after: dot)...]
    let isOne =
      (1...5).contains(given.count)
      && given.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      && given.contains(where: \.isLetter)
    return isOne ? String(given) : nil
  }

  /// What to tell of a name that was changed; an extension that was missing is no news.
  static func notes(_ asked: FilePath?, _ path: FilePath, _ codec: String) -> [String] {
    guard let asked, asked != path, !path.text.hasPrefix(asked.text) else { return [] }
    return ["written as \(path), which fits \(codec)"]
  }
}

extension String {
  fileprivate func padded(to count: Int) -> String {
    String(repeating: "0", count: max(0, count - self.count)) + self
  }
}
