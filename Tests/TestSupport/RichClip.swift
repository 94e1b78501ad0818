package import Foundations

/// A film with one of everything: two sound tracks, three kinds of subtitles, fonts, chapters, texts
/// and a cover picture.
package enum RichClip {
  /// Makes it, so many seconds long.
  package static func make(in folder: TemporaryFolder, seconds: Int) throws -> FilePath {
    try folder.write("words.srt", words.utf8)
    try folder.write("words.ass", styled.utf8)
    try folder.write("words.sup", PictureSubtitles.file(at: [1, 3]))
    try folder.write("chapters.txt", chapters(seconds).utf8)
    try folder.write("one.ttf", (0..<500).map { UInt8($0 % 251) })
    try folder.write("two.otf", (0..<700).map { UInt8($0 % 241) })
    _ = try ClipCommand.make(
      "cover.png", in: folder, ["-f", "lavfi", "-i", "color=red:s=32x32", "-frames:v", "1"])
    let channels = (0..<6).map { "sin(2*PI*\(200 + $0 * 100)*t)/4" }.joined(separator: "|")
    return try ClipCommand.make(
      "rich.mkv", in: folder,
      [
        "-f", "lavfi", "-i", "testsrc2=s=96x64:r=25",
        "-f", "lavfi", "-i", "aevalsrc=\(channels):c=5.1(side):s=48000",
        "-f", "lavfi", "-i", "sine=440:r=44100:d=\(seconds - 1)", "-i", "words.srt", "-i",
        "words.ass", "-i",
        "words.sup", "-i", "chapters.txt",
        "-map", "0", "-map", "1", "-map", "2", "-map", "3", "-map", "4", "-map", "5",
        "-map_metadata", "6", "-map_chapters", "6", "-t", "\(seconds)",
        "-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "50",
        "-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709",
        "-color_range", "tv",
        "-c:a:0", "ac3", "-c:a:1", "aac", "-ac:a:1", "2", "-c:s", "copy",
        "-metadata:s:a:0", "language=jpn", "-metadata:s:a:0", "title=Surround",
        "-metadata:s:a:1", "language=eng", "-metadata:s:a:1", "title=Comments",
        "-disposition:a:0", "default+original", "-disposition:a:1", "comment",
        "-metadata:s:s:0", "language=eng", "-metadata:s:s:1", "language=ger",
        "-metadata:s:s:1", "title=Signs", "-metadata:s:s:2", "language=fre",
        "-disposition:s:0", "0", "-disposition:s:1", "forced", "-disposition:s:2",
        "hearing_impaired",
      ] + attachments)
  }

  private static let attachments = [
    "-attach", "one.ttf", "-metadata:s:t:0", "mimetype=application/x-truetype-font",
    "-attach", "two.otf", "-metadata:s:t:1", "mimetype=application/vnd.ms-opentype",
    "-attach", "cover.png", "-metadata:s:t:2", "mimetype=image/png", "-metadata:s:t:2",
    "filename=cover.png",
  ]

  private static let words = """
    1
    00:00:00,500 --> 00:00:01,500
    First <i>words</i>

    2
    00:00:02,000 --> 00:00:03,250
    Second words, ünïcode

    """

  private static let styled = """
    [Script Info]
    ScriptType: v4.00+

    [V4+ Styles]
    Format: Name, Fontname, Fontsize
    Style: Default,One,20

    [Events]
    Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
    Dialogue: 0,0:00:00.70,0:00:02.10,Default,,0,0,0,,{\\b1}A sign
    Dialogue: 0,0:00:02.50,0:00:03.90,Default,,0,0,0,,Another

    """

  private static func chapters(_ seconds: Int) -> String {
    """
    ;FFMETADATA1
    title=A rich film
    artist=Nobody
    comment=Made for a test
    [CHAPTER]
    TIMEBASE=1/1000
    START=0
    END=\(seconds * 500)
    title=The beginning
    [CHAPTER]
    TIMEBASE=1/1000
    START=\(seconds * 500)
    END=\(seconds * 1000)
    title=The end

    """
  }
}
