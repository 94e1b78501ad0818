import Foundations
import Media
import TestSupport
import Testing

@Suite("Samples") struct AudioFrameTests {
  @Test("planar sound has a plane for each channel, past eight too")
  func planar() throws {
    let layout = try #require(ChannelLayout(named: "hexadecagonal"))
    #expect(layout.channels == 16)
    var frame = try AudioFrame.make(
      samples: 100, format: .floatPlanar, layout: layout, sampleRate: 48_000)
    #expect(frame.planes == 16)
    for plane in 0..<16 {
      var samples = frame.mutablePlane(plane, as: Float.self)
      #expect(samples.count == 100)
      for index in samples.indices { samples[index] = Float(plane * 1_000 + index) }
    }
    for plane in 0..<16 {
      let samples = frame.plane(plane, as: Float.self)
      #expect(samples[99] == Float(plane * 1_000 + 99))
    }
  }

  @Test("interleaved sound has one plane for all")
  func interleaved() throws {
    let form = SoundForm(sampleRate: 44_100, format: .int16, layout: .surround51)
    let frame = try ClipPattern.sound(form, from: 10, count: 50)
    #expect(frame.planes == 1)
    let samples = frame.plane(0, as: Int16.self)
    #expect(samples.count == 300)
    #expect(samples[7 * 6 + 5] == ClipPattern.sample(17, channel: 5))
    #expect(frame.form == form)
    #expect(frame.presentationTicks == 10)
  }

  @Test("a second owner hears the same samples")
  func sharing() throws {
    let form = SoundForm(sampleRate: 44_100, format: .int16, layout: .mono)
    let first = try ClipPattern.sound(form, from: 0, count: 10)
    var second = try first.retained()
    second.presentationTicks = 99
    #expect(first.presentationTicks == 0)
    let (ours, theirs) = (first.plane(0, as: Int16.self), second.plane(0, as: Int16.self))
    for index in 0..<10 { #expect(ours[index] == theirs[index]) }
  }

  @Test("sound of no length cannot be made")
  func noLength() {
    #expect(throws: MediaFailure.self) {
      _ = try AudioFrame.make(samples: 0, format: .int16, layout: .mono, sampleRate: 8_000)
    }
  }

  @Test(
    "layouts keep their name and number; those without an order say so",
    arguments: [
      ("mono", 1, true), ("stereo", 2, true), ("5.1", 6, true), ("5.1(side)", 6, true),
      ("7.1", 8, true), ("22.2", 24, true), ("2 channels", 2, false), ("11 channels", 11, false),
    ])
  func layouts(_ name: String, _ channels: Int, _ isKnown: Bool) throws {
    let layout = try #require(ChannelLayout(named: name))
    #expect(layout.description == name)
    #expect(layout.channels == channels)
    #expect(layout.hasKnownOrder == isKnown)
    let frame = try AudioFrame.make(samples: 4, format: .int16, layout: layout, sampleRate: 8_000)
    #expect(frame.layout == layout)
  }

  @Test("a layout of an order of its own is kept")
  func ownOrder() throws {
    let layout = try #require(ChannelLayout(named: "FL+FR+LFE"))
    #expect(layout.channels == 3)
    #expect(layout.hasKnownOrder)
    let frame = try AudioFrame.make(samples: 4, format: .int16, layout: layout, sampleRate: 8_000)
    #expect(frame.layout == layout)
    #expect(ChannelLayout(named: "nosuchlayout") == nil)
  }

  @Test("formats tell their width and order")
  func formats() {
    #expect(SampleFormat.int16.bytesPerSample == 2 && !SampleFormat.int16.isPlanar)
    #expect(SampleFormat.floatPlanar.bytesPerSample == 4 && SampleFormat.floatPlanar.isPlanar)
    #expect(SampleFormat.int32Planar.name == "s32p")
  }
}
