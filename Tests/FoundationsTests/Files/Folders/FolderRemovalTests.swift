import Foundation
import Foundations
import Glibc
import Testing

@Suite("Removing a folder", .timeLimit(.minutes(5)))
struct FolderRemovalTests {
  private let around: ScratchFolder
  private let top: FilePath

  init() throws {
    around = try temporaryFolder()
    top = around.path.appending("top")
    try make(top)
  }

  private func make(_ path: FilePath) throws {
    try FileManager.default.createDirectory(atPath: path.text, withIntermediateDirectories: true)
  }

  private var isGone: Bool { (try? FileStatus.of(top, followLinks: false)) == nil }

  @Test("takes everything in it, of whatever kind")
  func everything() throws {
    try make(top.appending("a/b/c"))
    try make(top.appending("empty"))
    try writeProgram("x", at: top.appending("a/b/file"))
    try writeProgram("x", at: top.appending("read-only"), mode: 0o400)
    symlink("/etc", top.appending("link").text)
    symlink("/no/such", top.appending("a/broken").text)
    mkfifo(top.appending("pipe").text, 0o600)
    let odd = top.appending(FilePath(bytes: [0xff, 0x20, 0x0a]))
    odd.withCString { _ = close(open($0, O_CREAT | O_WRONLY, 0o600)) }
    #expect(FolderRemoval.remove(top).isComplete)
    #expect(isGone)
    #expect(FileStatus.ifPresent("/etc/passwd") != nil)
  }

  @Test("follows no link, neither in it nor in its place")
  func links() throws {
    let precious = around.path.appending("precious")
    try make(precious)
    try writeProgram("x", at: precious.appending("file"))
    symlink(precious.text, top.appending("inner").text)
    symlink(top.text, around.path.appending("outer").text)
    #expect(FolderRemoval.remove(around.path.appending("outer")).isComplete)
    #expect(!isGone)
    #expect(FolderRemoval.remove(top).isComplete)
    #expect(isGone)
    #expect(FileStatus.ifPresent(precious.appending("file")) != nil)
  }

  @Test("goes down as deep as folders go, with few descriptors")
  func deep() throws {
    let depth = 1200
    var here = try FileDescriptor.open(top, O_RDONLY | O_DIRECTORY)
    for _ in 0..<depth {
      mkdirat(here.number, "deeper", 0o700)
      close(openat(here.number, "file", O_CREAT | O_WRONLY, 0o600))
      here = FileDescriptor(owning: openat(here.number, "deeper", O_RDONLY | O_DIRECTORY))
    }
    #expect(FolderRemoval.remove(top).isComplete)
    #expect(isGone)
  }

  @Test("takes more entries than are read at a time, files and folders mixed")
  func wide() throws {
    for number in 0..<300 {
      try writeProgram("x", at: top.appending("file \(number)"))
      try make(top.appending("folder \(number)/inner"))
    }
    #expect(FolderRemoval.remove(top).isComplete)
    #expect(isGone)
  }

  @Test("takes folders that their maker made read-only")
  func readOnly() throws {
    try make(top.appending("locked/inner"))
    try writeProgram("x", at: top.appending("locked/file"))
    chmod(top.appending("locked").text, 0o555)
    #expect(FolderRemoval.remove(top).isComplete)
    #expect(isGone)
  }

  @Test("takes a plain file")
  func file() throws {
    let path = around.path.appending("file")
    try writeProgram("x", at: path)
    #expect(FolderRemoval.remove(path).isComplete)
    #expect(FileStatus.ifPresent(path) == nil)
  }

  @Test("has nothing to do where nothing stands", arguments: ["missing", "missing/below"])
  func nothing(name: String) {
    #expect(FolderRemoval.remove(around.path.appending(name)).isComplete)
  }

  @Test("names what it cannot remove and why, and takes the rest")
  func refused() async throws {
    await #expect(processExitsWith: .success) {
      try withoutPrivileges { top in
        let locked = top.appending("a/locked")
        try makeLocked(locked)
        try writeProgram("x", at: top.appending("a/file"))
        try writeProgram("x", at: top.appending("file"))
        let outcome = FolderRemoval.remove(top)
        #expect(!outcome.isComplete)
        // The thing itself, and not the folders that are still there because of it.
        #expect(outcome.kept.map(\.path) == [locked])
        #expect(outcome.kept.map(\.why.message) == ["cannot open \(locked): Permission denied"])
        #expect(FileStatus.ifPresent(top.appending("a/file")) == nil)
        #expect(FileStatus.ifPresent(top.appending("file")) == nil)
        chmod(locked.text, 0o700)
      }
    }
  }

  @Test("gives up where a hundred things cannot be removed")
  func givesUp() async throws {
    await #expect(processExitsWith: .success) {
      try withoutPrivileges { top in
        let locked = (0..<150).map { top.appending("locked \($0)") }
        for folder in locked { try makeLocked(folder) }
        #expect(FolderRemoval.remove(top).kept.count == 100)
        for folder in locked { chmod(folder.text, 0o700) }
      }
    }
  }

  @Test("does not go where another file system is mounted")
  func mounted() {
    // Should this go wrong, nothing in there can be removed.
    let outcome = FolderRemoval.remove("/proc")
    #expect(outcome.kept.map(\.path) == ["/proc"])
    #expect(outcome.kept.map(\.why.code) == [.fileElsewhere])
  }

  @Test("copes with somebody who goes on filling it, and says so if it cannot")
  func filling() async throws {
    let children = try sharedChildren()
    var command = perl(
      "$| = 1; chdir $ARGV[0]; print qq(ready\\n); for (1..500) { mkdir qq(d$_); open F, '>', qq(d$_/f) }",
      ChildArgument(top))
    command.output = .lines()
    let (child, _) = try await startReady(command, in: children)
    var rounds = 0
    while !isGone, rounds < 100_000 {
      _ = FolderRemoval.remove(top)
      rounds += 1
    }
    #expect(isGone)
    child.stop(grace: .zero)
    _ = await child.wait()
  }
}

/// Makes a folder that only a privileged process can look into.
private func makeLocked(_ path: FilePath) throws {
  try FileManager.default.createDirectory(atPath: path.text, withIntermediateDirectories: true)
  chmod(path.text, 0)
}

/// Runs something as a user whom permissions concern, with a folder of that user's; for a process
/// that ends afterwards.
private func withoutPrivileges(_ body: (FilePath) throws -> Void) throws {
  if geteuid() == 0 { try #require(setuid(65534) == 0) }
  let top = FilePath("/tmp/mediary-unprivileged-\(getpid())")
  try FileManager.default.createDirectory(atPath: top.text, withIntermediateDirectories: false)
  try body(top)
  #expect(FolderRemoval.remove(top).isComplete)
}
