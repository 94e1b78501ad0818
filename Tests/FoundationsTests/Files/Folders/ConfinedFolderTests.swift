import Foundations
import Glibc
import Testing

@Suite("Confined folders")
struct ConfinedFolderTests {
  @Test("what lies below is read, made, listed and removed", arguments: Resolution.all)
  func below(resolution: Resolution) throws {
    try withTestFolder { folder throws in
      let confined = try confine(folder, resolution)
      try confined.makeFolders("a/b", durability: .relaxed)
      try confined.create("a/b/file").write(Array("hello".utf8))
      #expect(try confined.openForReading("a/b/file").readAll(limit: 9) == Array("hello".utf8))
      #expect(try confined.status(of: "a/b/file").size == 5)
      #expect(try confined.status(of: "a").kind == .folder)
      try confined.rename("a/b/file", to: "a/moved")
      #expect(try confined.list("a").map(\.name) == ["b", "moved"])
      #expect(try confined.list().map(\.name) == ["a"])
      try confined.removeFolder("a/b")
      try confined.removeFile("a/moved")
      #expect(try names(in: folder.appending("a")) == [])
    }
  }

  @Test("a file is published whole into a folder below", arguments: Resolution.all)
  func published(resolution: Resolution) throws {
    try withTestFolder { folder throws in
      let confined = try confine(folder, resolution)
      try confined.makeFolder("runs")
      let target = try confined.destination("runs/metadata.json")
      try AtomicFile.replace(target, with: Array("{}".utf8))
      #expect(try content(of: folder.appending("runs/metadata.json")) == Array("{}".utf8))
    }
  }

  @Test(
    "a link leads nowhere, at the end or on the way, whatever it names",
    arguments: Resolution.all,
    ["outside", "inside", "absolute", "round", "dangling", "up"])
  func links(resolution: Resolution, name: String) throws {
    try withTestFolder { outer throws in
      let folder = outer.appending("root")
      try makeFolder(folder.appending("real"))
      try write("secret", to: outer.appending("secret"))
      try write("x", to: folder.appending("real/secret"))
      let targets = [
        "outside": "../secret", "inside": "real", "absolute": outer.text, "round": "round",
        "dangling": "no/such", "up": "..",
      ]
      try makeLink(at: folder.appending(name), to: try #require(targets[name]))
      let confined = try confine(folder, resolution)
      let link = try RelativePath(untrusted: name)
      let through = try RelativePath(untrusted: "\(name)/secret")
      let attempts: [() throws -> Void] = [
        { _ = try confined.openForReading(link) },
        { _ = try confined.openForReading(through) },
        { _ = try confined.create(through) },
        { _ = try confined.status(of: through) },
        { _ = try confined.folder(link) },
        { _ = try confined.list(link) },
        { try confined.makeFolder(through) },
        { try confined.makeFolders(through) },
        { try confined.makeFolders(link) },
        { try confined.rename("real/secret", to: through) },
        { try confined.rename(through, to: "stolen") },
        { try confined.removeFile(through) },
        { try confined.removeFolder(through) },
        { try confined.removeTree(through) },
        { _ = try confined.destination(through) },
      ]
      for (index, attempt) in attempts.enumerated() {
        let failure = #expect(throws: FileFailure.self, "attempt \(index)") { try attempt() }
        #expect(failure?.code == .pathEscapes, "attempt \(index): \(String(describing: failure))")
        #expect(failure?.message.contains("\(folder)/\(name)") == true, "attempt \(index)")
      }
      // The link itself can be looked at, moved and removed.
      #expect(try confined.status(of: link).kind == .link)
      #expect(throws: FileFailure.self) { _ = try confined.create(link) }
      try confined.rename(link, to: "moved")
      try confined.removeTree("moved")
      #expect(try content(of: outer.appending("secret")) == Array("secret".utf8))
      #expect(try names(in: outer) == ["root", "secret"])
      #expect(try names(in: folder) == ["real"])
      #expect(try names(in: folder.appending("real")) == ["secret"])
    }
  }

  @Test("failures mean the same whoever finds the way")
  func sameFailures() throws {
    try withTestFolder { folder throws in
      try write("x", to: folder.appending("file"))
      try makeFolder(folder.appending("folder"))
      mkfifo(folder.appending("pipe").text, 0o600)
      let long = try RelativePath(untrusted: String(repeating: "x", count: 600))
      let attempts: [(FailureCode, (ConfinedFolder) throws -> Void)] = [
        (.fileNotFound, { _ = try $0.openForReading("no") }),
        (.fileNotFound, { _ = try $0.openForReading("no/no") }),
        (.fileNotFound, { _ = try $0.openForReading("file/x") }),
        (.nameTooLong, { _ = try $0.openForReading(long) }),
        (.nameTooLong, { _ = try $0.create(long) }),
        (.nameTooLong, { try $0.makeFolders(long) }),
        (.fileIsFolder, { _ = try $0.openForReading("folder") }),
        (.fileNotPlain, { _ = try $0.openForReading("pipe") }),
        (.fileNotFolder, { _ = try $0.folder("file") }),
        (.fileNotFolder, { _ = try $0.folder("file/x") }),
        (.fileNotFolder, { _ = try $0.makeFolders("file/x") }),
        (.fileNotFolder, { _ = try $0.list("pipe") }),
        (.fileNotFound, { _ = try $0.list("no") }),
        (.fileExists, { _ = try $0.create("file") }),
        (.fileExists, { try $0.makeFolder("folder") }),
        (.fileExists, { try $0.rename("file", to: "pipe") }),
        (.fileNotFound, { try $0.rename("no", to: "pipe") }),
        (.fileIsFolder, { try $0.removeFile("folder") }),
        (.fileNotFound, { try $0.removeTree("no") }),
      ]
      for resolution in Resolution.all {
        let confined = try confine(folder, resolution)
        for (index, (code, attempt)) in attempts.enumerated() {
          let failure = #expect(throws: FileFailure.self) { try attempt(confined) }
          #expect(failure?.code == code, "attempt \(index), \(resolution)")
          #expect(failure?.message.contains(folder.text) == true, "attempt \(index)")
        }
      }
      #expect(try names(in: folder) == ["file", "folder", "pipe"])
    }
  }

  @Test(
    "a tree is removed with all that is in it, and links in it only as links",
    arguments: Resolution.all)
  func removeTree(resolution: Resolution) throws {
    try withTestFolder { outer throws in
      let folder = outer.appending("root")
      try makeFolder(outer.appending("keep/inner"))
      try write("keep", to: outer.appending("keep/inner/file"))
      for inner in ["tree/a/b/c", "tree/d", "tree/.e"] {
        try makeFolder(folder.appending(inner))
        try write("x", to: folder.appending(inner).appending("file"))
      }
      try makeLink(at: folder.appending("tree/a/out"), to: outer.appending("keep").text)
      try makeLink(at: folder.appending("tree/up"), to: "..")
      mkfifo(folder.appending("tree/d/pipe").text, 0o600)
      try confine(folder, resolution).removeTree("tree")
      #expect(try names(in: folder) == [])
      #expect(try content(of: outer.appending("keep/inner/file")) == Array("keep".utf8))
    }
  }

  @Test("removing a tree heeds the stop flag")
  func stoppedRemoval() throws {
    try withTestFolder { folder throws in
      try makeFolder(folder.appending("tree/a"))
      let stop = StopFlag()
      stop.stop()
      #expect(throws: StoppedFailure.self) {
        try ConfinedFolder.open(folder).removeTree("tree", stop: stop)
      }
      #expect(try names(in: folder) == ["tree"])
    }
  }

  @Test("a tree deeper than a walk follows is removed with few descriptors")
  func tooDeep() throws {
    try withTestFolder { folder throws in
      var open = try Folder.open(folder)
      for _ in 0...FolderWalk.deepest {
        try open.makeFolder("d")
        open = try open.folder("d")
      }
      try ConfinedFolder.open(folder).removeTree("d")
      #expect(try names(in: folder) == [])
    }
  }

  @Test(
    "where the kernel's own way is forbidden or missing, the other is taken",
    arguments: [EPERM, ENOSYS])
  func fallback(number: Int32) async throws {
    // In a process of its own, which forbids itself the call.
    await #expect(processExitsWith: .success) { [number = number as Int32] in
      try RawCalls.forbidOpenat2(answering: number)
      try withTestFolder { folder throws in
        try makeLink(at: folder.appending("link"), to: "/etc")
        let confined = try ConfinedFolder.open(folder)
        #expect(confined.resolution == .byPart)
        try confined.makeFolders("a/b")
        #expect(try confined.list("a").map(\.name) == ["b"])
        let failure = #expect(throws: FileFailure.self) {
          _ = try confined.openForReading("link/passwd")
        }
        #expect(failure?.code == .pathEscapes)
      }
    }
  }

  @Test("the kernel's own way is taken wherever the call works")
  func kernel() throws {
    try withTestFolder { folder throws in
      #expect((try ConfinedFolder.open(folder).resolution == .kernel) == RawCalls.openat2Works())
    }
  }

  private func confine(
    _ folder: FilePath, _ resolution: Resolution
  ) throws -> ConfinedFolder {
    ConfinedFolder(try .open(folder), resolution: resolution)
  }
}

typealias Resolution = ConfinedFolder.Resolution

extension ConfinedFolder.Resolution {
  /// The ways that this machine has.
  static let all: [Self] = RawCalls.openat2Works() ? [.kernel, .byPart] : [.byPart]
}
