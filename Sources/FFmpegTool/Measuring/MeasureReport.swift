import Foundations

/// A folder of one measurement: what the program is told to write there, and what that says.
struct MeasureReport {
  let folder: ScratchFolder
  private let metric: QualityMetric

  // Samples are compared with samples, whatever colours they are said to be. Where one side says it
  // and the other does not, as bare frames never do, ffmpeg would convert the one into the other's
  // colours: a film of bt709 against its own frames came to VMAF 53 instead of 98.
  private static let alike = "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709"

  // Named without their folder, in which the program works: a filter's options cannot hold any path.
  private static let scoresFile = "scores"
  private static let distortedCount = "distorted_count"
  private static let referenceCount = "reference_count"
  private static let limit = 1 << 30

  init(_ metric: QualityMetric, below scratch: ScratchFolders) throws(FFmpegToolFailure) {
    self.metric = metric
    do throws(FileFailure) { folder = try scratch.make(for: "measure") } catch {
      throw FFmpegToolFailure(
        .toolFailed, "cannot measure: \(error.message)", hint: error.hint, cause: error)
    }
  }

  /// Where the frames that are compared with come from.
  enum Reference {
    /// The program's standard input.
    case frames
    /// A film, of which a part may be taken: "W:H:X:Y".
    case film(FilmComparison.Side, crop: String?)
  }

  func arguments(
    _ pictures: RawPictures, _ reference: Reference, distorted: FilmComparison.Side, threads: Int
  ) -> [ChildArgument] {
    // Each frame lasts as long as any other: only its number counts.
    let counted = "settb=\(pictures.rate.seconds)/\(pictures.rate.frames),setpts=N"
    var (stream, crop, range) = ("v:0", "", ":range=tv")
    if case .film(let side, let part) = reference {
      stream = side.stream
      crop = part.map { "crop=\($0)," } ?? ""
      // Two films may differ in it, and then one has to be converted.
      range = ""
    }
    let form = "\(counted),format=\(pictures.pixelFormat),\(Self.alike)\(range),split"
    let filters = [
      "[0:\(distorted.stream)]\(form)[distorted][d]", "[1:\(stream)]\(crop)\(form)[reference][r]",
      "[distorted][reference]\(filter(pictures, threads: threads))[measured]",
      // Only to be counted, and so as small as can be.
      "[d]scale=16:16:flags=neighbor[distorted_count]",
      "[r]scale=16:16:flags=neighbor[reference_count]",
    ]
    var arguments: [ChildArgument] = ["-hide_banner", "-nostdin", "-loglevel", "warning", "-y"]
    arguments += distorted.arguments(pictures)
    switch reference {
    case .frames: arguments += pictures.inputArguments
    case .film(let side, _): arguments += side.arguments(pictures)
    }
    arguments += ["-filter_complex", ChildArgument(filters.joined(separator: ";"))]
    arguments += ["-map", "[measured]", "-fps_mode", "passthrough", "-f", "null", "-"]
    for file in [Self.distortedCount, Self.referenceCount] {
      arguments += ["-map", "[\(file)]", "-fps_mode", "passthrough", "-c:v", "rawvideo"]
      // Written line by line: the growing file shows that the program is alive.
      arguments += ["-flush_packets", "1", "-f", "framecrc", "\(file)"]
    }
    return arguments
  }

  /// What grows while the program gets on.
  var sign: () -> Int64 {
    let file = folder.path.appending(Self.distortedCount)
    return { FileStatus.ifPresent(file)?.size ?? 0 }
  }

  private func filter(_ pictures: RawPictures, threads: Int) -> String {
    switch metric {
    case .vmaf:
      let model = QualityMetric.vmafModel(height: pictures.height)
      return "libvmaf=log_fmt=csv:log_path=\(Self.scoresFile):model=version=\(model)"
        + ":n_threads=\(threads)"
    case .xpsnr: return "xpsnr=stats_file=\(Self.scoresFile)"
    }
  }

  /// The scores, when both sides had as many frames.
  ///
  /// Of a reference that was written the number is known, else the program counts it.
  func scores(reference written: Int?, _ result: ChildResult) throws(FFmpegToolFailure) -> [Double]
  {
    let distorted = try count(Self.distortedCount, result)
    let reference: Int
    if let written {
      reference = written
    } else {
      reference = try count(Self.referenceCount, result)
    }
    guard distorted == reference else {
      throw FFmpegToolFailure(
        .toolUnequal,
        "\(HumanText.count(reference, "frame")) cannot be compared with \(HumanText.count(distorted))",
        hint: "compare films that have the same frames")
    }
    let lines = try lines(of: Self.scoresFile, result)
    let scores = metric == .vmaf ? Self.vmaf(lines) : Self.xpsnr(lines)
    guard let scores, scores.count == reference else {
      throw FFmpegToolFailure(
        .toolNonsense,
        "\(result.tool) gave \(HumanText.count(scores?.count ?? 0, "score")) for "
          + HumanText.count(reference, "frame"),
        hint: FFmpegToolFailure.saying(result))
    }
    return scores
  }

  private func count(_ file: String, _ result: ChildResult) throws(FFmpegToolFailure) -> Int {
    try lines(of: file, result).count { !$0.hasPrefix("#") }
  }

  private func lines(
    of name: String, _ result: ChildResult
  ) throws(FFmpegToolFailure) -> [Substring] {
    do throws(FileFailure) {
      let bytes = try SmallFile.read(folder.path.appending(name), limit: Self.limit)
      return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    } catch {
      throw FFmpegToolFailure(
        .toolNonsense, "\(result.tool) measured nothing", hint: FFmpegToolFailure.saying(result),
        cause: error)
    }
  }

  /// The column "vmaf" of a table with a line of headings.
  private static func vmaf(_ lines: [Substring]) -> [Double]? {
    let headings = lines.first?.split(separator: ",", omittingEmptySubsequences: false) ?? []
    guard let column = headings.firstIndex(of: "vmaf") else { return nil }
    return all(
      lines.dropFirst().enumerated().map { number, line in
        let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count > column, Int(fields[0]) == number else { return nil }
        return Double(fields[column])
      })
  }

  /// The planes of lines like `n:    1  XPSNR y: 42.6117  XPSNR u: 41.1356  XPSNR v: inf`, in one
  /// number: brightness counts six of eight parts, as is usual.
  private static func xpsnr(_ lines: [Substring]) -> [Double]? {
    all(
      lines.filter { $0.hasPrefix("n:") }.enumerated().map { number, line in
        let words = line.split(separator: " ")
        let values = words.indices.dropLast().filter { words[$0].last == ":" && $0 > 0 }
          .compactMap { Double(words[$0 + 1]) }
        guard words.count > 1, Int(words[1]) == number + 1, values.count == 3 else { return nil }
        // Frames that are equal are infinitely good, of which no mean can be taken.
        let capped = values.map { min($0, QualityMetric.bestXPSNR) }
        return (6 * capped[0] + capped[1] + capped[2]) / 8
      })
  }

  private static func all(_ values: [Double?]) -> [Double]? {
    let known = values.compactMap { $0 }.filter(\.isFinite)
    return known.count == values.count ? known : nil
  }
}

extension QualityMetric {
  /// The model of VMAF for pictures of so many lines.
  package static func vmafModel(height: Int) -> String {
    height >= 2160 ? "vmaf_4k_v0.6.1" : "vmaf_v0.6.1"
  }

  /// What XPSNR is taken to be, in decibels, for frames that are equal.
  package static let bestXPSNR = 100.0
}
