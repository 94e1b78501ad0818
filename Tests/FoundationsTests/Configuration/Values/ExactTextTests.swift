import Foundations
import TestSupport
import Testing

@Suite("Exact texts of settings")
struct ExactTextTests {
  @Test(
    "a duration is written in the largest units that say it",
    arguments: [
      (.zero, "0s"), (.seconds(90), "1m30s"), (.seconds(86_400), "1d"),
      (.milliseconds(1_500), "1s500ms"),
      (.seconds(1_209_600), "14d"), (.microseconds(1), "1us"), (.nanoseconds(999), "0s"),
      (.seconds(-5), "-5s"),
    ] as [(Duration, String)])
  func writesDurations(duration: Duration, expected: String) {
    #expect(duration.exactText == expected)
  }

  @Test(
    "a size is written in the largest unit of which it is a whole number",
    arguments: [
      (0, "0B"), (1, "1B"), (1_000, "1kB"), (1_024, "1KiB"), (10_000_000_000, "10GB"),
      (67_108_864, "64MiB"), (1_500, "1500B"), (.max, "9223372036854775807B"),
    ] as [(Int64, String)])
  func writesSizes(bytes: Int64, expected: String) {
    #expect(ByteSize(bytes: bytes).exactText == expected)
  }

  @Test("any duration reads back the same, to the microsecond")
  func durationsRoundTrip() throws {
    try property("durations there and back", times: 1_000) { generator in
      let microseconds = Int64.random(in: 0...Int64.max / 1_000, using: &generator)
      let duration = Duration.microseconds(
        microseconds >> Int.random(in: 0...50, using: &generator))
      #expect(Duration(parsing: duration.exactText) == duration)
    }
  }

  @Test("any size reads back the same")
  func sizesRoundTrip() throws {
    try property("sizes there and back", times: 1_000) { generator in
      let bytes = Int64.random(in: 0...Int64.max, using: &generator)
      let size = ByteSize(bytes: bytes >> Int.random(in: 0...62, using: &generator))
      #expect(ByteSize(parsing: size.exactText) == size)
    }
  }
}
