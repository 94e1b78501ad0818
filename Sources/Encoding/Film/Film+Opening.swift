package import Foundations
import Media

extension Film {
  /// Looks into a file and finds the film in it.
  ///
  /// The stream that the file marks as the default one, or the first; pictures and covers are none.
  package static func open(_ path: FilePath, stop: StopFlag = StopFlag()) throws -> Film {
    let report = try MediaProbe.examine(.file(path), stop: stop)
    let films = report.streams.filter { stream in
      stream.isFilm && (stream.video.map { $0.width > 0 && $0.height > 0 } ?? false)
    }
    guard report.kind == .video,
      let video = films.first(where: { $0.disposition.contains(.standard) }) ?? films.first
    else {
      throw EncodingFailure(
        .encodingNoFilm, "there is no film in \(path)", hint: "`mediary probe` says what is in it")
    }
    return Film(
      path: path, format: report.format, size: report.size ?? 0, streams: report.streams,
      chapters: report.chapters, tags: report.tags, video: video,
      seconds: report.duration.map { $0 / .seconds(1) })
  }

  /// How many frames it has by what the container says, where it says something.
  var expectedFrames: Int? {
    if let count = video.frameCount, count > 0 { return count }
    guard let rate = (video.video?.averageFrameRate ?? video.video?.frameRate)?.double else {
      return nil
    }
    let longest = (streams.compactMap { $0.duration?.seconds }.max())
    return longest.map { Int(($0 * rate).rounded()) }
  }

  /// How long a frame is shown as a rule, in ticks of the stream; nil where nothing says it.
  var usualDuration: Int64? {
    guard let rate = (video.video?.frameRate ?? video.video?.averageFrameRate)?.double, rate > 0,
      let tick = video.timebase.double, tick > 0
    else { return nil }
    return max(1, Int64((1 / rate / tick).rounded()))
  }
}
