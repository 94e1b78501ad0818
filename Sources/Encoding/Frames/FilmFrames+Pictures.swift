package import FFmpegTool
import Media

extension FilmFrames {
  /// How the frames go through a pipe, packed: their size, format, nominal rate and colours.
  package var pictures: RawPictures {
    let size = form.size(of: film)
    let rate = film.video.video?.frameRate ?? film.video.video?.averageFrameRate
    return RawPictures(
      width: size.width, height: size.height, pixelFormat: form.format.name,
      rate: rate.map { ($0.numerator, $0.denominator) } ?? (25, 1), colour: colours)
  }

  private var colours: [RawPictures.ColourOption] {
    let colour = film.encodedColour
    let told: [(String, String?)] = [
      ("color_primaries", colour.primariesName), ("color_trc", colour.transferName),
      ("colorspace", colour.matrixName), ("color_range", colour.rangeName),
      ("chroma_sample_location", colour.chromaLocationName),
    ]
    return told.compactMap { option, value in value.map { .init(option, $0) } }
  }
}
