package import Foundations

/// Something about telling others of an encode that could not be done.
package struct NoticeFailure: Failure {
  package let code: FailureCode
  package let message: String
  package let hint: String?
  package let cause: (any Error)?

  init(_ code: FailureCode, _ message: String, hint: String? = nil, cause: (any Error)? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
    self.cause = cause
  }

  /// A setting that nothing can be sent by.
  init(setting: String, _ failure: any Failure) {
    self.init(
      .noticeBadSetting, "\(setting): \(failure.message)", hint: failure.hint, cause: failure)
  }

  /// A notice that nobody took.
  init(undelivered failure: any Failure, to channel: String) {
    self.init(
      .noticeNotDelivered, "\(channel) was not told: \(failure.message)", hint: failure.hint,
      cause: failure)
  }

  /// Notices for which there was no time.
  init(unsent count: Int) {
    self.init(
      .noticeNotDelivered, "\(HumanText.count(count, "notice")) could not be sent in time",
      hint: "see whether the webhook and ntfy answer, and how fast")
  }
}

extension FailureCode {
  /// A setting of notices that is no address, or cannot be a header.
  package static let noticeBadSetting = FailureCode(
    "notices.bad_setting", .configuration, "By this setting nobody can be told of anything.")
  /// Nobody took the notice.
  package static let noticeNotDelivered = FailureCode(
    "notices.not_delivered", .unavailable,
    "Somebody could not be told of an encode; the encode itself is not touched by that.")
}
