import Synchronization

/// Sends the log to a file, which is rotated before it grows too large.
///
/// Safe for many threads and many processes at once (`LogAppender`). The file is opened at the first
/// line. A line that cannot be written is dropped and counted: the first of a series is told to
/// the fallback, and when writing works again the log itself says how many are missing.
package final class LogFile: LogSink {
  private struct State: ~Copyable {
    var appender: LogAppender
    var lostNow = 0
    var lost = 0
  }

  /// Where the newest lines go.
  package let path: FilePath
  private let format: LogFormat
  private let rotation: LogRotation
  private let fallback: (any LogSink)?
  private let state: Mutex<State>

  /// A log in a file; nothing is touched before the first line.
  package init(
    _ path: FilePath, format: LogFormat, rotation: LogRotation = LogRotation(),
    fallback: (any LogSink)? = nil
  ) {
    self.path = path
    self.format = format
    self.rotation = rotation
    self.fallback = fallback
    state = Mutex(State(appender: LogAppender(path, rotation)))
  }

  /// How many lines were dropped so far.
  package var lostLines: Int { state.withLock { $0.lost } }

  package func write(_ record: LogRecord) {
    let line = bytes(record)
    let trouble: FileFailure? = state.withLock { state in
      do throws(FileFailure) {
        try append(line, of: record, to: &state)
        return nil
      } catch {
        state.lost += 1
        state.lostNow += 1
        return state.lostNow == 1 ? error : nil
      }
    }
    guard let trouble else { return }
    fallback?.write(
      LogRecord(
        time: record.time, level: .warning,
        message: "the log cannot be written; its lines are dropped until it can",
        fields: ["path": .string(path.text), "failure": .string(trouble.message)]))
  }

  private func append(
    _ line: [UInt8], of record: LogRecord, to state: inout State
  ) throws(FileFailure) {
    if state.lostNow > 0 {
      let news = LogRecord(
        time: record.time, level: .warning, message: "log lines were lost before this one",
        fields: ["lines": .int(state.lostNow)])
      _ = try state.appender.append(bytes(news))
      state.lostNow = 0
    }
    guard try state.appender.append(line), rotation.keepsBeginning else { return }
    let gap = LogRecord(time: record.time, level: .notice, message: Self.gapMessage)
    // The line itself is written; that the note is not is no loss of a line.
    try? state.appender.noteGap(bytes(gap), saying: Self.gapMessage)
  }

  private static let gapMessage = "log lines are left out here; the log was too long"

  private func bytes(_ record: LogRecord) -> [UInt8] { Array((format.line(record) + "\n").utf8) }
}
