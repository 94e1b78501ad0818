import Engine
import Foundations

extension CommandContext {
  /// Those who are told of encodes, by the settings; what cannot be told is a warning.
  func encodeNotices() throws -> EncodeNotices {
    try EncodeNotices(configuration(), stop: stop) { warn($0) }
  }

  /// Shows on standard error what went wrong beside the work, in the form that was asked for.
  private func warn(_ failure: any Failure) {
    guard !isJSON else {
      return (try? err.write(data: JSONValue.object(["warning": failure.json]).text())) ?? ()
    }
    err.say("\("warning", .warning): \(failure.message)")
    if let hint = failure.hint { err.say("\("hint", .accent): \(hint)") }
  }
}
