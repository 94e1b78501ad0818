/// How the numbers of an array become light.
///
/// Integers are steps of 255 (65535 where they have 16 bits) and stay what they are. Floats are
/// brought from the range to 0…1 first, unless they are there already, and then made steps: cut off
/// for films and rounded for pictures, both as torchvision and its users have it, in 32 bit floats
/// and in the same order, so that the same numbers come out to the last bit.
package struct ValueMapping: Sendable, Equatable {
  /// The least value that is black and the most that is white; nil takes 0…1 as they are.
  package var range: ClosedRange<Float>?
  /// Whether steps are rounded; else what is behind the point is cut off.
  package var rounds: Bool

  /// A mapping by its parts.
  package init(range: ClosedRange<Float>?, rounds: Bool) {
    self.range = range
    self.rounds = rounds
  }
}

/// A number in an array that is no light.
package struct BadValue: Error, Sendable, Equatable {
  /// What it is: "NaN", "300".
  package let value: String
  package let row: Int
  package let column: Int
  package let channel: Int
}
