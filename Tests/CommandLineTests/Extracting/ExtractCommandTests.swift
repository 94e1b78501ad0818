import Foundation
import Foundations
import TestSupport
import Testing

@Suite("mediary extract", .timeLimit(.minutes(5)))
struct ExtractCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Two seconds of film with sound in five codecs, subtitles, two fonts of one hostile name, and
  /// chapters whose names have signs of their own.
  private func film(_ name: String = "film.mkv") throws -> FilePath {
    try folder.write("font", (0..<400).map { UInt8($0 % 251) })
    try folder.write("words.srt", "1\n00:00:00,500 --> 00:00:01,250\nSome <i>words</i>, ü\n\n".utf8)
    try folder.write(
      "chapters",
      ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=900\ntitle=a\\=b\\;c\\#d\n".utf8)
    let sound = ["ac3", "aac", "flac", "libopus", "pcm_s16le", "vorbis"]
    var words = ["-f", "lavfi", "-i", "testsrc2=s=64x48:r=25", "-f", "lavfi", "-i"]
    words += ["sine=440:r=48000", "-i", "words.srt", "-i", "chapters", "-map", "0"]
    for _ in sound { words += ["-map", "1"] }
    words += ["-map", "2", "-map_chapters", "3", "-t", "2", "-c:v", "libx264", "-bf", "2"]
    words += ["-c:s", "srt", "-strict", "-2", "-ac", "2"]
    for (number, codec) in sound.enumerated() { words += ["-c:a:\(number)", codec] }
    words += ["-metadata:s:a:0", "language=jpn", "-metadata:s:s:0", "language=eng"]
    words += ["-disposition:s:0", "forced"]
    for number in 0..<2 {
      words += ["-attach", "font", "-metadata:s:t:\(number)", "mimetype=font/ttf"]
      words += ["-metadata:s:t:\(number)", "filename=../../a font\u{202E}.ttf"]
    }
    return try ClipCommand.make(name, in: folder, words)
  }

  private func extract(_ arguments: [String]) throws -> CommandRun {
    try CommandRun.mediary(["extract"] + arguments, folder: folder.path)
  }

  /// The MD5 of each packet of a stream.
  private func packets(_ path: FilePath, _ stream: String) throws -> [String] {
    try ClipCommand.probe(
      path,
      ["-select_streams", stream, "-show_packets", "-show_data_hash", "md5", "-show_entries"]
        + ["packet=data_hash"]
    ).list("packets").compactMap { $0["data_hash"] }
  }

  @Test("each stream comes out packet for packet, in the file its codec is at home in")
  func packets() throws {
    let film = try film()
    let run = try extract([film.text, "--all", "-o", folder("out"), "--json"])
    #expect(run.status == 0, "\(run.stderr)")
    let lines = try run.jsonLines()
    func path(_ kind: String) -> [String] {
      lines.filter { $0["kind"] as? String == kind }.compactMap { $0["path"] as? String }
    }
    let ends = ["1.jpn.ac3", "2.m4a", "3.flac", "4.opus", "5.wav", "6.ogg"]
    #expect(path("audio") == ends.map { folder("out/film.audio-\($0)") })
    #expect(path("video") == [folder("out/film.video.mkv")])
    #expect(path("subtitle") == [folder("out/film.subtitle-1.eng.forced.srt")])
    for (number, path) in path("audio").enumerated() {
      let file = FilePath(path)
      // Ogg tells the end by whole packets: of its last one a little more is heard.
      if !path.hasSuffix("opus"), !path.hasSuffix("ogg") {
        let before = try ClipCommand.decodedHash(film, stream: "a:\(number)")
        #expect(try ClipCommand.decodedHash(file, stream: "a:0") == before, "\(path)")
      }
      // PCM is cut into packets as one likes.
      guard number != 4 else { continue }
      #expect(try packets(file, "a:0") == packets(film, "a:\(number)"), "\(path)")
    }
    #expect(try packets(FilePath(path("video")[0]), "v:0") == packets(film, "v:0"))
    let times = ["-select_streams", "v:0", "-show_entries", "packet=pts_time"]
    let shown = try ClipCommand.probe(film, times).list("packets").map { $0["pts_time"] }
    #expect(
      try ClipCommand.probe(FilePath(path("video")[0]), times).list("packets").map {
        $0["pts_time"]
      } == shown)
    let words = try String(contentsOfFile: path("subtitle")[0], encoding: .utf8)
    #expect(words.contains("Some <i>words</i>, ü"))
    let spoken = ["-show_entries", "packet=pts_time,duration_time", "-select_streams", "s:0"]
    let said = try ClipCommand.probe(film, spoken).list("packets").first
    let heard = try ClipCommand.probe(FilePath(path("subtitle")[0]), spoken).list("packets").first
    #expect(heard?["pts_time"] == said?["pts_time"] && said?["pts_time"] != nil)
    #expect(heard?["duration_time"] == said?["duration_time"])
  }

  @Test("a hostile name of a font leads nowhere else, and two of one name do not meet")
  func names() throws {
    let film = try film()
    let run = try extract([film.text, "--attachments", "--json", "-o", folder("out")])
    let paths = try run.jsonLines().compactMap { $0["path"] as? String }
    #expect(
      paths.map { $0.replacing(folder("out") + "/", with: "") } == [
        "film.attachments/_.._a font.ttf", "film.attachments/_.._a font (2).ttf",
      ])
    for path in paths {
      #expect(try Data(contentsOf: URL(filePath: path)) == Data((0..<400).map { UInt8($0 % 251) }))
    }
  }

  @Test("chapters come back from ffmpeg as they were")
  func chapters() throws {
    let film = try film()
    _ = try extract([film.text, "--chapters", "-o", folder("out")])
    let again = try ClipCommand.make(
      "again.mkv", in: folder,
      ["-i", film.text, "-i", folder("out/film.chapters.ffmetadata"), "-map", "0:v"]
        + ["-map_chapters", "1", "-c", "copy"])
    let chapter = try #require(
      try ClipCommand.probe(again, ["-show_chapters"]).list("chapters").first)
    #expect(chapter.tag("title") == "a=b;c#d")
    #expect(chapter["end_time"] == "0.900000")
  }

  @Test("texts of MP4 become SubRip; a list writes nothing")
  func texts() throws {
    let film = try film()
    let mp4 = try ClipCommand.make(
      "film.mp4", in: folder,
      ["-i", film.text, "-map", "0:v", "-map", "0:s", "-c", "copy", "-c:s", "mov_text"])
    let listed = try extract([mp4.text, "--json"])
    #expect(
      try listed.jsonLines().map { $0["file"] as? String } == [
        "film.video.mkv", "film.subtitle-1.eng.forced.srt", "film.chapters.ffmetadata",
      ])
    #expect(!FileManager.default.fileExists(atPath: folder("film.video.mkv")))
    let run = try extract([mp4.text, "--subtitle-tracks", "eng", "-o", folder("out")])
    #expect(run.status == 0, "\(run.stderr)")
    let words = try String(
      contentsOfFile: folder("out/film.subtitle-1.eng.forced.srt"), encoding: .utf8)
    #expect(words.contains(" --> ") && words.contains("words"))
  }

  @Test("a file that is there stays, and so does everything else, unless it may be replaced")
  func overwriting() throws {
    let film = try film()
    try folder.write("out/film.audio-2.m4a", "mine".utf8)
    let refused = try extract([film.text, "--audio-tracks", "all", "-o", folder("out")])
    #expect(refused.status == 73 && refused.stderr.contains("--overwrite"), "\(refused.stderr)")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder("out")) == ["film.audio-2.m4a"])
    #expect(try extract([film.text, "--audio-tracks", "9"]).status == 64)
    let replaced = try extract(
      [film.text, "--audio-tracks", "2", "-o", folder("out"), "--overwrite"])
    #expect(replaced.status == 0, "\(replaced.stderr)")
    #expect(try packets(FilePath(folder("out/film.audio-2.m4a")), "a:0").count > 50)
  }

  @Test("of a film that is cut off, what can be read comes out, and the status says so")
  func damaged() throws {
    let film = try film()
    let whole = try Data(contentsOf: URL(filePath: film.text))
    try folder.write("cut.mkv", whole.prefix(whole.count * 2 / 3))
    let run = try extract([folder("cut.mkv"), "--video", "-o", folder("out"), "--json"])
    let count = try packets(FilePath(folder("out/cut.video.mkv")), "v:0").count
    #expect((5..<50).contains(count))
    #expect(run.status == 0 || run.status == 1, "\(run.stderr)")
    let nothing = try extract([folder("words.srt"), "--video", "-o", folder("out"), "--json"])
    #expect(nothing.status == 0 && nothing.stdout.isEmpty)
    #expect(try extract([folder("font"), "--all"]).status == 65)
  }
}
