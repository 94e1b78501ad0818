import Foundations

/// The name that a file gets, from the one that was asked for and what is to be in it.
enum OutputPath {
  /// The path with an extension that fits: a missing one is added, one that does not fit is replaced,
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
    guard let name = asked.fileName?.text, !asked.text.hasSuffix("/") else {
      throw MediaOutputFailure(.outputUnfitting, "\(asked) names no file to write")
    }
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else {
      return FilePath("\(asked).\(preferred)")
    }
    let given = String(name[name.index(after: dot)...])
    if extensions.contains(given.lowercased()) { return asked }
    guard !isStrict else {
      throw MediaOutputFailure(
        .outputUnfitting, "\(asked) ends in .\(given), and what is to be in it does not",
        hint: "end it in .\(extensions.joined(separator: " or ."))")
    }
    return asked.parent.appending(FilePath("\(name[..<dot]).\(preferred)"))
  }
}

extension String {
  fileprivate func padded(to count: Int) -> String {
    String(repeating: "0", count: max(0, count - self.count)) + self
  }
}
