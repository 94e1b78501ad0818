import Foundation
import TestSupport
import Testing

@Suite("mediary probe and ffprobe")
struct AgreementTests {
  /// Made once for all tests of the suite: some eighty runs of ffmpeg.
  static let corpus = Result { try MediaCorpus() }

  @Test("agree on every field both have, over the whole corpus", .timeLimit(.minutes(10)))
  func agreement() throws {
    let corpus = try Self.corpus.get()
    #expect(MediaCorpus.recipes.count >= 30)
    let run = try CommandRun.mediary(["probe", "--json"] + corpus.paths)
    #expect(run.status == 0, "\(run.stderr)")
    let reports = try run.jsonLines()
    try #require(reports.count == corpus.paths.count)
    for (path, ours) in zip(corpus.paths, reports) {
      #expect(ours["path"] as? String == path)
      let theirs = try Self.ffprobe(path)
      for disagreement in Agreement(ours: ours, theirs: theirs).disagreements {
        Issue.record("\(URL(filePath: path).lastPathComponent): \(disagreement)")
      }
    }
  }

  @Test(
    "agree on the HDR10 data of a film's first frame",
    arguments: ["hdr10.mp4", "hdr10.mkv", "hdr10.ts"])
  func firstFrame(name: String) throws {
    let path = try Self.corpus.get().path(name)
    let ours = try #require(try CommandRun.mediary(["probe", "--json", path]).jsonLines().first)
    let video = try #require(ours["video"] as? [String: Any])
    let hdr = try #require(video["hdr"] as? [String: Any])
    let display = try #require(hdr["mastering_display"] as? [String: Any])
    #expect(hdr["format"] as? String == "HDR10")
    #expect(hdr["max_cll"] as? Int == 1000)
    #expect(hdr["max_fall"] as? Int == 400)

    let theirs = try Self.frameSideData(path)
    let mastering = try #require(theirs["Mastering display metadata"])
    for (colour, key) in [
      ("red", "red"), ("green", "green"), ("blue", "blue"), ("white", "white_point"),
    ] {
      let point = try #require(display[colour] as? [String: Any])
      for axis in ["x", "y"] {
        let expected = try #require(Self.fraction(mastering["\(key)_\(axis)"]))
        let found = try #require(point[axis] as? Double)
        #expect(abs(found - expected) < 1e-6, "\(colour) \(axis)")
      }
    }
    for end in ["min", "max"] {
      let expected = try #require(Self.fraction(mastering["\(end)_luminance"]))
      #expect(abs(try #require(display["\(end)_luminance"] as? Double) - expected) < 1e-6)
    }
  }

  private static func ffprobe(_ path: String) throws -> [String: Any] {
    try json([
      "-show_format", "-show_streams", "-show_chapters", path,
    ])
  }

  private static func frameSideData(_ path: String) throws -> [String: [String: Any]] {
    let answer = try json(["-show_frames", "-select_streams", "v", "-read_intervals", "%+#1", path])
    let frame = try #require((answer["frames"] as? [[String: Any]])?.first)
    let list = frame["side_data_list"] as? [[String: Any]] ?? []
    return Dictionary(list.map { ($0["side_data_type"] as? String ?? "", $0) }) { first, _ in first
    }
  }

  private static func json(_ arguments: [String]) throws -> [String: Any] {
    let run = try CommandRun("ffprobe", ["-v", "error", "-of", "json"] + arguments)
    guard run.status == 0 else { throw CommandRunError("ffprobe: \(run.stderr)") }
    let object = try JSONSerialization.jsonObject(with: Data(run.stdout.utf8))
    return try #require(object as? [String: Any])
  }

  static func fraction(_ value: Any?) -> Double? {
    guard let text = value as? String else { return nil }
    let parts = text.split(whereSeparator: { $0 == "/" || $0 == ":" }).compactMap { Double($0) }
    return parts.count == 2 && parts[1] != 0 ? parts[0] / parts[1] : nil
  }
}

/// Compares one report of ours with one of ffprobe's, field by field.
private struct Agreement {
  private(set) var disagreements: [String] = []
  private var isPicture = false

  init(ours: [String: Any], theirs: [String: Any]) {
    isPicture = ours["kind"] as? String == "picture"
    let format = theirs["format"] as? [String: Any] ?? [:]
    same("size_bytes", ours["size_bytes"], format["size"])
    // ffprobe takes some pictures for a series of one, at 25 pictures a second.
    if !isPicture {
      same("format", ours["format"], format["format_name"])
      same("format_name", ours["format_name"], format["format_long_name"])
      same("bitrate", ours["bitrate"], format["bit_rate"])
      same("duration_seconds", ours["duration_seconds"], format["duration"])
      same("start_seconds", ours["start_seconds"], format["start_time"])
    }
    tags("tags", ours["tags"], format["tags"])
    compareStreams(ours, theirs["streams"] as? [[String: Any]] ?? [])
    compareChapters(
      ours["chapters"] as? [[String: Any]] ?? [], theirs["chapters"] as? [[String: Any]] ?? [])
  }

  private mutating func compareStreams(_ report: [String: Any], _ theirs: [[String: Any]]) {
    let streams = report["streams"] as? [[String: Any]] ?? []
    guard streams.count == theirs.count else {
      disagreements.append("\(streams.count) streams, ffprobe \(theirs.count)")
      return
    }
    for (ours, theirs) in zip(streams, theirs) {
      let name = "stream \(ours["index"] ?? "?")"
      for (ourKey, theirKey) in Self.streamKeys + (isPicture ? [] : Self.timeKeys) {
        same("\(name) \(ourKey)", ours[ourKey], theirs[theirKey])
      }
      tags("\(name) tags", ours["tags"], theirs["tags"])
      let set = (theirs["disposition"] as? [String: Int] ?? [:]).filter { $0.value == 1 }.keys
      same(
        "\(name) disposition", (ours["disposition"] as? [String])?.sorted().description,
        set.sorted().description)
      if theirs["codec_type"] as? String == "video" { compareVideo(name, ours, theirs) }
    }
    // The summary says the same as the stream it is taken from.
    if let video = report["video"] as? [String: Any],
      let source = streams.first(where: {
        $0["codec"] as? String == video["codec"] as? String && $0["type"] as? String == "video"
      })
    {
      for key in ["width", "height", "fps_rational", "pixel_format", "resolution", "rotation"] {
        same("video \(key)", video[key], source[key])
      }
    }
    let sounds = streams.filter { $0["type"] as? String == "audio" }
    let audio = report["audio"] as? [[String: Any]] ?? []
    same("audio count", audio.count, sounds.count)
  }

  private static let streamKeys: [(String, String)] = [
    ("index", "index"), ("type", "codec_type"), ("codec", "codec_name"),
    ("codec_name", "codec_long_name"), ("profile", "profile"), ("level", "level"),
    ("codec_tag", "codec_tag_string"), ("width", "width"), ("height", "height"),
    ("pixel_format", "pix_fmt"),
    ("field_order", "field_order"), ("color_range", "color_range"), ("color_space", "color_space"),
    ("color_primaries", "color_primaries"), ("color_transfer", "color_transfer"),
    ("chroma_location", "chroma_location"), ("sample_aspect_ratio", "sample_aspect_ratio"),
    ("sample_rate", "sample_rate"), ("channels", "channels"),
    ("channel_layout", "channel_layout"), ("sample_format", "sample_fmt"),
    ("bit_depth", "bits_per_raw_sample"),
  ]

  private static let timeKeys = [
    ("timebase", "time_base"), ("start_seconds", "start_time"), ("duration_seconds", "duration"),
    ("frames", "nb_frames"), ("bitrate", "bit_rate"),
  ]

  private mutating func compareVideo(_ name: String, _ ours: [String: Any], _ theirs: [String: Any])
  {
    var turn = 0.0
    for side in theirs["side_data_list"] as? [[String: Any]] ?? [] {
      if let rotation = side["rotation"] as? Double { turn = -rotation }
    }
    turn = (turn + 360).truncatingRemainder(dividingBy: 360)
    same("\(name) rotation", ours["rotation"], turn)
    let isTurned = turn.truncatingRemainder(dividingBy: 180) != 0
    if let theirs = AgreementTests.fraction(theirs["display_aspect_ratio"]),
      let found = AgreementTests.fraction(ours["aspect_ratio"]),
      abs((isTurned ? 1 / found : found) - theirs) > 1e-4
    {
      disagreements.append("\(name) aspect \(found), ffprobe \(theirs)")
    }
    guard !isPicture, (ours["disposition"] as? [String])?.contains("attached_pic") == false else {
      return
    }
    same("\(name) average rate", ours["average_fps_rational"], theirs["avg_frame_rate"])
    let rates = [theirs["r_frame_rate"], theirs["avg_frame_rate"]].compactMap { $0 as? String }
    if let rate = ours["fps_rational"] as? String, !rates.contains(rate) {
      disagreements.append("\(name) fps \(rate), ffprobe \(rates)")
    }
    if let number = ours["fps"] as? Double,
      let exact = AgreementTests.fraction(ours["fps_rational"]),
      abs(number - exact) > 1e-5
    {
      disagreements.append("\(name) fps \(number) is not \(exact)")
    }
  }

  private mutating func compareChapters(_ ours: [[String: Any]], _ theirs: [[String: Any]]) {
    same("chapters", ours.count, theirs.count)
    for (index, (ours, theirs)) in zip(ours, theirs).enumerated() {
      same("chapter \(index) start", ours["start_seconds"], theirs["start_time"])
      same("chapter \(index) end", ours["end_seconds"], theirs["end_time"])
      tags("chapter \(index)", ours["tags"], theirs["tags"])
    }
  }

  private mutating func tags(_ name: String, _ ours: Any?, _ theirs: Any?) {
    let ours = ours as? [String: String] ?? [:]
    let theirs = theirs as? [String: String] ?? [:]
    if ours != theirs { disagreements.append("\(name) \(ours), ffprobe \(theirs)") }
  }

  /// Equal as numbers where both are, else as text.
  ///
  /// What ffprobe does not know it leaves out or calls unknown; we must then not know it either,
  /// but for what its version does not show.
  private mutating func same(_ name: String, _ ours: Any?, _ theirs: Any?) {
    let ours = Self.plain(ours)
    let theirs = Self.plain(theirs)
    switch (ours, theirs) {
    case (nil, nil): return
    case (let ours?, let theirs?):
      if let one = Double(ours), let other = Double(theirs) {
        if abs(one - other) > 1.5e-6 { disagreements.append("\(name) \(one), ffprobe \(other)") }
      } else if ours != theirs {
        disagreements.append("\(name) \(ours), ffprobe \(theirs)")
      }
    case (nil, let theirs?): disagreements.append("\(name) nothing, ffprobe \(theirs)")
    case (.some, nil): return
    }
  }

  private static let unknown: Set<String> = [
    "unknown", "unspecified", "N/A", "0/0", "0:1", "-99", "reserved",
  ]

  private static func plain(_ value: Any?) -> String? {
    switch value {
    case let number as NSNumber:
      // Negative levels are libav's way of saying that there is none.
      return [-99, -8].contains(number.intValue) ? nil : number.stringValue
    case let text as String:
      return unknown.contains(text) || text.hasPrefix("[") || text.contains("[0]") ? nil : text
    default: return nil
    }
  }
}
