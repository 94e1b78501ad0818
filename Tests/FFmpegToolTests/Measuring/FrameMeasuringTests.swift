import FFmpegTool
import Foundations
import TestSupport
import Testing

@Suite("A measurement of an encoded film")
struct FrameMeasuringTests {
  private let folder: TemporaryFolder
  private let moving = MovingPictures(width: 192, height: 128)

  init() throws { folder = try TemporaryFolder() }

  private var scratch: ScratchFolders { ScratchFolders(root: FilePath(folder("scratch"))) }

  private func encoded(
    _ numbers: [Int], crf: Int = 30, by program: RealProgram = .pinned
  ) throws -> FilePath {
    let file = FilePath(folder("\(crf).ivf"))
    let encoding = try FrameEncoding.start(
      program(), moving.pictures,
      AV1Settings(crfQuarters: crf * 4, preset: 12, keyInterval: 0), into: file,
      by: try RealProgram.processes.get(), stop: StopFlag())
    for number in numbers { try encoding.write(moving.frame(number)) }
    _ = try encoding.finish()
    return file
  }

  private func measure(
    _ metric: QualityMetric, _ file: FilePath, against numbers: [Int],
    by program: FFmpegProgram? = nil
  ) throws -> [Double] {
    let measuring = try FrameMeasuring.start(
      program ?? RealProgram.pinned(), metric, reference: moving.pictures, distorted: file,
      scratch: scratch, by: try RealProgram.processes.get(), stop: StopFlag())
    for number in numbers { try measuring.write(moving.frame(number)) }
    return try measuring.finish().scores
  }

  @Test(
    "gives a score for each frame, higher for the better film", arguments: QualityMetric.allCases)
  func scores(metric: QualityMetric) throws {
    let numbers = Array(0..<12)
    let good = try measure(metric, encoded(numbers, crf: 15), against: numbers)
    let bad = try measure(metric, encoded(numbers, crf: 60), against: numbers)
    #expect(good.count == 12 && bad.count == 12)
    #expect(good.reduce(0, +) > bad.reduce(0, +) + 12)
    #expect(good.allSatisfy { $0 > 20 && $0 <= 100 })
  }

  @Test(
    "gives the scores of the samples, whatever colours the film is said to have",
    arguments: [
      ["bt709", "bt709", "bt709", "tv"], ["smpte170m", "smpte170m", "smpte170m", "tv"],
      ["bt2020", "smpte2084", "bt2020nc", "tv"], ["bt709", "bt709", "bt709", "pc"],
    ])
  func colours(words: [String]) throws {
    let numbers = Array(0..<4)
    let plain = try measure(.vmaf, encoded(numbers), against: numbers)
    var told = moving.pictures
    let options = ["color_primaries", "color_trc", "colorspace", "color_range"]
    told.colour = zip(options, words).map { RawPictures.ColourOption($0, $1) }
    let file = FilePath(folder("told.ivf"))
    let encoding = try FrameEncoding.start(
      RealProgram.pinned(), told, AV1Settings(crfQuarters: 120, preset: 12, keyInterval: 0),
      into: file, by: try RealProgram.processes.get(), stop: StopFlag())
    for number in numbers { try encoding.write(moving.frame(number)) }
    _ = try encoding.finish()
    let scores = try measure(.vmaf, file, against: numbers)
    #expect(zip(scores, plain).allSatisfy { abs($0 - $1) < 0.5 }, "\(scores) and not \(plain)")
  }

  @Test("gives the same scores twice", arguments: QualityMetric.allCases)
  func repeats(metric: QualityMetric) throws {
    let numbers = Array(0..<6)
    let file = try encoded(numbers)
    #expect(
      try measure(metric, file, against: numbers) == measure(metric, file, against: numbers))
  }

  @Test("compares just the frames of a probe that takes every so-manieth")
  func everySoManieth() throws {
    let numbers = Array(stride(from: 0, to: 60, by: 7))
    let file = try encoded(numbers, crf: 20)
    let right = try measure(.xpsnr, file, against: numbers)
    let shifted = try measure(.xpsnr, file, against: numbers.map { $0 + 7 })
    #expect(right.count == numbers.count)
    #expect(zip(right, shifted).allSatisfy { $0 > $1 })
  }

  @Test("refuses films of another number of frames", arguments: [5, 7])
  func counts(reference: Int) throws {
    let file = try encoded(Array(0..<6))
    let failure = #expect(throws: FFmpegToolFailure.self) {
      try measure(.vmaf, file, against: Array(0..<reference))
    }
    #expect(failure?.code == .toolUnequal, "\(failure?.message ?? "")")
  }

  @Test("measures what the other program has encoded")
  func otherProgram() throws {
    let file = try encoded(Array(0..<6), crf: 20, by: .system)
    #expect(try measure(.vmaf, file, against: Array(0..<6)).count == 6)
  }

  @Test("is refused by a program that cannot measure", arguments: QualityMetric.allCases)
  func cannot(metric: QualityMetric) throws {
    let failure = #expect(throws: FFmpegToolFailure.self) {
      try measure(metric, "a.ivf", against: [], by: RealProgram.system())
    }
    #expect(failure?.code == .toolMissing)
  }

  @Test(
    "tells clearly what a program did instead of measuring",
    arguments: [
      ("exit 0", FailureCode.toolNonsense), ("kill -SEGV $$", .toolFailed),
      ("cat >/dev/null; exit 0", .toolNonsense),
      ("cat >/dev/null; seq 6 >distorted_count; echo 'Frame,vmaf,' >scores; exit 0", .toolNonsense),
      (
        "cat >/dev/null; seq 6 >distorted_count; echo 'Frame,vmaf,' >scores; for n in 0 1 2 3 4 5; do echo \"$n,nan,\" >>scores; done",
        .toolNonsense
      ),
    ])
  func misdeeds(body: String, code: FailureCode) throws {
    let standIn = try StandIn(body)
    let failure = #expect(throws: FFmpegToolFailure.self) {
      try measure(.vmaf, "/none.ivf", against: Array(0..<6), by: standIn.program)
    }
    #expect(failure?.code == code, "\(failure?.message ?? "")")
  }

  @Test("takes VMAF's 4k model from 2160 lines on")
  func model() {
    #expect(QualityMetric.vmafModel(height: 2159) == "vmaf_v0.6.1")
    #expect(QualityMetric.vmafModel(height: 2160) == "vmaf_4k_v0.6.1")
  }

  @Test("leaves nothing behind")
  func tidy() throws {
    let file = try encoded([0])
    _ = try measure(.vmaf, file, against: [0])
    let left = try CommandRun("ls", [folder("scratch")])
    #expect(left.stdout.isEmpty)
  }
}
