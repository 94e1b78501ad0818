import Foundations
import Glibc
import TestSupport
import Testing

@Suite("Logs in files", .timeLimit(.minutes(5)))
struct LogFileTests {
  private let folder: TemporaryFolder
  private let path: FilePath
  private let time = ManualTime()

  init() throws {
    folder = try TemporaryFolder()
    path = FilePath(folder("logs/mediary.log"))
  }

  private func text(_ path: FilePath) throws -> String {
    String(decoding: try SmallFile.read(path, limit: 1 << 26), as: UTF8.self)
  }

  private func messages(_ files: [FilePath]) throws -> [String] {
    try files.flatMap { file in
      try text(file).split(separator: "\n").map {
        try JSONReader.read(String($0))["message"]?.string ?? ""
      }
    }
  }

  @Test("the file and its folder are made at the first line")
  func makesItself() throws {
    let file = LogFile(path, format: .text)
    #expect(try FileStatus.find(path) == nil)
    Logger(to: file, time: time).info("first")
    Logger(to: file, time: time).info("second")
    #expect(
      try text(path)
        == "2026-01-01T00:00:00.000Z info    first\n2026-01-01T00:00:00.000Z info    second\n")
    #expect(try FileStatus.of(path).mode & 0o007 == 0)
  }

  @Test("a full file is moved on, and the oldest goes")
  func rotates() throws {
    let rotation = LogRotation(bytes: 1_000, olderFiles: 2)
    let log = Logger(to: LogFile(path, format: .json, rotation: rotation), time: time)
    for number in 1...100 { log.info("\(number)") }
    let files = try rotation.files(of: path)
    #expect(files.map(\.name) == ["mediary.log.2", "mediary.log.1", "mediary.log"])
    for file in files { #expect(try FileStatus.of(file).size <= 1_000) }
    let kept = try messages(files)
    #expect(kept == (1...100).suffix(kept.count).map { "\($0)" })
    #expect(kept.count > 30)
    try rotation.remove(path)
    #expect(try rotation.files(of: path) == [])
  }

  @Test("a job's log keeps its beginning and its end, and says that the middle is missing")
  func keepsBeginning() throws {
    let rotation = LogRotation(bytes: 1_000, olderFiles: 1, keepsBeginning: true)
    for _ in 0..<2 {
      // A second writer, as after a restart: the note must not come twice.
      let log = Logger(to: LogFile(path, format: .json, rotation: rotation), time: time)
      for number in 1...60 { log.info("\(number)") }
    }
    let files = try rotation.files(of: path)
    #expect(files.map(\.name) == ["mediary.log.first", "mediary.log.1", "mediary.log"])
    let kept = try messages(files)
    let gap = "log lines are left out here; the log was too long"
    let first = try #require(kept.firstIndex(of: gap))
    #expect(Array(kept[..<first]) == (1...first).map { "\($0)" })
    #expect(kept.filter { $0 == gap }.count == 1)
    #expect(kept.last == "60")
  }

  @Test("a file that was moved away or removed is made anew at the next line")
  func followsTheName() throws {
    let log = Logger(to: LogFile(path, format: .text), time: time)
    log.info("one")
    let moved = path.sibling("moved")
    #expect(rename(path.text, moved.text) == 0)
    log.info("two")
    #expect(unlink(path.text) == 0)
    log.info("three")
    #expect(try text(moved).hasSuffix("one\n"))
    #expect(try text(path) == "2026-01-01T00:00:00.000Z info    three\n")
  }

  @Test(
    "lines of many threads and of many openings stay whole, and none is lost while nothing is removed"
  )
  func concurrent() throws {
    let rotation = LogRotation(bytes: 8_000, olderFiles: 500)
    let (threads, each) = (8, 250)
    withThreads(threads) { [path, time] thread in
      // Each thread has an opening of its own, as another process would.
      let file = LogFile(path, format: .json, rotation: rotation)
      let log = Logger(to: file, time: time)
      for number in 0..<each { log.info("\(thread) \(number)") }
      #expect(file.lostLines == 0)
    }
    let files = try rotation.files(of: path)
    #expect(files.count > 1)
    let kept = try messages(files)
    #expect(kept.count == threads * each)
    #expect(Set(kept).count == threads * each)
    for thread in 0..<threads {
      let own = kept.filter { $0.hasPrefix("\(thread) ") }
      #expect(own.count == each)
    }
  }

  @Test("a disk that is full costs lines and nothing else, and is told of once and at the end")
  func fullDisk() throws {
    let tail = LogTail(keeping: 10)
    let blocked = FilePath(folder("blocked/x.log"))
    try folder.write("blocked", [])
    let file = LogFile(blocked, format: .json, fallback: tail)
    let log = Logger(to: file, time: time)
    for number in 1...5 { log.info("\(number)") }
    #expect(file.lostLines == 5)
    #expect(tail.records.count == 1)
    #expect(
      tail.records[0].message == "the log cannot be written; its lines are dropped until it can")
    #expect(tail.records[0].fields["path"] == .string(blocked.text))

    #expect(unlink(folder("blocked")) == 0)
    log.info("6")
    #expect(try messages([blocked]) == ["log lines were lost before this one", "6"])
    #expect(
      try JSONReader.read(
        try #require(text(blocked).split(separator: "\n").first.map(String.init)))["lines"] == 5)
    #expect(file.lostLines == 5)

    #expect(unlink(blocked.text) == 0 && rmdir(folder("blocked")) == 0)
    try folder.write("blocked", [])
    log.info("7")
    #expect(tail.records.count == 2)
  }

  @Test("a line that was half written when the disk was full spoils no other line")
  func halfLines() async {
    // In a process of its own, whose limit on the size of files does what a full disk does.
    await #expect(processExitsWith: .success) {
      signal(SIGXFSZ, SIG_IGN)
      let folder = try TemporaryFolder()
      let path = FilePath(folder("x.log"))
      let file = LogFile(path, format: .json)
      let log = Logger(to: file, time: ManualTime())
      var limit = rlimit(rlim_cur: 500, rlim_max: rlim_t.max)
      setrlimit(__rlimit_resource_t(UInt32(RLIMIT_FSIZE.rawValue)), &limit)
      for number in 1...20 { log.info("\(number)") }
      limit.rlim_cur = rlim_t.max
      setrlimit(__rlimit_resource_t(UInt32(RLIMIT_FSIZE.rawValue)), &limit)
      log.info("after")
      let lines = String(decoding: try SmallFile.read(path, limit: 10_000), as: UTF8.self)
        .split(separator: "\n").map { try? JSONReader.read(String($0)) }
      // All whole but the one that met the end of the disk.
      #expect(lines.filter { $0 == nil }.count == 1)
      #expect(lines.last??["message"] == "after")
      let lost = lines.compactMap { $0?["lines"]?.int }
      #expect(lost == [file.lostLines])
      #expect(lines.compactMap { $0?["message"]?.string }.count - 2 + file.lostLines == 20)
    }
  }

  @Test("what is no plain file is not written to, and a pipe without a reader holds nobody up")
  func oddFiles() throws {
    let tail = LogTail(keeping: 10)
    #expect(mkfifo(folder("pipe"), 0o600) == 0)
    for path in [folder("pipe"), folder.path, "/dev/full"] {
      let file = LogFile(FilePath(path), format: .text, fallback: tail)
      Logger(to: file, time: time).info("lost")
      #expect(file.lostLines == 1)
    }
    #expect(tail.records.count == 3)
  }

  @Test("half a line that a crash left behind spoils no other line")
  func crashedLines() throws {
    try folder.write("logs/mediary.log", #"{"message":"who"#.utf8)
    Logger(to: LogFile(path, format: .json), time: time).info("after")
    let lines = try text(path).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(try JSONReader.read(String(lines[1]))["message"] == "after")
  }

  @Test("a file found too large is moved on before the next line")
  func largeFromBefore() throws {
    try folder.write("logs/mediary.log", [UInt8](repeating: UInt8(ascii: "x"), count: 5_000))
    let rotation = LogRotation(bytes: 1_000, olderFiles: 1)
    Logger(to: LogFile(path, format: .text, rotation: rotation), time: time).info("new")
    #expect(try FileStatus.of(FilePath(folder("logs/mediary.log.1"))).size == 5_000)
    #expect(try text(path).hasSuffix("new\n"))
  }
}
