import Encoding
import Foundations
import Media
import TestSupport
import Testing

@Suite("The frames of an output")
struct FrameTimeTests {
  @Test("are shown when the source shows them, at a varying rate too", arguments: ["mkv", "mp4"])
  func keepsVaryingRate(container: String) throws {
    let folder = try TemporaryFolder()
    let source = try ClipCommand.film(
      "in.mp4", in: folder, size: "64x64", frames: 40,
      ["-vf", "setpts='(N+floor(N/7)*2.3)/(25*TB)'", "-fps_mode", "vfr", "-bf", "2"])
    let fixture = try JoinFixture.make(source, in: folder, cuts: [13])
    let name = "out.\(container)"
    let joined = try fixture.join(name)
    try same(fixture.check(name, of: joined).failures, [])
    let times = try ClipCommand.probe(fixture.path(name), ["-show_packets"]).list("packets")
      .compactMap { $0["pts_time"].flatMap(Double.init) }
    let meant = fixture.table.ticks.map {
      MediaTime(ticks: $0, timebase: fixture.table.timebase).seconds
    }
    #expect(times.count == 40)
    // Matroska counts milliseconds.
    let tolerance = container == "mkv" ? 0.00051 : 0.000_001
    #expect(zip(times, meant).allSatisfy { abs($0 - $1) <= tolerance })
  }

  @Test("of a broadcast begin near nothing, in step with the sound")
  func shiftsBroadcasts() throws {
    let folder = try TemporaryFolder()
    let source = try ClipCommand.filmWithSound(
      "in.ts", in: folder, ["-vf", "scale=64:64", "-muxdelay", "2"])
    let fixture = try JoinFixture.make(source, in: folder)
    let joined = try fixture.join("out.mkv")
    try same(fixture.check("out.mkv", of: joined).failures, [])
    let streams = try ClipCommand.probe(fixture.path("out.mkv")).streams
    let starts = streams.compactMap { $0["start_time"].flatMap(Double.init) }
    #expect(starts.count == 2 && starts.allSatisfy { abs($0) < 0.2 }, "\(starts)")
    let before = try ClipCommand.probe(source).streams.compactMap {
      $0["start_time"].flatMap(Double.init)
    }
    // The sound's first packet begins by what Opus throws away before what is heard.
    #expect(abs((before[1] - before[0]) - (starts[1] + 0.0065 - starts[0])) < 0.01)
  }

  @Test("keep turn and pixel shape in MP4, with texts as MP4's own where that was asked")
  func writesMP4() throws {
    let folder = try TemporaryFolder()
    try folder.write("words.srt", "1\n00:00:00,200 --> 00:00:01,500\nSome <i>words</i>\n".utf8)
    let plain = try ClipCommand.make(
      "plain.mp4", in: folder,
      [
        "-f", "lavfi", "-i", "testsrc2=s=64x64:r=25:d=2,setsar=4/3", "-f", "lavfi", "-i",
        "sine=300:d=2", "-i", "words.srt", "-map", "0", "-map", "1", "-map", "2", "-c:s",
        "mov_text",
        "-metadata", "title=Turned", "-metadata:s:a", "language=fre", "-metadata:s:s",
        "language=eng", "-movflags", "+faststart",
      ])
    let source = try ClipCommand.make(
      "in.mp4", in: folder,
      ["-i", plain.text, "-map", "0", "-c", "copy", "-metadata:s:v", "rotate=90"])
    let fixture = try JoinFixture.make(source, in: folder)
    let joined = try fixture.join("out.mp4")
    try same(fixture.check("out.mp4", of: joined).failures, [])
    let upright = try JoinFixture.make(plain, in: folder)
    #expect(
      refusal(.encodingCannotHold, "mov_text", hint: "--subtitles convert") {
        _ = try OutputPlan.make(for: upright.film, in: .mkv)
      })
    var choices = StreamChoices()
    choices.convertsSubtitles = true
    let other = try upright.join("out.mkv", choices)
    try same(upright.check("out.mkv", of: other).failures, [])
    let words = try CommandRun(
      "ffmpeg", ["-v", "error", "-i", upright.path("out.mkv").text, "-f", "srt", "-"])
    #expect(words.stdout.contains("Some words"))
    let packets = try ClipCommand.probe(
      upright.path("out.mkv"), ["-show_packets", "-select_streams", "s"]
    ).list("packets")
    #expect(packets.map { $0["pts_time"] } == ["0.200000"])
    #expect(packets.map { $0["duration_time"] } == ["1.300000"])
  }
}
