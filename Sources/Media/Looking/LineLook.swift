/// A side of a picture.
package enum PictureSide: Sendable, CaseIterable {
  case top, bottom, left, right
}

/// What a line of samples looks like, in 8-bit steps.
package struct LineLook: Sendable {
  /// The mean of all.
  package let mean: Double
  /// The mean of the eight neighbours that are brightest together.
  package let peak: Double
  /// The mean of how far neighbours are apart.
  package let unrest: Double
  /// What share of all eights is brighter than the limit asked.
  package let filled: Double
}

/// What a block of samples looks like, in 8-bit steps.
package struct BlockLook: Sendable {
  /// The mean of all.
  package let mean: Double
  /// The standard deviation of what is neither flat nor sloping.
  package let noise: Double
}
