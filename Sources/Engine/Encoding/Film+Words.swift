import Encoding
import FFmpegTool
import Media

extension Film {
  /// Whether its light goes beyond what an ordinary screen shows.
  var isHDR: Bool {
    guard let colour = video.video?.colour else { return false }
    return colour.isPQ || colour.isHLG
  }

  /// The rate to call it by; only a nominal one where it varies.
  var nominalRate: Rational {
    let rate = video.video?.frameRate ?? video.video?.averageFrameRate
    guard let rate, rate.numerator > 0, rate.denominator > 0 else { return Rational(24, 1) }
    return rate
  }

  /// Its colours as ffmpeg is told them; what is not known is left out.
  var colourOptions: [RawPictures.ColourOption] {
    let colour = encodedColour
    let named = [
      ("color_primaries", colour.primariesName), ("color_trc", colour.transferName),
      ("colorspace", colour.matrixName), ("color_range", colour.rangeName),
    ]
    return named.compactMap { option, name in name.map { .init(option, $0) } }
  }
}
