import Foundation
import Foundations
import Media
import TestSupport
import Testing

@Suite("Resampling") struct ResamplerTests {
  private static let stereo16 = SoundForm(sampleRate: 44_100, format: .int16, layout: .stereo)

  /// A sine of 440 Hz in 32-bit floats, one plane a channel.
  private static func tone(_ form: SoundForm, from start: Int, count: Int) throws -> AudioFrame {
    var frame = try AudioFrame.make(
      samples: count, format: form.format, layout: form.layout, sampleRate: form.sampleRate)
    for plane in 0..<frame.planes {
      var samples = frame.mutablePlane(plane, as: Float.self)
      for index in samples.indices {
        samples[index] = Float(sin(wave(start + index, form.sampleRate)))
      }
    }
    frame.presentationTicks = Int64(start)
    return frame
  }

  private static func wave(_ index: Int, _ rate: Int) -> Double {
    2 * .pi * 440 * Double(index) / Double(rate)
  }

  /// All that comes out of a conversion fed piece by piece.
  private static func converted(
    _ source: SoundForm, _ target: SoundForm, count: Int, piece: Int
  ) throws -> (samples: [Float], times: [(start: Int64?, count: Int)]) {
    var resampler = try Resampler.make(from: source, to: target)
    var samples: [Float] = []
    var times: [(start: Int64?, count: Int)] = []
    func take(_ frame: borrowing AudioFrame) {
      let plane = frame.plane(0, as: Float.self)
      for index in plane.indices { samples.append(plane[index]) }
      times.append((frame.presentationTicks, frame.samples))
    }
    for start in stride(from: 0, to: count, by: piece) {
      let frame = try tone(source, from: start, count: min(piece, count - start))
      if let result = try resampler.convert(frame) { take(result) }
    }
    if let rest = try resampler.finish() { take(rest) }
    return (samples, times)
  }

  @Test(
    "no sample is lost or added, and the tone stays in its place",
    arguments: [
      (44_100, 48_000), (48_000, 44_100), (8_000, 48_000), (48_000, 16_000), (22_050, 8_000),
    ])
  func rates(_ from: Int, _ to: Int) throws {
    let source = SoundForm(sampleRate: from, format: .floatPlanar, layout: .mono)
    let target = SoundForm(sampleRate: to, format: .floatPlanar, layout: .mono)
    let (samples, times) = try Self.converted(source, target, count: from * 2 + 17, piece: 1000)
    let wanted = Double(from * 2 + 17) * Double(to) / Double(from)
    #expect(abs(Double(samples.count) - wanted) <= 1)
    // Away from the ends, where the filter has nothing to look at.
    for index in stride(from: 200, to: samples.count - 200, by: 7) {
      let difference = abs(Double(samples[index]) - sin(Self.wave(index, to)))
      #expect(difference < 0.002, "sample \(index)")
    }
    var next: Int64 = try #require(times.first?.start)
    #expect(abs(next) <= 1)
    for time in times {
      #expect(time.start == next)
      next += Int64(time.count)
    }
  }

  @Test("another sample format has the same values")
  func formats() throws {
    var resampler = try Resampler.make(
      from: Self.stereo16,
      to: SoundForm(sampleRate: 44_100, format: .floatPlanar, layout: .stereo))
    let frame = try ClipPattern.sound(Self.stereo16, from: 0, count: 500)
    let result = try present(try resampler.convert(frame))
    #expect(result.samples == 500)
    #expect(result.planes == 2)
    for channel in 0..<2 {
      let plane = result.plane(channel, as: Float.self)
      for index in 0..<500 {
        #expect(plane[index] == Float(ClipPattern.sample(index, channel: channel)) / 32_768)
      }
    }
    if let rest = try resampler.finish() { Issue.record("\(rest.samples) samples more") }
  }

  @Test("mono goes to both sides, and both sides to mono")
  func channels() throws {
    let mono = SoundForm(sampleRate: 44_100, format: .int16, layout: .mono)
    var widen = try Resampler.make(from: mono, to: Self.stereo16)
    let wide = try present(
      try widen.convert(try ClipPattern.sound(mono, from: 0, count: 100)))
    let both = wide.plane(0, as: Int16.self)
    for index in 0..<100 { #expect(both[index * 2] == both[index * 2 + 1]) }

    var narrow = try Resampler.make(from: Self.stereo16, to: mono)
    let frame = try ClipPattern.sound(Self.stereo16, from: 0, count: 100)
    let one = try present(try narrow.convert(frame))
    let mixed = one.plane(0, as: Int16.self)
    for index in 0..<100 {
      let mean =
        (Int(ClipPattern.sample(index, channel: 0)) + Int(ClipPattern.sample(index, channel: 1)))
        / 2
      #expect(abs(Int(mixed[index]) - mean) <= 1)
    }
  }

  @Test("which speaker a channel is for is never guessed")
  func unknownLayout() throws {
    let unknown = try #require(ChannelLayout(named: "2 channels"))
    let silent = SoundForm(sampleRate: 44_100, format: .int16, layout: unknown)
    #expect(
      refusal(.badMediaSetting, "2 channels", hint: "stereo") {
        _ = try Resampler.make(from: silent, to: Self.stereo16)
      })
    #expect(
      refusal(.badMediaSetting, "2 channels") {
        _ = try Resampler.make(from: Self.stereo16, to: silent)
      })
    // Told what to take them for, it takes frames that do not say it themselves.
    var told = try Resampler.make(from: Self.stereo16, to: Self.stereo16)
    let frame = try AudioFrame.make(
      samples: 10, format: .int16, layout: unknown, sampleRate: 44_100)
    let result = try present(try told.convert(frame))
    #expect(result.layout == .stereo)
  }

  @Test("sound of another form does not pass")
  func foreign() throws {
    var resampler = try Resampler.make(from: Self.stereo16, to: Self.stereo16)
    let frame = try AudioFrame.make(
      samples: 10, format: .int16, layout: .stereo, sampleRate: 48_000)
    #expect(refusal(.badMediaSetting, "48000 Hz") { _ = try resampler.convert(frame) })
    #expect(
      refusal(.badMediaSetting, "0 Hz") {
        _ = try Resampler.make(
          from: SoundForm(sampleRate: 0, format: .int16, layout: .mono), to: Self.stereo16)
      })
  }

  @Test("times of a coarse base make no gaps, and a jump stays a jump")
  func times() throws {
    let source = SoundForm(sampleRate: 44_100, format: .int16, layout: .mono)
    let target = SoundForm(sampleRate: 48_000, format: .int16, layout: .mono)
    var resampler = try Resampler.make(from: source, to: target, timebase: Rational(1, 1000))
    var next: Int64?
    for index in 0..<40 {
      var frame = try ClipPattern.sound(source, from: index * 1024, count: 1024)
      frame.presentationTicks = 500 + Int64((Double(index * 1024) / 44.1).rounded())
      guard let result = try resampler.convert(frame) else { continue }
      let start = try present(result.presentationTicks)
      if let next { #expect(start == next) } else { #expect(abs(start - 24_000) <= 48) }
      next = start + Int64(result.samples)
    }
    var late = try ClipPattern.sound(source, from: 0, count: 1024)
    late.presentationTicks = 60_000
    let result = try present(try resampler.convert(late))
    let jumped = try present(result.presentationTicks)
    #expect(abs(jumped - 60 * 48_000) <= 48)
  }

  @Test("sound without times stays without")
  func timeless() throws {
    var resampler = try Resampler.make(
      from: Self.stereo16, to: SoundForm(sampleRate: 48_000, format: .int16, layout: .stereo))
    var frame = try ClipPattern.sound(Self.stereo16, from: 0, count: 4096)
    frame.presentationTicks = nil
    let result = try present(try resampler.convert(frame))
    #expect(result.presentationTicks == nil)
  }
}
