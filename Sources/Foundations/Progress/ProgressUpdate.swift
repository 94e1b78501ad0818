/// How far some work has come.
package struct ProgressUpdate: Sendable, Equatable {
  /// What is counted.
  package enum Unit: Sendable, Equatable {
    /// Nothing that has a name: a share of the whole.
    case share
    /// Bytes.
    case bytes
    /// Frames of a video.
    case frames
    /// Things of a name, in the plural: `files`.
    case items(String)
  }

  /// How much is done.
  package let done: Double
  /// How much there is to do, where that is known.
  package let total: Double?
  /// What is counted.
  package let unit: Unit
  /// What is being done now.
  package let message: String

  /// Work that counts something.
  package init(_ done: Double, of total: Double?, _ unit: Unit, _ message: String = "") {
    self.done = done.isFinite ? max(0, done) : 0
    self.total = total.flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
    self.unit = unit
    self.message = message
  }

  /// Work that knows its share of the whole, from 0 to 1; nil where it does not.
  package init(fraction: Double?, _ message: String = "") {
    self.init(fraction ?? 0, of: fraction == nil ? nil : 1, .share, message)
  }

  /// The share of the whole from 0 to 1, where the whole is known.
  package var fraction: Double? { total.map { min(1, done / $0) } }
}
