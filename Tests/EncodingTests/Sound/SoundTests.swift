import Encoding
import Foundations
import Media
import TestSupport
import Testing

@Suite("Sound in an output")
struct SoundTests {
  /// A source of a short film and a sound track, as ffmpeg's arguments make it.
  private func join(
    _ sound: [String], codec: [String], source: String = "in.mkv", into output: String = "out.mkv",
    choices: StreamChoices = StreamChoices()
  ) throws -> (fixture: JoinFixture, joined: JoinedFilm) {
    let folder = try TemporaryFolder()
    let file = try ClipCommand.make(
      source, in: folder,
      ["-f", "lavfi", "-i", "testsrc2=s=64x64:r=25:d=3"] + sound
        + ["-c:v", "libx264", "-preset", "ultrafast"] + codec)
    let fixture = try JoinFixture.make(file, in: folder)
    return (fixture, try fixture.join(output, choices))
  }

  private func probe(_ fixture: JoinFixture) throws -> [ClipReport.Entry] {
    try ClipCommand.probe(fixture.path("out.mkv")).streams.filter { $0["codec_type"] == "audio" }
  }

  @Test(
    "of any rate and layout becomes Opus as long as it was",
    arguments: [
      (["-f", "lavfi", "-i", "sine=300:r=22050:d=3"], ["-c:a", "pcm_s16le"], "mono"),
      (["-f", "lavfi", "-i", "sine=300:r=44100:d=3"], ["-ac", "2", "-c:a", "aac"], "stereo"),
      (
        ["-f", "lavfi", "-i", "anoisesrc=r=48000:d=3:a=0.1"],
        ["-af", "pan=7.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0|c6=c0|c7=c0", "-c:a", "flac"], "7.1"
      ),
      (
        ["-f", "lavfi", "-i", "sine=300:r=32000:d=3"],
        ["-af", "pan=2.1|c0=c0|c1=c0|c2=c0", "-c:a", "ac3"], "5.1"
      ),
    ])
  func becomesOpus(sound: [String], codec: [String], layout: String) throws {
    let (fixture, joined) = try join(sound, codec: codec)
    try same(fixture.check("out.mkv", of: joined, eightBit).failures, [])
    let streams = try probe(fixture)
    #expect(streams.map { $0["codec_name"] } == ["opus"])
    #expect(streams.first?["channel_layout"] == layout)
  }

  /// Pieces of these tests have ten bits too.
  private let eightBit = OutputLimits()

  @Test("stays in its speakers where 5.1 names them otherwise")
  func keepsSpeakers() throws {
    let tones = (0..<6).map { "sin(2*PI*\(300 + $0 * 500)*t)/4" }.joined(separator: "|")
    let (fixture, joined) = try join(
      ["-f", "lavfi", "-i", "aevalsrc=\(tones):c=5.1(side):s=48000:d=3"],
      codec: ["-c:a", "ac3", "-b:a", "640k"])
    try same(fixture.check("out.mkv", of: joined).failures, [])
    // Every channel but the fourth, which is for deep tones alone, has its own tone the loudest.
    for channel in [0, 1, 2, 4, 5] {
      let levels = try [0, 1, 2, 4, 5].map { other in
        try level(fixture.path("out.mkv"), channel: channel, tone: 300 + other * 500)
      }
      let loudest = levels.indices.max { levels[$0] < levels[$1] }
      #expect(loudest == [0, 1, 2, 4, 5].firstIndex(of: channel), "\(channel): \(levels)")
    }
  }

  /// How loud a tone is in a channel, in decibels.
  private func level(_ path: FilePath, channel: Int, tone: Int) throws -> Double {
    let run = try CommandRun(
      "ffmpeg",
      [
        "-nostdin", "-i", path.text, "-af",
        "pan=mono|c0=c\(channel),bandpass=f=\(tone):width_type=h:w=60,volumedetect", "-vn", "-f",
        "null", "-",
      ])
    let line = run.stderr.split(separator: "\n").first { $0.contains("mean_volume") } ?? ""
    let number = line.split(separator: ":").last?.split(separator: " ").first ?? ""
    return Double(number) ?? -200
  }

  @Test("that begins late begins late, and keeps its distance to the pictures")
  func lateStart() throws {
    let (fixture, joined) = try join(
      ["-itsoffset", "1.25", "-f", "lavfi", "-i", "sine=300:r=48000:d=1"], codec: ["-c:a", "flac"])
    let checks = try fixture.check("out.mkv", of: joined)
    #expect(checks.failures == [])
    #expect(checks.first { $0.name == "start_offsets" }?.found == "audio_1 1.250 s")
  }

  @Test("with a hole has silence there, and comes back in time")
  func fillsHoles() throws {
    let hole = "aselect='not(between(t,1,2))'"
    let (fixture, joined) = try join(
      ["-f", "lavfi", "-i", "sine=300:r=48000:d=3"], codec: ["-af", hole, "-c:a", "pcm_s16le"])
    let checks = try fixture.check("out.mkv", of: joined)
    #expect(checks.failures == [])
    let audio = try #require(checks.first { $0.name == "audio_1" })
    #expect(audio.found.hasPrefix("opus, 1 channel (mono), 3.0"), "\(audio.found)")
  }

  @Test("that is damaged in places is counted, and the rest kept")
  func toleratesDamage() throws {
    let folder = try TemporaryFolder()
    let source = try ClipCommand.make(
      "in.mkv", in: folder,
      ["-f", "lavfi", "-i", "testsrc2=s=64x64:r=25:d=3", "-f", "lavfi", "-i", "sine=300:d=3"]
        + ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "ac3"])
    let damaged = try ClipCommand.make(
      "damaged.mkv", in: folder,
      ["-i", source.text, "-c", "copy", "-bsf:a", "noise=amount=if(between(n\\,20\\,24)\\,1\\,0)"])
    let fixture = try JoinFixture.make(damaged, in: folder)
    let joined = try fixture.join("out.mkv")
    #expect(joined.damagedSoundPackets > 0)
    try same(fixture.check("out.mkv", of: joined).failures, [])
  }

  @Test("goes over as it is where asked, and where it is lossless and that was asked")
  func copies() throws {
    var choices = StreamChoices()
    choices.sound = .copy
    let (fixture, joined) = try join(
      ["-f", "lavfi", "-i", "sine=300:r=44100:d=3"], codec: ["-c:a", "aac"], choices: choices)
    try same(fixture.check("out.mkv", of: joined).failures, [])
    #expect(try probe(fixture).first?["codec_name"] == "aac")
    #expect(
      try ClipCommand.decodedHash(fixture.film.path, stream: "a:0")
        == ClipCommand.decodedHash(fixture.path("out.mkv"), stream: "a:0"))
    choices.sound = .opus
    choices.keepsLossless = true
    let (kept, other) = try join(
      ["-f", "lavfi", "-i", "sine=300:r=44100:d=3"], codec: ["-c:a", "flac"], choices: choices)
    try same(kept.check("out.mkv", of: other).failures, [])
    #expect(try probe(kept).first?["codec_name"] == "flac")
  }

  @Test("that is Opus already goes over as it is, and moves nothing")
  func copiesOpus() throws {
    let (fixture, joined) = try join(
      ["-f", "lavfi", "-i", "sine=300:r=48000:d=3"], codec: ["-c:a", "libopus"])
    let (again, other) = (try JoinFixture.again(fixture, "out.mkv"), joined.table)
    let copied = try again.join("copied.mkv")
    try same(again.check("copied.mkv", of: copied).failures, [])
    #expect(copied.table.ticks == other.ticks)
    let packets = try ["out.mkv", "copied.mkv"].map { name in
      try ClipCommand.probe(fixture.path(name), ["-show_packets", "-select_streams", "a"])
        .list("packets").map { $0["pts"] }
    }
    #expect(packets[0] == packets[1])
  }

  @Test("becomes AAC in MP4 where asked")
  func becomesAAC() throws {
    var choices = StreamChoices()
    choices.sound = .aac
    let (fixture, joined) = try join(
      ["-f", "lavfi", "-i", "sine=300:r=44100:d=3"], codec: ["-c:a", "flac"], into: "out.mp4",
      choices: choices)
    try same(fixture.check("out.mp4", of: joined).failures, [])
  }
}
