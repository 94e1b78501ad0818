import Foundation
import Testing

@Suite("The documents")
struct DocumentTests {
  @Test("have one heading of the first level", arguments: SourceTree.documents)
  func oneTitle(file: SourceTree.File) {
    var isCode = false
    var titles = 0
    for line in file.lines {
      if line.hasPrefix("```") { isCode.toggle() }
      if !isCode, line.hasPrefix("# ") { titles += 1 }
    }
    #expect(titles == 1, "\(file.path)")
  }

  @Test("link only to what is there", arguments: SourceTree.documents)
  func liveLinks(file: SourceTree.File) {
    let folder = SourceTree.root.appending(path: file.path).deletingLastPathComponent()
    for link in file.lines.joined(separator: "\n").matches(of: /\]\(([^)\s]+)\)/) {
      let target = link.1.split(separator: "#", omittingEmptySubsequences: false)[0]
      guard !target.isEmpty, !target.contains("://"), !target.hasPrefix("mailto:") else { continue }
      let path = folder.appending(path: String(target)).standardizedFileURL.path
      #expect(FileManager.default.fileExists(atPath: path), "\(file.path) links to \(target)")
    }
  }

  @Test(
    "the scripts are shell that parses",
    arguments: ["mediary", "test", ".ci/run", "scripts/ensure-packages"])
  func scripts(name: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-n", SourceTree.root.appending(path: name).path]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }
}
