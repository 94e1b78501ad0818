import Foundations
import TestSupport
import Testing

@Suite("Forms of log lines")
struct LogFormatTests {
  private func record(
    _ message: String, _ fields: JSONObject = [:], _ level: LogLevel = .info
  ) -> LogRecord {
    LogRecord(time: ManualTime().now, level: level, message: message, fields: fields)
  }

  @Test(
    "the text form is for people",
    arguments: [
      (LogLevel.info, [:], "2026-01-01T00:00:00.000Z info    done"),
      (.warning, ["n": 1], "2026-01-01T00:00:00.000Z warning done n=1"),
      (
        .debug,
        [
          "path": "/a b", "plain": "x", "empty": "", "list": [1, "a"], "none": nil, "quote": "a\"b",
          "sum": "a=b",
        ],
        #"2026-01-01T00:00:00.000Z debug   done path="/a b" plain=x empty="" list=[1,"a"] none=null quote="a\"b" sum="a=b""#
      ),
    ] as [(LogLevel, JSONObject, String)])
  func text(level: LogLevel, fields: JSONObject, expected: String) {
    #expect(LogFormat.text.line(record("done", fields, level)) == expected)
  }

  @Test("the JSON form is one object a line, and no field takes the place of its own members")
  func json() throws {
    let line = LogFormat.json.line(
      record("done", ["job": "j1", "time": "noon", "level": 3, "message": ["x"], "n": 1.5]))
    #expect(
      line
        == #"{"time":"2026-01-01T00:00:00.000Z","level":"info","message":"done","job":"j1","time_":"noon","level_":3,"message_":["x"],"n":1.5}"#
    )
  }

  @Test("colours are for terminals that show them only")
  func colours() {
    let line = LogFormat.styledLine(record("done", ["a": 1], .error))
    #expect(line.rendered(.basic).contains("\u{1B}["))
    #expect(!line.rendered(.none).contains("\u{1B}"))
    #expect(line.text == LogFormat.text.line(record("done", ["a": 1], .error)))
  }

  @Test(
    "no line can be forged: what is foreign stays on its line and commands nothing",
    arguments: [
      "a\n2026-01-01T00:00:00.000Z error   forged", "a\r\nb", "\u{1B}[2J\u{1B}]0;title\u{7}",
      "\u{9B}31m", "a\u{85}b\u{2028}c\u{2029}",
      "\u{202E}gnp.exe", "\u{0}", "tab\there", "\u{8}\u{8}",
    ])
  func forgery(foreign: String) {
    let line = LogFormat.text.line(
      record(foreign, ["key": .string(foreign), foreign: 1, "list": [.string(foreign)]]))
    for format in [line, LogFormat.json.line(record(foreign, [foreign: .string(foreign)]))] {
      #expect(
        format.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) })
    }
    #expect(!line.unicodeScalars.contains { ["\u{2028}", "\u{2029}", "\u{202E}"].contains($0) })
  }

  @Test("any line of JSON reads back as what was said")
  func roundTrip() throws {
    try property("log lines in JSON", times: 300) { random in
      let message = String.random(upTo: 30, using: &random)
      let line = LogFormat.json.line(record(message, ["value": .string(message)]))
      #expect(!line.utf8.contains(0x0A))
      let read = try JSONReader.read(line)
      #expect(read["message"]?.string.map { Array($0.utf8) } == Array(message.utf8))
      #expect(read["value"] == read["message"])
    }
  }
}
