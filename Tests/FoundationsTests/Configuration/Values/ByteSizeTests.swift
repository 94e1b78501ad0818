import Foundations
import TestSupport
import Testing

@Suite("Sizes in bytes")
struct ByteSizeTests {
  @Test(
    "numbers with units are read",
    arguments: [
      ("10GB", 10_000_000_000), ("10 gb", 10_000_000_000), ("512MiB", 536_870_912),
      ("64KiB", 65_536),
      ("1.5GiB", 1_610_612_736), ("0.1GB", 100_000_000), ("512", 512), ("512B", 512), ("0", 0),
      ("2TB", 2_000_000_000_000), ("8PiB", 9_007_199_254_740_992), ("3kB", 3_000),
      ("9223372036854775807", .max),
      ("", nil), ("GB", nil), ("10G", nil), ("-1", nil), ("0.5", nil), ("1.0000001kB", nil),
      ("9223372036854775808", nil), ("10000PB", nil), ("1e9", nil), ("10GBs", nil), ("１GB", nil),
    ] as [(String, Int64?)])
  func reads(text: String, expected: Int64?) {
    #expect(ByteSize(text)?.bytes == expected)
  }

  @Test(
    "a size is written in the largest unit that says it exactly",
    arguments: [
      (0, "0B"), (1, "1B"), (1_000, "1kB"), (1_024, "1KiB"), (10_000_000_000, "10GB"),
      (67_108_864, "64MiB"), (1_500, "1500B"),
    ] as [(Int64, String)])
  func writes(bytes: Int64, expected: String) {
    #expect(ByteSize(bytes: bytes).description == expected)
  }

  @Test("any size reads back the same")
  func roundTrip() throws {
    try property("sizes there and back", times: 1_000) { generator in
      let bytes = Int64.random(in: 0...Int64.max, using: &generator)
      let size = ByteSize(bytes: bytes >> Int64.random(in: 0...62, using: &generator))
      #expect(ByteSize(size.description) == size)
    }
  }
}
