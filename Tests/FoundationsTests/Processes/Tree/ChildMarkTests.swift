import Foundations
import Testing

@Suite("The mark a child carries")
struct ChildMarkTests {
  private let mark = ChildMark(
    owner: ProcessIdentity(number: 42, startTicks: 123_456), token: 0xfeed_0000_0000_0001)

  @Test("is read back as it was written")
  func roundTrip() {
    #expect(mark.description == "42.123456.feed000000000001")
    #expect(ChildMark(mark.description) == mark)
  }

  @Test(
    "is nothing else",
    arguments: ["", ".", "..", "1.2", "1.2.3.4", "0.2.3", "-1.2.3", "1.2.xyz", "a.2.3", "1.b.3"])
  func garbage(text: String) {
    #expect(ChildMark(text) == nil)
  }

  @Test(
    "is found wherever in the environment it stands",
    arguments: [
      "MEDIARY_CHILD=42.123456.feed000000000001\0A=b\0",
      "A=b\0MEDIARY_CHILD=42.123456.feed000000000001\0",
      "A=b\0MEDIARY_CHILD=42.123456.feed000000000001",
    ])
  func found(environment: String) {
    #expect(ChildMark(environment: Array(environment.utf8)) == mark)
  }

  @Test(
    "is not found where only something like it stands",
    arguments: [
      "", "\0\0", "XMEDIARY_CHILD=42.1.1\0", "A=MEDIARY_CHILD=42.1.1\0", "MEDIARY_CHILD=\0",
    ])
  func notFound(environment: String) {
    #expect(ChildMark(environment: Array(environment.utf8)) == nil)
  }
}
