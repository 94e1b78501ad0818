import Foundation
import Foundations
import Media

/// A scene that looks like no other: light from somewhere, and some things in it that may move.
///
/// Known beforehand and drawn at any size and part, so that what shows the same can be told.
package struct SyntheticScene: Sendable {
  private struct Thing: Sendable {
    var x, y, width, height, angle, shade, stripes: Double
    var movesX, movesY: Double
    var isRound: Bool
  }

  /// The part of a scene that a picture shows: how much is cut off at each edge.
  package struct Cut: Sendable {
    package var left = 0.0
    package var right = 0.0
    package var top = 0.0
    package var bottom = 0.0

    /// All of it, or without a part of each edge.
    package init(left: Double = 0, right: Double = 0, top: Double = 0, bottom: Double = 0) {
      self.left = left
      self.right = right
      self.top = top
      self.bottom = bottom
    }
  }

  private let light: [(down: Double, across: Double, phase: Double, strength: Double)]
  private let things: [Thing]

  /// The scene of a number.
  package init(seed: UInt64) {
    var random = SeededGenerator(seed: (seed &+ 1) &* 0xD1B5_4A32_D192_ED03)
    func number(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &random) }
    light = (0..<4).map { _ in
      (number(-3...3), number(-3...3), number(0...6.28), number(8...40))
    }
    things = (0..<Int.random(in: 5...14, using: &random)).map { _ in
      Thing(
        x: number(0...1), y: number(0...1), width: number(0.04...0.3), height: number(0.04...0.3),
        angle: number(0...3.14), shade: number(10...245),
        stripes: Bool.random(using: &random) ? number(10...60) : 0,
        movesX: number(-0.2...0.2), movesY: number(-0.2...0.2),
        isRound: Bool.random(using: &random))
    }
  }

  /// How light a place is, from 0 to 255; places go from 0 to 1.
  private func shade(_ x: Double, _ y: Double, _ things: [Drawn]) -> Double {
    for thing in things {
      let (dx, dy) = (x - thing.x, y - thing.y)
      let across = (dx * thing.cosine + dy * thing.sine) / thing.width
      let down = (dy * thing.cosine - dx * thing.sine) / thing.height
      let isInside =
        thing.isRound ? across * across + down * down < 1 : abs(across) < 1 && abs(down) < 1
      guard isInside else { continue }
      let stripe = thing.stripes > 0 && Int((across + 2) * thing.stripes) % 2 == 0
      return stripe ? min(255, thing.shade + 40) : thing.shade
    }
    return light.reduce(128) {
      $0 + $1.strength * sin($1.down * y * 3.14 + $1.across * x * 3.14 + $1.phase)
    }
  }

  private struct Drawn {
    var x, y, width, height, cosine, sine, shade, stripes: Double
    var isRound: Bool
  }

  /// The scene's gray values at a time, row by row.
  package func bytes(
    width: Int, height: Int, seconds: Double = 0, cut: Cut = Cut(), noise: Double = 0
  ) -> [UInt8] {
    let drawn = things.map {
      Drawn(
        x: $0.x + $0.movesX * seconds, y: $0.y + $0.movesY * seconds, width: $0.width,
        height: $0.height, cosine: cos($0.angle), sine: sin($0.angle), shade: $0.shade,
        stripes: $0.stripes, isRound: $0.isRound)
    }
    var random = SeededGenerator(seed: UInt64(width * 31 + height))
    let (spanX, spanY) = (1 - cut.left - cut.right, 1 - cut.top - cut.bottom)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(width * height)
    for row in 0..<height {
      let y = cut.top + spanY * (Double(row) + 0.5) / Double(height)
      for column in 0..<width {
        let x = cut.left + spanX * (Double(column) + 0.5) / Double(width)
        let grain = noise > 0 ? noise * (Double(random.next() & 255) / 128 - 1) : 0
        bytes.append(UInt8(max(0, min(255, shade(x, y, drawn) + grain))))
      }
    }
    return bytes
  }

  /// A film of the scene, in Matroska.
  package func film(
    width: Int, height: Int, seconds: Double = 4, framesPerSecond: Int = 12, cut: Cut = Cut(),
    crf: Int = 20
  ) throws -> [UInt8] {
    let form = PictureForm(width: width, height: height, format: .yuv420p, colour: .bt709)
    var settings = VideoEncoderSettings(
      codec: "libx264", form: form, timebase: Rational(1, framesPerSecond),
      frameRate: Rational(framesPerSecond, 1),
      options: [("preset", "ultrafast"), ("crf", String(crf))])
    settings.keyFrameInterval = 40
    let sink = MemoryByteSink(name: "scene.mkv")
    var encoder = try VideoEncoder.open(settings)
    var muxer = try Muxer.make(.bytes(sink))
    let index = try muxer.addStream(encoder.parameters)
    try muxer.start()
    do {
      for number in 0..<Int(seconds * Double(framesPerSecond)) {
        let time = Double(number) / Double(framesPerSecond)
        let frame = try picture(form, seconds: time, cut: cut, ticks: Int64(number))
        try encoder.encode(frame) { try muxer.write($0, stream: index) }
      }
      try encoder.finish { try muxer.write($0, stream: index) }
      try muxer.finish()
    } catch {
      muxer.abandon()
      throw error
    }
    return sink.bytes
  }

  private func picture(
    _ form: PictureForm, seconds: Double, cut: Cut, ticks: Int64
  ) throws -> VideoFrame {
    var picture = try VideoFrame.make(
      width: form.width, height: form.height, format: form.format, colour: form.colour)
    let values = bytes(width: form.width, height: form.height, seconds: seconds, cut: cut)
    Self.fill(&picture, plane: 0) { values[$1 * form.width + $0] }
    for plane in 1...2 { Self.fill(&picture, plane: plane) { _, _ in 128 } }
    picture.presentationTicks = ticks
    return picture
  }

  private static func fill(
    _ picture: inout VideoFrame, plane: Int, _ value: (Int, Int) -> UInt8
  ) {
    var target = picture.mutablePlane(plane, as: UInt8.self)
    for row in 0..<target.height {
      target.withRow(row) { samples in
        for column in samples.indices { samples[column] = value(column, row) }
      }
    }
  }
}
