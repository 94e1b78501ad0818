import CFFmpeg

/// What comes into a filter graph at one place.
package struct FilterInput: Sendable {
  enum Kind {
    case video(PictureForm, frameRate: Rational?, sampleAspect: Rational?)
    case audio(SoundForm)
  }

  let kind: Kind
  let timebase: Rational
  let label: String

  /// Pictures of one size and format.
  ///
  /// Parts of the colour that a frame leaves open are taken from the form; the frame rate is told
  /// only where it is constant.
  package static func video(
    _ form: PictureForm, timebase: Rational, frameRate: Rational? = nil,
    sampleAspect: Rational? = nil, label: String = "in"
  ) -> FilterInput {
    FilterInput(
      kind: .video(form, frameRate: frameRate, sampleAspect: sampleAspect), timebase: timebase,
      label: label)
  }

  /// Sound of one form; its times count samples unless told otherwise.
  package static func audio(
    _ form: SoundForm, timebase: Rational? = nil, label: String = "in"
  ) -> FilterInput {
    FilterInput(kind: .audio(form), timebase: timebase ?? form.timebase, label: label)
  }
}

/// What is wanted out of a filter graph at one place.
package struct FilterOutput: Sendable {
  enum Kind {
    case video([PixelFormat])
    case audio([SampleFormat], rates: [Int], layouts: [ChannelLayout])
  }

  let kind: Kind
  let label: String

  /// Pictures, in one of these formats; none says that any will do.
  package static func video(
    formats: [PixelFormat] = [], label: String = "out"
  ) -> FilterOutput {
    FilterOutput(kind: .video(formats), label: label)
  }

  /// Sound, in one of these formats, rates and layouts; none of a sort says that any will do.
  package static func audio(
    formats: [SampleFormat] = [], rates: [Int] = [], layouts: [ChannelLayout] = [],
    label: String = "out"
  ) -> FilterOutput {
    FilterOutput(kind: .audio(formats, rates: rates, layouts: layouts), label: label)
  }
}

/// What comes out of a filter graph at one place, as its filters agreed.
///
/// What a picture's numbers mean as colours is told by each frame: in libav 5.1 filters do not
/// agree on it beforehand.
package enum FilteredForm: Sendable {
  /// Pictures; the frame rate is known only where it is constant.
  case video(
    width: Int, height: Int, format: PixelFormat, timebase: Rational, frameRate: Rational?,
    sampleAspect: Rational?)
  /// Sound.
  case audio(SoundForm, timebase: Rational)

  /// What the times of the frames are counted in.
  package var timebase: Rational {
    switch self {
    case .video(_, _, _, let timebase, _, _), .audio(_, let timebase): timebase
    }
  }
}
