import Foundations
import Media
import TestSupport
import Testing

@Suite("Pictures") struct VideoFrameTests {
  private static func make(
    _ format: String, _ width: Int = 33, _ height: Int = 21
  ) throws -> VideoFrame {
    try VideoFrame.make(
      width: width, height: height, format: try #require(PixelFormat(named: format)),
      colour: .unspecified)
  }

  /// A format's planes for 33 by 21 pixels: samples a row, and rows.
  static let formats: [(String, [[Int]])] = [
    ("yuv420p", [[33, 21], [17, 11], [17, 11]]), ("yuv422p", [[33, 21], [17, 21], [17, 21]]),
    ("yuv444p", [[33, 21], [33, 21], [33, 21]]), ("yuv410p", [[33, 21], [9, 6], [9, 6]]),
    ("yuv420p10le", [[33, 21], [17, 11], [17, 11]]), ("gray", [[33, 21]]),
    ("gray16le", [[33, 21]]),
    ("rgb24", [[99, 21]]), ("rgba", [[132, 21]]), ("rgb48le", [[99, 21]]),
    ("rgba64le", [[132, 21]]),
    ("gbrp", [[33, 21], [33, 21], [33, 21]]),
    ("gbrap16le", [[33, 21], [33, 21], [33, 21], [33, 21]]),
    ("yuva420p", [[33, 21], [17, 11], [17, 11], [33, 21]]), ("nv12", [[33, 21], [34, 11]]),
    ("p010le", [[33, 21], [34, 11]]), ("yuyv422", [[68, 21]]), ("ya8", [[66, 21]]),
  ]

  @Test("planes have as many samples as their format says, odd sizes included", arguments: formats)
  func shapes(_ format: String, _ planes: [[Int]]) throws {
    var frame = try Self.make(format)
    #expect(frame.planes == planes.count)
    ClipPattern.fill(&frame, frame: 5)
    let samples = ClipPattern.samples(frame)
    let highest = 1 << frame.format.bitDepth - 1
    for (index, shape) in planes.enumerated() {
      #expect(samples[index].count == shape[0] * shape[1], "plane \(index)")
      for row in 0..<shape[1] {
        for column in [0, shape[0] - 1] {
          let wanted = ClipPattern.value(column, row, plane: index, frame: 5, highest: highest)
          #expect(samples[index][row * shape[0] + column] == wanted)
        }
      }
    }
  }

  @Test("floating point planes are read and written as such")
  func floats() throws {
    var frame = try Self.make("gbrpf32le")
    do {
      var plane = frame.mutablePlane(1, as: Float.self)
      plane.withRow(20) { $0[32] = 0.25 }
    }
    let plane = frame.plane(1, as: Float.self)
    #expect(plane.width == 33 && plane.height == 21)
    let row = plane[row: 20]
    #expect(row[32] == 0.25)
  }

  @Test("a second owner sees the same pixels until one of them writes")
  func sharing() throws {
    var first = try Self.make("gray")
    ClipPattern.fill(&first, frame: 1)
    var second = try first.retained()
    #expect(ClipPattern.samples(second) == ClipPattern.samples(first))
    try second.makeWritable()
    ClipPattern.fill(&second, frame: 2)
    #expect(ClipPattern.samples(second) != ClipPattern.samples(first))
    second.presentationTicks = 7
    #expect(first.presentationTicks == nil)
  }

  @Test("pixels that somebody else sees cannot be written by mistake")
  func guarded() async {
    await #expect(processExitsWith: .failure) {
      let first = try VideoFrame.make(
        width: 8, height: 8, format: .gray8, colour: .unspecified)
      var second = try first.retained()
      ClipPattern.fill(&second, frame: 2)
      _ = first.width
    }
  }

  @Test("samples of the wrong width are refused before they are touched")
  func wrongWidth() async {
    await #expect(processExitsWith: .failure) {
      let frame = try VideoFrame.make(
        width: 8, height: 8, format: .yuv420p10, colour: .unspecified)
      _ = frame.plane(0, as: UInt8.self).width
    }
    await #expect(processExitsWith: .failure) {
      let frame = try VideoFrame.make(width: 8, height: 8, format: .gray8, colour: .unspecified)
      _ = frame.plane(1, as: UInt8.self).width
    }
  }

  @Test("times, duration, aspect and colour are kept, and nothing is there unless it was said")
  func properties() throws {
    var frame = try Self.make("yuv420p")
    #expect(frame.presentationTicks == nil)
    #expect(frame.sampleAspect == nil)
    #expect(frame.masteringDisplay == nil && frame.lightLevel == nil)
    #expect(frame.hasHDR10Plus == false && frame.hasDolbyVisionData == false)
    #expect(frame.isDamaged == false && frame.isInterlaced == false)
    frame.presentationTicks = -5
    frame.durationTicks = 3
    frame.sampleAspect = Rational(16, 15)
    frame.colour = .bt2020PQ
    #expect(frame.presentationTicks == -5)
    #expect(frame.durationTicks == 3)
    #expect(frame.sampleAspect == Rational(16, 15))
    #expect(frame.colour == .bt2020PQ)
    #expect(
      frame.form
        == PictureForm(width: 33, height: 21, format: .yuv420p, colour: .bt2020PQ))
    frame.presentationTicks = nil
    frame.sampleAspect = nil
    #expect(frame.presentationTicks == nil)
    #expect(frame.sampleAspect == nil)
  }

  @Test("a picture of no size cannot be made", arguments: [(0, 8), (8, 0), (-1, 8), (1 << 40, 8)])
  func noSize(_ width: Int, _ height: Int) {
    #expect(throws: MediaFailure.self) {
      _ = try VideoFrame.make(width: width, height: height, format: .gray8, colour: .unspecified)
    }
  }
}
