import Foundations
import Testing

@Suite("Amounts for people")
struct HumanTextTests {
  @Test(
    "Bytes are counted in thousands, with one digit where it tells something",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1_000, "1.0 kB"), (1_500_000, "1.5 MB"), (99_949, "99.9 kB"),
      (99_950, "100 kB"), (999_499, "999 kB"), (999_500, "1.0 MB"), (999_999_999, "1.0 GB"),
      (123_456_789_012, "123 GB"), (Int64.max, "9.2 EB"), (-1_500, "-1.5 kB"),
      (Int64.min, "-9.2 EB"),
    ] as [(Int64, String)])
  func bytes(count: Int64, text: String) {
    #expect(HumanText.bytes(count) == text)
    #expect(ByteSize(bytes: count).description == text)
  }

  @Test("Rates name their unit, and a rate nobody knows is a dash")
  func rates() {
    #expect(HumanText.byteRate(1_500_000) == "1.5 MB/s")
    #expect(HumanText.byteRate(-3) == "0 B/s")
    #expect(HumanText.byteRate(.nan) == "- B/s")
    #expect(HumanText.byteRate(.infinity) == "- B/s")
    #expect(HumanText.bitRate(999) == "999 b/s")
    #expect(HumanText.bitRate(4_200_000) == "4.2 Mb/s")
    #expect(HumanText.rate(23.976, "fps") == "24.0 fps")
    #expect(HumanText.rate(812.4, "files/s") == "812 files/s")
    #expect(HumanText.rate(.infinity, "fps") == "- fps")
  }

  @Test(
    "Counts are grouped by thousands",
    arguments: [
      (0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"), (-45_000, "-45,000"),
      (Int.min, "-9,223,372,036,854,775,808"),
    ])
  func counts(value: Int, text: String) {
    #expect(HumanText.count(value) == text)
  }

  @Test("One thing is singular and all else plural")
  func plurals() {
    #expect(HumanText.count(1, "file") == "1 file")
    #expect(HumanText.count(0, "file") == "0 files")
    #expect(HumanText.count(2_000, "match", "matches") == "2,000 matches")
  }

  @Test("Only the whole is a hundred per cent")
  func percents() {
    #expect(HumanText.percent(0) == "0.0%")
    #expect(HumanText.percent(0.632) == "63.2%")
    #expect(HumanText.percent(0.9999) == "99.9%")
    #expect(HumanText.percent(1) == "100%")
    #expect(HumanText.percent(1.25) == "125.0%")
    #expect(HumanText.percent(.nan) == "-%")
    #expect(HumanText.ratio(1.5) == "1.50x")
    #expect(HumanText.ratio(24) == "24.0x")
  }

  @Test(
    "A length of time is told in its two largest units",
    arguments: [
      (.zero, "0ms"), (.milliseconds(250), "250ms"), (.microseconds(999_600), "1.0s"),
      (.milliseconds(12_340), "12.3s"), (.seconds(12), "12s"), (.milliseconds(59_960), "1m 00s"),
      (.seconds(185), "3m 05s"),
      (.seconds(3_599.6), "1h 00m"), (.seconds(3_720), "1h 02m"), (.seconds(86_399), "1d 00h"),
      (.seconds(183_600), "2d 03h"), (.seconds(-185), "-3m 05s"),
    ] as [(Duration, String)])
  func durations(duration: Duration, text: String) {
    #expect(HumanText.duration(duration) == text)
  }

  @Test(
    "A clock shows hours only where there are some, and cuts instead of rounding",
    arguments: [
      (.zero, 0, "0:00"), (.seconds(7), 0, "0:07"), (.seconds(754), 0, "12:34"),
      (.milliseconds(3_723_499), 1, "1:02:03.4"), (.milliseconds(59_999), 0, "0:59"),
      (.milliseconds(59_999), 3, "0:59.999"), (.milliseconds(-1_500), 1, "-0:01.5"),
      (.seconds(360_000), 0, "100:00:00"), (.nanoseconds(50), 6, "0:00.000000"),
    ] as [(Duration, Int, String)])
  func clocks(duration: Duration, decimals: Int, text: String) {
    #expect(HumanText.clock(duration, decimals: decimals) == text)
  }

  @Test(
    "A number is written with the digits asked for",
    arguments: [
      (1.25, 1, "1.3"), (-1.25, 1, "-1.3"), (0.05, 2, "0.05"), (-0.001, 1, "0.0"), (2, 0, "2"),
      (1234.5678, 3, "1234.568"), (.infinity, 1, "inf"), (1e300, 2, "1e+300"), (-0.0, 0, "0"),
    ] as [(Double, Int, String)])
  func fixed(value: Double, decimals: Int, text: String) {
    #expect(String(value, decimals: decimals) == text)
  }
}
