import Foundation
package import Foundations

/// Clips made and examined by Debian's own ffmpeg: the same libraries as ours, and none of our code.
package enum ClipCommand {
  /// Makes a file in a folder by ffmpeg's arguments, those for the output without its name.
  package static func make(
    _ name: String, in folder: TemporaryFolder, _ arguments: [String]
  ) throws -> FilePath {
    let options = ["-v", "error", "-nostdin", "-y"]
    let run = try CommandRun("ffmpeg", options + arguments + [name], folder: folder.path)
    guard run.status == 0 else { throw CommandRunError("\(name): \(run.stderr)") }
    return FilePath(folder(name))
  }

  /// A film of ffmpeg's test picture, H.264 unless the options say otherwise.
  package static func film(
    _ name: String, in folder: TemporaryFolder, size: String = "64x48", frames: Int = 25,
    _ options: [String] = []
  ) throws -> FilePath {
    let input = ["-f", "lavfi", "-i", "testsrc2=s=\(size):r=25", "-frames:v", "\(frames)"]
    return try make(name, in: folder, input + options)
  }

  /// A film with sound: H.264 with B-frames and AAC, key frames every 10 frames.
  package static func filmWithSound(
    _ name: String, in folder: TemporaryFolder, _ options: [String] = []
  ) throws -> FilePath {
    try make(
      name, in: folder,
      ["-f", "lavfi", "-i", "testsrc2=s=64x48:r=25", "-f", "lavfi", "-i", "sine=440:r=48000"]
        + ["-t", "2", "-c:v", "libx264", "-g", "10", "-bf", "2", "-c:a", "aac"] + options)
  }

  /// What ffprobe says of a file.
  package static func probe(
    _ path: FilePath, _ arguments: [String] = ["-show_streams", "-show_format", "-show_chapters"]
  ) throws -> ClipReport {
    let run = try CommandRun(
      "ffprobe", ["-v", "error", "-of", "json"] + arguments + [path.text])
    guard run.status == 0, run.stderr.isEmpty else {
      throw CommandRunError("ffprobe \(path): \(run.stderr)")
    }
    guard
      let object = try JSONSerialization.jsonObject(with: Data(run.stdout.utf8)) as? [String: Any]
    else { throw CommandRunError("ffprobe \(path): \(run.stdout)") }
    return ClipReport(object)
  }

  /// ffmpeg's hash of all decoded pixels or samples of a stream ("v:0", "a:0").
  package static func decodedHash(_ path: FilePath, stream: String) throws -> String {
    let run = try CommandRun(
      "ffmpeg",
      ["-v", "error", "-nostdin", "-i", path.text, "-map", "0:\(stream)"]
        + ["-f", "hash", "-hash", "md5", "-"])
    guard run.status == 0, run.stderr.isEmpty else {
      throw CommandRunError("ffmpeg \(path): \(run.stderr)")
    }
    return run.stdout
  }

  /// The raw bytes of all decoded pixels or samples, in ffmpeg's words for the output.
  package static func decoded(
    _ path: FilePath, in folder: TemporaryFolder, _ arguments: [String]
  ) throws -> [UInt8] {
    let raw = try make("decoded.raw", in: folder, ["-i", path.text] + arguments)
    return [UInt8](try Data(contentsOf: URL(filePath: raw.text)))
  }
}

/// ffprobe's answer.
package struct ClipReport {
  private let object: [String: Any]

  init(_ object: [String: Any]) { self.object = object }

  /// All entries of a list: "streams", "packets", "chapters".
  package func list(_ name: String) -> [Entry] {
    (object[name] as? [[String: Any]] ?? []).map(Entry.init)
  }

  /// The streams.
  package var streams: [Entry] { list("streams") }

  /// What it says of the file.
  package var format: Entry { Entry(object["format"] as? [String: Any] ?? [:]) }

  /// An object with texts and numbers.
  package struct Entry {
    private let object: [String: Any]

    init(_ object: [String: Any]) { self.object = object }

    /// A value as text, nil where there is none.
    package subscript(name: String) -> String? {
      object[name].map { "\($0)" }
    }

    /// A value of the tags, in whatever case.
    package func tag(_ name: String) -> String? {
      let tags = object["tags"] as? [String: Any]
      return tags?.first { $0.key.lowercased() == name }.map { "\($0.value)" }
    }

    /// Whether a disposition is set.
    package func hasDisposition(_ name: String) -> Bool {
      (object["disposition"] as? [String: Int])?[name] == 1
    }

    /// The side data of a type.
    package func sideData(_ type: String) -> Entry? {
      let all = object["side_data_list"] as? [[String: Any]]
      return all?.first { $0["side_data_type"] as? String == type }.map(Entry.init)
    }
  }
}
