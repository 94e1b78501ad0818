import Foundation
import Foundations
import Testing
@Suite("x") struct TryTests {
  @Test func x() throws {
    for w in [40] {
      for path in [[], ["encode"], ["write", "video"]] as [[String]] {
        print("=== \(w) \(path)");
        for l in Sample.program.help(for: try #require(Sample.program.place(at: path)), width: w) {
          print(l.text)
        }
      }
    }
    try Sample.program.manualPage().write(
      toFile: "/tmp/sample.1", atomically: true, encoding: .utf8)
    for s in Shell.allCases {
      try Sample.program.completions(for: s).write(
        toFile: "/tmp/sample.\(s)", atomically: true, encoding: .utf8)
    }
  }
}
