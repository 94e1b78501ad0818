import Foundations
import Testing

@Suite("File paths")
struct FilePathTests {
  @Test(
    "a path tells its folder, name, stem and extension",
    arguments: [
      ("/a/b.tar.gz", "/a", "b.tar.gz", "b.tar", "gz"),
      ("b.MP4", ".", "b.MP4", "b", "mp4"),
      ("/b", "/", "b", "b", ""),
      ("/a//b/", "/a", "b", "b", ""),
      (".profile", ".", ".profile", ".profile", ""),
      ("a.b/c", "a.b", "c", "c", ""),
      ("/", "/", "/", "/", ""),
      ("name.", ".", "name.", "name", ""),
    ])
  func parts(text: String, parent: String, name: String, stem: String, ending: String) {
    let path = FilePath(text)
    #expect(path.parent == FilePath(parent))
    #expect(path.name == name)
    #expect(path.stem == stem)
    #expect(path.fileExtension == ending)
  }

  @Test("an empty path is the current folder, and slashes at the end count for nothing")
  func normalised() {
    #expect(FilePath("") == ".")
    #expect(FilePath("a///") == "a")
    #expect(FilePath("///") == "/")
  }

  @Test("nothing behind a NUL can sneak past a look at the path")
  func endsAtNUL() {
    #expect(FilePath("a.png\0.exe") == "a.png")
  }

  @Test(
    "parts are put together with one slash, an absolute part stands by itself, a dot is nothing")
  func appending() {
    #expect(FilePath("/a").appending("b/c") == "/a/b/c")
    #expect(FilePath("/").appending("b") == "/b")
    #expect(FilePath("a").appending("/b") == "/b")
    #expect(FilePath(".").appending("b") == "b")
    #expect(FilePath("a").appending("") == "a")
    #expect(FilePath("a/b").sibling("c") == "a/c")
    #expect(FilePath("b").sibling("c") == "c")
  }

  @Test("a name that is not UTF-8 keeps its bytes and can be opened")
  func oddBytes() throws {
    try withTestFolder { folder throws in
      let odd = FilePath(bytes: [0x66, 0xFF, 0x66])
      let path = folder.appending(odd)
      try AtomicFile.replace(path, with: Array("x".utf8))
      #expect(try SmallFile.read(path, limit: 9) == Array("x".utf8))
      #expect(path.fileName?.bytes == [0x66, 0xFF, 0x66])
      #expect(path.text.hasSuffix("f\u{FFFD}f"))
    }
  }

  @Test("a path that is shown cannot act on the terminal or turn its direction of writing")
  func shown() {
    #expect("\(FilePath("a\u{1B}[2Jb\nc"))" == "a\\u{1B}[2Jb\\u{A}c")
    #expect("\(FilePath("exe\u{202E}gpj.png"))" == "exe\\u{202E}gpj.png")
    #expect("\(FilePath("Grüße 東京.mp4"))" == "Grüße 東京.mp4")
  }

  @Test("only a path that names an entry has a file name", arguments: ["/", ".", "..", "a/.."])
  func noFileName(text: String) {
    #expect(FilePath(text).fileName == nil)
  }
}
