import Foundations

/// A folder of one measurement: what the program is told to write there, and what that says.
struct MeasureReport {
  let folder: ScratchFolder
  private let metric: QualityMetric

  // Named without their folder, in which the program works: a filter's options cannot hold any path.
  private static let scoresFile = "scores"
  private static let countFile = "distorted"
  private static let limit = 1 << 30

  init(_ metric: QualityMetric, below scratch: ScratchFolders) throws(FFmpegToolFailure) {
    self.metric = metric
    do throws(FileFailure) { folder = try scratch.make(for: "measure") } catch {
      throw FFmpegToolFailure(
        .toolFailed, "cannot measure: \(error.message)", hint: error.hint, cause: error)
    }
  }

  func arguments(
    _ pictures: RawPictures, distorted: FilePath, threads: Int
  ) -> [ChildArgument] {
    let rate = "\(pictures.rate.frames)/\(pictures.rate.seconds)"
    // Each frame lasts as long as any other: only its number counts.
    let counted = "settb=\(pictures.rate.seconds)/\(pictures.rate.frames),setpts=N"
    let form = "\(counted),format=\(pictures.pixelFormat)"
    let filters = [
      "[0:v:0]\(form),split[distorted][count]", "[1:v:0]\(form)[reference]",
      "[distorted][reference]\(filter(pictures, threads: threads))[measured]",
      // Only to be counted, and so as small as can be.
      "[count]scale=16:16:flags=neighbor[counted]",
    ]
    var arguments: [ChildArgument] = [
      "-hide_banner", "-nostdin", "-loglevel", "warning", "-y", "-r", "\(rate)", "-i",
      ChildArgument("file:", distorted.fromRoot),
    ]
    arguments += pictures.inputArguments
    arguments += ["-filter_complex", ChildArgument(filters.joined(separator: ";"))]
    arguments += ["-map", "[measured]", "-fps_mode", "passthrough", "-f", "null", "-"]
    return arguments + [
      "-map", "[counted]", "-fps_mode", "passthrough", "-c:v", "rawvideo", "-f", "framecrc",
      "\(Self.countFile)",
    ]
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
  func scores(reference: Int, _ result: ChildResult) throws(FFmpegToolFailure) -> [Double] {
    let distorted = try lines(of: Self.countFile, result).count { !$0.hasPrefix("#") }
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

extension FilePath {
  /// The path as a child in another working folder needs it.
  fileprivate var fromRoot: FilePath {
    isAbsolute ? self : FilePath("/proc/\(Machine.processNumber)/cwd").appending(self)
  }
}
