import FFmpegTool
import Foundations
import Media
import TestSupport
import Testing

@Suite("An encode of bare frames")
struct FrameEncodingTests {
  private static let settings = AV1Settings(
    crfQuarters: 160, preset: 12, keyInterval: 0, parameters: [AV1Settings.Parameter("tune", "0")])

  private func encode(
    _ program: FFmpegProgram, _ moving: MovingPictures, frames: Int,
    _ settings: AV1Settings = settings, into file: FilePath,
    conditions: ToolConditions = ToolConditions(), stop: StopFlag = StopFlag()
  ) throws -> EncodedFrames {
    let encoding = try FrameEncoding.start(
      program, moving.pictures, settings, into: file, conditions: conditions,
      by: try RealProgram.processes.get(), stop: stop)
    for number in 0..<frames { try encoding.write(moving.frame(number)) }
    return try encoding.finish()
  }

  @Test(
    "gives a packet for each frame, the first a key", arguments: RealProgram.allCases,
    ["yuv420p", "yuv420p10le"])
  func packets(program: RealProgram, format: String) throws {
    let folder = try TemporaryFolder()
    let file = FilePath(folder("a.ivf"))
    let encoded = try encode(program(), MovingPictures(pixelFormat: format), frames: 20, into: file)
    #expect(encoded.frames == 20)
    #expect(encoded.index.packets.map(\.isKey) == [true] + Array(repeating: false, count: 19))
    #expect(encoded.cpuSeconds > 0)
    #expect(
      encoded.bytes + 32 + 12 * 20 == FileStatus.ifPresent(file)?.size)
  }

  @Test("gives the same bytes for the same frames", arguments: RealProgram.allCases)
  func deterministic(program: RealProgram) throws {
    let folder = try TemporaryFolder()
    var contents: Set<[UInt8]> = []
    for threads in [nil, 1, 1, 2, 2] {
      var conditions = ToolConditions()
      conditions.threads = threads
      let file = FilePath(folder("a.ivf"))
      _ = try encode(
        program(), MovingPictures(), frames: 40, into: file, conditions: conditions)
      contents.insert(try SmallFile.read(file, limit: 1 << 20))
    }
    #expect(contents.count == 1)
  }

  @Test("puts keys as far apart as told", arguments: RealProgram.allCases)
  func keys(program: RealProgram) throws {
    let folder = try TemporaryFolder()
    var settings = Self.settings
    settings.keyInterval = 16
    let encoded = try encode(
      program(), MovingPictures(width: 64), frames: 40, settings, into: FilePath(folder("a.ivf")))
    #expect(
      encoded.index.packets.indices.filter { encoded.index.packets[$0].isKey } == [0, 16, 32])
  }

  @Test("takes quarters of a CRF for different from each other")
  func quarters() throws {
    let folder = try TemporaryFolder()
    let sizes = try [120, 121, 122, 123].map { quarters in
      var settings = Self.settings
      settings.crfQuarters = quarters
      return try encode(
        RealProgram.pinned(), MovingPictures(), frames: 12, settings,
        into: FilePath(folder("a.ivf"))
      ).bytes
    }
    #expect(Set(sizes).count > 1)
  }

  @Test("writes the colours it is told into the film", arguments: RealProgram.allCases)
  func colours(program: RealProgram) throws {
    let folder = try TemporaryFolder()
    let file = folder("a.ivf")
    let colour = [
      ("color_primaries", "bt2020"), ("color_trc", "smpte2084"), ("colorspace", "bt2020nc"),
      ("color_range", "tv"),
    ].map { RawPictures.ColourOption($0, $1) }
    _ = try encode(program(), MovingPictures(colour: colour), frames: 3, into: FilePath(file))
    let told = try CommandRun(
      "ffprobe",
      [
        "-v", "error", "-of", "csv=p=0", "-show_entries",
        "stream=color_range,color_space,color_transfer,color_primaries", file,
      ])
    #expect(told.stdout == "tv,bt2020nc,smpte2084,bt2020\n")
  }

  @Test("gives a film that decodes to as many frames", arguments: RealProgram.allCases)
  func decodes(program: RealProgram) throws {
    let folder = try TemporaryFolder()
    let file = folder("a.ivf")
    _ = try encode(
      program(), MovingPictures(width: 66, height: 70), frames: 9, into: FilePath(file))
    let told = try CommandRun(
      "ffprobe",
      [
        "-v", "error", "-count_frames", "-of", "csv=p=0", "-show_entries",
        "stream=width,height,nb_read_frames", file,
      ])
    #expect(told.stdout == "66,70,9\n")
  }

  @Test("refuses pixel formats that would be changed in silence")
  func format() throws {
    let failure = #expect(throws: FFmpegToolFailure.self) {
      try encode(
        RealProgram.system(), MovingPictures(pixelFormat: "yuv444p"), frames: 0, into: "/dev/null")
    }
    #expect(failure?.code == .toolUnknownParameter)
  }

  @Test("fails with the program's own words where it refuses", arguments: RealProgram.allCases)
  func refused(program: RealProgram) throws {
    let folder = try TemporaryFolder()
    let settings = AV1Settings(
      crfQuarters: 160, preset: 12, keyInterval: 0,
      parameters: [AV1Settings.Parameter("nonsense", "1")])
    let failure = #expect(throws: FFmpegToolFailure.self) {
      try encode(
        program(), MovingPictures(), frames: 200, settings, into: FilePath(folder("a.ivf")))
    }
    #expect(failure?.code == .toolFailed)
    let cause = failure?.cause as? ProcessFailure
    #expect(cause?.lastLines.contains { $0.contains("nonsense") } == true)
  }

  @Test("ends at once when it is told to stop", arguments: RealProgram.allCases)
  func stops(program: RealProgram) throws {
    let folder = try TemporaryFolder()
    let stop = StopFlag()
    let moving = MovingPictures()
    let encoding = try FrameEncoding.start(
      program(), moving.pictures, Self.settings, into: FilePath(folder("a.ivf")),
      by: try RealProgram.processes.get(), stop: stop)
    try encoding.write(moving.frame(0))
    #expect(encoding.useNow != nil)
    stop.stop(.signal(2))
    let failure = #expect(throws: FFmpegToolFailure.self) {
      for number in 1... { try encoding.write(moving.frame(number)) }
    }
    #expect(failure?.code == .stopped)
    let again = #expect(throws: FFmpegToolFailure.self) {
      try encode(program(), moving, frames: 1, into: FilePath(folder("b.ivf")), stop: stop)
    }
    #expect(again?.code == .stopped)
  }

  /// What a program may do instead of encoding, and what it is told as.
  enum Misdeed: String, CaseIterable {
    case crash = "head -c 10000 >/dev/null; kill -SEGV $$"
    case endsEarly = "exit 0"
    case endsEarlyWithoutReading = "exec <&-; exit 0"
    case writesNothing = "cat >/dev/null; exit 0"
    case writesGarbage = "cat >/dev/null; echo garbage > \"$out\"; exit 0"
    case writesHalf = "cat >/dev/null; head -c 60 \"$good\" > \"$out\"; exit 0"
    case writesOther = "cat >/dev/null; cat \"$good\" > \"$out\"; exit 0"
    case hangsReading = "echo waiting >&2; exec sleep 1000"
    case hangsAtEnd = "cat >/dev/null; trap '' TERM; while :; do sleep 1; done"

    var code: FailureCode {
      switch self {
      case .crash: .toolFailed
      case .hangsReading, .hangsAtEnd: .toolHung
      default: .toolNonsense
      }
    }
  }

  @Test("tells clearly what an encoder did instead of encoding", arguments: Misdeed.allCases)
  func misdeeds(misdeed: Misdeed) throws {
    let folder = try TemporaryFolder()
    let good = FilePath(folder("good.ivf"))
    if misdeed == .writesHalf || misdeed == .writesOther {
      _ = try encode(RealProgram.system(), MovingPictures(), frames: 3, into: good)
    }
    let standIn = try StandIn(
      """
      for out; do :; done
      out=${out#file:}
      good='\(good.text)'
      \(misdeed.rawValue)
      """)
    var conditions = ToolConditions()
    conditions.patience = misdeed.code == .toolHung ? .milliseconds(400) : .seconds(300)
    let failure = #expect(throws: FFmpegToolFailure.self) {
      try encode(
        standIn.program, MovingPictures(), frames: 40, into: FilePath(folder("a.ivf")),
        conditions: conditions)
    }
    #expect(failure?.code == misdeed.code, "\(failure?.message ?? "")")
  }
}
