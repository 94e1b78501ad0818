package import Media

extension Film {
  /// The colours that its pictures have when they are encoded: as they are, and in the matrix of
  /// today's films where they are red, green and blue.
  package var encodedColour: Colour {
    guard let video = video.video else { return .unspecified }
    return video.pixelFormat?.isRGB == true ? .encoded(fromRGB: video.colour) : video.colour
  }
}

extension Colour {
  /// Red, green and blue have no matrix; the one of today's films, in the range they have.
  static func encoded(fromRGB colour: Colour) -> Colour {
    Colour(
      matrix: Colour.bt709.matrixName, primaries: colour.primariesName,
      transfer: colour.transferName, range: Colour.bt709.rangeName) ?? .bt709
  }
}
