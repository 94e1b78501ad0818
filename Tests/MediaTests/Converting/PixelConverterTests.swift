import Foundations
import Media
import TestSupport
import Testing

@Suite("Pixel conversion") struct PixelConverterTests {
  /// Colours that tell matrices and ranges apart, black and white among them.
  private static let colours: [[UInt8]] = [
    [0, 0, 0], [255, 255, 255], [255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 0],
    [200, 100, 50], [17, 130, 240], [128, 128, 128], [1, 2, 3],
  ]

  /// BT.709 in all but the matrix, which is BT.601's.
  private static var matrix601Of709: Colour {
    get throws {
      try #require(
        Colour(
          matrix: "smpte170m", primaries: "bt709", transfer: "bt709", range: "tv",
          chromaLocation: "left"))
    }
  }

  /// BT.709 with chroma in the middle between columns, as JPEG has it.
  private static var centred709: Colour {
    get throws {
      try #require(
        Colour(
          matrix: "bt709", primaries: "bt709", transfer: "bt709", range: "tv",
          chromaLocation: "center"))
    }
  }

  private static func form(
    _ format: PixelFormat, _ colour: Colour, _ width: Int = 33, _ height: Int = 21
  ) -> PictureForm {
    PictureForm(width: width, height: height, format: format, colour: colour)
  }

  /// A picture with one value for each component of its planes, or of its packed pixels.
  private static func flat(_ form: PictureForm, _ values: [Int]) throws -> VideoFrame {
    var frame = try VideoFrame.make(
      width: form.width, height: form.height, format: form.format, colour: form.colour)
    for plane in 0..<frame.planes {
      let mine = frame.planes == 1 ? values : [values[plane]]
      if form.format.bytesPerSample == 1 {
        var target = frame.mutablePlane(plane, as: UInt8.self)
        for row in 0..<target.height {
          target.withRow(row) { row in
            for index in row.indices { row[index] = UInt8(mine[index % mine.count]) }
          }
        }
      } else {
        var target = frame.mutablePlane(plane, as: UInt16.self)
        for row in 0..<target.height {
          target.withRow(row) { row in
            for index in row.indices { row[index] = UInt16(mine[index % mine.count]) }
          }
        }
      }
    }
    return frame
  }

  /// That every sample is within a distance of what its plane or component should be.
  private static func expect(
    _ frame: borrowing VideoFrame, _ values: [Int], within distance: Int, _ what: String,
    _ location: SourceLocation = #_sourceLocation
  ) {
    for (index, samples) in ClipPattern.samples(frame).enumerated() {
      let wanted = frame.planes == 1 ? values : [values[index]]
      let wrong = samples.enumerated().first {
        abs($0.element - wanted[$0.offset % wanted.count]) > distance
      }
      #expect(
        wrong == nil,
        "\(what), plane \(index): \(String(describing: wrong)), wanted \(wanted)",
        sourceLocation: location)
    }
  }

  @Test("RGB becomes luma and chroma by the standard's equations", arguments: ReferenceColour.all)
  func encodes(_ reference: ReferenceColour) throws {
    for (format, bits) in [(PixelFormat.yuv444p, 8), (.yuv420p, 8), (.yuv444p10, 10)] {
      let source = Self.form(.rgb24, .rgb)
      let converter = try PixelConverter.make(
        from: source, to: Self.form(format, reference.colour), unspecifiedAs: reference.colour)
      for colour in Self.colours {
        let frame = try Self.flat(source, colour.map { Int($0) })
        let result = try converter.convert(frame)
        let wanted = reference.encode(colour.map { Double($0) / 255 }, bits: bits)
        // libswscale widens bits by shifting them: white of 255 becomes 1020 and not 1023.
        Self.expect(result, wanted, within: bits == 8 ? 1 : 3, "\(colour) as \(format)")
        #expect(result.colour == converter.target.colour)
        #expect(result.colour.matrixName == reference.colour.matrixName)
        #expect(result.colour.rangeName == reference.colour.rangeName)
      }
    }
  }

  @Test("luma and chroma become RGB by the standard's equations", arguments: ReferenceColour.all)
  func decodes(_ reference: ReferenceColour) throws {
    for (format, bits) in [(PixelFormat.yuv444p, 8), (.yuv420p, 8), (.yuv420p10, 10)] {
      let source = Self.form(format, reference.colour)
      let converter = try PixelConverter.make(
        from: source, to: Self.form(.rgb24, .unspecified))
      for colour in Self.colours {
        let values = reference.encode(colour.map { Double($0) / 255 }, bits: bits)
        let result = try converter.convert(try Self.flat(source, values))
        Self.expect(
          result, reference.decode(values, bits: bits), within: 2, "\(values) of \(format)")
      }
      #expect(converter.target.colour.matrixName == "gbr")
      #expect(converter.target.colour.rangeName == "pc")
      #expect(converter.target.colour.primariesName == reference.colour.primariesName)
    }
  }

  @Test("every pixel of its own is converted by itself", arguments: ReferenceColour.all)
  func everyPixel(_ reference: ReferenceColour) throws {
    var random = Seeded(seed: 7)
    let source = Self.form(.rgb24, .rgb)
    var frame = try VideoFrame.make(width: 33, height: 21, format: .rgb24, colour: .rgb)
    do {
      var plane = frame.mutablePlane(0)
      for row in 0..<21 {
        plane.withRow(row) { row in
          for index in row.indices { row[index] = .random(in: 0...255, using: &random) }
        }
      }
    }
    let pixels = ClipPattern.samples(frame)[0]
    let film = Self.form(.yuv444p, reference.colour)
    let encoded = try PixelConverter.make(
      from: source, to: film, unspecifiedAs: reference.colour
    ).convert(frame)
    let planes = ClipPattern.samples(encoded)
    for index in 0..<33 * 21 {
      let rgb = (0..<3).map { Double(pixels[index * 3 + $0]) / 255 }
      let wanted = reference.encode(rgb, bits: 8)
      for plane in 0..<3 { #expect(abs(planes[plane][index] - wanted[plane]) <= 1) }
    }
    let back = try PixelConverter.make(from: film, to: Self.form(.rgb24, .unspecified))
      .convert(encoded)
    let returned = ClipPattern.samples(back)[0]
    for index in 0..<33 * 21 {
      let wanted = reference.decode((0..<3).map { planes[$0][index] }, bits: 8)
      for part in 0..<3 { #expect(abs(returned[index * 3 + part] - wanted[part]) <= 1) }
    }
  }

  @Test("the range changes by its own equation and nothing else does", arguments: [true, false])
  func range(toFull: Bool) throws {
    let (limited, full) = (Colour.bt709, Colour.bt709.inFullRange)
    let source = Self.form(.yuv420p, toFull ? limited : full)
    let converter = try PixelConverter.make(
      from: source, to: Self.form(.yuv420p, toFull ? full : limited))
    for luma in stride(from: 16, through: 235, by: 73) {
      let (small, large) = ([luma, 64, 200], Self.stretched([luma, 64, 200]))
      let result = try converter.convert(try Self.flat(source, toFull ? small : large))
      Self.expect(result, toFull ? large : small, within: 1, "luma \(luma)")
    }
  }

  private static func stretched(_ yuv: [Int]) -> [Int] {
    let chroma = yuv[1...].map { Int((Double($0 - 128) * 255 / 224).rounded()) + 128 }
    return [Int((Double(yuv[0] - 16) * 255 / 219).rounded())] + chroma
  }

  @Test("another matrix gives the same colour in other numbers")
  func matrix() throws {
    // The same primaries and curve on both sides: only the matrix is converted.
    let target = Colour.bt709
    let source = Self.form(.yuv444p, try Self.matrix601Of709)
    let converter = try PixelConverter.make(from: source, to: Self.form(.yuv444p, target))
    for colour in Self.colours {
      let rgb = colour.map { Double($0) / 255 }
      let frame = try Self.flat(source, ReferenceColour.bt601.encode(rgb, bits: 8))
      Self.expect(
        try converter.convert(frame), ReferenceColour.bt709.encode(rgb, bits: 8), within: 3,
        "\(colour)")
    }
  }

  @Test("gray is luma alone: taken out as it is, made by the matrix, stretched by the range")
  func gray() throws {
    let film = Self.form(.yuv420p, .bt709)
    let asGray = try PixelConverter.make(from: film, to: Self.form(.gray8, .unspecified))
    let luma = try asGray.convert(try Self.flat(film, [77, 10, 250]))
    Self.expect(luma, [77], within: 0, "luma of a film")
    #expect(luma.colour.rangeName == "tv")

    let stretched = try PixelConverter.make(
      from: film, to: Self.form(.gray8, Colour.unspecified.inFullRange))
    Self.expect(
      try stretched.convert(try Self.flat(film, [235, 10, 250])), [255], within: 1, "stretched")

    let picture = Self.form(.rgb24, .rgb)
    let weighed = try PixelConverter.make(
      from: picture, to: Self.form(.gray8, try Self.matrix601Of709.inFullRange),
      unspecifiedAs: .bt709)
    let red = try weighed.convert(try Self.flat(picture, [255, 0, 0]))
    Self.expect(red, [76], within: 1, "red by BT.601")

    let gray = Self.form(.gray8, Colour.unspecified.inFullRange)
    let shown = try PixelConverter.make(from: gray, to: Self.form(.rgb24, .unspecified))
    Self.expect(
      try shown.convert(try Self.flat(gray, [99])), [99, 99, 99], within: 1, "gray as RGB")
  }

  @Test("10 bits keep their value in 8, and 8 in 10")
  func depth() throws {
    let (deep, flat) = (Self.form(.yuv420p10, .bt709), Self.form(.yuv420p, .bt709))
    let down = try PixelConverter.make(from: deep, to: flat)
    Self.expect(
      try down.convert(try Self.flat(deep, [400, 512, 801])), [100, 128, 200], within: 1, "down")
    let up = try PixelConverter.make(from: flat, to: deep)
    Self.expect(
      try up.convert(try Self.flat(flat, [100, 128, 200])), [400, 512, 800], within: 3, "up")
  }

  @Test("a picture of odd size keeps its last row and column")
  func oddSize() throws {
    let source = Self.form(.rgb24, .rgb, 7, 5)
    var frame = try VideoFrame.make(width: 7, height: 5, format: .rgb24, colour: .rgb)
    do {
      var plane = frame.mutablePlane(0)
      for row in 0..<5 {
        plane.withRow(row) { samples in
          for index in samples.indices {
            samples[index] = row == 4 || index / 3 == 6 ? 255 : 0
          }
        }
      }
    }
    let converter = try PixelConverter.make(
      from: source, to: Self.form(.yuv444p, .bt709, 7, 5), unspecifiedAs: .bt709)
    let luma = ClipPattern.samples(try converter.convert(frame))[0]
    for row in 0..<5 {
      for column in 0..<7 {
        let wanted = row == 4 || column == 6 ? 235 : 16
        #expect(abs(luma[row * 7 + column] - wanted) <= 1, "\(column), \(row)")
      }
    }
  }

  @Test("alpha is kept, or refused, or dropped on request")
  func alpha() throws {
    let source = Self.form(.rgba, .rgb)
    #expect(
      refusal(.badMediaSetting, "alpha") {
        _ = try PixelConverter.make(from: source, to: Self.form(.rgb24, .rgb))
      })
    let dropping = try PixelConverter.make(
      from: source, to: Self.form(.rgb24, .rgb), dropsAlpha: true)
    let frame = try Self.flat(source, [10, 20, 30, 40])
    Self.expect(try dropping.convert(frame), [10, 20, 30], within: 0, "dropped")
    let deeper = try PixelConverter.make(from: source, to: Self.form(.rgba64, .rgb))
    Self.expect(
      try deeper.convert(frame), [10, 20, 30, 40].map { $0 * 257 }, within: 257, "kept")
    let opaque = try PixelConverter.make(
      from: Self.form(.rgb24, .rgb), to: Self.form(.rgba, .rgb))
    let made = try opaque.convert(try Self.flat(Self.form(.rgb24, .rgb), [1, 2, 3]))
    Self.expect(made, [1, 2, 3, 255], within: 0, "made opaque")
  }

  @Test("what is not specified is never guessed")
  func unspecified() throws {
    let source = Self.form(.yuv420p, .unspecified)
    #expect(
      refusal(.badMediaSetting, "matrix") {
        _ = try PixelConverter.make(from: source, to: Self.form(.rgb24, .unspecified))
      })
    #expect(
      refusal(.badMediaSetting, "matrix") {
        _ = try PixelConverter.make(from: Self.form(.rgb24, .rgb), to: source)
      })
    let told = try PixelConverter.make(
      from: source, to: Self.form(.rgb24, .unspecified), unspecifiedAs: .bt601)
    let values = ReferenceColour.bt601.encode([1, 0, 0], bits: 8)
    Self.expect(try told.convert(try Self.flat(source, values)), [254, 0, 0], within: 2, "told")
    // Nothing has to be known where nothing changes but the size.
    let smaller = try PixelConverter.make(
      from: source, to: Self.form(.yuv420p, .unspecified, 16, 10))
    let result = try smaller.convert(try Self.flat(source, [9, 99, 199]))
    Self.expect(result, [9, 99, 199], within: 0, "smaller")
    #expect(result.colour == .unspecified)
  }

  @Test("other primaries, another curve, or RGB in limited range are refused with a way out")
  func refused() throws {
    for (from, to) in [
      (Self.form(.yuv420p10, .bt2020PQ), Self.form(.yuv420p, .bt709)),
      (Self.form(.rgb24, .sRGB), Self.form(.yuv420p, .bt709)),
      (Self.form(.rgb24, Colour.rgb.inLimitedRange), Self.form(.yuv420p, .bt709)),
    ] {
      #expect(
        refusal(.badMediaSetting, hint: "zscale") {
          _ = try PixelConverter.make(from: from, to: to)
        })
    }
    #expect(
      refusal(.badMediaSetting, "0x21") {
        _ = try PixelConverter.make(
          from: Self.form(.rgb24, .rgb, 0), to: Self.form(.rgb24, .rgb))
      })
    #expect(
      refusal(.badMediaSetting, "vaapi") {
        _ = try PixelConverter.make(
          from: Self.form(try #require(PixelFormat(named: "vaapi")), .rgb),
          to: Self.form(.rgb24, .rgb))
      })
  }

  @Test("a frame of another form or colour does not pass")
  func foreignFrame() throws {
    let source = Self.form(.yuv420p, .bt709)
    let converter = try PixelConverter.make(from: source, to: Self.form(.rgb24, .unspecified))
    let larger = try Self.flat(Self.form(.yuv420p, .bt709, 40, 30), [16, 128, 128])
    #expect(refusal(.badMediaSetting, "40x30") { _ = try converter.convert(larger) })
    let other = try Self.flat(Self.form(.yuv420p, .bt601), [16, 128, 128])
    #expect(refusal(.badMediaSetting, "smpte170m") { _ = try converter.convert(other) })
    let silent = try Self.flat(Self.form(.yuv420p, .unspecified), [16, 128, 128])
    Self.expect(try converter.convert(silent), [0, 0, 0], within: 1, "a frame that says nothing")
  }

  @Test("times, aspect and side data are carried; the shape on the screen stays")
  func carried() throws {
    let source = Self.form(.yuv420p, .bt709, 64, 48)
    var frame = try Self.flat(source, [50, 128, 128])
    frame.presentationTicks = 12_345
    frame.durationTicks = 678
    frame.sampleAspect = Rational(16, 15)
    let wider = try PixelConverter.make(from: source, to: Self.form(.yuv420p, .bt709, 128, 48))
    let result = try wider.convert(frame)
    #expect(result.presentationTicks == 12_345)
    #expect(result.durationTicks == 678)
    #expect(result.sampleAspect == Rational(8, 15))
    frame.sampleAspect = nil
    #expect(try wider.convert(frame).sampleAspect == nil)
  }

  @Test("HDR data go with the frame")
  func sideData() throws {
    let folder = try TemporaryFolder()
    let path = try ClipCommand.film(
      "hdr.mkv", in: folder, frames: 1,
      [
        "-pix_fmt", "yuv420p10le", "-c:v", "libx265", "-x265-params",
        "log-level=error:max-cll=1000,400:master-display="
          + "G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)",
      ])
    let count = try ClipContent.frames(.file(path)) { frame in
      #expect(frame.masteringDisplay != nil)
      var target = frame.form
      (target.width, target.height) = (32, 24)
      let result = try PixelConverter.make(from: frame.form, to: target).convert(frame)
      #expect(result.masteringDisplay == frame.masteringDisplay)
      #expect(result.lightLevel == frame.lightLevel)
    }
    #expect(count == 1)
  }

  @Test("points are repeated, areas are averaged, and every size comes out exactly")
  func scaling() throws {
    let source = Self.form(.gray8, Colour.unspecified.inFullRange, 4, 2)
    let picture = try ClipPattern.picture(source)
    let points = try PixelConverter.make(
      from: source, to: Self.form(.gray8, .unspecified, 8, 4), scaling: .point)
    let doubled = ClipPattern.samples(try points.convert(picture))[0]
    let original = ClipPattern.samples(picture)[0]
    for row in 0..<4 {
      for column in 0..<8 {
        #expect(doubled[row * 8 + column] == original[row / 2 * 4 + column / 2])
      }
    }
    let large = Self.form(.gray8, Colour.unspecified.inFullRange, 64, 48)
    let halves = try PixelConverter.make(
      from: large, to: Self.form(.gray8, .unspecified, 32, 24), scaling: .area)
    let whole = try ClipPattern.picture(large)
    let before = ClipPattern.samples(whole)[0]
    let means = ClipPattern.samples(try halves.convert(whole))[0]
    for row in 0..<24 {
      for column in 0..<32 {
        let parts = [0, 1, 64, 65].map { before[row * 128 + column * 2 + $0] }
        #expect(abs(means[row * 32 + column] - parts.reduce(0, +) / 4) <= 1, "\(column), \(row)")
      }
    }
    for scaling in Scaling.allCases {
      let target = Self.form(.gray8, .unspecified, 13, 7)
      let result = try PixelConverter.make(from: source, to: target, scaling: scaling)
        .convert(picture)
      #expect(result.width == 13 && result.height == 7)
      #expect(ClipPattern.samples(result)[0].count == 13 * 7)
    }
  }

  @Test("chroma is placed where the colour says it sits")
  func chromaPlaces() throws {
    // Chroma rises by 8 a sample, 4 a column: in the middle between two columns of luma it is a
    // quarter of a sample further on than at the left one.
    for (colour, wanted) in [(Colour.bt709, 0), (try Self.centred709, -2)] {
      let source = Self.form(.yuv420p, colour, 32, 4)
      var frame = try Self.flat(source, [100, 128, 128])
      do {
        var plane = frame.mutablePlane(1)
        for row in 0..<plane.height {
          plane.withRow(row) { samples in
            for index in samples.indices { samples[index] = UInt8(64 + index * 8) }
          }
        }
      }
      let converter = try PixelConverter.make(
        from: source, to: Self.form(.yuv444p, .unspecified, 32, 4))
      let chroma = ClipPattern.samples(try converter.convert(frame))[1]
      for index in 4..<12 {
        #expect(abs(chroma[index * 2] - (64 + index * 8 + wanted)) <= 1, "\(colour), \(index)")
      }
    }
  }

  @Test("several threads give the same picture as one")
  func threads() throws {
    let source = Self.form(.yuv420p, .bt709, 320, 241)
    let target = Self.form(.rgb24, .unspecified, 200, 133)
    let picture = try ClipPattern.picture(source)
    let one = try PixelConverter.make(from: source, to: target).convert(picture)
    let four = try PixelConverter.make(from: source, to: target, threads: 4).convert(picture)
    #expect(ClipPattern.samples(one) == ClipPattern.samples(four))
  }
}
