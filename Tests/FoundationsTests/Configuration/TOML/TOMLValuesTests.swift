import Foundations
import Testing

@Suite("TOML values")
struct TOMLValuesTests {
  @Test(
    "texts of all four kinds are read",
    arguments: [
      (#""plain""#, "plain"), (#""""#, ""), (#"''"#, ""),
      (#""\b\t\n\f\r\"\\ \u00e9 \U0001F600""#, "\u{8}\t\n\u{C}\r\"\\ é 😀"),
      (#"'C:\temp\new "x"'"#, #"C:\temp\new "x""#), (#""a # b""#, "a # b"),
      ("\"tab\there\"", "tab\there"),
      (#""\u0000""#, "\0"), ("'É'", "É"),
      ("\"\"\"\nRoses\nViolets\"\"\"", "Roses\nViolets"),
      ("\"\"\"\r\nRoses\r\nViolets\"\"\"", "Roses\nViolets"),
      ("\"\"\"The \\\n\n   quick \\  \n\t brown\\\n\"\"\"", "The quick brown"),
      ("\"\"\"\\\n  \"\"\"", ""), ("\"\"\"\n\n\"\"\"", "\n"), ("\"\"\"\"\"\"", ""),
      (#""""Two quotes: "". Here."""""#, "Two quotes: \"\". Here.\""),
      (#""""""two at each end""""""#, "\"\"two at each end\"\""),
      (#""""Three: ""\"."""""#, "Three: \"\"\".\""),
      ("'''\nno \\escapes\n'''", "no \\escapes\n"), ("'''it's ''fine'''''", "it's ''fine''"),
      ("''''''", ""),
      ("'''\\\n'''", "\\\n"), ("\"\"\"a\\\\\nb\"\"\"", "a\\\nb"),
    ])
  func texts(source: String, expected: String) {
    #expect(read(source) == .string(expected))
  }

  @Test(
    "whole numbers are read in all four notations",
    arguments: [
      ("+99", 99), ("42", 42), ("0", 0), ("-17", -17), ("+0", 0), ("-0", 0), ("1_000", 1_000),
      ("5_349_221", 5_349_221),
      ("1_2_3_4_5", 12_345), ("0xDEADBEEF", 0xDEAD_BEEF), ("0xdead_beef", 0xDEAD_BEEF),
      ("0o755", 0o755),
      ("0b1101_0110", 0b1101_0110), ("0x00ff", 255), ("0b0", 0),
      ("9223372036854775807", .max), ("-9223372036854775808", .min), ("0x7fffffffffffffff", .max),
    ] as [(String, Int64)])
  func wholeNumbers(source: String, expected: Int64) {
    #expect(read(source) == .integer(expected))
  }

  @Test(
    "fractions are read in all notations",
    arguments: [
      ("+1.0", 1), ("3.1415", 3.1415), ("-0.01", -0.01), ("5e+22", 5e22), ("1e06", 1e6),
      ("-2E-2", -0.02),
      ("6.626e-34", 6.626e-34), ("224_617.445_991_228", 224_617.445_991_228), ("0.0", 0),
      ("-0.0", -0.0),
      ("0e0", 0), ("1e1_0", 1e10), ("inf", .infinity), ("+inf", .infinity), ("-inf", -.infinity),
    ] as [(String, Double)])
  func fractions(source: String, expected: Double) {
    #expect(read(source) == .float(expected))
  }

  @Test("NaN is read with any sign", arguments: ["nan", "+nan", "-nan"])
  func notANumber(source: String) throws {
    guard case .float(let value)? = read(source) else {
      Issue.record("not a fraction")
      return
    }
    #expect(value.isNaN)
  }

  @Test(
    "dates and times are checked and kept as written",
    arguments: [
      ("1979-05-27T07:32:00Z", .offsetDateTime), ("1979-05-27T00:32:00-07:00", .offsetDateTime),
      ("1979-05-27t00:32:00.999999z", .offsetDateTime), ("1979-05-27 07:32:00Z", .offsetDateTime),
      ("1979-05-27T07:32:00", .localDateTime), ("1979-05-27 00:32:00.5", .localDateTime),
      ("1979-05-27", .localDate), ("2000-02-29", .localDate), ("07:32:00", .localTime),
      ("00:32:00.999999", .localTime), ("1990-12-31T23:59:60Z", .offsetDateTime),
      ("0000-01-01", .localDate),
    ] as [(String, TOMLDateTime.Kind)])
  func dates(source: String, kind: TOMLDateTime.Kind) {
    guard case .dateTime(let date)? = read(source) else {
      Issue.record("not a date")
      return
    }
    #expect(date.kind == kind)
    #expect(date.text == source)
  }

  @Test("a date followed by a comment is not a time")
  func dateAndComment() {
    let document = TOMLReader.read("a = 1979-05-27 # 07:32:00\nb = 1979-05-27  \n")
    #expect(document.problems == [])
    #expect(document.root.entries.count == 2)
  }

  @Test(
    "lists may be long, mixed, nested, and have comments and a last comma",
    arguments: [
      ("[]", 0), ("[ ]", 0), ("[1]", 1), ("[1,]", 1), ("[ 1 , 2 ]", 2),
      ("[\n1,\n# one\n2 # two\n,\n]", 2),
      ("[[1, 2], [\"a\", 'b'], 1.5, true, {x = 1}, 07:32:00]", 6), ("[\r\n1,\r\n2\r\n]", 2),
      ("[ # none\n]", 0),
    ])
  func lists(source: String, count: Int) {
    guard case .array(let elements)? = read(source) else {
      Issue.record("not a list")
      return
    }
    #expect(elements.count == count)
  }

  @Test("inline tables may have dotted keys and tables of their own")
  func inlineTables() throws {
    guard case .table(let table)? = read("{ a = 1, b.c = 2, b.d = { e = [\n1\n] }, \"f g\" = 'x' }")
    else {
      Issue.record("not a table")
      return
    }
    #expect(table.entries.map(\.key) == ["a", "b", "f g"])
    guard case .table(let inner)? = table["b"] else {
      Issue.record("not a table")
      return
    }
    #expect(inner["c"] == .integer(2))
    #expect(read("{}") == .table(try #require(emptyTable)))
  }

  @Test(
    "what is no value is refused",
    arguments: [
      // Texts.
      "\"", "\"a", "\"a\nb\"", "'a\nb'", "'", #""\x41""#, #""\e""#, #""\u12""#, #""\uD800""#,
      #""\U00110000""#,
      #""\UFFFFFFFF""#, #""\u00g0""#, "\"\u{7F}\"", "\"a\u{0}\"", "'a\u{1F}b'", "\"\"\"a", "'''a",
      "\"\"\"a\"\"",
      "\"\"\"\"\"\"\"\"\"", "'''a''''''", "\"\"\"\\ x\"\"\"", "\"\"\"a\u{0B}\"\"\"",
      "\"\"\"a\rb\"\"\"", "\"a\rb\"",
      "\"a\" b", "'a''b'", #""\"#,
      // Numbers.
      "01", "-01", "+01", "1__0", "_1", "1_", "+_1", "0x", "0xg", "0x_1", "0x1_", "-0x1", "+0o7",
      "0X1", "0o8", "0b2",
      "0B1", "0b", "1.", ".1", "1.e2", "1._1", "1_.1", "1.1_", "1e", "1e_1", "1e1_", "1e1.5",
      "00.1", "1.1.1", "++1",
      "+-1", "--1", "1e1e1", "9223372036854775808", "-9223372036854775809", "0xffffffffffffffff",
      "1e999", "e5",
      "Inf", "NaN", "infinity", "+ 1", "1 2", "1,000", "٣", "1f", "0_1", "-_0",
      // Dates.
      "1979-13-01", "1979-00-01", "1979-02-29", "1900-02-29", "2021-04-31", "1979-05-00",
      "1979-5-27", "79-05-27",
      "1979-05-27T", "1979-05-27T7:32:00", "1979-05-27T07:32", "1979-05-27T24:00:00",
      "1979-05-27T07:60:00",
      "1979-05-27T07:32:61", "1979-05-27T07:32:00.", "1979-05-27T07:32:00+7:00",
      "1979-05-27T07:32:00+24:00",
      "1979-05-27T07:32:00+07:60", "1979-05-27T07:32:00+0700", "1979-05-27X07:32:00",
      "1979-05-27  07:32:00",
      "07:32", "07:32:00Z", "7:32:00", "07:32:00+01:00", "1979-05-27Z",
      // Words.
      "", "True", "FALSE", "yes", "hello", "null", "=1", "tru", "truex",
      // Lists and tables.
      "[", "[1", "[1,", "[,]", "[1,,2]", "[1 2]", "[1}", "]", "{", "{a=1", "{a=1,}", "{,}", "{a}",
      "{a=1 b=2}",
      "{a=1,\nb=2}", "{\na=1}", "{a=1,a=2}", "{a.b=1,a=2}", "{a=1,a.b=2}", "{a={b=1},a.c=2}",
      "{=1}", "[1] 2",
      "{a=1]", "{a=1 # x\n}",
    ])
  func refuses(source: String) {
    let document = TOMLReader.read("a = \(source)\n")
    #expect(!document.problems.isEmpty, "\(document.root)")
    #expect(document.problems.allSatisfy { $0.place.upperBound <= "a = \(source)\n".utf8.count })
  }

  private var emptyTable: TOMLTable? { TOMLReader.read("").root }

  private func read(_ source: String) -> TOMLValue? {
    let document = TOMLReader.read("a = \(source)\n")
    #expect(document.problems == [])
    return document.root["a"]
  }
}
