import Foundations
import Testing

@Suite("Byte sizes")
struct ByteSizeTests {
  @Test(
    "An amount of data is read as people write it",
    arguments: [
      ("0", 0), ("1500", 1_500), ("10B", 10), ("10MB", 10_000_000), ("1GiB", 1_073_741_824),
      ("1.5 GB", 1_500_000_000), ("0.5KiB", 512), (".5kb", 500), ("10M", 10_000_000),
      ("4ki", 4_096), ("1.TB", 1_000_000_000_000), ("9223372036854775807", Int64.max),
      ("0.000000000000001PB", 1), ("1.999999999999999999B", 1),
    ] as [(String, Int64)])
  func reads(text: String, bytes: Int64) {
    #expect(ByteSize(parsing: text)?.bytes == bytes)
  }

  @Test(
    "Anything else is refused",
    arguments: [
      "", " ", ".", "MB", "-1", "+1", "1e3", "0x10", "1,5GB", "10XB", "1.2.3",
      "9223372036854775808",
      "9300PB", "1 0", "٣MB", "10MBB", "nan", "inf", String(repeating: "1", count: 100),
    ])
  func refuses(text: String) {
    #expect(ByteSize(parsing: text) == nil)
  }

  @Test("A size that is written whole is read back the same")
  func roundTrip() {
    for (name, unit) in [("kB", 1_000), ("MiB", 1_048_576), ("TB", 1_000_000_000_000)] {
      for amount in [0, 1, 7, 999] {
        #expect(ByteSize(parsing: "\(amount)\(name)") == ByteSize(bytes: Int64(amount * unit)))
      }
    }
  }
}
