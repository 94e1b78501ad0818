import Foundation
import Foundations
import TestSupport
import Testing

@Suite("UUIDs")
struct UUIDTests {
  private typealias UUID = Foundations.UUID

  @Test("any bits are written and read back the same")
  func roundTrip() throws {
    try property("UUID round trip", times: 1_000) { generator in
      let uuid = UUID(high: generator.next(), low: generator.next())
      #expect(UUID(uuid.description) == uuid)
      #expect(UUID(uuid.description.uppercased()) == uuid)
      #expect(Foundation.UUID(uuidString: "\(uuid)")?.uuidString.lowercased() == "\(uuid)")
    }
  }

  @Test("the order of the texts is the order of the values")
  func textsSortAlike() throws {
    try property("UUID order", times: 500) { generator in
      let left = UUID(high: generator.next(), low: generator.next())
      let right = UUID(high: generator.next(), low: generator.next())
      #expect((left < right) == ("\(left)" < "\(right)"))
    }
  }

  @Test(
    "anything but the 36-character form is refused",
    arguments: [
      "", "00000000-0000-0000-0000-00000000000", "00000000-0000-0000-0000-0000000000000",
      "0000000-00000-0000-0000-000000000000", "00000000000000000000000000000000",
      "{00000000-0000-0000-0000-000000000000}", "urn:uuid:00000000-0000-0000-0000-000000000000",
      "00000000-0000-0000-0000-00000000000g", " 0000000-0000-0000-0000-000000000000",
      "00000000_0000-0000-0000-000000000000", "+0000000-0000-0000-0000-000000000000",
      "00000000-0000-0000-0000-0000000000\u{660}", "../../../../../../../../../etc/passwd",
    ])
  func refuses(text: String) {
    #expect(UUID(text) == nil)
  }

  @Test("a random UUID is marked as version 4 and follows from its seed")
  func version4() {
    let uuid = UUID.random(using: RepeatableRandom(seed: 1))
    #expect(uuid.version == 4)
    #expect(uuid.low >> 62 == 0b10)
    #expect(uuid.time == nil)
    #expect(uuid == UUID.random(using: RepeatableRandom(seed: 1)))
    #expect(uuid != UUID.random(using: RepeatableRandom(seed: 2)))
  }

  @Test("a time-ordered UUID tells its millisecond, and is marked as version 7")
  func version7() {
    let time = Timestamp(microseconds: 1_645_557_742_000_000)
    let uuid = UUID.timeOrdered(at: time, sequence: 0xCC3, using: SystemRandom())
    // The time and version of RFC 9562's own example.
    #expect(uuid.description.hasPrefix("017f22e2-79b0-7cc3-"))
    #expect(uuid.time == time)
    #expect(uuid.low >> 62 == 0b10)
  }

  @Test("times that do not fit are held at the ends")
  func timesAtTheEnds() {
    let random = SystemRandom()
    let before = UUID.timeOrdered(at: Timestamp(microseconds: -1_000), using: random)
    let after = UUID.timeOrdered(at: Timestamp(microseconds: .max), using: random)
    #expect(before.description.hasPrefix("00000000-0000-7"))
    #expect(after.description.hasPrefix("ffffffff-ffff-7"))
  }
}
