import EmbeddedMetadata
import Foundation
import Foundations
import TestSupport

/// Files of every container, made by ffmpeg in a folder of the test's own.
struct Samples {
  let folder: TemporaryFolder
  static let names = [
    "a.png", "a.jpg", "lossy.webp", "lossless.webp", "front.mp4", "back.mp4", "a.mov", "a.m4a",
    "a.mkv", "a.webm", "a.wav", "rf64.wav", "a.flac", "vorbis.ogg", "opus.ogg", "a.mp3",
  ]
  /// Beside which metadata have a place, but not inside.
  static let closed = ["a.gif", "a.avif"]

  init() throws { folder = try TemporaryFolder() }

  private static let picture = ["-f", "lavfi", "-i", "testsrc2=s=64x48:r=10", "-frames:v", "1"]
  private static let film = [
    "-f", "lavfi", "-i", "testsrc2=s=64x48:r=10", "-f", "lavfi", "-i", "sine=440:r=48000", "-t",
    "1",
  ]
  private static let sound = ["-f", "lavfi", "-i", "sine=440:r=48000", "-t", "1"]

  private static func arguments(_ name: String) -> [String] {
    switch name {
    case "a.png": picture
    case "a.jpg": picture + ["-q:v", "3"]
    case "lossy.webp": picture + ["-c:v", "libwebp", "-quality", "70"]
    case "lossless.webp": picture + ["-c:v", "libwebp", "-lossless", "1"]
    case "front.mp4": film + ["-c:v", "libx264", "-c:a", "aac", "-movflags", "+faststart"]
    case "back.mp4", "a.mov", "a.mkv": film + ["-c:v", "libx264", "-c:a", "aac"]
    case "a.webm": film + ["-c:v", "libvpx-vp9", "-c:a", "libopus"]
    case "a.m4a": sound + ["-c:a", "aac"]
    case "rf64.wav": sound + ["-rf64", "always"]
    case "vorbis.ogg": sound + ["-c:a", "libvorbis"]
    case "opus.ogg": sound + ["-c:a", "libopus"]
    case "a.gif": picture
    case "a.avif": picture + ["-c:v", "libaom-av1", "-cpu-used", "8"]
    default: sound
    }
  }

  /// Makes one, with more words for ffmpeg where a test wants them.
  func make(_ name: String, _ more: [String] = []) throws -> FilePath {
    let options = ["-v", "error", "-nostdin", "-y"]
    let run = try CommandRun(
      "ffmpeg", options + Self.arguments(name) + more + [name], folder: folder.path)
    guard run.status == 0 else { throw CommandRunError("\(name): \(run.stderr)") }
    return FilePath(folder(name))
  }

  /// ffmpeg's hashes of all that can be decoded.
  static func decoded(_ path: FilePath) throws -> String {
    let run = try CommandRun(
      "ffmpeg",
      ["-v", "error", "-nostdin", "-i", path.text, "-map", "0:v?", "-map", "0:a?"]
        + ["-f", "streamhash", "-hash", "md5", "-"])
    guard run.status == 0, run.stderr.isEmpty, !run.stdout.isEmpty else {
      throw CommandRunError("ffmpeg \(path): \(run.stderr)")
    }
    return run.stdout
  }

  /// What ffprobe says of a file's tags.
  static func probed(_ path: FilePath) throws -> String {
    let run = try CommandRun(
      "ffprobe",
      ["-v", "error", "-show_entries", "format_tags:stream_tags:frame_tags", "-show_frames"]
        + ["-read_intervals", "%+#1", "-of", "json", path.text])
    guard run.status == 0 else { throw CommandRunError("ffprobe \(path): \(run.stderr)") }
    let tags = (try JSONReader.read(run.stdout)).text()
    return tags
  }

  static func bytes(_ path: FilePath) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path.text)))
  }

  /// The names of all files in the folder.
  func listing() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }
}
