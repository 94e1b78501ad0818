import Foundations
import TestSupport
import Testing

@Suite("A folder of logs")
struct LogFolderTests {
  @Test("each thing has its own log, made when it says something")
  func ownLogs() throws {
    let folder = try TemporaryFolder()
    let logs = LogFolder(FilePath(folder("logs")), format: .text)
    let time = ManualTime()
    #expect(try logs.files(of: "a") == [])
    Logger(to: logs.log(of: "a"), time: time).info("of a")
    Logger(to: logs.log(of: "b"), time: time).info("of b")
    let files = try logs.files(of: "a")
    #expect(files.map(\.name) == ["a.log"])
    let text = String(decoding: try SmallFile.read(files[0], limit: 1_000), as: UTF8.self)
    #expect(text.hasSuffix("of a\n"))
    try logs.remove("a")
    try logs.remove("never")
    #expect(try logs.files(of: "a") == [])
    #expect(try logs.files(of: "b").count == 1)
  }

  @Test("a job that says very much keeps its beginning and its end in a few megabytes")
  func bounds() throws {
    let folder = try TemporaryFolder()
    let logs = LogFolder(FilePath(folder("logs")), format: .json)
    let log = logs.log(of: "talker")
    let words = String(repeating: "word ", count: 3_000)
    for _ in 0..<300 {
      log.write(LogRecord(time: ManualTime().now, level: .info, message: words))
    }
    let files = try logs.files(of: "talker")
    #expect(files.map(\.name) == ["talker.log.first", "talker.log.1", "talker.log"])
    let size = try files.reduce(0) { $0 + (try FileStatus.of($1).size) }
    #expect(size < 3_100_000)
  }
}
