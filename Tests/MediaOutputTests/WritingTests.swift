import Foundation
import Foundations
import Media
import MediaOutput
import TestSupport
import Testing

@Suite("Writing")
struct WritingTests {
  private static func array(_ shape: [Int], _ value: (Int) -> UInt8 = { UInt8($0 % 251) }) throws
    -> PixelArray
  {
    let bytes = (0..<shape.reduce(1, *)).map(value)
    return try PixelArray(SharedBytes(bytes), shape: shape, element: .uint8)
  }

  private static func film(_ shape: [Int]) throws -> ArrayFrames {
    try ArrayFrames(film: try array(shape))
  }

  private static func names(_ folder: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test("every codec goes into every container it fits, and is read back whole by ffprobe")
  func matrix() throws {
    let folder = try TemporaryFolder()
    for key in VideoCodec.examples {
      let codec = try VideoCodec(key: key)
      for container in codec.containers {
        let path = "\(folder.path)/\(key).\(container.rawValue)"
        let settings = VideoSaveSettings().with { $0.codec = codec }
        let written = try FilmWriter(settings).write(
          try Self.film([4, 144, 258, 3]), to: FilePath(path))
        #expect(written.frames == 4 && written.path.text == path)
        // ffprobe of Debian cannot read animated WebP.
        if container == .webp { continue }
        let probe = try CommandRun(
          "ffprobe",
          [
            "-v", "error", "-count_packets", "-show_entries", "stream=width,height,nb_read_packets",
            "-of", "csv=p=0", path,
          ])
        #expect(probe.stdout.hasPrefix("258,144,4"), "\(path): \(probe.stdout)\(probe.stderr)")
      }
    }
  }

  @Test("a codec is refused in a container that cannot hold it, before a frame is taken")
  func unfitting() throws {
    let folder = try TemporaryFolder()
    for container in FilmContainer.allCases {
      for key in VideoCodec.examples {
        let codec = try VideoCodec(key: key)
        guard !codec.containers.contains(container) else { continue }
        let writer = FilmWriter(VideoSaveSettings().with { $0.codec = codec })
        let failure = #expect(throws: MediaOutputFailure.self) {
          try writer.plan(FilePath("\(folder.path)/x.\(container.rawValue)"))
        }
        #expect(failure?.code == .outputUnfitting)
      }
    }
    #expect(try Self.names(folder) == [])
  }

  @Test(
    "names are mended as users know it, and never past what is no extension",
    arguments: [
      ("clip", "clip.mp4"), ("clip.mp4", "clip.mp4"), ("clip.MP4", "clip.MP4"),
      ("clip.png", "clip.mp4"), ("v1.2 clip", "v1.2 clip.mp4"), ("take 1.5", "take 1.5.mp4"),
      (".hidden", ".hidden.mp4"), ("a.mkv", "a.mkv"),
    ])
  func names(asked: String, expected: String) throws {
    #expect(
      try FilmWriter(VideoSaveSettings()).plan(FilePath("d/\(asked)")).path
        == FilePath("d/\(expected)"))
  }

  @Test("without a name a film goes to the temporary folder under a name of its own")
  func unnamed() throws {
    let folder = try TemporaryFolder()
    let settings = VideoSaveSettings().with { $0.temporaryFolder = FilePath(folder.path) }
    let first = try FilmWriter(settings).write(try Self.film([2, 16, 16, 3]), to: nil)
    let second = try FilmWriter(settings).write(try Self.film([2, 16, 16, 3]), to: nil)
    #expect(first.path != second.path)
    #expect(try Self.names(folder).count == 2)
  }

  @Test(
    "what fails leaves the target as it was, and nothing beside it",
    arguments: ["nan", "size", "source", "stop"])
  func failures(kind: String) throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/out.mp4"
    try Data("before".utf8).write(to: URL(filePath: path))
    let stop = StopFlag()
    let source = FailingFrames(kind, stop)
    #expect(throws: (any Error).self) {
      try FilmWriter(VideoSaveSettings(), stop: stop).write(source, to: FilePath(path))
    }
    #expect(try Self.names(folder) == ["out.mp4"])
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "before")
  }

  @Test("a target that cannot be written to is one clear error")
  func badTargets() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/dir.mp4", withIntermediateDirectories: false)
    for (path, code) in [
      ("\(folder.path)/dir.mp4", "file.is_folder"),
      ("\(folder.path)/none/x.mp4", "file.not_found"),
    ] {
      do {
        _ = try FilmWriter(VideoSaveSettings()).write(
          try Self.film([2, 16, 16, 3]), to: FilePath(path))
        Issue.record("\(path) was written")
      } catch {
        #expect(error.asFailure.code.name == code)
      }
    }
    #expect(try Self.names(folder) == ["dir.mp4"])
  }

  @Test("alpha is refused where it would be lost, and kept where it can be")
  func alpha() throws {
    let folder = try TemporaryFolder()
    let failure = #expect(throws: MediaOutputFailure.self) {
      try FilmWriter(VideoSaveSettings()).write(
        try Self.film([2, 16, 16, 4]), to: FilePath(folder.path + "/a.mp4"))
    }
    #expect(failure?.code == .outputUnfitting)
    let settings = try VideoSaveSettings().with { $0.codec = try VideoCodec(key: "apng") }
    let written = try FilmWriter(settings).write(
      try Self.film([2, 16, 16, 4]), to: FilePath(folder.path + "/a.apng"))
    #expect(written.pixelFormat == "rgba")
    #expect(try Self.names(folder) == ["a.apng"])
  }

  @Test("one frame of one pixel is a film")
  func smallest() throws {
    let folder = try TemporaryFolder()
    for key in ["libx264_8", "libx264_lossless", "gif", "apng"] {
      let settings = try VideoSaveSettings().with { $0.codec = try VideoCodec(key: key) }
      let written = try FilmWriter(settings).write(
        try Self.film([1, 1, 1, 3]), to: FilePath("\(folder.path)/\(key)"))
      #expect(written.frames == 1 && written.width == 1)
    }
  }

  @Test(
    "shapes that are no pictures are refused",
    arguments: [
      [0, 16, 16, 3], [2, 0, 16, 3], [5], [2, 16, 16, 2], [7, 8, 9, 10], [1, 1, 1, 1, 1, 3],
    ])
  func shapes(shape: [Int]) throws {
    let folder = try TemporaryFolder()
    do {
      _ = try FilmWriter(VideoSaveSettings()).write(
        try Self.film(shape), to: FilePath(folder.path + "/x.mp4"))
      Issue.record("\(shape) was written")
    } catch {
      #expect(error.asFailure.kind == .badMedia)
    }
    #expect(try Self.names(folder) == [])
  }

  @Test(
    "killed at any of fifty instants, a write leaves the old film or the new one, and is swept up")
  func kills() throws {
    let folder = try TemporaryFolder()
    let frames = [UInt8](repeating: 90, count: 40 * 96 * 128 * 3)
    try Data(frames).write(to: URL(filePath: folder.path + "/frames"))
    let place = folder.path + "/out"
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
    let command = [
      BuiltProducts.mediary, "write", "video", "-i", "-", "--raw", "128x96", "-o",
      place + "/film.mp4",
    ]
    var random = Seeded()
    print("kills: SEED=\(random.seed)")
    var killed = 0
    for _ in 0..<50 {
      let seconds = Double.random(in: 0.005...0.25, using: &random)
      let run = try CommandRun(
        "bash", ["-c", #"exec timeout -s KILL "$0" "$@" <"$FRAMES""#, "\(seconds)"] + command,
        environment: ["FRAMES": folder.path + "/frames"])
      killed += run.status == 137 ? 1 : 0
      #expect(run.status == 137 || run.status == 0, "\(run.status) \(run.stderr)")
      let shown = try FileManager.default.contentsOfDirectory(atPath: place).filter {
        !$0.hasPrefix(".")
      }
      #expect(shown.allSatisfy { $0 == "film.mp4" })
      guard !shown.isEmpty else { continue }
      let probe = try CommandRun(
        "ffprobe",
        [
          "-v", "error", "-count_packets", "-show_entries", "stream=nb_read_packets", "-of",
          "csv=p=0", place + "/film.mp4",
        ])
      #expect(probe.stdout == "40\n", "\(probe.stdout)\(probe.stderr)")
    }
    #expect(killed > 0)
    // Old enough to be swept.
    for name in try FileManager.default.contentsOfDirectory(atPath: place) {
      try FileManager.default.setAttributes(
        [.modificationDate: Date.distantPast.addingTimeInterval(1e9)],
        ofItemAtPath: "\(place)/\(name)")
    }
    let last = try CommandRun(
      "bash", ["-c", #"exec "$0" "$@" <"$FRAMES""#] + command,
      environment: ["FRAMES": folder.path + "/frames"])
    #expect(last.status == 0, "\(last.stderr)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: place) == ["film.mp4"])
  }

  @Test("settings are copied, so that a shared default stays what it is")
  func copies() throws {
    let shared = VideoSaveSettings()
    let mine = try shared.with { $0.codec = try VideoCodec(key: "prores_422") }
    #expect(shared.codec == .standard && mine.codec.description == "prores_422")
  }
}

/// Frames that end badly after some.
private final class FailingFrames: FrameSource {
  private let kind: String
  private let stop: StopFlag
  private let place = Monitor(0)

  init(_ kind: String, _ stop: StopFlag) {
    self.kind = kind
    self.stop = stop
  }

  var count: Int? { nil }
  func rewind() -> Bool { false }

  func next(_ wish: FrameWish) throws -> VideoFrame? {
    let index = place.withLock { place in
      defer { place += 1 }
      return place
    }
    var side = 32
    if index == 5 {
      switch kind {
      case "source": throw CocoaError(.fileReadUnknown)
      case "stop": stop.stop()
      case "size": side = 34
      default: break
      }
    }
    let isBad = index == 5 && kind == "nan"
    let values = [Float](repeating: isBad ? .nan : 0, count: side * side * 3)
    let array = try PixelArray(
      SharedBytes(values.withUnsafeBytes { Array($0) }), shape: [side, side, 3], element: .float32)
    return try ArrayFrames(picture: array).next(wish)
  }
}
