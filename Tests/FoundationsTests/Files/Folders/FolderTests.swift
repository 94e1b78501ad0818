import Foundations
import Glibc
import Testing

@Suite("Open folders")
struct FolderTests {
  @Test("a folder is made with those above it, and made again it is the same")
  func make() throws {
    try withTestFolder { folder throws in
      let disk = FailingDisk(under: folder)
      let made = try disk.run { try Folder.make(folder.appending("a/b/c")) }
      #expect(made.path == folder.appending("a/b/c"))
      // Each new name is flushed in the folder that holds it.
      let flushed = disk.calls.filter { $0.operation == "flush the folder" }.map(\.path)
      #expect(flushed == [folder, folder.appending("a"), folder.appending("a/b")])
      let again = try disk.run { try Folder.make(folder.appending("a/b/c")) }
      #expect(again.status.isSameFile(as: made.status))
      #expect(!disk.calls.contains { $0.operation == "flush the folder" })
      _ = try disk.run { try Folder.make(folder.appending("d"), durability: .relaxed) }
      #expect(!disk.calls.contains { $0.operation == "flush the folder" })
    }
  }

  @Test("a file where a folder is meant is told as that")
  func notFolder() throws {
    try withTestFolder { folder throws in
      try write("x", to: folder.appending("file"))
      for path in ["file", "file/inner"] {
        let failure = #expect(throws: FileFailure.self) {
          try Folder.make(folder.appending(path))
        }
        #expect(failure?.errno == ENOTDIR)
      }
      let failure = #expect(throws: FileFailure.self) { try Folder.open(folder.appending("file")) }
      #expect(failure?.code == .fileNotFolder)
      #expect(throws: FileFailure.self) { try Folder.open(folder.appending("no")) }
    }
  }

  @Test("work goes on in the folder it began in, though that is renamed and another takes its name")
  func renamed() throws {
    try withTestFolder { folder throws in
      try makeFolder(folder.appending("a"))
      let open = try Folder.open(folder.appending("a"))
      #expect(rename(folder.appending("a").text, folder.appending("b").text) == 0)
      try makeFolder(folder.appending("a"))
      try AtomicFile.replace(Destination(folder: open, name: "x"), with: [1])
      #expect(try names(in: folder.appending("a")) == [])
      #expect(try names(in: folder.appending("b")) == ["x"])
    }
  }

  @Test("a link is not opened, and what it names not touched")
  func links() throws {
    try withTestFolder { folder throws in
      try makeFolder(folder.appending("real"))
      try write("far", to: folder.appending("real/file"))
      try makeLink(at: folder.appending("link"), to: "real")
      try makeLink(at: folder.appending("file-link"), to: "real/file")
      let open = try Folder.open(folder)
      let failure = #expect(throws: FileFailure.self) { try open.folder("link") }
      #expect(failure?.code == .pathEscapes)
      #expect(try open.folder("link", followLinks: true).status.kind == .folder)
      #expect(throws: FileFailure.self) { _ = try open.open("file-link", O_RDONLY) }
      #expect(try open.status(of: "file-link").kind == .link)
      #expect(try open.status(of: "file-link", followLinks: true).kind == .plain)
      try open.removeFile("file-link")
      #expect(try content(of: folder.appending("real/file")) == Array("far".utf8))
    }
  }

  @Test(
    "removing is exact: no folder as a file, no file as a folder, no folder that holds something")
  func removing() throws {
    try withTestFolder { folder throws in
      try makeFolder(folder.appending("full"))
      try write("x", to: folder.appending("full/file"))
      let open = try Folder.open(folder)
      let full = #expect(throws: FileFailure.self) { try open.removeFolder("full") }
      #expect(full?.code == .folderNotEmpty)
      let file = #expect(throws: FileFailure.self) { try open.removeFile("full") }
      #expect(file?.code == .fileIsFolder)
      let inner = try open.folder("full")
      #expect(throws: FileFailure.self) { try inner.removeFolder("file") }
      try inner.removeFile("file")
      try open.removeFolder("full")
      #expect(try names(in: folder) == [])
    }
  }

  @Test("names come in order of their bytes with what they stand for, and twice the same")
  func entries() throws {
    try withTestFolder { folder throws in
      for name in ["b", "a10", "a9", "Z", "ä", ".hidden"] {
        try write("", to: folder.appending(name))
      }
      try makeFolder(folder.appending("folder"))
      try makeLink(at: folder.appending("link"), to: "b")
      mkfifo(folder.appending("pipe").text, 0o600)
      let open = try Folder.open(folder)
      let entries = try FolderEntries(of: open)
      #expect(
        entries.map(\.name.text) == [
          ".hidden", "Z", "a10", "a9", "b", "folder", "link", "pipe", "ä",
        ])
      #expect(try FolderEntries(of: open).map(\.name) == entries.map(\.name))
      let kinds = Dictionary(uniqueKeysWithValues: entries.map { ($0.name.text, $0.kind) })
      #expect(kinds["folder"] == .folder && kinds["link"] == .link && kinds["b"] == .plain)
      #expect(kinds["pipe"] == .pipe)
    }
  }

  @Test("a folder with more names than are accepted is refused")
  func tooMany() throws {
    try withTestFolder { folder throws in
      for index in 0..<2_000 {
        try Folder.open(folder).makeFolder(FileName(text: "\(index)") ?? "x")
      }
      let open = try Folder.open(folder)
      #expect(try FolderEntries(of: open, limit: 2_000).count == 2_000)
      let failure = #expect(throws: FileFailure.self) { try FolderEntries(of: open, limit: 1_999) }
      #expect(failure?.code == .fileTooLarge)
    }
  }
}
