import Foundations
import Media

/// The samples of an array: one axis is mono; of two the shorter is the channels.
final class ArraySound: SoundSource {
  private static let piece = 16_384

  private let view: SampleView
  private var place = 0
  let form: SoundForm
  /// How many samples there are for each channel.
  var samples: Int { view.samples }

  init(_ array: PixelArray, sampleRate: Int) throws {
    view = try Self.view(array)
    guard let layout = Self.layout(view.channels) else {
      throw MediaOutputFailure(
        .outputBadShape, "an array of shape \(array.shape) has \(view.channels) channels",
        hint: "1 (mono), 2 (stereo), 6 (5.1) and 8 (7.1) are known")
    }
    guard let format = view.format else {
      throw MediaOutputFailure(
        .outputBadShape, "sound is not kept as \(view.element)",
        hint: "save it as int16, int32 or float32")
    }
    form = SoundForm(sampleRate: sampleRate, format: format, layout: layout)
  }

  private static func layout(_ channels: Int) -> ChannelLayout? {
    switch channels {
    case 1: .mono
    case 2: .stereo
    case 6: .surround51
    case 8: ChannelLayout(named: "7.1")
    default: nil
    }
  }

  private static func view(_ array: PixelArray) throws -> SampleView {
    let shape = array.shape
    guard (1...2).contains(shape.count), !shape.contains(0) else {
      throw MediaOutputFailure(
        .outputBadShape, "an array of shape \(shape) is no sound",
        hint: "give (samples), (samples, channels) or (channels, samples)")
    }
    let isChannelsFirst = shape.count == 2 && shape[0] < shape[1]
    let samples = isChannelsFirst ? 1 : 0
    let channels = shape.count == 2 ? 1 - samples : nil
    let (memory, start, strides) = try array.wholeInMemory()
    guard
      let view = SampleView(
        memory, start: start, element: array.element, samples: shape[samples],
        channels: channels.map { shape[$0] } ?? 1, sampleStep: strides[samples],
        channelStep: channels.map { strides[$0] } ?? 0)
    else {
      throw MediaOutputFailure(.outputBadShape, "not all of the array's samples are there")
    }
    return view
  }

  func next() throws -> AudioFrame? {
    guard place < view.samples else { return nil }
    let piece = place..<min(view.samples, place + Self.piece)
    defer { place = piece.upperBound }
    do {
      return try AudioFrame.make(
        from: view, samples: piece, layout: form.layout, sampleRate: form.sampleRate)
    } catch let bad as BadValue {
      throw MediaOutputFailure(
        .outputBadValue, "sample \(bad.column) of channel \(bad.channel) is \(bad.value)",
        hint: "replace what is not a number before writing (nan_to_num)")
    }
  }
}
