import Foundations
import Media
import TestSupport
import Testing

@Suite("Filter graphs") struct FilterGraphTests {
  private static let form = PictureForm(width: 64, height: 48, format: .yuv420p, colour: .bt709)
  private static let input = FilterInput.video(
    form, timebase: Rational(1, 25), frameRate: Rational(25, 1), sampleAspect: Rational(16, 15))

  private static func graph(_ text: String, threads: Int = 1) throws -> FilterGraph {
    try FilterGraph.make(text, inputs: [input], outputs: [.video()], threads: threads)
  }

  @Test("a cut picture is the part that was asked for")
  func crop() throws {
    let graph = try Self.graph("crop=10:6:4:2")
    let picture = try ClipPattern.picture(Self.form, frame: 3)
    let whole = ClipPattern.samples(picture)[0]
    try graph.push(picture)
    try graph.finish()
    var count = 0
    let mayGoOn = try graph.pull { frame in
      count += 1
      #expect(frame.width == 10 && frame.height == 6)
      #expect(frame.presentationTicks == 3)
      let part = ClipPattern.samples(frame)[0]
      for row in 0..<6 {
        for column in 0..<10 {
          #expect(part[row * 10 + column] == whole[(row + 2) * 64 + column + 4])
        }
      }
    }
    #expect(count == 1)
    #expect(!mayGoOn)
  }

  @Test("a picture that a filter turns upside down is read from the top")
  func upsideDown() throws {
    let graph = try Self.graph("vflip")
    let picture = try ClipPattern.picture(Self.form)
    let whole = ClipPattern.samples(picture)
    try graph.push(picture)
    var count = 0
    try graph.pull { frame in
      count += 1
      let turned = ClipPattern.samples(frame)
      for row in 0..<48 {
        #expect(
          turned[0][row * 64..<row * 64 + 64] == whole[0][(47 - row) * 64..<(47 - row) * 64 + 64])
      }
      for row in 0..<24 {
        #expect(
          turned[1][row * 32..<row * 32 + 32] == whole[1][(23 - row) * 32..<(23 - row) * 32 + 32])
      }
    }
    #expect(count == 1)
  }

  @Test("rate, time base, size and aspect of what comes out can be read")
  func described() throws {
    let graph = try Self.graph("fps=50,scale=32:48")
    guard
      case .video(let width, let height, let format, let timebase, let rate, let aspect) =
        graph.form(ofOutput: 0)
    else {
      Issue.record("not a video")
      return
    }
    #expect(width == 32 && height == 48)
    #expect(format == .yuv420p)
    #expect(timebase == Rational(1, 50))
    #expect(rate == Rational(50, 1))
    #expect(aspect == Rational(32, 15))
  }

  @Test("the filters' own times come out, not those of the packets that went in")
  func times() throws {
    let graph = try Self.graph("setpts=PTS*2+7")
    var times: [Int64?] = []
    for index in 0..<5 {
      var picture = try ClipPattern.picture(Self.form, frame: index)
      picture.presentationTicks = Int64(index * 3)
      try graph.push(picture)
      try graph.pull { times.append($0.presentationTicks) }
    }
    #expect(times == [7, 13, 19, 25, 31])
  }

  @Test("variable times pass unchanged, and the caller's frame is left alone")
  func variableTimes() throws {
    let graph = try FilterGraph.make(
      "hue=s=0", inputs: [.video(Self.form, timebase: Rational(1, 1000))], outputs: [.video()])
    var times: [Int64?] = []
    for (index, ticks) in [0, 40, 41, 500, 10_007].enumerated() {
      var picture = try ClipPattern.picture(Self.form, frame: index)
      picture.presentationTicks = Int64(ticks)
      let before = ClipPattern.samples(picture)
      try graph.push(picture)
      try graph.pull { frame in
        times.append(frame.presentationTicks)
        #expect(ClipPattern.samples(frame)[1].allSatisfy { $0 == 128 })
      }
      #expect(ClipPattern.samples(picture) == before)
      #expect(picture.presentationTicks == Int64(ticks))
    }
    #expect(times == [0, 40, 41, 500, 10_007])
  }

  @Test("several inputs and outputs meet by their labels")
  func several() throws {
    let graph = try FilterGraph.make(
      "[a][b]hstack[wide];[wide]split[first][second]",
      inputs: [
        .video(Self.form, timebase: Rational(1, 25), label: "a"),
        .video(Self.form, timebase: Rational(1, 25), label: "b"),
      ],
      outputs: [
        .video(formats: [.yuv420p], label: "first"), .video(formats: [.yuv420p], label: "second"),
      ])
    let (left, right) = (
      ClipPattern.samples(try ClipPattern.picture(Self.form, frame: 1))[0],
      ClipPattern.samples(try ClipPattern.picture(Self.form, frame: 2))[0]
    )
    try graph.push(try ClipPattern.picture(Self.form, frame: 1, at: 0), input: 0)
    try graph.pull(output: 0) { _ in Issue.record("one half is not enough") }
    #expect(graph.hungriestInput == 1)
    try graph.push(try ClipPattern.picture(Self.form, frame: 2, at: 0), input: 1)
    var counts = [0, 0]
    try graph.pull(output: 0) { frame in
      counts[0] += 1
      #expect(frame.width == 128)
      let samples = ClipPattern.samples(frame)[0]
      #expect(Array(samples[0..<64]) == Array(left[0..<64]))
      #expect(Array(samples[64..<128]) == Array(right[0..<64]))
    }
    try graph.pull(output: 1) { frame in
      counts[1] += 1
      #expect(frame.format == .yuv420p)
      #expect(Array(ClipPattern.samples(frame)[0][0..<64]) == Array(left[0..<64]))
    }
    #expect(counts == [1, 1])
  }

  @Test("a source needs no input, and ends by itself")
  func source() throws {
    let graph = try FilterGraph.make(
      "color=red:s=16x16:r=10:d=1,format=rgb24", inputs: [], outputs: [.video()])
    var count = 0
    let mayGoOn = try graph.pull { frame in
      count += 1
      #expect(Array(ClipPattern.samples(frame)[0][0..<3]) == [255, 0, 0])
      #expect(frame.colour.matrixName == "gbr")
      #expect(frame.colour.rangeName == "pc")
    }
    #expect(count == 10)
    #expect(!mayGoOn)
  }

  @Test("colours go with the frames, and what a frame leaves open is the input's")
  func colours() throws {
    let graph = try Self.graph("null")
    var picture = try ClipPattern.picture(Self.form)
    picture.colour = .unspecified
    try graph.push(picture)
    try graph.pull { frame in
      #expect(frame.colour == .bt709)
      #expect(frame.sampleAspect == Rational(16, 15))
    }
  }

  @Test("RGB that became luma and chroma by a guess does not come out")
  func guessedMatrix() throws {
    let rgb = PictureForm(width: 64, height: 48, format: .rgb24, colour: .sRGB)
    let guessing = try FilterGraph.make(
      "format=yuv420p", inputs: [.video(rgb, timebase: Rational(1, 25))], outputs: [.video()])
    try guessing.push(try ClipPattern.picture(rgb))
    #expect(
      refusal(.badMediaSetting, "format=yuv420p", hint: "out_color_matrix") {
        try guessing.pull { Issue.record("a guess came out: \($0.colour)") }
      })
    let told = try FilterGraph.make(
      "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,"
        + "setparams=colorspace=bt709:range=tv",
      inputs: [.video(rgb, timebase: Rational(1, 25))], outputs: [.video()])
    try told.push(try ClipPattern.picture(rgb))
    var count = 0
    try told.pull { frame in
      count += 1
      #expect(frame.colour.matrixName == "bt709")
    }
    #expect(count == 1)
  }

  @Test("HDR becomes SDR by zscale and tonemap, with the labels of what it became")
  func toneMapping() throws {
    let hdr = PictureForm(width: 64, height: 48, format: .yuv420p10, colour: .bt2020PQ)
    let graph = try FilterGraph.make(
      "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable,"
        + "zscale=t=bt709:m=bt709:r=tv,format=yuv420p",
      inputs: [.video(hdr, timebase: Rational(1, 25))], outputs: [.video()])
    try graph.push(try ClipPattern.picture(hdr))
    var count = 0
    try graph.pull { frame in
      count += 1
      #expect(frame.format == .yuv420p)
      #expect(frame.colour.matrixName == "bt709")
      #expect(frame.colour.primariesName == "bt709")
      #expect(frame.colour.transferName == "bt709")
      #expect(frame.colour.rangeName == "tv")
    }
    #expect(count == 1)
  }

  @Test("sound is resampled, mixed and cut to what the output allows")
  func sound() throws {
    let form = SoundForm(sampleRate: 44_100, format: .int16, layout: .stereo)
    let graph = try FilterGraph.make(
      "volume=0.5", inputs: [.audio(form)],
      outputs: [.audio(formats: [.floatPlanar], rates: [48_000], layouts: [.mono])])
    guard case .audio(let out, let timebase) = graph.form(ofOutput: 0) else {
      Issue.record("not sound")
      return
    }
    #expect(out == SoundForm(sampleRate: 48_000, format: .floatPlanar, layout: .mono))
    #expect(timebase == Rational(1, 48_000))
    var count = 0
    for start in stride(from: 0, to: 44_100, by: 4_410) {
      try graph.push(try ClipPattern.sound(form, from: start, count: 4_410))
      try graph.pullSound { count += $0.samples }
    }
    try graph.finish()
    let mayGoOn = try graph.pullSound { count += $0.samples }
    #expect(abs(count - 48_000) <= 1)
    #expect(!mayGoOn)
  }

  @Test("filters that have enough end the output, whatever is pushed afterwards")
  func enough() throws {
    let graph = try Self.graph("trim=end_frame=2")
    var count = 0
    var mayGoOn = true
    for index in 0..<10 {
      try graph.push(try ClipPattern.picture(Self.form, frame: index))
      mayGoOn = try graph.pull { _ in count += 1 }
      #expect(mayGoOn == (index < 2))
    }
    #expect(count == 2)
  }

  @Test("nothing can be pushed after the end")
  func pushedTooLate() throws {
    let graph = try Self.graph("null")
    try graph.finish()
    #expect(
      refusal(.badMediaSetting, "null") {
        try graph.push(try ClipPattern.picture(Self.form))
      })
  }

  @Test("several threads give the same picture as one")
  func threads() throws {
    var results: [[[Int]]] = []
    for threads in [1, 4] {
      let graph = try Self.graph("gblur=sigma=3", threads: threads)
      try graph.push(try ClipPattern.picture(Self.form))
      try graph.pull { results.append(ClipPattern.samples($0)) }
    }
    #expect(results.count == 2)
    #expect(results.first == results.last)
  }

  @Test(
    "a text that cannot be built is refused, and named",
    arguments: [
      "nosuchfilter", "crop=999:999", "scale=w=abc", "crop=nosuchoption=1", "[x]null",
      "split[a][b]",
      "null[other]", "null,", "[in]null[out];[in]null[out]",
    ])
  func refused(_ text: String) throws {
    #expect(refusal(.badMediaSetting, text) { _ = try Self.graph(text) })
  }

  @Test("an input that the text leaves out is named")
  func unjoined() throws {
    #expect(
      refusal(.badMediaSetting, "[b]") {
        _ = try FilterGraph.make(
          "[a]null[out]",
          inputs: [
            .video(Self.form, timebase: Rational(1, 25), label: "a"),
            .video(Self.form, timebase: Rational(1, 25), label: "b"),
          ], outputs: [.video()])
      })
  }

  @Test("frames of another form, or of the other kind, do not pass")
  func foreign() throws {
    let graph = try Self.graph("null")
    let small = PictureForm(width: 32, height: 48, format: .yuv420p, colour: .bt709)
    #expect(refusal(.badMediaSetting, "32x48") { try graph.push(try ClipPattern.picture(small)) })
    let form = SoundForm(sampleRate: 48_000, format: .int16, layout: .mono)
    let sound = try ClipPattern.sound(form, from: 0, count: 10)
    #expect(refusal(.badMediaSetting, "pictures") { try graph.push(sound) })
    #expect(refusal(.badMediaSetting, "pictures") { try graph.pullSound { _ in } })
    let other = try FilterGraph.make("anull", inputs: [.audio(form)], outputs: [.audio()])
    #expect(
      refusal(.badMediaSetting, "sound") {
        try other.push(try ClipPattern.picture(Self.form))
      })
    #expect(refusal(.badMediaSetting, "sound") { try other.pull { _ in } })
    let stereo = SoundForm(sampleRate: 48_000, format: .int16, layout: .stereo)
    #expect(
      refusal(.badMediaSetting, "stereo") {
        try other.push(try ClipPattern.sound(stereo, from: 0, count: 10))
      })
  }
}
