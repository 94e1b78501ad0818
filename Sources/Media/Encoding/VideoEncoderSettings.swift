/// How pictures are to be encoded.
package struct VideoEncoderSettings: Sendable {
  /// libav's name of the encoder: "libx264", "libsvtav1", "png".
  package var codec: String
  /// The frames that will come; each must be of this form.
  package var form: PictureForm
  /// What the times of frames and packets are counted in.
  ///
  /// Fine enough for variable rates: take the source's.
  package var timebase: Rational
  /// The rate that the encoder plans its bits by, and that the container tells; the average where
  /// the rate varies.
  ///
  /// Frames keep their own times.
  package var frameRate: Rational?
  /// The width of a pixel over its height, nil where nothing is to be said.
  package var sampleAspect: Rational?
  /// Bits a second; nil leaves it to the encoder and its options ("crf").
  package var bitrate: Int?
  /// The most frames from one key frame to the next; nil leaves it to the encoder.
  package var keyFrameInterval: Int?
  /// How many threads it may use.
  ///
  /// Set on purpose: most encoders would take every core.
  package var threads = 1
  /// Whether parameter sets are kept with the stream, as MP4 and Matroska need them, or before each
  /// key frame, as MPEG-TS and raw streams do.
  package var hasGlobalHeader = true
  /// Whether the encoder's version stays out, so that two encodes of the same frames give the same
  /// bytes; as far as the encoder itself decides alike (x264 164 does not for small pictures).
  package var isReproducible = false
  /// The display the film was graded on.
  package var masteringDisplay: MasteringDisplay?
  /// How bright the content gets.
  package var lightLevel: ContentLightLevel?
  /// The encoder's own options, in order; one that it does not know is an error.
  package var options: [(key: String, value: String)] = []

  /// Settings with the encoder's own defaults.
  package init(
    codec: String, form: PictureForm, timebase: Rational, frameRate: Rational? = nil,
    options: [(key: String, value: String)] = []
  ) {
    self.codec = codec
    self.form = form
    self.timebase = timebase
    self.frameRate = frameRate
    self.options = options
  }
}
