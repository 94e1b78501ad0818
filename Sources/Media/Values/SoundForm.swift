/// What sound is made of: its rate, how its samples lie, and which channels it has.
package struct SoundForm: Sendable, Hashable, CustomStringConvertible {
  /// Samples a second and channel.
  package var sampleRate: Int
  /// How samples lie in memory.
  package var format: SampleFormat
  /// Which channels there are.
  package var layout: ChannelLayout

  /// A form by its parts.
  package init(sampleRate: Int, format: SampleFormat, layout: ChannelLayout) {
    self.sampleRate = sampleRate
    self.format = format
    self.layout = layout
  }

  /// "48000 Hz fltp stereo".
  package var description: String { "\(sampleRate) Hz \(format.name) \(layout.description)" }

  /// What its times are counted in where nothing else is said: samples.
  package var timebase: Rational { Rational(1, sampleRate) }
}
