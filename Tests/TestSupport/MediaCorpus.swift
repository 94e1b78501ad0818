import Foundation

/// Small media files of every sort, made by the ffmpeg command line, an independent maker.
package final class MediaCorpus: Sendable {
  /// One file: its name, and what to tell ffmpeg.
  package struct Recipe: Sendable {
    package let name: String
    let arguments: [String]
  }

  /// The folder all files lie in.
  package let folder: TemporaryFolder
  private let made: [Recipe]

  /// All files' paths, in the order of the recipes.
  package var paths: [String] { made.map { folder($0.name) } }

  /// Makes every file, or only those named; throws where ffmpeg is absent or refuses one.
  package init(only names: [String]? = nil) throws {
    folder = try TemporaryFolder()
    made = Self.recipes.filter { names?.contains($0.name) ?? true }
    try Self.writeIngredients(folder)
    for recipe in made {
      let arguments = ["-v", "error", "-nostdin", "-y"] + recipe.arguments + [recipe.name]
      let run = try CommandRun("ffmpeg", arguments, folder: folder.path)
      guard run.status == 0 else { throw CommandRunError("\(recipe.name): \(run.stderr)") }
    }
  }

  /// The path of one file.
  package func path(_ name: String) -> String { folder(name) }

  /// The content of one file.
  package func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: path(name))))
  }

  private static func writeIngredients(_ folder: TemporaryFolder) throws {
    let subtitles = "1\n00:00:00,100 --> 00:00:00,800\nHäuser & <i>Wälder</i>\n\n"
    try folder.write("in.srt", subtitles.utf8)
    let chapters = """
      ;FFMETADATA1
      title=A film of two parts
      artist=Nobody
      [CHAPTER]
      TIMEBASE=1/1000
      START=0
      END=400
      title=First
      [CHAPTER]
      TIMEBASE=1/1000
      START=400
      END=1000
      title=Zweites, mit Ümlaut

      """
    try folder.write("in.chapters", chapters.utf8)
    try folder.write("in.ttf", (0..<2000).map { UInt8($0 & 0xFF) })
    let cover = [
      "-v", "error", "-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", "1", "in.jpg",
    ]
    // Turning is told to the container when a stream is copied, not when it is encoded.
    let upright = ["-v", "error"] + film() + x264 + ["in.mp4"]
    for arguments in [cover, upright] {
      let run = try CommandRun("ffmpeg", arguments, folder: folder.path)
      guard run.status == 0 else { throw CommandRunError("ffmpeg: \(run.stderr)") }
    }
  }

  private static func film(_ size: String = "160x90", _ rate: String = "25") -> [String] {
    ["-f", "lavfi", "-i", "testsrc2=s=\(size):r=\(rate):d=1"]
  }

  private static let tone = ["-f", "lavfi", "-i", "sine=440:d=1:r=48000"]

  private static func hdr(_ more: [String]) -> [String] {
    film() + [
      "-c:v", "libx265", "-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020",
      "-color_trc", "smpte2084", "-colorspace", "bt2020nc", "-color_range", "tv",
      "-x265-params",
      "log-level=error:hdr10=1:repeat-headers=1:master-display=G(13250,34500)B(7500,3000)R(34000,16000)"
        + "WP(15635,16450)L(10000000,1):max-cll=1000,400",
    ] + more
  }

  private static let x264 = ["-c:v", "libx264", "-preset", "ultrafast"]
  private static let x265 = [
    "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=error",
  ]

  /// Every recipe.
  package static let recipes: [Recipe] =
    films + colours + shapes + times + sounds + companions + pictures

  private static let films: [Recipe] = [
    Recipe(name: "h264-aac.mp4", arguments: film() + tone + x264 + ["-c:a", "aac", "-shortest"]),
    Recipe(name: "h264-ac3.mkv", arguments: film() + tone + x264 + ["-c:a", "ac3", "-shortest"]),
    Recipe(
      name: "h264.mov", arguments: film("128x72", "30000/1001") + x264 + ["-pix_fmt", "yuv420p"]),
    Recipe(name: "h264-mp2.ts", arguments: film() + tone + x264 + ["-c:a", "mp2", "-shortest"]),
    Recipe(name: "h264.flv", arguments: film() + tone + x264 + ["-c:a", "aac", "-shortest"]),
    Recipe(name: "hevc.mp4", arguments: film() + x265 + ["-tag:v", "hvc1"]),
    Recipe(
      name: "av1-opus.webm",
      arguments: film() + tone
        + ["-c:v", "libsvtav1", "-preset", "12", "-c:a", "libopus", "-shortest"]),
    Recipe(
      name: "av1.mp4", arguments: film("192x108", "24") + ["-c:v", "libsvtav1", "-preset", "12"]),
    Recipe(
      name: "vp8-vorbis.webm",
      arguments: film() + tone
        + ["-c:v", "libvpx", "-c:a", "libvorbis", "-shortest"]),
    Recipe(name: "vp9.webm", arguments: film() + ["-c:v", "libvpx-vp9", "-cpu-used", "8"]),
    Recipe(
      name: "mpeg4-mp3.avi",
      arguments: film() + tone
        + ["-c:v", "mpeg4", "-c:a", "libmp3lame", "-shortest"]),
    Recipe(
      name: "mjpeg-pcm.avi", arguments: film() + tone + ["-c:v", "mjpeg", "-c:a", "pcm_s16le"]),
    Recipe(name: "ffv1.mkv", arguments: film() + ["-c:v", "ffv1", "-pix_fmt", "yuv422p10le"]),
    Recipe(name: "prores.mov", arguments: film() + ["-c:v", "prores_ks", "-profile:v", "3"]),
    Recipe(
      name: "dnxhr.mov",
      arguments: film("256x144")
        + ["-c:v", "dnxhd", "-profile:v", "dnxhr_hq", "-pix_fmt", "yuv422p"]),
    Recipe(
      name: "fragmented.mp4",
      arguments: film() + x264
        + ["-g", "5", "-movflags", "frag_keyframe+empty_moov"]),
  ]

  private static let colours: [Recipe] = [
    Recipe(name: "hdr10.mp4", arguments: hdr(["-tag:v", "hvc1"])),
    Recipe(name: "hdr10.mkv", arguments: hdr([])),
    Recipe(name: "hdr10.ts", arguments: hdr([])),
    Recipe(
      name: "hlg.mp4",
      arguments: film() + x265 + [
        "-pix_fmt", "yuv420p10le", "-color_primaries", "bt2020", "-color_trc", "arib-std-b67",
        "-colorspace", "bt2020nc",
      ]),
    Recipe(
      name: "full-range-709.mp4",
      arguments: film() + x264 + [
        "-pix_fmt", "yuv420p", "-color_range", "pc", "-color_primaries", "bt709",
        "-color_trc", "bt709", "-colorspace", "bt709",
      ]),
    Recipe(
      name: "ten-bit.webm",
      arguments: film()
        + ["-c:v", "libvpx-vp9", "-cpu-used", "8", "-pix_fmt", "yuv420p10le"]),
    Recipe(name: "four-four-four.mkv", arguments: film() + x264 + ["-pix_fmt", "yuv444p"]),
  ]

  /// A film to be turned clockwise; this ffmpeg's `rotate` counts the other way round.
  private static func turned(_ degrees: Int) -> [String] {
    ["-i", "in.mp4", "-c", "copy", "-metadata:s:v:0", "rotate=\(360 - degrees)"]
  }

  private static let shapes: [Recipe] = [
    Recipe(name: "odd.mkv", arguments: film("101x57") + x264 + ["-pix_fmt", "yuv444p"]),
    Recipe(name: "odd-ffv1.mkv", arguments: film("33x17") + ["-c:v", "ffv1"]),
    Recipe(
      name: "anamorphic.mp4",
      arguments: film("720x576") + x264
        + ["-vf", "setsar=16/15", "-pix_fmt", "yuv420p"]),
    Recipe(
      name: "anamorphic.mkv",
      arguments: film("720x480") + x264
        + ["-vf", "setsar=32/27", "-pix_fmt", "yuv420p"]),
    Recipe(name: "rotated-90.mp4", arguments: turned(90)),
    Recipe(name: "rotated-180.mov", arguments: turned(180)),
    Recipe(name: "rotated-270.mp4", arguments: turned(270)),
    Recipe(
      name: "interlaced.ts",
      arguments: film("720x576") + [
        "-c:v", "mpeg2video", "-flags", "+ilme+ildct", "-top", "1", "-vf", "setfield=tff",
      ]),
    Recipe(
      name: "interlaced.mkv",
      arguments: film("160x96") + x264
        + ["-x264-params", "tff=1", "-vf", "setfield=tff"]),
  ]

  private static let times: [Recipe] = [
    Recipe(
      name: "variable.mp4",
      arguments: film() + x264 + [
        "-vf", "select='not(mod(n,3))+not(mod(n,5))'", "-vsync", "vfr",
      ]),
    Recipe(
      name: "variable.mkv",
      arguments: film() + x264 + [
        "-vf", "select='not(mod(n,3))+not(mod(n,5))'", "-vsync", "vfr",
      ]),
    Recipe(name: "high-rate.mp4", arguments: film("64x64", "120") + x264),
    Recipe(name: "film-rate.mkv", arguments: film("64x64", "24000/1001") + x264),
    Recipe(name: "late-start.mkv", arguments: film() + x264 + ["-output_ts_offset", "5"]),
  ]

  private static func sound(_ expression: String) -> [String] {
    ["-f", "lavfi", "-i", "aevalsrc=\(expression):d=1:s=48000"]
  }
  private static let six = sound(
    "sin(440*t)|sin(550*t)|sin(660*t)|sin(60*t)|sin(220*t)|sin(330*t):c=5.1")
  private static let eight = sound(
    "sin(1*t)|sin(2*t)|sin(3*t)|sin(4*t)|sin(5*t)|sin(6*t)|sin(7*t)|sin(8*t):c=7.1")

  private static let sounds: [Recipe] = [
    Recipe(name: "stereo-16.wav", arguments: tone + ["-ac", "2", "-c:a", "pcm_s16le"]),
    Recipe(name: "mono-24.wav", arguments: tone + ["-c:a", "pcm_s24le"]),
    Recipe(name: "float-5.1.wav", arguments: six + ["-c:a", "pcm_f32le"]),
    Recipe(name: "large.rf64.wav", arguments: tone + ["-rf64", "always"]),
    Recipe(name: "sixteen.flac", arguments: tone + ["-sample_fmt", "s16"]),
    Recipe(name: "seven-one.flac", arguments: eight + ["-sample_fmt", "s32"]),
    Recipe(
      name: "tagged.mp3",
      arguments: tone + [
        "-c:a", "libmp3lame", "-q:a", "4", "-metadata", "title=Lied", "-metadata", "artist=Mädchen",
      ]),
    Recipe(name: "constant.mp3", arguments: tone + ["-c:a", "libmp3lame", "-b:a", "128k"]),
    Recipe(name: "vorbis.ogg", arguments: tone + ["-c:a", "libvorbis"]),
    Recipe(name: "opus-5.1.opus", arguments: six + ["-c:a", "libopus"]),
    Recipe(name: "aac-5.1.m4a", arguments: six + ["-c:a", "aac"]),
    Recipe(name: "alac.m4a", arguments: tone + ["-c:a", "alac"]),
    Recipe(name: "pcm.aiff", arguments: tone + ["-c:a", "pcm_s16be"]),
    Recipe(name: "raw.aac", arguments: tone + ["-c:a", "aac", "-f", "adts"]),
  ]

  private static let companions: [Recipe] = [
    Recipe(
      name: "subtitles.mkv",
      arguments: film() + ["-i", "in.srt", "-i", "in.srt"] + [
        "-map", "0", "-map", "1", "-map", "2", "-c:v", "ffv1", "-c:s:0", "srt", "-c:s:1", "ass",
        "-metadata:s:s:0", "language=ger", "-metadata:s:s:1", "language=eng",
        "-metadata:s:s:1", "title=Signs", "-disposition:s:1", "forced",
      ]),
    Recipe(
      name: "subtitles.mp4",
      arguments: film() + ["-i", "in.srt"] + x264
        + ["-map", "0", "-map", "1", "-c:s", "mov_text", "-metadata:s:s:0", "language=fra"]),
    Recipe(
      name: "chapters.mkv", arguments: film() + ["-i", "in.chapters", "-map_metadata", "1"] + x264),
    Recipe(
      name: "chapters.mp4", arguments: film() + ["-i", "in.chapters", "-map_metadata", "1"] + x264),
    Recipe(
      name: "attachments.mkv",
      arguments: film() + x264 + [
        "-attach", "in.ttf", "-metadata:s:t:0", "mimetype=application/x-truetype-font",
        "-metadata:s:t:0", "filename=Schrift.ttf",
      ]),
    Recipe(
      name: "many-sounds.mkv",
      arguments: film() + tone + six + [
        "-map", "0", "-map", "1", "-map", "2", "-c:v", "ffv1", "-c:a:0", "flac", "-c:a:1", "ac3",
        "-metadata:s:a:0", "language=jpn", "-metadata:s:a:1", "language=eng",
        "-metadata:s:a:1", "title=Director's commentary", "-disposition:a:0", "default",
        "-disposition:a:1", "comment",
      ]),
    Recipe(
      name: "cover.m4a",
      arguments: tone + ["-i", "in.jpg"] + [
        "-map", "0", "-map", "1", "-c:a", "aac", "-c:v", "copy", "-disposition:v:0", "attached_pic",
      ]),
    Recipe(
      name: "cover.flac",
      arguments: tone + ["-i", "in.jpg"] + [
        "-map", "0", "-map", "1", "-c:v", "copy", "-disposition:v:0", "attached_pic",
      ]),
    Recipe(name: "only.srt", arguments: ["-i", "in.srt"]),
  ]

  private static func picture(_ format: String, _ size: String = "160x90") -> [String] {
    ["-f", "lavfi", "-i", "testsrc2=s=\(size)", "-frames:v", "1", "-pix_fmt", format]
  }

  private static let pictures: [Recipe] = [
    Recipe(name: "rgb.png", arguments: picture("rgb24")),
    Recipe(name: "alpha.png", arguments: picture("rgba", "33x21")),
    Recipe(name: "sixteen.png", arguments: picture("gray16be")),
    Recipe(name: "photo.jpg", arguments: picture("yuvj420p")),
    Recipe(name: "full-chroma.jpg", arguments: picture("yuvj444p", "31x17")),
    Recipe(name: "lossy.webp", arguments: picture("yuv420p") + ["-c:v", "libwebp"]),
    Recipe(
      name: "lossless.webp", arguments: picture("bgra") + ["-c:v", "libwebp", "-lossless", "1"]),
    Recipe(name: "moving.gif", arguments: film("64x64", "10")),
    Recipe(name: "moving.apng", arguments: film("64x64", "10") + ["-f", "apng"]),
    Recipe(name: "plain.bmp", arguments: picture("bgr24")),
    Recipe(name: "plain.tiff", arguments: picture("rgb24")),
    Recipe(
      name: "still.avif",
      arguments: picture("yuv420p")
        + ["-c:v", "libaom-av1", "-still-picture", "1", "-cpu-used", "8"]),
  ]
}
