import Foundations
import Testing

@Suite("Paths from outside")
struct RelativePathTests {
  @Test(
    "a path that leads anywhere but down is refused with a fitting code",
    arguments: [
      ("..", "file.escapes"), ("../x", "file.escapes"), ("a/../b", "file.escapes"),
      ("a/..", "file.escapes"), ("/etc/passwd", "file.escapes"), ("//x", "file.escapes"),
      ("", "file.name_unsafe"), ("a//b", "file.name_unsafe"), ("a/", "file.name_unsafe"),
      (".", "file.name_unsafe"), ("a/./b", "file.name_unsafe"), ("a\0b", "file.name_unsafe"),
      ("../\0", "file.name_unsafe"),
      (String(repeating: "x", count: 1_024), "file.name_too_long"),
      (String(repeating: "x/", count: 3_000) + "x", "file.name_too_long"),
    ])
  func refused(text: String, code: String) {
    let failure = #expect(throws: FileFailure.self) { try RelativePath(untrusted: text) }
    #expect(failure?.code.name == code)
  }

  @Test("a refusal names the path without letting it act on a terminal")
  func named() {
    let failure = #expect(throws: FileFailure.self) {
      try RelativePath(untrusted: "../\u{1B}[31mx")
    }
    #expect(failure?.message.contains("\"../\\u{1B}[31mx\"") == true)
  }

  @Test("a path that leads down is taken apart into its names")
  func taken() throws {
    let path = try RelativePath(untrusted: "runs/a b/…/..file")
    #expect(path.parts.map(\.text) == ["runs", "a b", "…", "..file"])
    #expect(path.name == "..file")
    #expect(path.parent == "runs/a b/…")
    #expect(path.parent?.parent?.parent == "runs")
    #expect(path.parent?.parent?.parent?.parent == nil)
    #expect(path.filePath == "runs/a b/…/..file")
  }

  @Test("bytes that are no text are a path like any other")
  func bytes() throws {
    let path = try RelativePath(untrusted: [0x61, 0x2F, 0xFE])
    #expect(path.name.bytes == [0xFE])
  }
}
