import Foundation
import Foundations
import TestSupport
import Testing

@Suite("Timestamps")
struct TimestampTests {
  @Test(
    "a point is written in RFC 3339",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"),
      (1_795_223_983_123_999, "2026-11-21T01:19:43.123Z"),
      (951_782_400_000_000, "2000-02-29T00:00:00.000Z"),
      (-1, "1969-12-31T23:59:59.999Z"),
      (-2_203_891_200_000_000, "1900-03-01T00:00:00.000Z"),
      (253_402_300_799_999_999, "9999-12-31T23:59:59.999Z"),
    ] as [(Int64, String)])
  func writes(microseconds: Int64, expected: String) {
    #expect(Timestamp(microseconds: microseconds).description == expected)
  }

  @Test("any point of four-digit years agrees with the C library's calendar")
  func agreesWithTheCLibrary() throws {
    try property("timestamps against gmtime", times: 1_000) { generator in
      let second = Int.random(in: -62_135_596_800...253_402_300_799, using: &generator)
      let written = Timestamp(microseconds: Int64(second) * 1_000_000).description
      #expect(written == calendarText(second) + ".000Z")
    }
  }

  private func calendarText(_ second: Int) -> String {
    var (time, parts) = (time_t(second), tm())
    gmtime_r(&time, &parts)
    return String(
      format: "%04d-%02d-%02dT%02d:%02d:%02d", parts.tm_year + 1900, parts.tm_mon + 1,
      parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec)
  }

  @Test("the ends of time can be written and do not trap")
  func extremes() {
    #expect(Timestamp(microseconds: .max).description.hasSuffix(".775Z"))
    #expect(Timestamp(microseconds: .min).description.hasSuffix(".224Z"))
  }

  @Test("adding and subtracting agree")
  func arithmetic() {
    let start = Timestamp(microseconds: 1_000_000)
    #expect(start + .milliseconds(1_500) == Timestamp(microseconds: 2_500_000))
    #expect(start + .milliseconds(-1_500) == Timestamp(microseconds: -500_000))
    #expect(start + .milliseconds(1_500) - start == .milliseconds(1_500))
    #expect(start < start + .microseconds(1))
  }

  @Test("a duration too long ends at the end of time")
  func saturates() {
    let now = Timestamp(microseconds: 1)
    #expect(now + .seconds(Int64.max) == Timestamp(microseconds: .max))
    #expect(now + .seconds(-Int64.max) == Timestamp(microseconds: .min))
    let whole = Timestamp(microseconds: .max) - Timestamp(microseconds: .min)
    #expect(whole > .seconds(18_000_000_000_000))
  }
}
