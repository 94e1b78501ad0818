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

  /// What the work says its log lines to, as the settings have it.
  func log(_ configuration: Configuration) -> Logger {
    let format = isJSON ? .json : configuration[MediarySettings.logFormat]
    let shown = OutputLogSink(err, format: format)
    let log = Logger(to: shown, from: configuration[MediarySettings.logLevel], time: SystemTime())
    guard let file = configuration[MediarySettings.logFile] else { return log }
    return log.also(to: LogFile(file, format: .json, fallback: shown), from: .debug)
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
      // A message may have lines below its first, such as the offending line of a file.
      let lines = failure.message.split(separator: "\n", omittingEmptySubsequences: false)
      err.say("\("error[\(failure.code.name)]", .bad): \(lines.first ?? "")")
      for line in lines.dropFirst() { err.say(StyledText(line)) }
      if let hint = failure.hint { err.say("\("hint", .accent): \(hint)") }
    }
  }
}
