import Foundations
import Testing

@Suite("Reading lengths of time")
struct DurationParsingTests {
  @Test(
    "A length of time is read as people write it",
    arguments: [
      ("0", .zero), ("90", .seconds(90)), ("1.5", .milliseconds(1_500)), ("10s", .seconds(10)),
      ("1h30m", .seconds(5_400)), ("250ms", .milliseconds(250)), ("2d", .seconds(172_800)),
      ("1h0.5s", .milliseconds(3_600_500)), ("5min", .seconds(300)), (".5h", .seconds(1_800)),
      ("1:30", .seconds(90)), ("1:02:03.4", .milliseconds(3_723_400)), ("90:00", .seconds(5_400)),
      ("0:00.000000001", .nanoseconds(1)), ("1H", .seconds(3_600)), ("7us", .microseconds(7)),
      ("0.1", .milliseconds(100)), ("9000000000", .seconds(9_000_000_000)),
    ] as [(String, Duration)])
  func reads(text: String, duration: Duration) {
    #expect(Duration(parsing: text) == duration)
  }

  @Test(
    "Anything else is refused",
    arguments: [
      "", " ", "s", "-1", "-1s", "1x", "1m1h", "1s1s", "1.5h30m", "1 s", "1e3", "nan", "1:60",
      "1:2:3:4",
      ":30", "1:", "1:-5", "1:61:00", "10000000000", "99999999999999999999", "106752d", "1:5:",
      "٣s",
      "9999999999:00",
    ])
  func refuses(text: String) {
    #expect(Duration(parsing: text) == nil)
  }
}
