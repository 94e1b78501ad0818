package import Foundations

/// Sound somewhere in memory: where each number lies.
package struct SampleView: Sendable {
  package let memory: SharedBytes
  package let start: Int
  package let element: ElementType
  package let samples: Int
  package let channels: Int
  package let sampleStep: Int
  package let channelStep: Int

  /// A view of numbers that all lie in the memory; nil where some would not.
  package init?(
    _ memory: SharedBytes, start: Int, element: ElementType, samples: Int, channels: Int,
    sampleStep: Int, channelStep: Int
  ) {
    guard
      let view = PixelView(
        memory, start: start, element: element, pictures: 1, height: 1, width: samples,
        channels: channels,
        steps: PixelView.Steps(picture: 0, row: 0, column: sampleStep, channel: channelStep))
    else { return nil }
    self.memory = view.memory
    self.start = start
    self.element = element
    self.samples = samples
    self.channels = channels
    self.sampleStep = sampleStep
    self.channelStep = channelStep
  }

  /// The sample format that holds its numbers without loss; nil where sound is never kept so.
  package var format: SampleFormat? {
    switch element {
    case .uint8: .uint8
    case .int16: .int16
    case .int32: .int32
    case .float16, .bfloat16, .float32: .float
    case .float64: .double
    default: nil
    }
  }
}
