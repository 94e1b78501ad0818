import Engine
import Foundations

/// What every command is given: the streams, the settings, and the flag that a signal raises.
struct CommandContext: Sendable {
  let program: Program
  let streams: StandardStreams
  let environment: [String: String]
  let stop: StopFlag
  /// Whether the answer is JSON.
  let isJSON: Bool
  /// Whether talk that is no error is left out.
  let isQuiet: Bool
  /// Where the settings come from.
  let sources: ConfigurationSources

  var out: TextOutput { streams.out }
  var err: TextOutput { streams.err }

  /// Reads the settings; with everything that is wrong with them where something is.
  func configuration() throws(ConfigurationFailure) -> Configuration {
    try Configuration.load(MediarySettings.schema, from: sources)
  }

  /// Shows the answer: an object on standard output with `--json`, else lines of text.
  func answer(_ json: JSONValue, or lines: @autoclosure () -> [StyledText]) throws {
    if isJSON { try out.write(data: json.text()) } else { try out.write(lines()) }
  }

  /// Says something to the person, unless told to be quiet or to speak JSON.
  func say(_ line: StyledText) {
    if !isQuiet, !isJSON { err.say(line) }
  }

  /// Shows a failure on standard error, in the form that was asked for.
  func report(_ failure: any Failure, about path: String? = nil) {
    guard failure.kind != .brokenPipe else { return }
    if isJSON {
      var object: JSONObject = ["error": failure.json]
      if let path { object["path"] = .string(path) }
      try? err.write(data: JSONValue.object(object).text())
    } else {
      err.say("\("error[\(failure.code.name)]", .bad): \(failure.message)")
      if let hint = failure.hint { err.say("\("hint", .accent): \(hint)") }
    }
  }
}
