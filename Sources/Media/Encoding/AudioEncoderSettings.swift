/// How sound is to be encoded.
package struct AudioEncoderSettings: Sendable {
  /// libav's name of the encoder: "aac", "libopus", "flac", "pcm_s16le".
  package var codec: String
  /// The frames that will come; each must be of this form.
  package var form: SoundForm
  /// What the times of the frames that come are counted in; samples unless told otherwise.
  ///
  /// Packets count in samples always.
  package var timebase: Rational
  /// Bits a second; nil leaves it to the encoder and its options.
  package var bitrate: Int?
  /// Bits a sample for lossless codecs, where the format has room for more (24 of 32); nil for all.
  package var bitDepth: Int?
  /// How many threads it may use.
  package var threads = 1
  /// Whether the decoder's parameters are kept with the stream, as MP4 and Matroska need them.
  package var hasGlobalHeader = true
  /// Whether two encodes of the same sound give the same bytes, without the encoder's version.
  package var isReproducible = false
  /// The encoder's own options, in order; one that it does not know is an error.
  package var options: [(key: String, value: String)] = []

  /// Settings with the encoder's own defaults.
  package init(
    codec: String, form: SoundForm, bitrate: Int? = nil,
    options: [(key: String, value: String)] = []
  ) {
    self.codec = codec
    self.form = form
    timebase = form.timebase
    self.bitrate = bitrate
    self.options = options
  }
}
