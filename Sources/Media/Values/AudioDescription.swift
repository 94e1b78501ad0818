/// What a container and its codec say of a sound stream.
package struct AudioDescription: Sendable {
  /// Samples a second and channel.
  package let sampleRate: Int
  /// How decoded samples lie, nil where nothing is known before decoding.
  package let sampleFormat: SampleFormat?
  /// Which channels there are.
  package let layout: ChannelLayout
  /// Bits a sample for codecs that keep them (FLAC, PCM), nil for the others.
  package let bitDepth: Int?
  /// Samples at the start that are to be thrown away.
  package let initialPadding: Int
}
