package import Foundations
import Testing

extension RichClip {
  /// Stream by stream, as ffprobe sees them.
  ///
  /// What is in the output is to be what is in the source, but for the codecs of film and sound.
  package static func compare(_ source: FilePath, with encoded: FilePath) throws {
    let (source, output) = (try ClipCommand.probe(source), try ClipCommand.probe(encoded))
    let (before, after) = (source.streams, output.streams)
    try #require(before.count == 9 && after.count == 9)
    let codecs = [
      "av1", "opus", "opus", "subrip", "ass", "hdmv_pgs_subtitle", "png", "ttf", "otf",
    ]
    #expect(Set(after.compactMap { $0["codec_name"] }) == Set(codecs))
    func pairs(_ type: String) -> [(ClipReport.Entry, ClipReport.Entry)] {
      Array(
        zip(
          before.filter { $0["codec_type"] == type }, after.filter { $0["codec_type"] == type }))
    }
    for (old, new) in pairs("audio") + pairs("subtitle") {
      #expect(new.tag("language") == old.tag("language"))
      #expect(new.tag("title") == old.tag("title"))
      for flag in ["default", "original", "comment", "forced", "hearing_impaired"] {
        #expect(new.hasDisposition(flag) == old.hasDisposition(flag))
      }
    }
    #expect(pairs("audio").map { $0.1["channel_layout"] } == ["5.1", "stereo"])
    #expect(pairs("attachment").map { $0.1.tag("filename") } == ["one.ttf", "two.otf"])
    #expect(
      pairs("attachment").allSatisfy {
        $0.0["extradata_size"] == $0.1["extradata_size"]
          && $0.0.tag("mimetype") == $0.1.tag("mimetype")
      })
    #expect(output.format.tag("title") == "A rich film")
    #expect(output.format.tag("artist") == "Nobody")
    #expect(output.list("chapters").map { $0.tag("title") } == ["The beginning", "The end"])
    #expect(
      output.list("chapters").map { $0["start_time"] }
        == source.list("chapters").map { $0["start_time"] })
  }
}
