import Blobs
import Foundations
import Hashing
import TestSupport
import Testing

@Suite("Blob ids")
struct BlobIDTests {
  @Test("are the digits of a SHA-256, both ways")
  func digits() throws {
    let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    let id = BlobID(SHA256.hash(Array("abc".utf8)))
    #expect(id.description == text)
    #expect(try BlobID.parse(text) == id)
    #expect(try BlobID.parse(text.uppercased()) == id)
  }

  @Test("are refused for any other text")
  func malformed() {
    let digits = String(repeating: "a", count: 63)
    for text in ["", "abc", digits, digits + "g", digits + "aa", digits + "é", "../" + digits] {
      #expect(throws: BlobFailure.self) { try BlobID.parse(text) }
    }
  }

  @Test("sort as their digits do")
  func order() throws {
    try property("ids sort as their digits") { random in
      let all = (0..<50).map { _ in
        BlobID(SHA256.hash([UInt8.random(in: 0...255, using: &random), 1]))
      }
      #expect(all.sorted().map(\.description) == all.map(\.description).sorted())
    }
  }

  @Test("an identity of a file changes with whatever happens to it, and settles in time")
  func identity() throws {
    let folder = try TemporaryFolder()
    let path = FilePath(try folder.write("file", [1, 2, 3]))
    let first = FileIdentity(try FileStatus.of(path))
    #expect(FileIdentity(try FileStatus.of(path)) == first)
    // The change of its permissions shows in nothing but the time that nobody can set.
    try FileDescriptor.open(path, 0).setMode(0o600)
    let file = try FileDescriptor.open(path, 0)
    try file.setModified(Timestamp(microseconds: 0))
    #expect(FileIdentity(try FileStatus.of(path)) != first)
    let now = Timestamp(microseconds: first.changedNanoseconds / 1_000)
    #expect(!first.isSettled(at: now + .seconds(1)))
    #expect(first.isSettled(at: now + .seconds(4)))
  }
}
