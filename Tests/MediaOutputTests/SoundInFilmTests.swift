import EmbeddedMetadata
import Foundation
import Foundations
import Media
import MediaOutput
import TestSupport
import Testing

@Suite("Films with sound, and what is told of them")
struct SoundInFilmTests {
  private static func film() throws -> ArrayFrames {
    let shape = [30, 72, 128, 3]
    let bytes = (0..<shape.reduce(1, *)).map { UInt8($0 % 249) }
    return try ArrayFrames(film: PixelArray(SharedBytes(bytes), shape: shape, element: .uint8))
  }

  /// A second of a tone of 440 Hz.
  private static func tone() throws -> PixelArray {
    let samples = (0..<24_000).map { Float(sin(Double($0) * 440 * 2 * .pi / 24_000) * 0.5) }
    return try PixelArray(
      SharedBytes(samples.withUnsafeBytes { Array($0) }), shape: [24_000], element: .float32)
  }

  private static func probe(_ path: FilePath, _ entries: String) throws -> String {
    let run = try CommandRun(
      "ffprobe", ["-v", "error", "-show_entries", entries, "-of", "csv=p=0", path.text])
    #expect(run.status == 0, "\(run.stderr)")
    return run.stdout
  }

  @Test(
    "every codec of sound goes into every container that holds it, at its own length",
    arguments: [
      ("mp4", nil, "aac"), ("mov", nil, "aac"), ("mkv", nil, "aac"), ("webm", nil, "opus"),
      ("mp4", "alac", "alac"), ("mp4", "aac_320", "aac"), ("mp4", "mp3_192", "mp3"),
      ("mp4", "opus_96", "opus"), ("mkv", "flac", "flac"), ("mov", "wav", "pcm_s16le"),
      ("mkv", "opus_128", "opus"), ("mkv", "wav_float", "pcm_f32le"), ("webm", "opus_64", "opus"),
    ] as [(String, String?, String)])
  func sound(container: String, key: String?, codec: String) throws {
    let folder = try TemporaryFolder()
    var settings = VideoSaveSettings()
    settings.codec = try VideoCodec(key: container == "webm" ? "vp9_40" : "libx264_8")
    settings.soundCodec = try key.map { try AudioCodec(key: $0) }
    let written = try FilmWriter(settings).write(
      try Self.film(), sound: .array(try Self.tone(), sampleRate: 24_000),
      to: FilePath("\(folder.path)/a.\(container)"))
    #expect(written.frames == 30)
    let found = try Self.probe(written.path, "stream=codec_name,codec_type")
    #expect(found.contains("\(codec),audio"), "\(found)")
    // Decoded by another, the tone is there, a second long and as loud as it was.
    let wav = "\(folder.path)/back.wav"
    let decode = try CommandRun(
      "ffmpeg", ["-v", "error", "-i", written.path.text, "-ac", "1", "-ar", "24000", wav])
    #expect(decode.status == 0, "\(decode.stderr)")
    let bytes = try Data(contentsOf: URL(filePath: wav)).dropFirst(78)
    let samples = bytes.count / 2
    #expect(abs(samples - 24_000) < 2_400, "\(samples) samples")
    let volume = try CommandRun(
      "ffmpeg", ["-i", wav, "-af", "volumedetect", "-f", "null", "-"])
    #expect(
      volume.stderr.contains("mean_volume: -9.") || volume.stderr.contains("mean_volume: -8.9"),
      "\(volume.stderr)")
  }

  @Test("the sound of another file goes in, its streams side by side")
  func fromFile() throws {
    let folder = try TemporaryFolder()
    let source = "\(folder.path)/in.mka"
    let make = try CommandRun(
      "ffmpeg",
      [
        "-v", "error", "-f", "lavfi", "-i", "sine=880:duration=1:sample_rate=44100", "-ac", "2",
        "-c:a", "libmp3lame", source,
      ])
    #expect(make.status == 0, "\(make.stderr)")
    let written = try FilmWriter(VideoSaveSettings()).write(
      try Self.film(), sound: .file(FilePath(source)), to: FilePath("\(folder.path)/a.mp4"))
    #expect(
      try Self.probe(written.path, "stream=codec_name,channels,sample_rate")
        .contains("aac,44100,2"))
    let failure = #expect(throws: (any Error).self) {
      try FilmWriter(VideoSaveSettings()).write(
        try Self.film(), sound: .file(written.path.sibling("none.wav")),
        to: FilePath("\(folder.path)/b.mp4"))
    }
    #expect(failure?.asFailure.kind == .notFound)
    #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/b.mp4"))
  }

  @Test(
    "sound that a container cannot hold is refused before a frame is taken",
    arguments: [("gif", "gif", nil), ("webm", "vp9_40", "aac_128"), ("mp4", "libx264_8", "wav")]
      as [(String, String, String?)])
  func unfitting(container: String, film: String, key: String?) throws {
    let folder = try TemporaryFolder()
    var settings = VideoSaveSettings()
    settings.codec = try VideoCodec(key: film)
    settings.soundCodec = try key.map { try AudioCodec(key: $0) }
    let failure = #expect(throws: MediaOutputFailure.self) {
      try FilmWriter(settings).write(
        try Self.film(), sound: .array(try Self.tone(), sampleRate: 24_000),
        to: FilePath("\(folder.path)/a.\(container)"))
    }
    #expect(failure?.code == .outputUnfitting)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test("how a file was made is in it when it gets its name, whatever it is")
  func metadata() throws {
    let folder = try TemporaryFolder()
    let text = #"{"prompt":"a red kite","seed":7}"#
    let settings = try VideoSaveSettings().with { $0.metadata = try SaveMetadata(text) }
    let film = try FilmWriter(settings).write(
      try Self.film(), to: FilePath("\(folder.path)/a.mp4"))
    let image = try ImageSaveSettings().with { $0.metadata = try SaveMetadata(text) }
    let picture = try PictureWriter(image).write(
      try Self.film0(), to: FilePath("\(folder.path)/a.jpg"))
    let audio = try AudioSaveSettings().with { $0.metadata = try SaveMetadata(text) }
    let sound = try SoundWriter(audio).write(
      try Self.tone(), to: FilePath("\(folder.path)/a.wav"))
    for written in [film, picture, sound] {
      #expect(written.metadata != nil && written.sidecar == nil)
      let reading = try EmbeddedMetadata.read(written.path)
      #expect(reading.raw == text && reading.record.prompt == "a red kite")
      let sum = try CommandRun("sha256sum", [written.path.text])
      #expect(sum.stdout.hasPrefix(written.sha256))
      let size = try FileManager.default.attributesOfItem(atPath: written.path.text)[.size] as? Int
      #expect(size.map(Int64.init) == written.size)
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["a.jpg", "a.mp4", "a.wav"])
  }

  private static func film0() throws -> ArrayFrames {
    let bytes = [UInt8](repeating: 90, count: 32 * 32 * 3)
    return try ArrayFrames(
      picture: PixelArray(SharedBytes(bytes), shape: [32, 32, 3], element: .uint8))
  }

  @Test("what is told goes beside a file where it is asked for, or where the format has no place")
  func sidecar() throws {
    let folder = try TemporaryFolder()
    let text = #"{"prompt":"a red kite"}"#
    let settings = try ImageSaveSettings().with {
      $0.metadata = try SaveMetadata(text, options: MetadataWriteOptions(placement: .sidecar))
    }
    let written = try PictureWriter(settings).write(
      try Self.film0(), to: FilePath("\(folder.path)/a.jpg"))
    #expect(written.sidecar?.text == "\(folder.path)/a.json" && written.metadata == "sidecar")
    #expect(try String(contentsOfFile: "\(folder.path)/a.json", encoding: .utf8).contains("kite"))
    #expect(throws: (any Error).self) { try SaveMetadata("no json") }
  }

  @Test("a server's configuration decides by the keys its users have")
  func serverConfiguration() throws {
    let server = try ServerConfiguration([
      "video_output_codec": "hdr", "hdr_video_crf": 22, "video_container": "mkv",
      "image_output_codec": "webp_lossless", "audio_output_codec": "aac_256",
      "audio_stand_alone_output_codec": "mp3_320", "metadata_type": "json",
      "embed_source_images": true, "attention_mode": "sdpa",
    ])
    #expect(server.video.codec.description == "hdr_22" && server.video.container == .mkv)
    #expect(server.image.codec.description == "webp_lossless")
    #expect(server.video.soundCodec?.description == "aac_256")
    #expect(server.audio.codec.description == "mp3_320")
    #expect(server.placement == .sidecar && server.embedsSourceImages)
    let plain = try ServerConfiguration([:])
    #expect(plain.video.codec == .standard && plain.placement == .embedded)
    #expect(try ServerConfiguration(["metadata_type": "off"]).placement == .none)
    for bad in [
      ["video_output_codec": 5], ["video_output_codec": "h264"], ["embed_source_images": "yes"],
      ["video_container": "avi"],
    ] as [JSONValue] {
      #expect(throws: MediaOutputFailure.self) { try ServerConfiguration(bad) }
    }
  }
}
