import Encoding
import Foundations
import Media
import TestSupport
import Testing

@Suite("Each check of an output")
struct OutputCheckTests {
  /// A joined clip, and its expectation.
  private struct Good {
    let fixture: JoinFixture
    let joined: JoinedFilm
    let bytes: [UInt8]
    /// The names of all checks that saw some damage.
    let seen = Seen()

    final class Seen { var names: Set<String> = [] }

    init() throws {
      let folder = try TemporaryFolder()
      let source = try RichClip.make(in: folder, seconds: 4)
      fixture = try JoinFixture.make(source, in: folder, cuts: [40])
      joined = try fixture.join("good.mkv")
      bytes = try EncodingTests.bytes(of: fixture.path("good.mkv"))
    }

    /// The names of the checks that do not pass for some bytes.
    func failures(of bytes: some Collection<UInt8>) throws -> [String] {
      try fixture.folder.write("bad.mkv", bytes)
      return try failures("bad.mkv")
    }

    /// The names of the checks that do not pass for a file of the folder.
    func failures(_ name: String, _ limits: OutputLimits = OutputLimits()) throws -> [String] {
      let names = try fixture.check(name, of: joined, limits).failedNames
      seen.names.formUnion(names)
      return names
    }

    /// The names of the checks that do not pass for another join, held to the good one's expectation.
    func failures(
      _ plan: OutputPlan? = nil, film: Film? = nil, table: FrameTable? = nil,
      pieces: [FilePath]? = nil
    ) throws -> [String] {
      _ = try fixture.join("bad.mkv", film: film, table: table, pieces: pieces, plan: plan)
      return try failures("bad.mkv")
    }

    /// The good plan with other tracks.
    func plan(_ change: (inout [PlannedTrack]) -> Void) -> OutputPlan {
      var tracks = joined.plan.tracks
      change(&tracks)
      return OutputPlan(
        container: .mkv, tracks: tracks, chapters: joined.plan.chapters, tags: joined.plan.tags,
        leftBehind: [])
    }
  }

  @Test("sees the damage that was made for it, and no other check does")
  func seesItsDamage() throws {
    let good = try Good()
    try same(good.failures(of: good.bytes), [])
    try seesPictures(good)
    try seesTracks(good)
    try seesExtraTracks(good)
    try seesBytes(good)
    try seesLimits(good)
    // By tests of their own, below.
    let elsewhere: Set = ["codec", "hdr"]
    var limits = OutputLimits()
    limits.maximumPercent = 1_000
    limits.quality = OutputLimits.Quality(metric: "vmaf", value: 93, target: 93)
    let all = try good.fixture.check("good.mkv", of: good.joined, limits).map(\.name)
    #expect(all.count > 25)
    // Of several tracks of a kind one is enough.
    func kind(_ name: String) -> String { String(name.prefix { !$0.isNumber }) }
    let seen = Set(good.seen.names.map(kind)).union(elsewhere)
    #expect(Set(all.map(kind)).subtracting(seen).isEmpty)
  }

  /// Tracks that nobody asked for.
  private func seesExtraTracks(_ good: Good) throws {
    _ = try ClipCommand.make(
      "bad.mkv", in: good.fixture.folder,
      ["-i", "good.mkv", "-f", "lavfi", "-i", "testsrc2=s=64x64:r=25:d=4", "-map", "0", "-map"]
        + [
          "1", "-map", "0:a:1", "-map", "0:s:0", "-c", "copy", "-c:v:2", "libx264",
          "-cues_to_front", "1",
        ])
    let found = try good.failures("bad.mkv")
    #expect(Set(["films", "audio_3", "subtitle_4"]).isSubset(of: found), "\(found)")
  }

  private func seesPictures(_ good: Good) throws {
    let fixture = good.fixture
    let options: [(String, [String], String)] = [
      ("bit_depth", ["-pix_fmt", "yuv420p"], "bit_depth"),
      ("size", ["-pix_fmt", "yuv420p10le", "-s", "94x64"], "size"),
    ]
    for (name, options, check) in options {
      let other = try JoinFixture.make(fixture.film.path, in: try TemporaryFolder(), options)
      #expect(try good.failures(pieces: other.pieces) == [check], "\(name)")
    }
    var table = fixture.table
    table.ticks[50] += 9
    try same(good.failures(table: table), ["frame_times"])
    // One frame fewer at the end: sound goes on, so that the whole is as long as before.
    let shorter = try JoinFixture.make(
      fixture.film.path, in: try TemporaryFolder(), frames: 99, cuts: [40])
    try same(good.failures(table: shorter.table, pieces: shorter.pieces), ["frames"])
    let other = try JoinFixture.make(
      fixture.film.path, in: try TemporaryFolder(),
      ["-pix_fmt", "yuv420p10le", "-color_primaries", "bt470bg"])
    try same(good.failures(pieces: other.pieces), ["colour"])
    let wide = try fixture.film(described: ["-aspect", "3"])
    try same(good.failures(film: wide), ["display"])
  }

  private func seesTracks(_ good: Good) throws {
    try same(
      good.failures(good.plan { $0.removeAll { $0.source.title == "Comments" } }), ["audio_2"])
    try same(
      good.failures(good.plan { $0.removeAll { $0.codec == "hdmv_pgs_subtitle" } }), ["subtitle_3"])
    try same(
      good.failures(good.plan { $0.removeAll { $0.source.tags["filename"] == "two.otf" } }),
      ["attachments"])
    try same(good.failures(good.plan { $0.removeAll { $0.codec == "png" } }), ["covers"])
    let plan = good.joined.plan
    let without = OutputPlan(
      container: .mkv, tracks: plan.tracks, chapters: Array(plan.chapters.dropLast()),
      tags: plan.tags, leftBehind: [])
    try same(good.failures(without), ["chapters"])
    let untold = OutputPlan(
      container: .mkv, tracks: plan.tracks, chapters: plan.chapters,
      tags: Tags(Array(plan.tags.entries.dropLast())), leftBehind: [])
    try same(good.failures(untold), ["tags"])
    let marked = try good.fixture.remuxed(["-disposition:a:0", "0"])
    let unmarked = good.plan { tracks in
      tracks = tracks.map { track in
        track.source.index == 1
          ? PlannedTrack(source: marked.streams[1], treatment: track.treatment) : track
      }
    }
    try same(good.failures(unmarked), ["dispositions"])
    let late = try good.fixture.remuxed(lateBy: "0.2")
    try same(good.failures(good.plan { _ in }, film: late), ["start_offsets"])
  }

  private func seesBytes(_ good: Good) throws {
    try same(good.failures(of: good.bytes.prefix(60)), ["readable"])
    try same(good.failures(of: Array("no film at all".utf8)), ["readable"])
    try same(good.failures(of: good.bytes + [0, 1, 2]), ["container"])
    #expect(try good.failures(of: good.bytes.dropLast(3)).contains("container"))
    // Every cue points to a track that is not there.
    var lost = good.bytes
    let cues = try #require(places(of: [0x1C, 0x53, 0xBB, 0x6B], in: lost).last)
    for place in places(of: [0xF7, 0x81, 1], in: lost) where place > cues { lost[place + 2] = 9 }
    try same(good.failures(of: lost), ["index"])
    var longer = good.bytes
    let duration = try #require(places(of: [0x44, 0x89, 0x88], in: longer).first)
    let bits = (9_000.0).bitPattern
    for index in 0..<8 { longer[duration + 3 + index] = UInt8(bits >> (56 - index * 8) & 0xFF) }
    try same(good.failures(of: longer), ["duration"])
    var broken = good.bytes
    // A frame in the middle says that it is padding.
    let frame = try place(ofFrame: 60, in: good)
    broken[frame] = 0x7A
    try same(good.failures(of: broken), ["decodes"])
  }

  private func place(ofFrame wanted: Int, in good: Good) throws -> Int {
    let demuxer = try Demuxer.open(.memory(good.bytes, name: "good.mkv"))
    demuxer.select(streams: [0])
    let packet = try Packet()
    for _ in 0...wanted { _ = try demuxer.read(into: packet) }
    let bytes = packet.bytes
    return try #require(places(of: bytes.indices.map { bytes[$0] }, in: good.bytes).first)
  }

  @Test("sees a film of another codec")
  func seesCodec() throws {
    let folder = try TemporaryFolder()
    let source = try ClipCommand.film("in.mkv", in: folder, size: "64x64", frames: 10)
    let fixture = try JoinFixture.make(source, in: folder)
    let joined = try fixture.join("good.mkv")
    try same(fixture.check("good.mkv", of: joined).failures, [])
    _ = try ClipCommand.make(
      "bad.mkv", in: folder,
      [
        "-i", "good.mkv", "-c:v", "libx265", "-x265-params", "log-level=none:bframes=0",
        "-cues_to_front", "1",
      ])
    try same(fixture.check("bad.mkv", of: joined).failedNames, ["codec"])
  }

  @Test("sees HDR10 data that are not as they were, and the joiner writes them")
  func seesHDR() throws {
    let folder = try TemporaryFolder()
    let source = try ClipCommand.film("in.mkv", in: folder, size: "64x64", frames: 10)
    let display = "G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)"
    func described(_ name: String, _ parameters: String) throws -> StreamDescription {
      let colours = "colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:range=limited"
      let clip = try ClipCommand.film(
        name, in: folder, size: "64x64", frames: 12,
        [
          "-pix_fmt", "yuv420p10le", "-c:v", "libx265", "-x265-params",
          "log-level=none:\(colours)\(parameters)",
        ])
      return try JoinFixture.film(clip).video
    }
    let colours = [
      "-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc",
    ]
    let fixture = try JoinFixture.make(
      source, in: folder, ["-pix_fmt", "yuv420p10le", "-color_range", "tv"] + colours
    ).described(by: described("hdr.mkv", ":master-display=\(display):max-cll=1000,400"))
    let joined = try fixture.join("good.mkv")
    try same(fixture.check("good.mkv", of: joined).failures, [])
    let stream = try #require(ClipCommand.probe(fixture.path("good.mkv")).streams.first)
    #expect(stream["color_transfer"] == "smpte2084")
    #expect(stream.sideData("Mastering display metadata")?["red_x"] != nil)
    #expect(stream.sideData("Content light level metadata")?["max_content"] == "1000")
    let plain = try fixture.described(by: described("pq.mkv", ""))
    _ = try plain.join("bad.mkv")
    try same(fixture.check("bad.mkv", of: joined).failedNames, ["hdr"])
  }

  private func seesLimits(_ good: Good) throws {
    var limits = OutputLimits()
    limits.maximumPercent = 1
    try same(good.failures("good.mkv", limits), ["encoded_percent"])
    limits.maximumPercent = nil
    limits.quality = OutputLimits.Quality(metric: "vmaf", value: 92.4, target: 93)
    try same(good.failures("good.mkv", limits), ["quality"])
  }

  private func places(of bytes: [UInt8], in all: [UInt8]) -> [Int] {
    all.indices.dropLast(bytes.count - 1).filter { place in
      all[place] == bytes[0] && all[place..<place + bytes.count].elementsEqual(bytes)
    }
  }
}
