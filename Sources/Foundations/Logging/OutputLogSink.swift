/// Sends the log to a stream, which is standard error as a rule.
///
/// Lines appear whole and above what is drawn live on the same terminal. What cannot be written is
/// dropped: there is no better place to say so.
package struct OutputLogSink: LogSink {
  private let output: TextOutput
  private let format: LogFormat

  /// A sink that writes lines of one format.
  package init(_ output: TextOutput, format: LogFormat) {
    self.output = output
    self.format = format
  }

  package func write(_ record: LogRecord) {
    switch format {
    case .text: output.say(LogFormat.styledLine(record))
    case .json: try? output.write(data: format.line(record))
    }
  }
}
