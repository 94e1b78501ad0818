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
    "a.gif", "a.avif", "bare.jxl", "boxed.jxl",
  ]
  /// Beside which metadata have a place, but not inside.
  static let closed = ["moving.avif", "packed.jxl", "other.heic"]

  init() throws { folder = try TemporaryFolder() }

  private static let picture = ["-f", "lavfi", "-i", "testsrc2=s=64x48:r=10", "-frames:v", "1"]
  private static let moving = ["-f", "lavfi", "-i", "testsrc2=s=64x48:r=10", "-t", "0.5"]
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
    case "a.gif": moving
    case "a.avif": picture + ["-c:v", "libaom-av1", "-cpu-used", "8"]
    case "moving.avif": moving + ["-c:v", "libaom-av1", "-cpu-used", "8"]
    case "bare.jxl": picture + ["-c:v", "libjxl"]
    default: sound
    }
  }

  /// Makes one, with more words for ffmpeg where a test wants them.
  func make(_ name: String, _ more: [String] = []) throws -> FilePath {
    if let made = try boxed(name) { return made }
    if name == "other.heic" { return try heic() }
    let options = ["-v", "error", "-nostdin", "-y"]
    let run = try CommandRun(
      "ffmpeg", options + Self.arguments(name) + more + [name], folder: folder.path)
    guard run.status == 0 else { throw CommandRunError("\(name): \(run.stderr)") }
    return FilePath(folder(name))
  }

  /// Makes a film large without making the test slow: 40 MB of samples that nothing refers to,
  /// before an index that comes last, or behind everything.
  func enlarge(_ path: FilePath) throws {
    var bytes = try Samples.bytes(path)
    let size = 40 << 20
    let head = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: size >> $0) } + Array("mdat".utf8)
    let isLast = path.name.hasPrefix("back")
    let moov = bytes.indices.last { bytes[$0] == 0x6D && bytes[$0...].starts(with: "moov".utf8) }
    bytes.insert(
      contentsOf: head + [UInt8](repeating: 0, count: size - 8),
      at: isLast ? (moov ?? 4) - 4 : bytes.count)
    try folder.write(path.name, bytes)
  }

  /// The boxes of an AVIF under HEIC's name, since nothing here writes HEIC.
  private func heic() throws -> FilePath {
    let source = try make("a.avif")
    var bytes = try Samples.bytes(source)
    for place in bytes.indices.dropLast(4) where bytes[place...].starts(with: "avif".utf8) {
      bytes.replaceSubrange(place..<place + 4, with: "heic".utf8)
    }
    try FileManager.default.removeItem(atPath: source.text)
    return FilePath(try folder.write("other.heic", bytes))
  }

  /// JPEG XL in boxes, which ffmpeg does not write.
  private func boxed(_ name: String) throws -> FilePath? {
    guard ["boxed.jxl", "packed.jxl", "jpeg.jxl"].contains(name) else { return nil }
    let source = try make(name == "jpeg.jxl" ? "a.jpg" : "a.png")
    let run = try CommandRun(
      "cjxl", [source.text, name, "--container=1", "--quiet"], folder: folder.path)
    guard run.status == 0 else { throw CommandRunError("\(name): \(run.stderr)") }
    try FileManager.default.removeItem(atPath: source.text)
    if name == "packed.jxl" {
      // A packed box of XMP that nobody here can unpack, behind the 32 bytes of the head.
      var bytes = try Samples.bytes(FilePath(folder(name)))
      bytes.insert(contentsOf: [0, 0, 0, 16] + Array("brobxml ".utf8) + [1, 2, 3, 4], at: 32)
      try folder.write(name, bytes)
    }
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
