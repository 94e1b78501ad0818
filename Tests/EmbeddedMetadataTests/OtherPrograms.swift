import Foundations
import TestSupport

/// exiftool, mutagen, Pillow, piexif and ffmpeg, as writers and readers of what we read and write.
enum OtherPrograms {
  /// Runs a script of Debian's Python; what it prints.
  static func python(_ script: String, _ arguments: [String]) throws -> String {
    try output("/usr/bin/python3", ["-c", "import sys; path, *more = sys.argv[1:]\n" + script])(
      arguments)
  }

  /// What exiftool prints.
  static func exiftool(_ arguments: [String], _ path: FilePath) throws -> String {
    try output("exiftool", ["-q", "-q", "-m"] + arguments)([path.text])
  }

  /// Changes tags of a file by exiftool.
  static func tag(_ path: FilePath, _ tags: [String]) throws {
    _ = try exiftool(["-overwrite_original"] + tags.map { "-\($0)" }, path)
  }

  /// The tags that exiftool finds, but for the file's own and those of the text that is written.
  static func tags(_ path: FilePath, but ours: [String]) throws -> Set<String> {
    let found = try JSONReader.read(try exiftool(["-j", "-G1", "-a", "-struct"], path))
    let others = ["SourceFile", "ExifTool:", "System:", "File:FileSize"]
    let members = found[0]?.object?.members ?? []
    return Set(
      members.filter { member in !(others + ours).contains { member.key.hasPrefix($0) } }
        .map { "\($0.key)=\($0.value.text())" })
  }

  /// Puts ffmpeg's own comment into a copy, without coding anything anew.
  static func ffmpeg(_ path: FilePath, _ text: String, _ more: [String] = []) throws {
    let copy = FilePath(path.parent.text + "/copied-" + path.name)
    _ = try output("ffmpeg", ["-v", "error", "-nostdin", "-y", "-i", path.text, "-c", "copy"])(
      ["-metadata", "comment=\(text)"] + more + [copy.text])
    _ = try output("mv", [copy.text])([path.text])
  }

  private static func output(
    _ program: String, _ first: [String]
  ) throws -> ([String]) throws -> String {
    { rest in
      let run = try CommandRun(program, first + rest)
      guard run.status == 0 else { throw CommandRunError("\(program) \(rest): \(run.stderr)") }
      return run.stdout
    }
  }
}
