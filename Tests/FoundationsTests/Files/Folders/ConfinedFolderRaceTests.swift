import Foundations
import Glibc
import Testing

@Suite("Confined folders while somebody swaps folders for links", .timeLimit(.minutes(3)))
struct ConfinedFolderRaceTests {
  @Test("no operation is led out, at whatever moment the swap comes", arguments: Resolution.all)
  func swapped(resolution: Resolution) async throws {
    try await withTestFolder { outer in
      let root = outer.appending("root")
      try makeFolder(root.appending("folder"))
      try makeFolder(outer.appending("outside"))
      try write("inside", to: root.appending("folder/secret"))
      try write("outside", to: outer.appending("outside/secret"))
      let confined = ConfinedFolder(try .open(root), resolution: resolution)
      let stop = StopFlag()

      let swapper: @Sendable () throws -> Void = {
        let (folder, aside) = (root.appending("folder").text, root.appending("aside").text)
        while !stop.isStopped {
          rename(folder, aside)
          symlink(outer.appending("outside").text, folder)
          unlink(folder)
          rename(aside, folder)
        }
      }
      let intruder: @Sendable () throws -> Void = {
        defer { stop.stop() }
        // Until both outcomes have been seen often.
        var (done, refused) = (0, 0)
        while done < 50 || refused < 20 {
          for attempt in attempts(at: confined) {
            do {
              try attempt()
              done += 1
            } catch let failure as FileFailure {
              #expect(harmless.contains(failure.code), "\(failure)")
              if failure.code == .pathEscapes { refused += 1 }
            }
          }
        }
      }
      try await onThreads([swapper, intruder])
      #expect(try names(in: outer.appending("outside")) == ["secret"])
      #expect(try content(of: outer.appending("outside/secret")) == Array("outside".utf8))
    }
  }

  @Test("a walk is not led out either")
  func walked() async throws {
    try await withTestFolder { outer in
      let root = outer.appending("root")
      try makeFolder(root.appending("folder/inner"))
      try makeFolder(outer.appending("outside/found"))
      let stop = StopFlag()
      let swapper: @Sendable () throws -> Void = {
        let (folder, aside) = (root.appending("folder").text, root.appending("aside").text)
        while !stop.isStopped {
          rename(folder, aside)
          symlink(outer.appending("outside").text, folder)
          unlink(folder)
          rename(aside, folder)
        }
      }
      let walker: @Sendable () throws -> Void = {
        defer { stop.stop() }
        var (entered, refused) = (0, 0)
        while entered < 100 || refused < 10 {
          var walk = try FolderWalk(of: root)
          while let item = try walk.next() {
            #expect(item.path.name != "found")
            if item.path.name == "inner" { entered += 1 }
            switch item {
            case .entry(_, let status): if status.kind == .link { refused += 1 }
            case .unreadable: refused += 1
            }
          }
        }
      }
      try await onThreads([swapper, walker])
    }
  }

  /// What may go wrong while the folder is away or a link.
  private let harmless: [FailureCode] = [.pathEscapes, .fileNotFound, .fileExists, .fileNotFolder]

  private func attempts(at confined: ConfinedFolder) -> [() throws -> Void] {
    [
      {
        let bytes = try confined.openForReading("folder/secret").readAll(limit: 100)
        #expect(bytes == Array("inside".utf8))
      },
      { _ = try confined.create("folder/made") },
      { try confined.rename("folder/made", to: "folder/moved", durability: .relaxed) },
      { try confined.removeFile("folder/moved") },
      { try confined.makeFolder("folder/deep", durability: .relaxed) },
      { try confined.removeTree("folder/deep") },
      {
        let target = try confined.destination("folder/published")
        try AtomicFile.replace(target, with: [1], durability: .relaxed)
      },
    ]
  }
}
