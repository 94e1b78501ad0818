import Foundations
import Glibc
import Testing

@Suite("Paths that lead through links")
struct ResolvedPathTests {
  @Test("a chain of links, folders among them, leads to the one true path")
  func chain() throws {
    try withTestFolder { folder throws in
      let folder = try folder.resolved()
      try makeFolder(folder.appending("real"))
      try write("x", to: folder.appending("real/file"))
      try makeLink(at: folder.appending("shelf"), to: "real")
      try makeLink(at: folder.appending("first"), to: "second")
      try makeLink(at: folder.appending("second"), to: "shelf/./../shelf/file")
      let wanted = folder.appending("real/file")
      for name in ["first", "second", "shelf/file", "real/../real//file", "real/file"] {
        #expect(try folder.appending(name).resolved() == wanted)
      }
    }
  }

  @Test("bytes that are no text stay as they are")
  func bytes() throws {
    try withTestFolder { folder throws in
      let name = FilePath(bytes: [0x66, 0xFF, 0xFE])
      let path = try folder.resolved().appending(name)
      _ = try FileDescriptor.open(path, O_RDWR | O_CREAT)
      #expect(try path.resolved() == path)
    }
  }

  @Test("a link into nothing, and one that leads round, are failures")
  func nowhere() throws {
    try withTestFolder { folder throws in
      try makeLink(at: folder.appending("dangling"), to: "nothing")
      try makeLink(at: folder.appending("round"), to: "round")
      let dangling = #expect(throws: FileFailure.self) {
        try folder.appending("dangling").resolved()
      }
      #expect(dangling?.errno == ENOENT)
      let round = #expect(throws: FileFailure.self) { try folder.appending("round").resolved() }
      #expect(round?.errno == ELOOP)
    }
  }
}
