import Foundations
import TestSupport
import Testing

@Suite("JSON there and back")
struct JSONRoundTripTests {
  @Test("any value reads back the same, in both layouts")
  func roundTrip() throws {
    try property("JSON round trip") { generator in
      let value = randomValue(depth: 5, using: &generator)
      for layout in [JSONValue.Layout.compact, .indented] {
        let back = try JSONReader.read(value.text(layout))
        #expect(back == value)
      }
    }
  }

  @Test("any fraction reads back the same")
  func fractionsRoundTrip() throws {
    try property("fractions through JSON", times: 2_000) { generator in
      let value = Double(bitPattern: .random(in: 0...UInt64.max, using: &generator))
      guard value.isFinite else { return }
      let back = try JSONReader.read(JSONValue.double(value).text()).double
      #expect(back?.bitPattern == value.bitPattern)
    }
  }

  @Test("texts read back scalar by scalar")
  func textsRoundTrip() throws {
    try property("texts through JSON", times: 1_000) { generator in
      let text = String.random(upTo: 40, using: &generator)
      let back = try JSONReader.read(JSONValue.string(text).text()).string
      #expect(back.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
    }
  }

  @Test("damaged text ends in a value or a failure, never in a crash")
  func survivesDamage() throws {
    try property("damaged JSON", times: 2_000) { generator in
      var bytes = Array(randomValue(depth: 4, using: &generator).text().utf8)
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[place] = UInt8.random(in: 0...255, using: &generator)
      }
      if let value = try? JSONReader.read(bytes) {
        #expect((try? JSONReader.read(value.text())) == value)
      }
    }
  }

  private func randomValue(
    depth: Int, using generator: inout some RandomNumberGenerator
  ) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
    case 0: return .null
    case 1: return .bool(.random(using: &generator))
    case 2: return .int(Int.random(in: .min ... .max, using: &generator))
    case 3: return .double(Double.random(in: -1e9...1e9, using: &generator))
    case 4: return .string(.random(upTo: 12, using: &generator))
    case 5:
      let count = Int.random(in: 0...4, using: &generator)
      return .array((0..<count).map { _ in randomValue(depth: depth - 1, using: &generator) })
    default:
      var object = JSONObject()
      for _ in 0..<Int.random(in: 0...4, using: &generator) {
        let name = String.random(upTo: 6, using: &generator)
        object[name] = randomValue(depth: depth - 1, using: &generator)
      }
      return .object(object)
    }
  }
}
