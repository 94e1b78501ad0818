/// Where a film is looked at that is not encoded as a whole.
package enum SamplePlaces {
  /// How long each sample is, where the film has so many frames.
  private static let length = 48
  /// How many frames a place stands for in a short film, and how many places that may be.
  private static let distance = 96
  private static let most = 12
  /// So long a film's probe looks at as many places.
  private static let long = 2_880

  /// Samples from places spread evenly over a film.
  ///
  /// As many as asked for, if the film has room for them; unless asked, those of a probe of the
  /// whole film, and in a short film one for each 96 frames.
  package static func frames(of count: Int, places wanted: Int? = nil) -> [Range<Int>] {
    if wanted == nil, count >= long { return ProbeSample.frames(of: 0..<count) }
    let room = max(1, count / length)
    let places = min(wanted ?? min(Self.most, max(1, count / distance)), room)
    return (0..<places).map { place in
      let (begin, end) = (place * count / places, (place + 1) * count / places)
      let taken = min(length, end - begin)
      let first = begin + (end - begin - taken) / 2
      return first..<first + taken
    }
  }
}
