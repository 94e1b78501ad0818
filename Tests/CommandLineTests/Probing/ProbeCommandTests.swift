import Foundation
import TestSupport
import Testing

@Suite("mediary probe")
struct ProbeCommandTests {
  private static let corpus = Result {
    try MediaCorpus(only: [
      "h264-aac.mp4", "hdr10.mkv", "chapters.mkv", "rotated-90.mp4", "anamorphic.mp4", "photo.jpg",
      "variable.mkv", "subtitles.mkv", "attachments.mkv", "stereo-16.wav", "film-rate.mkv",
      "rgb.png", "moving.gif", "interlaced.ts",
    ])
  }

  private static func report(_ name: String) throws -> [String: Any] {
    let run = try CommandRun.mediary(["probe", "--json", try corpus.get().path(name)])
    #expect(run.status == 0 && run.stderr.isEmpty, "\(run.stderr)")
    return try #require(try run.jsonLines().first)
  }

  @Test("has every field of the contract")
  func contract() throws {
    let report = try Self.report("h264-aac.mp4")
    for key in [
      "path", "format", "duration_seconds", "size_bytes", "bitrate", "streams", "video", "audio",
      "chapters", "tags",
    ] {
      #expect(report[key] != nil, "\(key)")
    }
    let video = try #require(report["video"] as? [String: Any])
    for key in [
      "codec", "width", "height", "fps", "fps_rational", "pixel_format", "bit_depth",
      "aspect_ratio", "resolution", "rotation", "hdr", "dolby_vision",
    ] {
      #expect(video[key] != nil, "\(key)")
    }
    let stream = try #require((report["streams"] as? [[String: Any]])?.first)
    for key in ["index", "type", "codec", "language", "title", "disposition"] {
      #expect(stream[key] != nil, "\(key)")
    }
    #expect(video["resolution"] as? String == "160x90")
    #expect(video["aspect_ratio"] as? String == "16:9")
    #expect(video["fps"] as? Double == 25)
    #expect(video["frame_rate_mode"] as? String == "constant")
    #expect(report["complete"] as? Bool == true)
  }

  @Test("shows the size that is seen: turned, and widened by the pixels' aspect")
  func shownSize() throws {
    let turned = try #require(try Self.report("rotated-90.mp4")["video"] as? [String: Any])
    #expect(turned["rotation"] as? Int == 90)
    #expect(turned["resolution"] as? String == "90x160")
    #expect(turned["aspect_ratio"] as? String == "9:16")
    #expect(turned["width"] as? Int == 160)
    let wide = try #require(try Self.report("anamorphic.mp4")["video"] as? [String: Any])
    #expect(wide["resolution"] as? String == "768x576")
    #expect(wide["aspect_ratio"] as? String == "4:3")
  }

  @Test("tells an uneven pace from an even one that was rounded to milliseconds")
  func pace() throws {
    let uneven = try #require(try Self.report("variable.mkv")["video"] as? [String: Any])
    #expect(uneven["frame_rate_mode"] as? String == "variable")
    let even = try #require(try Self.report("film-rate.mkv")["video"] as? [String: Any])
    #expect(even["frame_rate_mode"] as? String == "constant")
    #expect(even["fps_rational"] as? String == "24000/1001")
    #expect(even["fps"] as? Double == 23.976024)
  }

  @Test("gives a picture no duration and no rate")
  func picture() throws {
    let report = try Self.report("photo.jpg")
    #expect(report["kind"] as? String == "picture")
    #expect(report["duration_seconds"] is NSNull)
    #expect((report["video"] as? [String: Any])?["fps"] is NSNull)
  }

  @Test("answers for several files in the order they were named, whatever failed between")
  func order() throws {
    let corpus = try Self.corpus.get()
    let folder = try TemporaryFolder()
    let empty = try folder.write("empty.mp4", [UInt8]())
    let paths = [
      corpus.path("h264-aac.mp4"), empty, corpus.path("photo.jpg"), folder("absent.mkv"),
      corpus.path("stereo-16.wav"),
    ]
    let run = try CommandRun.mediary(["probe", "--json", "-j", "2"] + paths)
    let found = try run.jsonLines().map { $0["path"] as? String }
    #expect(found == [paths[0], paths[2], paths[4]])
    let errors = run.stderr.split(separator: "\n").map(String.init)
    #expect(errors.count == 2)
    #expect(errors.first?.contains("\"media.empty\"") == true)
    #expect(errors.last?.contains("\"file.not_found\"") == true)
    // The first failure's: damaged media.
    #expect(run.status == 65)
  }

  /// What is wrong with a file, and what must be said of it.
  struct BadFile: Sendable, CustomTestStringConvertible {
    let name: String
    let status: Int32
    let code: String
    var testDescription: String { name }
  }

  @Test(
    "has one clear error for each bad input, and never hangs",
    .timeLimit(.minutes(5)),
    arguments: [
      BadFile(name: "empty.mkv", status: 65, code: "media.empty"),
      BadFile(name: "text.mp4", status: 65, code: "media.unrecognised"),
      BadFile(name: "text.txt", status: 65, code: "media.unrecognised"),
      BadFile(name: "zeros.mp4", status: 65, code: "media.unrecognised"),
      BadFile(name: "cut.mp4", status: 65, code: "media.demux.truncated"),
      BadFile(name: "cut.mkv", status: 65, code: "media.demux.truncated"),
      BadFile(name: "cut.jpg", status: 65, code: "media.demux.truncated"),
      BadFile(name: "cut.png", status: 65, code: "media.demux.truncated"),
      BadFile(name: "cut.wav", status: 65, code: "media.demux.truncated"),
      BadFile(name: "header-only.mkv", status: 65, code: "media.d"),
      BadFile(name: "list.m3u8", status: 65, code: "media.unrecognised"),
      BadFile(name: "list.ffconcat", status: 65, code: "media.unrecognised"),
      BadFile(name: "pipe.mp4", status: 65, code: "file.not_plain"),
      BadFile(name: "absent.mp4", status: 66, code: "file.not_found"),
      BadFile(name: "loop.mp4", status: 64, code: "file.loop"),
    ])
  func badInput(file: BadFile) throws {
    let folder = try Self.badFiles.get()
    let run = try CommandRun.mediary(["probe", folder(file.name)])
    #expect(run.status == file.status, "\(run.stderr)")
    let errors = run.stderr.split(separator: "\n").filter { $0.hasPrefix("error[") }
    #expect(errors.count == 1)
    #expect(errors.first?.hasPrefix("error[\(file.code)") == true, "\(run.stderr)")
    #expect(errors.first?.contains(file.name) == true)
    #expect(!run.stderr.contains("0x"), "no addresses of libav's: \(run.stderr)")
  }

  /// One of each sort of bad file, made once.
  private static let badFiles = Result { () throws -> TemporaryFolder in
    let good = try corpus.get()
    let folder = try TemporaryFolder()
    try folder.write("empty.mkv", [UInt8]())
    try folder.write("text.mp4", "This is no film.\n".utf8)
    try folder.write("text.txt", String(repeating: "Words and words.\n", count: 500).utf8)
    try folder.write("zeros.mp4", [UInt8](repeating: 0, count: 100_000))
    for (name, cut) in [
      ("h264-aac.mp4", "cut.mp4"), ("hdr10.mkv", "cut.mkv"), ("photo.jpg", "cut.jpg"),
      ("rgb.png", "cut.png"), ("stereo-16.wav", "cut.wav"),
    ] {
      let whole = try good.bytes(name)
      try folder.write(cut, whole.prefix(whole.count * 2 / 3))
    }
    try folder.write("header-only.mkv", try good.bytes("hdr10.mkv").prefix(60))
    let film = good.path("h264-aac.mp4")
    let playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\n\(film)\n#EXT-X-ENDLIST\n"
    try folder.write("list.m3u8", playlist.utf8)
    try folder.write("list.ffconcat", "ffconcat version 1.0\nfile \(film)\n".utf8)
    guard mkfifo(folder("pipe.mp4"), 0o600) == 0, symlink("loop.mp4", folder("loop.mp4")) == 0
    else { throw CommandRunError("cannot make the pipe and the link") }
    return folder
  }

  @Test("describes what is there of a truncated film, and says that its end is missing")
  func truncatedButReadable() throws {
    let folder = try Self.badFiles.get()
    let run = try CommandRun.mediary(["probe", "--json", folder("cut.mkv")])
    let report = try #require(try run.jsonLines().first)
    #expect(report["complete"] as? Bool == false)
    #expect((report["video"] as? [String: Any])?["codec"] as? String == "hevc")
    #expect(run.status == 65)
  }

  @Test("walks a folder in order and passes over what is no media")
  func folder() throws {
    let corpus = try Self.corpus.get()
    let folder = try TemporaryFolder()
    for (index, name) in ["photo.jpg", "h264-aac.mp4", "stereo-16.wav", "rgb.png"].enumerated() {
      try folder.write(
        "\(index % 2)/\(index)-\(name)", try corpus.bytes(name))
    }
    try folder.write("notes.txt", "Nothing to see.".utf8)
    try folder.write("0/.hidden.mp4", [1, 2, 3])
    let run = try CommandRun.mediary(["probe", "--json", folder.path])
    #expect(run.status == 0, "\(run.stderr)")
    let names = try run.jsonLines().map {
      String(($0["path"] as? String ?? "").dropFirst(folder.path.count + 1))
    }
    #expect(names == ["0/0-photo.jpg", "0/2-stereo-16.wav", "1/1-h264-aac.mp4", "1/3-rgb.png"])
  }

  @Test("opens a file whose name is not UTF-8, and shows the name mended")
  func oddName() throws {
    let folder = try TemporaryFolder()
    let film = try Self.corpus.get().path("rgb.png")
    // A shell makes it: Foundation cannot spell such a name.
    let script =
      "cp \"$1\" \"$2/$(printf 'a\\377b').png\" && exec \"$3\" probe --json \"$2/$(printf 'a\\377b').png\""
    let run = try CommandRun("sh", ["-c", script, "sh", film, folder.path, BuiltProducts.mediary])
    #expect(run.status == 0, "\(run.stderr)")
    let report = try #require(try run.jsonLines().first)
    #expect((report["path"] as? String)?.hasSuffix("a\u{FFFD}b.png") == true)
  }

  @Test("reads standard input, also where it cannot be wound back")
  func standardInput() throws {
    let film = try Self.corpus.get().path("chapters.mkv")
    let piped = try CommandRun(
      "sh", ["-c", "cat \"$1\" | \"$2\" probe --json -", "sh", film, BuiltProducts.mediary])
    #expect(piped.status == 0, "\(piped.stderr)")
    let report = try #require(try piped.jsonLines().first)
    #expect(report["path"] as? String == "-")
    #expect((report["chapters"] as? [Any])?.count == 2)
  }

  @Test("ends quietly when nobody reads on")
  func brokenPipe() throws {
    let film = try Self.corpus.get().path("chapters.mkv")
    let script =
      "set -o pipefail; \"$1\" probe --json $(yes \"$2\" | head -n 400) | head -c 1 >/dev/null; echo ${PIPESTATUS[0]}"
    let run = try CommandRun("bash", ["-c", script, "bash", BuiltProducts.mediary, film])
    #expect(run.stdout == "0\n")
    #expect(run.stderr.isEmpty, "\(run.stderr)")
  }

  @Test("lets no escape sequence of a file's tags reach the terminal")
  func hostileTags() throws {
    let folder = try TemporaryFolder()
    let path = folder("evil.mkv")
    let made = try CommandRun(
      "ffmpeg",
      [
        "-v", "error", "-i", try Self.corpus.get().path("rgb.png"), "-c", "copy", "-metadata",
        "title=\u{1B}]0;owned\u{07}\u{1B}[31mred\u{202E}", path,
      ])
    try #require(made.status == 0, "\(made.stderr)")
    let run = try CommandRun.mediary(["probe", "--tags", path])
    #expect(run.status == 0)
    #expect(run.stdout.contains("red"))
    for scalar in ["\u{1B}", "\u{07}", "\u{202E}"] {
      #expect(!run.stdout.unicodeScalars.contains { String($0) == scalar })
    }
  }

  @Test(
    "stops at SIGINT with status 130, and at SIGTERM with 143", .timeLimit(.minutes(5)),
    arguments: [("INT", 130), ("TERM", 143)])
  func signals(name: String, status: Int) throws {
    // It waits for input that does not come; once it watches for the signal, it is sent one.
    let script = """
      mkfifo "$2/in"; exec 3<>"$2/in"
      timeout 50 "$1" probe - <"$2/in" 2>/dev/null & wrapper=$!
      until child=$(pgrep -P $wrapper) && caught=$(awk '/SigCgt/ {print $2}' /proc/$child/status) \\
        && (( 0x${caught:-0} & 2 )); do kill -0 $wrapper || exit 9; done
      kill -\(name) $child; wait $wrapper; echo $?
      """
    let folder = try TemporaryFolder()
    let run = try CommandRun("bash", ["-c", script, "bash", BuiltProducts.mediary, folder.path])
    #expect(run.stdout == "\(status)\n", "\(run.stderr)")
  }

  @Test("describes a film for people on a few lines")
  func text() throws {
    let corpus = try Self.corpus.get()
    let run = try CommandRun.mediary(["probe", corpus.path("hdr10.mkv")])
    let lines = run.stdout.split(separator: "\n").map(String.init)
    #expect(lines.first == corpus.path("hdr10.mkv"))
    #expect(lines.dropFirst().first?.hasPrefix("  Matroska · 0:01.0 · ") == true)
    #expect(run.stdout.contains("HEVC Main 10"))
    #expect(
      run.stdout.contains("HDR10 · mastered on 0.0001 to 1000 cd/m² · MaxCLL 1000, MaxFALL 400"))
    #expect(!run.stdout.contains("\u{1B}"))
  }
}
