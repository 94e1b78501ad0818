package import Foundations

/// One picture, or a batch of pictures of one size, somewhere in memory: where each number lies.
package struct PixelView: Sendable {
  /// How far a step goes along each axis, in bytes; negative where an axis is reversed.
  package struct Steps: Sendable, Equatable {
    package var picture: Int
    package var row: Int
    package var column: Int
    package var channel: Int

    /// Steps by their parts.
    package init(picture: Int, row: Int, column: Int, channel: Int) {
      self.picture = picture
      self.row = row
      self.column = column
      self.channel = channel
    }
  }

  package let memory: SharedBytes
  /// Where the first number lies.
  package let start: Int
  package let element: ElementType
  package let pictures: Int
  package let height: Int
  package let width: Int
  package let channels: Int
  package let steps: Steps

  /// A view of numbers that all lie in the memory; nil where some would not.
  package init?(
    _ memory: SharedBytes, start: Int, element: ElementType, pictures: Int, height: Int, width: Int,
    channels: Int, steps: Steps
  ) {
    var (least, most) = (start, start)
    for (count, step) in [
      (pictures, steps.picture), (height, steps.row), (width, steps.column),
      (channels, steps.channel),
    ] {
      guard count > 0 else { return nil }
      let (reach, overflow) = (count - 1).multipliedReportingOverflow(by: step)
      guard !overflow else { return nil }
      if reach < 0 { least += reach } else { most += reach }
    }
    guard least >= 0, most <= memory.count - element.size else { return nil }
    self.memory = memory
    self.start = start
    self.element = element
    self.pictures = pictures
    self.height = height
    self.width = width
    self.channels = channels
    self.steps = steps
  }
}
