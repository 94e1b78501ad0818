/// Where lines of the log go.
package protocol LogSink: Sendable {
  /// Takes a line; never fails, whatever becomes of the line.
  func write(_ record: LogRecord)
}
