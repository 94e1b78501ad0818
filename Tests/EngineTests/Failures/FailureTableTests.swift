import Engine
import Foundation
import Foundations
import TestSupport
import Testing

@Suite("The table of failures")
struct FailureTableTests {
  @Test("docs/errors.md says what the program says")
  func document() throws {
    let difference = try Golden.difference(
      "docs/errors.md", FailureTable.markdown, root: Golden.root)
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test("no two codes have one name, and names are dotted words")
  func names() {
    let names = FailureTable.codes.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names {
      #expect(name.wholeMatch(of: /[a-z0-9_]+(\.[a-z0-9_]+)*/) != nil, "\(name)")
    }
  }

  @Test("kinds have the statuses that scripts rely on")
  func statuses() {
    let expected: [FailureKind: (Int32, Int)] = [
      .usage: (64, 400), .badMedia: (65, 422), .notFound: (66, 404), .conflict: (73, 409),
      .cancelled: (130, 409), .unavailable: (75, 503), .denied: (77, 403),
      .configuration: (78, 500),
      .internalError: (70, 500), .brokenPipe: (0, 499),
    ]
    for kind in FailureKind.allCases {
      #expect(
        expected[kind]?.0 == kind.exitStatus && expected[kind]?.1 == kind.httpStatus, "\(kind)")
    }
  }
}
