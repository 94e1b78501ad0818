package import Foundations
package import Media

/// Pictures and films looked at.
package enum Sight {
  /// What a picture or a film looks like; nil where there is nothing to be seen or told apart.
  ///
  /// A film is looked at in some places spread over it. Blocks; raising the flag ends it.
  package static func likeness(
    of source: MediaSource, stop: StopFlag = StopFlag()
  ) throws -> LikenessBits? {
    let demuxer = try Demuxer.open(source, stop: stop)
    guard let stream = demuxer.streams.first(where: \.isFilm) else { return nil }
    demuxer.select(streams: [stream.index])
    let pictures = try Glances.take(demuxer, stream, stop)
    return GrayPicture.mean(of: pictures).flatMap { LikenessBits(of: $0) }
  }
}
