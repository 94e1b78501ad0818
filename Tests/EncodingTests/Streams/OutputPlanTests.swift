import Encoding
import Foundations
import Media
import TestSupport
import Testing

@Suite("What an output will hold")
struct OutputPlanTests {
  @Test("is decided before the encode: what MP4 cannot hold is named, with the container that can")
  func refusesWhatCannotBeHeld() throws {
    let folder = try TemporaryFolder()
    let film = try JoinFixture.film(RichClip.make(in: folder, seconds: 4))
    #expect(
      refusal(
        .encodingCannotHold, "stream 5 (subtitle hdmv_pgs_subtitle, fre), stream 6 (attachment",
        hint: "mkv can"
      ) { _ = try OutputPlan.make(for: film, in: .mp4) })
    #expect(
      refusal(.encodingCannotHold, "webm cannot hold stream 3 (subtitle subrip, eng)", hint: "mkv")
      {
        _ = try OutputPlan.make(for: film, in: .webm)
      })
  }

  @Test("leaves out and orders tracks by number and by language")
  func choosesTracks() throws {
    let folder = try TemporaryFolder()
    let film = try JoinFixture.film(RichClip.make(in: folder, seconds: 4))
    var choices = StreamChoices()
    choices.audioTracks = try TrackSelection("2,1")
    choices.subtitleTracks = try TrackSelection("fre,1")
    let plan = try OutputPlan.make(for: film, in: .mkv, choices)
    #expect(plan.tracks(of: .audio).map(\.source.language) == ["eng", "jpn"])
    #expect(plan.tracks(of: .subtitle).map(\.source.language) == ["fre", "eng"])
    #expect(plan.tracks.count == 8)
    choices.audioTracks = try TrackSelection("none")
    #expect(try OutputPlan.make(for: film, in: .mkv, choices).tracks(of: .audio).isEmpty)
    choices.audioTracks = try TrackSelection("3")
    #expect(
      refusal(.encodingBadSetting, "no audio track 3", hint: "1 to 2") {
        _ = try OutputPlan.make(for: film, in: .mkv, choices)
      })
    choices.audioTracks = try TrackSelection("ita")
    #expect(
      refusal(.encodingBadSetting, "in ita", hint: "jpn, eng") {
        _ = try OutputPlan.make(for: film, in: .mkv, choices)
      })
    #expect(refusal(.encodingBadSetting, "\"1,,2\"") { _ = try TrackSelection("1,,2") })
  }

  @Test("keeps when a film was taken, in every container", arguments: ["out.mkv", "out.mp4"])
  func keepsCreationTime(name: String) throws {
    let folder = try TemporaryFolder()
    let time = "2018-04-19T22:46:07.000000Z"
    let source = try ClipCommand.film(
      "source.mp4", in: folder, size: "96x64", frames: 5,
      ["-pix_fmt", "yuv420p", "-metadata", "creation_time=\(time)"])
    let fixture = try JoinFixture.make(source, in: folder)
    let joined = try fixture.join(name)
    #expect(try fixture.check(name, of: joined).failures == [])
    #expect(try ClipCommand.probe(fixture.path(name)).format.tag("creation_time") == time)
  }

  @Test("asks for a choice before Dolby Vision is lost")
  func asksForChoice() throws {
    let folder = try TemporaryFolder()
    let plain = try ClipCommand.film(
      "plain.mp4", in: folder, ["-c:v", "libx265", "-x265-params", "log-level=none"])
    let file = try ClipDolbyVision.added(to: bytes(of: plain), entry: "hev1")
    let film = try JoinFixture.film(FilePath(folder.write("vision.mp4", file)))
    #expect(
      refusal(.encodingNeedsChoice, "Dolby Vision (profile 8)", hint: "--drop-dynamic-hdr") {
        _ = try OutputPlan.make(for: film, in: .mkv)
      })
    var choices = StreamChoices()
    choices.dropsDynamicHDR = true
    #expect(try OutputPlan.make(for: film, in: .mkv, choices).tracks.count == 1)
  }

  @Test("takes a turned film into any container, and refuses another beside it that is copied")
  func turned() throws {
    let folder = try TemporaryFolder()
    let plain = try ClipCommand.film("plain.mp4", in: folder)
    let path = try ClipCommand.make(
      "turned.mp4", in: folder, ["-i", plain.text, "-c", "copy", "-metadata:s:v", "rotate=90"])
    let film = try JoinFixture.film(path)
    for container in [OutputContainer.mkv, .mp4] {
      let plan = try OutputPlan.make(for: film, in: container)
      #expect(plan.tracks.count == 1 && plan.leftBehind.isEmpty)
    }
    let both = try ClipCommand.make(
      "both.mp4", in: folder,
      ["-i", plain.text, "-i", plain.text, "-map", "0", "-map", "1", "-c", "copy"]
        + ["-metadata:s:v:1", "rotate=90"])
    #expect(
      refusal(.encodingCannotHold, "stream 1", hint: "choose") {
        _ = try OutputPlan.make(for: JoinFixture.film(both), in: .mkv)
      })
  }

  @Test("is in the container that the name asks for")
  func containerByName() throws {
    #expect(try OutputContainer(of: "a/Film.MKV") == .mkv)
    #expect(try OutputContainer(of: "film.mp4") == .mp4)
    #expect(
      refusal(.encodingBadSetting, "film.avi", hint: ".mkv") {
        _ = try OutputContainer(of: "film.avi")
      })
    #expect(
      refusal(.encodingBadSetting, "mkv", hint: ".mkv") { _ = try OutputContainer(of: "mkv") })
  }
}
