package import Foundations

/// Compressed bytes that could not be unpacked.
package struct CompressionFailure: Failure {
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
  /// The bytes are not what their format says.
  package static let compressionDamaged = FailureCode(
    "compression.damaged", .badMedia, "Compressed bytes are damaged or cut off.")
  /// More came out than may.
  package static let compressionTooLarge = FailureCode(
    "compression.too_large", .badMedia, "Compressed bytes unpack to more than they may.")
  /// No memory.
  package static let compressionOutOfMemory = FailureCode(
    "compression.out_of_memory", .unavailable, "There was not enough memory to unpack bytes.")
  /// Something was written to while it was packed.
  package static let compressionSizeChanged = FailureCode(
    "compression.size_changed", .conflict, "What was packed changed meanwhile.")
}
