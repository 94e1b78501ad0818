package import FFmpegTool
package import Foundations
import Media

/// The use case behind `mediary vmaf`: how like its reference each frame of a film is.
package struct CompareFilms: Sendable {
  private let tools: ExternalTools
  private let scratch: ScratchFolders

  /// Compares with these tools; what they leave to read goes below a temporary folder.
  package init(tools: ExternalTools, temporaryFolder: FilePath) {
    self.tools = tools
    scratch = ScratchFolders(root: temporaryFolder)
  }

  /// A part of a picture: width, height, and its corner.
  package struct Crop: Sendable, Equatable {
    package let width: Int
    package let height: Int
    package let x: Int
    package let y: Int

    /// A part as it is written: "1920:800:0:140"; nil where it is none.
    package init?(_ text: String) {
      let numbers = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
      guard numbers.count == 4, let width = numbers[0], let height = numbers[1],
        let x = numbers[2], let y = numbers[3], width > 0, height > 0, x >= 0, y >= 0
      else { return nil }
      (self.width, self.height, self.x, self.y) = (width, height, x, y)
    }

    fileprivate var text: String { "\(width):\(height):\(x):\(y)" }
  }

  /// What came of a comparison.
  package struct Answer: Sendable {
    /// One score a frame, in order.
    package let scores: [Double]
    /// The model, where the metric has several.
    package let model: String?
    /// Frames over time of the distorted film; nil where it does not tell.
    package let frameRate: Double?
  }

  /// Measures every frame; blocks the thread until it is done.
  package func run(
    _ reference: FilePath, _ distorted: FilePath, by metric: QualityMetric, crop: Crop?,
    stop: StopFlag
  ) throws -> Answer {
    let program = try tools.search().requireProgram(measuring: metric)
    let first = try film(reference, stop)
    let second = try film(distorted, stop)
    try requireEqual(first, second, crop, reference, distorted)
    let isDeep = max(first.depth, second.depth) > 8
    let rate = first.rate ?? Rational(24, 1)
    let pictures = RawPictures(
      width: second.width, height: second.height, pixelFormat: isDeep ? "yuv420p10le" : "yuv420p",
      rate: (rate.numerator, rate.denominator))
    var conditions = ToolConditions()
    conditions.threads = Machine.cores
    let measured = try FilmComparison(
      reference: FilmComparison.Side(reference, stream: first.stream),
      distorted: FilmComparison.Side(distorted, stream: second.stream), pictures: pictures,
      crop: crop?.text
    ).measure(
      by: metric, with: program, scratch: scratch, conditions: conditions,
      processes: tools.processes, stop: stop)
    return Answer(
      scores: measured.scores,
      model: metric == .vmaf ? QualityMetric.vmafModel(height: second.height) : nil,
      frameRate: second.rate?.double)
  }

  /// What a comparison has to know of a film.
  private struct FilmShape {
    let stream: Int
    let width: Int
    let height: Int
    let depth: Int
    let rate: Rational?
  }

  private func film(_ path: FilePath, _ stop: StopFlag) throws -> FilmShape {
    let report = try MediaProbe.examine(.file(path), stop: stop)
    guard let stream = report.mainVideo, let video = stream.video else {
      throw MediaFailure(.noStream, "\(path) holds no film")
    }
    // ffmpeg turns pictures upright as it reads them.
    let isTurned = video.orientation.swapsSides
    let rate = video.frameRate.flatMap { $0.numerator > 0 && $0.denominator > 0 ? $0 : nil }
    return FilmShape(
      stream: stream.index, width: isTurned ? video.height : video.width,
      height: isTurned ? video.width : video.height, depth: video.bitDepth ?? 8, rate: rate)
  }

  private func requireEqual(
    _ first: FilmShape, _ second: FilmShape, _ crop: Crop?, _ reference: FilePath,
    _ distorted: FilePath
  ) throws {
    if let crop {
      guard crop.x + crop.width <= first.width, crop.y + crop.height <= first.height else {
        throw FFmpegToolFailure(
          unequal: "\(reference) has no part \(crop.text): it is \(first.width)×\(first.height)",
          hint: "name a part as W:H:X:Y")
      }
    }
    let size = crop.map { ($0.width, $0.height) } ?? (first.width, first.height)
    guard size == (second.width, second.height) else {
      throw FFmpegToolFailure(
        unequal: "\(reference) is \(size.0)×\(size.1) and \(distorted) is "
          + "\(second.width)×\(second.height)",
        hint: crop == nil
          ? "where bars were cut off, name what is left by --crop W:H:X:Y"
          : "the part that --crop names must be just as large")
    }
  }
}
