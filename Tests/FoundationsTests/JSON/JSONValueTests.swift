import Foundations
import Testing

@Suite("JSON values")
struct JSONValueTests {
  @Test(
    "numbers keep the digits they were written with",
    arguments: [
      "9223372036854775808", "0.10", "1E+2", "-0", "123456789012345678901234567890",
    ])
  func numbersKeepDigits(text: String) throws {
    #expect(try JSONReader.read(text).text() == text)
  }

  @Test(
    "a whole number is given only where it is exact and fits",
    arguments: [
      ("7", 7), ("7.0", 7), ("1e3", 1000), ("-0", 0), ("9223372036854775807", Int.max),
      ("7.5", nil), ("9223372036854775808", nil), ("1e300", nil), ("9007199254740993.0", nil),
    ] as [(String, Int?)])
  func wholeNumbers(text: String, expected: Int?) throws {
    #expect(try JSONReader.read(text).int == expected)
  }

  @Test("a number too large for a fraction is nil and not infinity")
  func tooLargeIsNil() throws {
    #expect(try JSONReader.read("1e999").double == nil)
    #expect(try JSONReader.read("1e308").double == 1e308)
  }

  @Test("fractions are written in the shortest form that reads back the same")
  func writesFractions() {
    #expect(JSONValue.double(0.1).text() == "0.1")
    #expect(JSONValue.double(24).text() == "24")
    #expect(JSONValue.double(-0.0).text() == "-0")
    #expect(JSONValue.double(.nan).text() == "null")
    #expect(JSONValue.double(-.infinity).text() == "null")
  }

  @Test("nothing a terminal would act on is written")
  func escapesControls() {
    let text = JSONValue.string("\u{1B}[31m\u{7F}\u{9B}2J\u{85}é\u{A0}\n").text()
    #expect(text == #""\u001b[31m\u007f\u009b2J\u0085é"# + "\u{A0}" + #"\n""#)
  }

  @Test("objects keep their order, and are equal in any order")
  func objectsKeepOrder() {
    var object: JSONObject = ["b": 1, "a": 2]
    object["c"] = 3
    object["b"] = nil
    object["a"] = 4
    #expect(JSONValue.object(object).text() == #"{"a":4,"c":3}"#)
    let other: JSONObject = ["c": 3, "a": 4]
    #expect(object == other)
    #expect(object.hashValue == other.hashValue)
    #expect(object != ["a": 4])
  }

  @Test("a dictionary literal with one name twice keeps the later value")
  func literalsKeepTheLater() {
    #expect(JSONValue.object(["a": 1, "a": 2]).text() == #"{"a":2}"#)
  }

  @Test("nothing becomes null")
  func nothingIsNull() {
    let values: [JSONValue] = [
      .string(orNull: nil), .int(orNull: Int?.none), .double(orNull: nil), nil,
    ]
    #expect(values.allSatisfy { $0 == .null })
  }

  @Test("a value interpolates like a text")
  func interpolates() {
    let count = 3
    #expect(("\(count) files" as JSONValue) == .string("3 files"))
  }

  @Test("the indented form is for people")
  func writesIndented() {
    let value: JSONValue = ["a": [1, 2], "b": [:], "c": []]
    #expect(
      value.text(.indented) == """
        {
          "a": [
            1,
            2
          ],
          "b": {},
          "c": []
        }
        """)
  }
}
