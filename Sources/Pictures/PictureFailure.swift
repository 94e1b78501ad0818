package import Foundations

/// A picture that could not be made.
package struct PictureFailure: Failure {
  package let code: FailureCode
  package let message: String
  package let hint: String?
  package let cause: (any Error)? = nil

  init(_ code: FailureCode, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }
}

extension FailureCode {
  /// More pixels than the format has numbers for.
  package static let pictureTooLarge = FailureCode(
    "picture.too_large", .usage, "The picture has more pixels than its format can hold.")
  /// No memory.
  package static let pictureOutOfMemory = FailureCode(
    "picture.out_of_memory", .unavailable, "There was not enough memory for a picture.")
}
