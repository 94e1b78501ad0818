import Foundations

/// What a program is asked to learn what it can do.
struct FFmpegQuestions {
  private let path: FilePath
  private let run: ToolRun

  init(_ path: FilePath, _ run: ToolRun) {
    self.path = path
    self.run = run
  }

  /// The program by its answers; throws why it cannot be used.
  func program() throws(FFmpegToolFailure) -> FFmpegProgram {
    let version = try self.version()
    let filters = try names("-filters")
    var encoder: (version: String?, takesQuarters: Bool) = (nil, false)
    if try names("-encoders").contains("libsvtav1") { encoder = try self.encoder() }
    return FFmpegProgram(
      path: path, version: version, encoderVersion: encoder.version,
      metrics: Set(QualityMetric.allCases.filter { filters.contains($0.filter) }),
      takesQuarters: encoder.takesQuarters)
  }

  private func answer(_ arguments: [ChildArgument]) throws(FFmpegToolFailure) -> String {
    do throws(ProcessFailure) {
      return try run.ask(path, arguments).requireSuccess().output.text
    } catch {
      throw FFmpegToolFailure(notStarted: error)
    }
  }

  private func version() throws(FFmpegToolFailure) -> String {
    let words = try answer(["-version"]).prefix { $0 != "\n" }.split(separator: " ")
    guard words.count >= 3, words[0] == "ffmpeg", words[1] == "version" else {
      throw FFmpegToolFailure(
        .toolNonsense, "\(path) does not answer as ffmpeg does",
        hint: "name an ffmpeg by MEDIARY_FFMPEG")
    }
    // "n9.0.2-17-g2a571b6068-20260930" is built from the sources' history.
    let version = words[2]
    return String(version.first == "n" ? version.dropFirst() : version)
  }

  /// The second word of each line of a list, which is a name: `V..... libsvtav1   SVT-AV1(…`.
  private func names(_ list: ChildArgument) throws(FFmpegToolFailure) -> Set<String> {
    let lines = try answer(["-hide_banner", list]).split(separator: "\n")
    return Set(
      lines.compactMap { line in
        line.split(separator: " ", maxSplits: 2).dropFirst().first.map(String.init)
      })
  }

  /// The encoder's own words at the start of a tiny encode with a CRF in quarters.
  private func encoder() throws(FFmpegToolFailure) -> (version: String?, takesQuarters: Bool) {
    let result: ChildResult
    do throws(ProcessFailure) {
      result = try TinyEncode(path, run).encode([("crf", "30.25")])
    } catch {
      throw FFmpegToolFailure(notStarted: error)
    }
    guard let version = TinyEncode.encoderVersion(in: result.errors.text) else {
      throw FFmpegToolFailure(
        .toolNonsense, "\(path) lists SVT-AV1 and cannot encode with it",
        hint: FFmpegToolFailure.saying(result))
    }
    return (version, result.isSuccess && result.errors.text.contains("/ 30.25"))
  }
}

extension QualityMetric {
  /// The name of the filter that measures it.
  var filter: String {
    switch self {
    case .vmaf: "libvmaf"
    case .xpsnr: "xpsnr"
    }
  }
}
