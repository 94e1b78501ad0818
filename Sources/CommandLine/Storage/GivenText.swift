import Foundations
import Media

/// A text as it is typed: itself, the content of a file behind an @, or - for standard input.
enum GivenText {
  /// How the help calls it.
  static let placeholder = "TEXT|@FILE|-"
  /// How the help calls one that is JSON.
  static let jsonPlaceholder = "JSON|@FILE|-"

  // More than anything that is taken; who takes it has bounds of their own.
  private static let most = 80 << 20

  /// The bytes of a file; of standard input for -.
  static func bytes(of path: FilePath, _ context: CommandContext) throws -> [UInt8] {
    guard path == "-" else { return try SmallFile.read(path, limit: most) }
    let input = try MediaSource.standardInputBytes(stop: context.stop)
    var bytes: [UInt8] = []
    while true {
      try context.stop.check()
      let piece = try input.read(1 << 20)
      if piece.isEmpty { return bytes }
      bytes += piece
      guard bytes.count <= most else {
        throw FileFailure(.fileTooLarge, "standard input is larger than \(most) bytes")
      }
    }
  }

  private static func bytes(_ given: String, _ context: CommandContext) throws -> [UInt8] {
    if given == "-" { return try bytes(of: "-", context) }
    guard given.hasPrefix("@") else { return Array(given.utf8) }
    // What stands behind the @ is a file, also where it is called -.
    return try SmallFile.read(FilePath(String(given.dropFirst())), limit: most)
  }

  /// The text that is meant; the line end that editors and `echo` put behind a text is none of it.
  static func text(_ given: String, _ context: CommandContext) throws -> String {
    let bytes = try bytes(given, context)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw UsageFailure(
        .usageBadValue, "\(source(of: given)) is no text in UTF-8",
        hint: "write it again in UTF-8")
    }
    guard given == "-" || given.hasPrefix("@"), text.hasSuffix("\n") else { return text }
    return String(text.dropLast())
  }

  /// The JSON that is meant.
  static func json(
    _ given: String, for option: any OptionKey, _ context: CommandContext
  ) throws -> JSONValue {
    do {
      return try JSONReader.read(bytes(given, context))
    } catch let error as JSONFailure {
      throw UsageFailure(
        .usageBadValue,
        "'\(option.spec.flag)' wants JSON, and \(source(of: given)) is none: \(error.message)",
        hint: #"quote it for the shell: '{"name": "value"}'"#)
    }
  }

  /// The JSON object that is meant.
  static func object(
    _ given: String, for option: any OptionKey, _ context: CommandContext
  ) throws -> JSONObject {
    guard let object = try json(given, for: option, context).object else {
      throw UsageFailure(
        .usageBadValue, "'\(option.spec.flag)' wants a JSON object",
        hint: #"write it as '{"name": "value"}'"#)
    }
    return object
  }

  private static func source(of given: String) -> String {
    given == "-"
      ? "standard input" : given.hasPrefix("@") ? String(given.dropFirst()) : "the text given"
  }
}
