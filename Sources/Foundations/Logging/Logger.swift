/// What code says its lines to; a value with its own fields and outlets.
///
///     let log = log.with(["job": "\(job.id)"]).also(to: jobLog, from: .debug)
///     log.info("segment encoded", ["index": .int(7), "path": "\(path)"])
///
/// Message and fields are only computed when some outlet takes the line. Secrets are taken out
/// before any outlet sees it.
package struct Logger: Sendable {
  private struct Outlet: Sendable {
    let sink: any LogSink
    let level: LogLevel
  }

  private var outlets: [Outlet]
  private var fields: JSONObject = [:]
  private let time: any TimeSource
  private let redaction: Redaction
  // The least level of all outlets, beside them so that a line nobody takes costs one comparison.
  private var threshold: LogLevel?

  /// A logger with one outlet, which takes lines of a level and above.
  package init(
    to sink: any LogSink, from level: LogLevel = .info, time: any TimeSource,
    redaction: Redaction = .standard
  ) {
    outlets = [Outlet(sink: sink, level: level)]
    threshold = level
    self.time = time
    self.redaction = redaction
  }

  private init(silentBy time: any TimeSource) {
    outlets = []
    self.time = time
    redaction = .standard
  }

  /// A logger that says nothing.
  package static let silent = Logger(silentBy: SystemTime())

  /// This logger with more fields on every line; one of the same name replaces the earlier.
  package func with(_ fields: JSONObject) -> Logger {
    var logger = self
    for (key, value) in fields.members { logger.fields[key] = value }
    return logger
  }

  /// This logger with one more outlet, which has a level of its own.
  package func also(to sink: any LogSink, from level: LogLevel) -> Logger {
    var logger = self
    logger.outlets.append(Outlet(sink: sink, level: level))
    logger.threshold = min(threshold ?? level, level)
    return logger
  }

  /// Whether any outlet takes lines of a level.
  package func takes(_ level: LogLevel) -> Bool { threshold.map { level >= $0 } ?? false }

  /// Says a line of any level.
  package func log(
    _ level: LogLevel, _ message: @autoclosure () -> String,
    _ fields: @autoclosure () -> JSONObject = [:], because error: (any Error)? = nil
  ) {
    guard takes(level) else { return }
    var all = self.fields
    for (key, value) in fields().members { all[key] = value }
    if let error { all.describe(error) }
    let record = LogRecord(
      time: time.now, level: level, message: redaction.text(message()),
      fields: redaction.fields(all))
    for outlet in outlets where level >= outlet.level { outlet.sink.write(record) }
  }

  /// Says every step, for looking into one thing.
  package func trace(
    _ message: @autoclosure () -> String, _ fields: @autoclosure () -> JSONObject = [:]
  ) {
    log(.trace, message(), fields())
  }

  /// Says what helps to find a fault.
  package func debug(
    _ message: @autoclosure () -> String, _ fields: @autoclosure () -> JSONObject = [:],
    because error: (any Error)? = nil
  ) {
    log(.debug, message(), fields(), because: error)
  }

  /// Says what happens in the normal course.
  package func info(
    _ message: @autoclosure () -> String, _ fields: @autoclosure () -> JSONObject = [:]
  ) {
    log(.info, message(), fields())
  }

  /// Says what is normal and worth knowing.
  package func notice(
    _ message: @autoclosure () -> String, _ fields: @autoclosure () -> JSONObject = [:]
  ) {
    log(.notice, message(), fields())
  }

  /// Says what may need a look, and why.
  package func warning(
    _ message: @autoclosure () -> String, _ fields: @autoclosure () -> JSONObject = [:],
    because error: (any Error)? = nil
  ) {
    log(.warning, message(), fields(), because: error)
  }

  /// Says what failed, and why.
  package func error(
    _ message: @autoclosure () -> String, _ fields: @autoclosure () -> JSONObject = [:],
    because error: (any Error)? = nil
  ) {
    log(.error, message(), fields(), because: error)
  }
}

extension JSONObject {
  /// Adds what an error says of itself, and the failures below it.
  fileprivate mutating func describe(_ error: any Error) {
    let failure = error.asFailure
    self["code"] = .string(failure.code.name)
    self["failure"] = .string(failure.message)
    if let hint = failure.hint { self["hint"] = .string(hint) }
    let causes = failure.chain.dropFirst()
    if !causes.isEmpty { self["causes"] = .array(causes.map { .string("\($0)") }) }
  }
}
