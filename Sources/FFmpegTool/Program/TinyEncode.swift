import Foundations

/// An encode of three grey pictures that nobody keeps, for what the encoder says to it.
struct TinyEncode {
  private let path: FilePath
  private let run: ToolRun

  private static let side = 64
  private static let frames = 3

  init(_ path: FilePath, _ run: ToolRun) {
    self.path = path
    self.run = run
  }

  /// Encodes with SVT-AV1's own parameters; they must be of a form that ffmpeg passes on as they are.
  func encode(_ parameters: [(String, String)]) throws(ProcessFailure) -> ChildResult {
    let side = Self.side
    let pairs = parameters.map { "\($0)=\($1)" }.joined(separator: ":")
    return try run.ask(
      path,
      [
        "-hide_banner", "-nostdin", "-loglevel", "warning", "-f", "rawvideo", "-pixel_format",
        "yuv420p", "-video_size", "\(side)x\(side)", "-framerate", "24", "-i", "pipe:0",
        "-c:v", "libsvtav1", "-preset", "10", "-err_detect", "explode",
        "-svtav1-params", "\(pairs)", "-f", "null", "-",
      ],
      input: .bytes([UInt8](repeating: 128, count: side * side * 3 / 2 * Self.frames)))
  }

  /// The version in "SVT [version]:	SVT-AV1 Encoder Lib v1.4.1".
  static func encoderVersion(in log: String) -> String? {
    let mark = "SVT-AV1 Encoder Lib "
    guard let line = log.split(separator: "\n").first(where: { $0.contains(mark) }),
      let version = line.split(separator: " ").last
    else { return nil }
    let text = version.first == "v" ? version.dropFirst() : version
    return text.first?.isNumber == true ? String(text.filter { !$0.isWhitespace }) : nil
  }
}
