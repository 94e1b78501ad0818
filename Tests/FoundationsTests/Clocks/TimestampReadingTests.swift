import Foundations
import TestSupport
import Testing

@Suite("Times read from text")
struct TimestampReadingTests {
  @Test(
    "RFC 3339 is read with any zone and any fraction",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2026-11-21T01:19:43.123Z", 1_795_223_983_123_000),
      ("2026-11-21 02:19:43.123456789+01:00", 1_795_223_983_123_456),
      ("2026-11-20t20:19:43.1z", 1_795_205_983_100_000),
      ("2024-02-29T23:59:60-00:00", 1_709_251_200_000_000),
      ("1969-12-31T23:59:59.5Z", -500_000), ("0000-03-01T00:00:00Z", -62_162_035_200_000_000),
    ])
  func reads(text: String, microseconds: Int64) {
    #expect(Timestamp(rfc3339: text)?.microseconds == microseconds)
  }

  @Test(
    "what is no time is none",
    arguments: [
      "", "now", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-21",
      "2026-11-21T24:00:00Z", "2026-11-21T01:19:43", "2026-11-21T01:19:43.Z",
      "2026-11-21T01:19:43+1:00", "2026-11-21T01:19:43Zx", "2026-1-21T01:19:43Z",
      "２026-11-21T01:19:43Z",
    ])
  func refuses(text: String) { #expect(Timestamp(rfc3339: text) == nil) }

  @Test("a time without a zone is one of the zone that is assumed, and a said one holds")
  func assumed() {
    let east = Duration.seconds(3_600)
    let local = Timestamp(rfc3339: "2025-01-02T03:04:05.678901", assumingOffset: east)
    #expect(local?.description == "2025-01-02T02:04:05.678Z")
    let said = Timestamp(rfc3339: "2025-01-02T03:04:05Z", assumingOffset: east)
    #expect(said?.description == "2025-01-02T03:04:05.000Z")
  }

  @Test("what is written is read back, to the millisecond")
  func roundTrip() throws {
    try property("a written time reads back") { random in
      let time = Timestamp(
        microseconds: .random(in: -62_000_000_000_000_000...253_000_000_000_000_000, using: &random)
      )
      #expect(Timestamp(rfc3339: time.description) == time.inMilliseconds)
    }
  }
}
