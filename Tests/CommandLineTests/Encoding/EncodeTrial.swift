import Foundation
import Foundations
import TestSupport
import Testing

/// A folder with films, and encodes of them by the real program.
struct EncodeTrial {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The project's own ffmpeg.
  static let ffmpeg: String = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let root = tests.deletingLastPathComponent().deletingLastPathComponent()
    return root.path + "/.tools/ffmpeg/ffmpeg"
  }()

  /// A film by ffmpeg's arguments.
  func film(_ name: String, _ arguments: [String]) throws -> String {
    try ClipCommand.make(name, in: folder, arguments).text
  }

  /// Four seconds with sound, and a key frame each second.
  func plain(_ name: String = "in.mkv", _ options: [String] = []) throws -> String {
    try film(
      name,
      ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25", "-f", "lavfi", "-i", "sine=440:r=48000"]
        + ["-t", "4", "-vf", "noise=alls=6", "-c:v", "libx264", "-preset", "veryfast", "-g", "25"]
        + ["-c:a", "aac"] + options)
  }

  /// Three shots of 30 frames; in the last alone the 41st sample in ten bits is below 256.
  func shots(_ name: String = "shots.mkv") throws -> String {
    try film(
      name,
      ["-f", "lavfi", "-i", "testsrc2=s=96x64:r=25:d=1.2"]
        + ["-f", "lavfi", "-i", "mandelbrot=s=96x64:r=25"]
        + ["-f", "lavfi", "-i", "rgbtestsrc=s=96x64:r=25:d=1.2", "-filter_complex"]
        + ["[1]trim=end_frame=30[b];[0][b][2]concat=n=3:v=1,noise=alls=6,format=yuv420p[v]"]
        + ["-map", "[v]", "-c:v", "libx264", "-preset", "veryfast", "-qp", "4"])
  }

  /// Runs `mediary encode`, at a fixed CRF unless the arguments say something else.
  func encode(
    _ arguments: [String], cache: String? = nil, environment: [String: String] = [:]
  ) throws -> CommandRun {
    try CommandRun.mediary(
      words(arguments), environment: variables(cache).merging(environment) { $1 })
  }

  /// The words of a command, quick and small unless they say something else.
  func words(_ arguments: [String]) -> [String] {
    let isSearched = arguments.contains { $0 == "--crf" || $0 == "--target-vmaf" }
    return ["encode", "--preset", "13", "--json"] + (isSearched ? [] : ["--crf", "45"]) + arguments
  }

  func variables(_ cache: String? = nil) -> [String: String] {
    ["XDG_CACHE_HOME": cache ?? folder("cache"), "MEDIARY_HOME": folder("none")]
  }

  /// The report of an encode that went well.
  func report(_ run: CommandRun) throws -> [String: Any] {
    let last = try #require(try run.jsonLines().last, "\(run.stderr)")
    #expect(run.status == 0 && last["event"] as? String == "job_completed", "\(run.stderr)")
    return try #require(last["report"] as? [String: Any], "\(run.stderr)")
  }

  /// The warnings of a report.
  func warnings(_ run: CommandRun) throws -> [String] {
    try #require(try report(run)["warnings"] as? [String])
  }

  /// How many frames a report tells of.
  func frames(_ run: CommandRun) throws -> Int {
    let segments = try #require(try report(run)["segments"] as? [[String: Any]])
    return segments.last?["end"] as? Int ?? 0
  }

  /// Expects that an encode was refused with one error, and that nothing has its name.
  func refused(
    _ run: CommandRun, _ status: Int32, _ code: String, hint: String = "", output: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    #expect(run.status == status, "\(run.stderr)", sourceLocation: sourceLocation)
    let last = try run.jsonLines().last
    if let last {
      #expect(last["event"] as? String == "job_failed", sourceLocation: sourceLocation)
    }
    let lines = run.stderr.split(separator: "\n").filter { $0.hasPrefix("{\"error\"") }
    #expect(lines.count == 1, "\(run.stderr)", sourceLocation: sourceLocation)
    #expect(
      run.stderr.contains("\"code\":\"\(code)\""), "\(run.stderr)", sourceLocation: sourceLocation)
    #expect(run.stderr.contains(hint), "\(run.stderr)", sourceLocation: sourceLocation)
    if let output {
      let isThere = FileManager.default.fileExists(atPath: output)
      #expect(!isThere, sourceLocation: sourceLocation)
    }
  }

  /// What lies in a folder, hidden files as well.
  func names(in path: String? = nil) throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: path ?? folder.path))
  }

  func content(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

  /// A file's content, size and last change: whoever has them the same has not touched it.
  func identity(_ path: String) throws -> [String] {
    let told = try CommandRun("stat", ["-c", "%i %s %y %a", path])
    return [told.stdout, try CommandRun("sha256sum", [path]).stdout]
  }
}

/// A script in the place of the encoder: it answers all questions as the real one, and does
/// otherwise with the pieces.
struct FaultyEncoder {
  let path: String
  private let folder: TemporaryFolder

  /// `fault` is what it does with a piece; `$out` is where it is to go, `$real` the real program.
  init(_ fault: String, in folder: TemporaryFolder) throws {
    self.folder = folder
    path = folder("faulty-\(UUID().uuidString.prefix(8))")
    let script = """
      #!/bin/sh
      real='\(EncodeTrial.ffmpeg)'
      for out; do :; done
      out=${out#file:}
      first() { mkdir "$0.once" 2>/dev/null; }
      case "$*" in
        *libvmaf*|*xpsnr*) kind=measure ;;
        */segments/*) kind=encode ;;
        *) exec "$real" "$@" ;;
      esac
      \(fault)
      exec "$real" "$@"
      """
    try Data(script.utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  var environment: [String: String] { ["MEDIARY_FFMPEG": path, "MEDIARY_TOOL_PATIENCE": "1s"] }

  /// Whether any of its processes is left.
  func isRunning() throws -> Bool { try CommandRun("pgrep", ["-f", path]).status == 0 }
}
