package import FFmpegTool

/// What a user asks of an encode; nothing here depends on the film or on the machine.
package struct EncodeSettings: Sendable, Hashable {
  /// How the film is gone through.
  package var mode = Mode.auto
  /// Where the parameters come from that are not named one by one.
  package var profile = EncodeProfile.standard
  /// The encoder's preset; the profile's where it is nil.
  package var preset: Int?
  /// Fixed CRFs instead of a target.
  package var crf: CRFByWidth?
  /// The quality to reach; the default for the film's range of light where it is nil.
  package var target: Double?
  /// By what the quality is measured.
  package var metric = QualityMetric.vmaf
  /// How large the output may be, in percent of the source; nil for any size.
  package var maxEncodedPercent: Double?
  /// The strength of the grain that the decoder is told to add, 0 to 50.
  package var filmGrain: Int?
  /// Whether the encoder removes the grain it will have added.
  package var filmGrainDenoise: Bool?
  /// What the encoder tunes for.
  package var tune: Int?
  /// The longest distance between key frames.
  package var keyInterval = KeyInterval.seconds(10)
  /// The pixels that are encoded, by libav's name.
  package var pixelFormat = "yuv420p10le"
  /// Parameters of SVT-AV1 by its own names, in the order given.
  package var svt: [AV1Settings.Parameter] = []
  /// Whether whole pictures are made of those taken in two fields; nil refuses a film of such.
  package var deinterlaces: Bool?
  /// What is cut off.
  package var crop = CropChoice.auto
  /// What becomes of the sound.
  package var audio = Audio.opus
  /// How quality is spread over a film.
  package var allocation = Allocation.constant
  /// How many segments are encoded at a time; as many as the machine bears where it is nil.
  package var workers: Int?
  /// Whether what was made on the way stays when the film is done.
  package var keepsTemporaries = false
  /// Whether an output that is there already may be replaced.
  package var overwrites = false

  /// The defaults.
  package init() {}

  /// How a film is gone through.
  package enum Mode: String, Sendable, CaseIterable {
    /// One encode over the whole film.
    case standard
    /// In segments, each to the target.
    case chunked
    /// In segments, unless the film cannot be.
    case auto
  }

  /// What becomes of the sound.
  package enum Audio: String, Sendable, CaseIterable {
    case opus
    case aac
    case copy
  }

  /// How quality is spread over a film.
  package enum Allocation: String, Sendable, CaseIterable {
    /// The same quality everywhere.
    case constant
    /// The same mean, with the bits where they help most, and a floor.
    case lagrangian
  }
}
