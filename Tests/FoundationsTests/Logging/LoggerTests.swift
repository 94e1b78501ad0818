import Foundations
import TestSupport
import Testing

@Suite("Loggers")
struct LoggerTests {
  private let time = ManualTime()
  private let tail = LogTail(keeping: 100)

  @Test("a line has its time, level, message and fields; the logger's own come first")
  func lines() {
    let log = Logger(to: tail, time: time).with(["job": "j1", "stage": "probe"])
    log.info("began", ["stage": "encode", "count": .int(2)])
    let expected = LogRecord(
      time: time.now, level: .info, message: "began",
      fields: ["job": "j1", "stage": "encode", "count": 2])
    #expect(tail.records == [expected])
    #expect(tail.records[0].fields.members.map(\.key) == ["job", "stage", "count"])
  }

  @Test(
    "every level has its word, and only those from the threshold on are taken",
    arguments: LogLevel.allCases)
  func levels(threshold: LogLevel) {
    let log = Logger(to: tail, from: threshold, time: time)
    log.trace("line")
    log.debug("line")
    log.info("line")
    log.notice("line")
    log.warning("line")
    log.error("line")
    #expect(tail.records.map(\.level) == LogLevel.allCases.filter { $0 >= threshold })
    #expect(LogLevel.allCases.allSatisfy { log.takes($0) == ($0 >= threshold) })
    #expect(LogLevel.allCases == LogLevel.allCases.sorted())
  }

  @Test("what nobody takes is not computed")
  func laziness() {
    func costly() -> String {
      Issue.record("computed")
      return ""
    }
    let log = Logger(to: tail, from: .warning, time: time)
    log.info(costly(), ["x": .string(costly())])
    log.debug("x \(costly())")
    Logger.silent.error(costly(), ["x": .string(costly())])
    #expect(!Logger.silent.takes(.error))
    #expect(tail.records.isEmpty)
  }

  @Test("each outlet has its own level")
  func outlets() {
    let job = LogTail(keeping: 10)
    let log = Logger(to: tail, from: .warning, time: time)
    let both = log.also(to: job, from: .debug)
    both.debug("detail")
    both.error("broken")
    both.trace("step")
    log.debug("elsewhere")
    #expect(tail.records.map(\.message) == ["broken"])
    #expect(job.records.map(\.message) == ["detail", "broken"])
  }

  @Test("secrets reach no outlet")
  func secrets() {
    let log = Logger(to: tail, time: time).with(["token": "abc"])
    log.info("get https://a:b@c/?sig=d", ["url": "x?password=e"])
    let record = tail.records[0]
    #expect(record.message == "get https://(hidden)@c/?sig=(hidden)")
    #expect(record.fields == ["token": "(hidden)", "url": "x?password=(hidden)"])
  }

  @Test("a failure is told with its code, hint and causes, secrets out")
  func failures() {
    let cause = FileFailure(.diskFull, "password=x")
    let failure = UnexpectedFailure(cause)
    Logger(to: tail, time: time).error("stopped", ["job": "j1"], because: failure)
    let fields = tail.records[0].fields
    #expect(fields.members.map(\.key) == ["job", "code", "failure", "hint", "causes"])
    #expect(fields["code"] == "internal.unexpected")
    #expect(fields["causes"] == ["file.disk_full: password=(hidden)"])
  }

  @Test("a line that is too long is cut between two signs")
  func cuts() {
    let long = String(repeating: "é", count: 20_000)
    Logger(to: tail, time: time).info(
      "x" + long, ["text": .string(long), "tree": [.string(long)], "n": 1])
    let record = tail.records[0]
    #expect(record.message.utf8.count < LogRecord.longestText + 50)
    #expect(record.message.hasSuffix("é… (23618 bytes more)"))
    #expect(record.fields["tree"]?.string?.hasPrefix("[\"é") == true)
    #expect(LogFormat.json.line(record).utf8.count < 4 * LogRecord.longestText)
    #expect(record.fields["n"] == 1)
  }

  @Test("a tail keeps the newest lines")
  func tails() {
    let short = LogTail(keeping: 3)
    let log = Logger(to: short, time: time)
    for number in 1...10 { log.info("\(number)") }
    #expect(short.records.map(\.message) == ["8", "9", "10"])
  }
}
