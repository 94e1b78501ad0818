package import Foundations
import Media
import Pictures
import Sight

/// Takes frames out of a film and out of what it became, to be seen side by side.
package struct FramePairs: Sendable {
  /// No side of a picture is longer, so that a page of some pairs stays a few megabytes.
  private static let side = 1_280
  private static let quality = 88

  private let film: Film
  private let analysis: FilmAnalysis
  private let form: FrameForm
  private let output: FilePath
  private let stop: StopFlag

  /// Pairs of a film that was analysed, of which frames in a form were encoded into a file.
  package init(
    _ film: Film, _ analysis: FilmAnalysis, as form: FrameForm, encoded output: FilePath,
    stop: StopFlag
  ) {
    self.film = film
    self.analysis = analysis
    self.form = form
    self.output = output
    self.stop = stop
  }

  /// One picture of a pair.
  private struct Still {
    let bytes: [UInt8]
    let width: Int
    let height: Int
    let isToneMapped: Bool
  }

  /// The pairs of frames, in the order asked for; blocks while they are decoded.
  package func take(_ frames: [Int], score: (Int) -> Double?) throws -> [FramePair] {
    guard !frames.isEmpty else { return [] }
    let became = try Film.open(output, stop: stop)
    let before = try sources(frames, turned: became.video.video?.orientation ?? .upright)
    let after = try encodes(frames, of: became)
    return frames.compactMap { frame in
      guard let source = before[frame], let encode = after[frame] else { return nil }
      return FramePair(
        frame: frame, score: score(frame), source: source.bytes, encode: encode.bytes,
        width: encode.width, height: encode.height, isToneMapped: encode.isToneMapped)
    }
  }

  private func sources(_ frames: [Int], turned: Orientation) throws -> [Int: Still] {
    let reader = FilmFrames(film, analysis, as: form)
    var stills: [Int: Still] = [:]
    for frame in frames {
      try reader.read(frame..<frame + 1, stop: stop) { number, picture in
        stills[number] = try still(picture, turned)
      }
    }
    return stills
  }

  /// The output's frames are found by their times, which its packets tell.
  private func encodes(_ frames: [Int], of film: Film) throws -> [Int: Still] {
    guard let table = try PacketPass(film, stop: stop).table(like: analysis.table) else {
      throw EncodingFailure(
        .encodingFilmChanged, "\(film.path) has not the frames that were encoded into it")
    }
    var stills: [Int: Still] = [:]
    for frame in frames {
      let wanted = table.ticks[frame]
      let decoder = try FilmDecoder.open(film, threads: Machine.cores, stop: stop)
      if let entry = table.entry(before: frame), entry.frame > 0 {
        try decoder.seek(to: entry.ticks)
      }
      _ = try decoder.run { picture in
        guard let ticks = picture.presentationTicks, ticks >= wanted else { return true }
        stills[frame] = try still(picture, film.video.video?.orientation ?? .upright)
        return false
      }
    }
    return stills
  }

  private func still(_ frame: borrowing VideoFrame, _ orientation: Orientation) throws -> Still {
    let picture = try Poster.make(
      of: frame, aspect: film.video.video?.sampleAspect, orientation: orientation,
      within: Self.side)
    let bytes = try picture.withRows { rows, stride in
      try JPEGEncoder.encode(
        rows, width: picture.width, height: picture.height, stride: stride, pixels: .rgb,
        quality: Self.quality)
    }
    return Still(
      bytes: bytes, width: picture.width, height: picture.height,
      isToneMapped: frame.colour.isHighDynamicRange)
  }
}
