import Foundation
import Testing

@Suite("The house style")
struct StyleTests {
  @Test("every type others see says what it is", arguments: SourceTree.sources)
  func documentation(file: SourceTree.File) {
    let kinds = ["struct", "class", "enum", "actor", "protocol", "typealias"]
    for (index, line) in file.lines.enumerated() {
      let words = line.split(separator: " ").map(String.init)
      guard words.first == "package" || words.first == "public",
        let kind = words.firstIndex(where: kinds.contains), kind <= 3, words[1] != "import",
        !words[..<kind].contains(where: {
          ["var", "let", "func", "static", "init", "class"].contains($0)
        })
      else { continue }
      var above = index - 1
      while above >= 0, file.lines[above].trimmingCharacters(in: .whitespaces).hasPrefix("@") {
        above -= 1
      }
      let comment = above >= 0 ? file.lines[above].trimmingCharacters(in: .whitespaces) : ""
      #expect(comment.hasPrefix("///"), "\(file.path):\(index + 1) \(line)")
    }
  }

  @Test("functions fit a screen: 70 lines", arguments: SourceTree.sources)
  func functionLength(file: SourceTree.File) {
    // The formatter puts a function's closing brace at the indentation of its first line.
    for (index, line) in file.lines.enumerated() {
      let indentation = line.prefix { $0 == " " }
      let words = line.split(separator: " ")
      guard words.prefix(4).contains(where: { $0 == "func" || $0.hasPrefix("init(") }),
        !line.hasSuffix("}")
      else { continue }
      let rest = file.lines[(index + 1)...]
      // Another declaration before a brace: a protocol's requirement has no body.
      guard
        let end = rest.firstIndex(where: {
          $0.hasPrefix(indentation + "}") || $0.hasPrefix(indentation + "///")
        }), file.lines[end].hasPrefix(indentation + "}")
      else { continue }
      #expect(end - index <= 70, "\(file.path):\(index + 1) has \(end - index) lines")
    }
  }

  @Test("files are named by what they hold", arguments: SourceTree.sources)
  func fileNames(file: SourceTree.File) {
    for word in ["Util", "Common", "Manager", "Helper", "Misc"] {
      #expect(!file.name.contains(word), "\(file.path)")
    }
  }

  @Test("nothing is left for later in the code", arguments: SourceTree.sources + SourceTree.tests)
  func noLeftovers(file: SourceTree.File) {
    // In two halves, so that this file does not find itself.
    for word in ["TO" + "DO", "FIX" + "ME", "XX" + "X:", "HA" + "CK"] {
      let lines = file.lines.indices.filter { file.lines[$0].contains(word) }
      #expect(lines.isEmpty, "\(file.path): \(word) in line \(lines.map { $0 + 1 })")
    }
  }

  @Test("no test sleeps or is skipped", arguments: SourceTree.tests)
  func noSleeping(file: SourceTree.File) {
    for word in [
      "Task." + "sleep", "Thread." + "sleep", "us" + "leep(", "." + "disabled", "nano" + "sleep(",
    ] {
      let lines = file.lines.indices.filter { file.lines[$0].contains(word) }
      #expect(lines.isEmpty, "\(file.path): \(word) in line \(lines.map { $0 + 1 })")
    }
  }

  @Test("every function of libav that is opened is used")
  func symbols() throws {
    let header = try String(
      contentsOf: SourceTree.root.appending(path: "Sources/CFFmpeg/include/symbols.h"),
      encoding: .utf8)
    let listed = header.matches(of: /LAZY\([A-Z]+, ([a-z0-9_]+)\)/).map { String($0.1) }
    #expect(listed.count > 50)
    let code =
      (SourceTree.sources + SourceTree.files(below: "Sources/CFFmpeg", endings: ["c", "h"]))
      .filter { !$0.path.hasSuffix("symbols.h") }.flatMap(\.lines).joined(separator: "\n")
    for name in listed { #expect(code.contains(name), "run scripts/list-libav-symbols: \(name)") }
  }

  @Test("every failure code is in the table of errors")
  func failureCodes() throws {
    let table = try #require(SourceTree.sources.first { $0.name == "FailureTable.swift" })
    let listed = table.lines.joined(separator: " ")
    var count = 0
    for line in SourceTree.sources.flatMap(\.lines) {
      guard let match = line.firstMatch(of: /static let ([a-zA-Z]+) = FailureCode\(/) else {
        continue
      }
      count += 1
      #expect(listed.contains(".\(match.1),"), "add .\(match.1) to FailureTable")
    }
    #expect(count > 50)
  }
}
