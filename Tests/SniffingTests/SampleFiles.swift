import Foundation
import Foundations
import Sniffing
import TestSupport
import Testing

/// One file of each type, most of them written by ffmpeg and Pillow, made once for all tests.
enum SampleFiles {
  /// A file's head, and what it is.
  struct Sample: Sendable, CustomTestStringConvertible {
    let name: String
    let type: ContentType
    let bytes: [UInt8]
    let size: Int64

    var testDescription: String { name }
  }

  static let all: [Sample] = {
    do {
      return try made()
        + HandmadeFiles.all.map { name, type, bytes in
          Sample(name: name, type: type, bytes: bytes, size: Int64(bytes.count))
        }
    } catch {
      Issue.record(error)
      return []
    }
  }()

  private static let picture = ["-f", "lavfi", "-i", "testsrc2=s=64x48:r=5", "-frames:v", "1"]
  private static let film = ["-f", "lavfi", "-i", "testsrc2=s=64x48:r=5", "-t", "1"]
  private static let sound = ["-f", "lavfi", "-i", "sine=440:r=44100", "-t", "1"]

  /// What ffmpeg makes: the name, the type, and its arguments.
  private static let clips: [(String, ContentType, [String])] = [
    ("a.png", .png, picture), ("a.apng", .apng, film), ("a.jpg", .jpeg, picture),
    ("a.webp", .webp, picture), ("a.gif", .gif, film), ("a.bmp", .bmp, picture),
    ("a.tiff", .tiff, picture), ("a.exr", .exr, picture + ["-pix_fmt", "gbrpf32le"]),
    ("a.avif", .avif, picture + ["-c:v", "libaom-av1", "-cpu-used", "8"]),
    ("a.jxl", .jxl, picture), ("a.mp4", .mp4, film), ("a.mov", .mov, film),
    ("b.mp4", .mp4, film + ["-movflags", "frag_keyframe+empty_moov"]),
    ("a.mkv", .matroska, film), ("a.webm", .webm, film + ["-c:v", "libvpx"]),
    ("a.avi", .avi, film), ("a.ts", .mpegts, film), ("a.m2ts", .mpegts, film),
    ("a.mpg", .mpegps, film + ["-r", "25"]), ("b.mpg", .mpegps, film + ["-r", "25", "-f", "vob"]),
    ("a.flv", .flv, film),
    ("a.ogv", .oggVideo, film + sound + ["-c:v", "libtheora", "-c:a", "libvorbis"]),
    ("a.m4a", .m4a, sound), ("a.wav", .wav, sound), ("b.wav", .rf64, sound + ["-rf64", "always"]),
    ("a.aiff", .aiff, sound), ("a.flac", .flac, sound),
    ("a.ogg", .vorbis, sound + ["-c:a", "libvorbis"]), ("a.opus", .opus, sound),
    ("b.ogg", .oggAudio, sound + ["-c:a", "libspeex", "-ar", "16000"]),
    ("a.mp3", .mp3, sound),
    ("b.mp3", .mp3, sound + ["-id3v2_version", "0", "-write_xing", "0"]),
    ("c.mp3", .mp3, sound + ["-ar", "16000", "-id3v2_version", "0"]),
    ("a.aac", .aac, sound), ("b.aac", .aac, sound + ["-write_id3v2", "1", "-metadata", "title=x"]),
  ]

  private static let python = """
    import io, numpy, PIL.Image as Image
    picture = Image.new("RGB", (40, 30), (200, 10, 10))
    for name in ["p.png", "p.jpg", "p.webp", "p.gif", "p.bmp", "p.tif"]: picture.save(name)
    picture.save("q.png", save_all=True, append_images=[Image.new("RGB", (40, 30))])
    picture.save("p.pdf")
    numpy.save("a.npy", numpy.zeros((3, 4)))
    numpy.savez("a.npz", x=numpy.zeros(3))
    numpy.savez_compressed("b.npz", x=numpy.zeros(3))
    import zipfile
    with zipfile.ZipFile("a.zip", "w") as archive: archive.writestr("a.txt", "hello")
    with zipfile.ZipFile("empty.zip", "w"): pass
    with zipfile.ZipFile("a.usdz", "w") as archive: archive.writestr("scene.usdc", b"PXR-USDC")
    """

  private static let pythonTypes: [(String, ContentType)] = [
    ("p.png", .png), ("p.jpg", .jpeg), ("p.webp", .webp), ("p.gif", .gif), ("p.bmp", .bmp),
    ("p.tif", .tiff), ("q.png", .apng), ("p.pdf", .pdf), ("a.npy", .npy), ("a.npz", .npz),
    ("b.npz", .npz), ("a.zip", .zip), ("empty.zip", .zip), ("a.usdz", .usdz),
  ]

  private static func made() throws -> [Sample] {
    let folder = try TemporaryFolder()
    var samples: [Sample] = []
    for (name, type, arguments) in clips {
      let path = try ClipCommand.make(name, in: folder, arguments)
      samples.append(try sample(name, type, path))
    }
    let run = try CommandRun("/usr/bin/python3", ["-c", python], folder: folder.path)
    guard run.status == 0 else { throw CommandRunError(run.stderr) }
    for (name, type) in pythonTypes {
      samples.append(try sample(name, type, FilePath(folder(name))))
    }
    return samples
  }

  private static func sample(
    _ name: String, _ type: ContentType, _ path: FilePath
  ) throws -> Sample {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path.text)))
    return Sample(
      name: name, type: type, bytes: Array(bytes.prefix(ContentType.headSize)),
      size: Int64(bytes.count))
  }
}
