package import Encoding
package import Foundations

/// A film that is to be encoded, and how.
package struct EncodeRequest: Sendable {
  package var input: FilePath
  package var output: FilePath
  package var settings = EncodeSettings()
  package var choices = StreamChoices()
  /// Where a page about the encode is written; nil for none.
  package var reportPage: FilePath?

  /// A request with the defaults.
  package init(_ input: FilePath, to output: FilePath) {
    self.input = input
    self.output = output
  }
}
