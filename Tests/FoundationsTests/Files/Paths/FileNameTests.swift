import Foundations
import Testing

@Suite("File names")
struct FileNameTests {
  @Test(
    "what leads elsewhere or is too long is no name",
    arguments: ["", ".", "..", "a/b", "/", "a\0b", String(repeating: "x", count: 1_024)])
  func refused(text: String) {
    #expect(FileName(text: text) == nil)
  }

  @Test(
    "all else is a name, however odd",
    arguments: [
      "a", "...", ".hidden", "-rf", " ", "a\nb", "ä", String(repeating: "x", count: 1_023),
    ])
  func taken(text: String) throws {
    #expect(try #require(FileName(text: text)).text == text)
  }

  @Test("names are ordered by their bytes")
  func order() {
    let names: [FileName] = ["b", "a10", "Z", "a9", "ä", "a"]
    #expect(names.sorted().map(\.text) == ["Z", "a", "a10", "a9", "b", "ä"])
  }

  @Test("a name with a dot in front is hidden")
  func hidden() {
    #expect(FileName(".x").isHidden)
    #expect(!FileName("x.").isHidden)
  }
}
