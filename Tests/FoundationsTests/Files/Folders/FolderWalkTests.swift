import Foundations
import Glibc
import Testing

@Suite("Walks through folders")
struct FolderWalkTests {
  @Test("a folder comes before what is in it, and entries in order of their bytes")
  func order() throws {
    try withTestFolder { folder throws in
      for path in ["b/x", "b/a", "a.txt", "a/z", "a/b/c", "Z", "ä"] {
        try makeFolder(folder.appending(path).parent)
        try write("", to: folder.appending(path))
      }
      let expected = [
        "Z", "a", "a/b", "a/b/c", "a/z", "a.txt", "b", "b/a", "b/x", "ä",
      ]
      #expect(try walk(folder) == expected)
      #expect(try walk(folder) == expected)
    }
  }

  @Test("each item has its status")
  func status() throws {
    try withTestFolder { folder throws in
      try write("12345", to: folder.appending("file"))
      var walk = try FolderWalk(of: folder)
      guard case .entry(let path, let status) = try walk.next() else {
        Issue.record("the file is missing")
        return
      }
      #expect(path == folder.appending("file"))
      #expect(status.kind == .plain && status.size == 5)
      #expect(try walk.next()?.path == nil)
      #expect(try walk.next()?.path == nil)
    }
  }

  @Test("hidden names are left out with all below them, unless they are asked for")
  func hidden() throws {
    try withTestFolder { folder throws in
      try makeFolder(folder.appending(".git/objects"))
      try write("", to: folder.appending(".x"))
      try write("", to: folder.appending("y"))
      #expect(try walk(folder) == ["y"])
      let all = try walk(folder) { $0.includesHidden = true }
      #expect(all == [".git", ".git/objects", ".x", "y"])
    }
  }

  @Test("links are items of their own, unless they are to be followed")
  func links() throws {
    try withTestFolder { folder throws in
      try makeFolder(folder.appending("real"))
      try write("", to: folder.appending("real/file"))
      try makeLink(at: folder.appending("link"), to: "real")
      try makeLink(at: folder.appending("lost"), to: "no/such")
      #expect(try walk(folder) == ["link", "lost", "real", "real/file"])
      let followed = try walk(folder) { $0.followsLinks = true }
      #expect(followed == ["link", "link/file", "lost", "real", "real/file"])
    }
  }

  @Test("a link back to a folder above is told and not followed round")
  func loop() throws {
    try withTestFolder { folder throws in
      try makeFolder(folder.appending("a/b"))
      try makeLink(at: folder.appending("a/b/up"), to: "../..")
      try makeLink(at: folder.appending("a/self"), to: ".")
      let items = try walk(folder) { $0.followsLinks = true }
      #expect(items == ["a", "a/b", "a/b/up", "a/b/up!file.loop", "a/self", "a/self!file.loop"])
    }
  }

  @Test("a folder that cannot be listed is told and the walk goes on")
  func unreadable() throws {
    try withTestFolder { folder throws in
      for name in ["a", "b", "c"] {
        try makeFolder(folder.appending(name))
        try write("", to: folder.appending(name).appending("file"))
      }
      // Through the seam and not by permissions, which do not hold for root.
      let items = try FailingDisk(under: folder.appending("b")).run(
        .once(errno: EACCES), of: "list"
      ) { try walk(folder) }
      #expect(items == ["a", "a/file", "b", "b!file.denied", "c", "c/file"])
      let unseen = try FailingDisk(under: folder.appending("b")).run(
        .once(errno: EIO), of: "read the status of"
      ) { try walk(folder) }
      #expect(unseen == ["a", "a/file", "b!file.io", "c", "c/file"])
    }
  }

  @Test("what is removed during the walk is simply not there")
  func vanishing() throws {
    try withTestFolder { folder throws in
      for name in ["a", "b", "c"] { try makeFolder(folder.appending(name)) }
      var walk = try FolderWalk(of: folder)
      #expect(try walk.next()?.path.name == "a")
      #expect(rmdir(folder.appending("a").text) == 0)
      #expect(rmdir(folder.appending("b").text) == 0)
      #expect(try walk.next()?.path.name == "c")
      #expect(try walk.next()?.path.name == nil)
    }
  }

  @Test("folders deeper than is followed are told")
  func tooDeep() throws {
    try withTestFolder { folder throws in
      var open = try Folder.open(folder)
      for _ in 0...FolderWalk.deepest {
        try open.makeFolder("d")
        open = try open.folder("d")
      }
      let items = try walk(folder)
      #expect(items.count == FolderWalk.deepest + 1)
      #expect(items.last?.hasSuffix("!file.too_deep") == true)
    }
  }

  @Test("another file system is shown and not entered where the walk is to stay")
  func device() throws {
    // Wherever there is a /dev, something is mounted in it.
    let device = try FileStatus.of("/dev").device
    var options = FolderWalk.Options()
    options.staysOnDevice = true
    var walk = try FolderWalk(of: "/dev", options: options)
    var mounts: [FilePath] = []
    while let item = try walk.next() {
      #expect(!mounts.contains(item.path.parent), "\(item.path)")
      if case .entry(let path, let status) = item, status.device != device { mounts.append(path) }
    }
    #expect(!mounts.isEmpty)
  }

  @Test("a walk heeds its stop flag")
  func stopped() throws {
    try withTestFolder { folder throws in
      for name in ["a", "b"] { try write("", to: folder.appending(name)) }
      let stop = StopFlag()
      var walk = try FolderWalk(of: folder, stop: stop)
      _ = try walk.next()
      stop.stop(.deadline)
      let failure = #expect(throws: StoppedFailure.self) { _ = try walk.next() }
      #expect(failure?.reason == .deadline)
    }
  }

  @Test("a walk begins at a folder only, through a link if need be")
  func root() throws {
    try withTestFolder { folder throws in
      try makeFolder(folder.appending("real"))
      try write("", to: folder.appending("real/x"))
      try makeLink(at: folder.appending("link"), to: "real")
      #expect(try walk(folder.appending("link")) == ["x"])
      let file = #expect(throws: FileFailure.self) {
        try FolderWalk(of: folder.appending("real/x"))
      }
      #expect(file?.code == .fileNotFolder)
      let missing = #expect(throws: FileFailure.self) { try FolderWalk(of: folder.appending("no")) }
      #expect(missing?.code == .fileNotFound)
    }
  }

  @Test("a walk through 10,000 files in a thousand folders meets each once")
  func large() throws {
    try withTestFolder { folder throws in
      let open = try Folder.open(folder)
      for index in 0..<1_000 {
        let name = try #require(FileName(text: "folder-\(index)"))
        try open.makeFolder(name)
        let inner = try open.folder(name)
        for file in 0..<10 {
          let name = try #require(FileName(text: "file-\(file)"))
          _ = try inner.open(name, O_WRONLY | O_CREAT)
        }
      }
      var walk = try FolderWalk(of: folder)
      var latest = ""
      var files = 0
      while case .entry(let path, let status)? = try walk.next() {
        if status.kind == .plain { files += 1 }
        #expect(path.text > latest)
        latest = path.text
      }
      #expect(files == 10_000)
    }
  }

  @Test("a name that is not UTF-8 comes through as it is")
  func oddName() throws {
    try withTestFolder { folder throws in
      let odd = FilePath(bytes: [0xFF, 0x41])
      try AtomicFile.replace(folder.appending(odd), with: [1], durability: .relaxed)
      var walk = try FolderWalk(of: folder)
      let item = try walk.next()
      #expect(item?.path == folder.appending(odd))
    }
  }

  /// The walk as text: the paths below the folder, with `!` and the code where one is unreadable.
  private func walk(
    _ folder: FilePath, _ change: (inout FolderWalk.Options) -> Void = { _ in }
  ) throws -> [String] {
    var options = FolderWalk.Options()
    change(&options)
    var walk = try FolderWalk(of: folder, options: options)
    var items: [String] = []
    while let item = try walk.next() {
      let path = String(item.path.text.dropFirst(folder.text.count + 1))
      switch item {
      case .entry: items.append(path)
      case .unreadable(_, let failure): items.append("\(path)!\(failure.code.name)")
      }
    }
    return items
  }
}
