import Foundations
import TestSupport
import Testing

@Suite("Written durations")
struct DurationSettingTextTests {
  @Test(
    "numbers with units are read",
    arguments: [
      ("30s", .seconds(30)), ("500ms", .milliseconds(500)), ("1h30m", .seconds(5_400)),
      ("1.5h", .seconds(5_400)), ("2d", .seconds(172_800)), ("1w", .seconds(604_800)),
      ("0s", .zero), ("10 min", nil), ("1h 30m", .seconds(5_400)), ("250us", .microseconds(250)),
      ("7ns", .nanoseconds(7)), ("0.000000001s", .nanoseconds(1)), ("30S", .seconds(30)),
      ("", nil), ("30", nil), ("s", nil), ("1.2.3s", nil), (".5s", nil), ("5.s", nil), ("-5s", nil),
      ("0.5ns", nil), ("1y", nil), ("1h30", nil), ("٣s", nil), ("300000w", nil),
      ("99999999999999999999s", nil), ("9999999999999999w", nil), ("5e3s", nil),
    ] as [(String, Duration?)])
  func reads(text: String, expected: Duration?) {
    #expect(Duration(settingText: text) == expected)
  }

  @Test(
    "a duration is written in the largest units that say it exactly",
    arguments: [
      (.zero, "0s"), (.seconds(90), "1m30s"), (.seconds(86_400), "1d"),
      (.milliseconds(1_500), "1s500ms"),
      (.seconds(1_209_600), "14d"), (.nanoseconds(1), "1ns"), (.seconds(-5), "-5s"),
    ] as [(Duration, String)])
  func writes(duration: Duration, expected: String) {
    #expect(duration.settingText == expected)
  }

  @Test("any duration reads back the same")
  func roundTrip() throws {
    try property("durations there and back", times: 1_000) { generator in
      let duration = Duration.nanoseconds(Int64.random(in: 0...Int64.max, using: &generator))
      #expect(Duration(settingText: duration.settingText) == duration)
    }
  }
}
