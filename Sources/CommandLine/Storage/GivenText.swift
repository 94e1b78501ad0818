import Foundations

/// A text as it is typed: itself, the content of a file behind an @, or - for standard input.
enum GivenText {
  /// How the help calls it.
  static let placeholder = "TEXT|@FILE|-"
  /// How the help calls one that is JSON.
  static let jsonPlaceholder = "JSON|@FILE|-"

  // More than anything that is taken; who takes it has bounds of their own.
  private static let most = 80 << 20
  private static let standardInput: FilePath = "/dev/stdin"

  /// The bytes of a file; of standard input for -.
  static func bytes(of path: FilePath) throws -> [UInt8] {
    try SmallFile.read(path == "-" ? standardInput : path, limit: most)
  }

  private static func bytes(_ given: String) throws -> [UInt8] {
    if given == "-" { return try bytes(of: "-") }
    guard given.hasPrefix("@") else { return Array(given.utf8) }
    // What stands behind the @ is a file, also where it is called -.
    return try SmallFile.read(FilePath(String(given.dropFirst())), limit: most)
  }

  /// The text that is meant; the line end that editors and `echo` put behind a text is none of it.
  static func text(_ given: String) throws -> String {
    let bytes = try bytes(given)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw UsageFailure(
        .usageBadValue, "\(source(of: given)) is no text in UTF-8",
        hint: "write it again in UTF-8")
    }
    guard given == "-" || given.hasPrefix("@"), text.hasSuffix("\n") else { return text }
    return String(text.dropLast())
  }

  /// The JSON that is meant.
  static func json(_ given: String, for option: any OptionKey) throws -> JSONValue {
    do {
      return try JSONReader.read(bytes(given))
    } catch let error as JSONFailure {
      let what = given == "-" || given.hasPrefix("@") ? source(of: given) : "the text given"
      throw UsageFailure(
        .usageBadValue, "'\(option.spec.flag)' wants JSON, and \(what) is none: \(error.message)")
    }
  }

  /// The JSON object that is meant.
  static func object(_ given: String, for option: any OptionKey) throws -> JSONObject {
    guard let object = try json(given, for: option).object else {
      throw UsageFailure(
        .usageBadValue, "'\(option.spec.flag)' wants a JSON object",
        hint: #"write it as '{"name": "value"}'"#)
    }
    return object
  }

  private static func source(of given: String) -> String {
    given == "-" ? "standard input" : given.hasPrefix("@") ? String(given.dropFirst()) : "the text"
  }
}
