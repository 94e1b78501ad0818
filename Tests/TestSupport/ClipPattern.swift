package import Media

/// Pictures and sound whose every value can be told beforehand.
package enum ClipPattern {
  /// The value at a place: different in each column, row, plane and frame.
  package static func value(_ column: Int, _ row: Int, plane: Int, frame: Int, highest: Int) -> Int {
    (column * 3 + row * 5 + plane * 41 + frame * 11) % (highest + 1)
  }

  /// Fills all planes of a picture whose samples are up to 16 bits wide.
  package static func fill(_ picture: inout VideoFrame, frame: Int) {
    let highest = 1 << picture.format.bitDepth - 1
    for plane in 0..<picture.planes {
      if picture.format.bytesPerSample == 1 {
        var target = picture.mutablePlane(plane, as: UInt8.self)
        fill(&target) { UInt8(value($0, $1, plane: plane, frame: frame, highest: highest)) }
      } else {
        var target = picture.mutablePlane(plane, as: UInt16.self)
        fill(&target) { UInt16(value($0, $1, plane: plane, frame: frame, highest: highest)) }
      }
    }
  }

  private static func fill<Sample: BitwiseCopyable>(
    _ plane: inout MutablePlane<Sample>, _ value: (Int, Int) -> Sample
  ) {
    for row in 0..<plane.height {
      plane.withRow(row) { samples in
        for column in samples.indices { samples[column] = value(column, row) }
      }
    }
  }

  /// A picture of the pattern.
  package static func picture(
    _ form: PictureForm, frame: Int = 0, at ticks: Int64? = nil
  ) throws -> VideoFrame {
    var picture = try VideoFrame.make(
      width: form.width, height: form.height, format: form.format, colour: form.colour)
    fill(&picture, frame: frame)
    picture.presentationTicks = ticks ?? Int64(frame)
    return picture
  }

  /// All samples of a picture, plane by plane and row by row.
  package static func samples(_ picture: borrowing VideoFrame) -> [[Int]] {
    var all: [[Int]] = []
    for index in 0..<picture.planes {
      var values: [Int] = []
      if picture.format.bytesPerSample == 1 {
        let plane = picture.plane(index, as: UInt8.self)
        for row in 0..<plane.height {
          let samples = plane[row: row]
          for column in samples.indices { values.append(Int(samples[column])) }
        }
      } else {
        let plane = picture.plane(index, as: UInt16.self)
        for row in 0..<plane.height {
          let samples = plane[row: row]
          for column in samples.indices { values.append(Int(samples[column])) }
        }
      }
      all.append(values)
    }
    return all
  }

  /// A 16-bit tone's sample: a triangle, which no two neighbours of are equal in.
  package static func sample(_ index: Int, channel: Int) -> Int16 {
    let place = (index * (37 + channel * 11)) % 4000
    return Int16(clamping: (place < 2000 ? place : 4000 - place) * 20 - 20_000)
  }

  /// Sound of the pattern in interleaved 16 bits, from a sample on.
  package static func sound(
    _ form: SoundForm, from start: Int, count: Int
  ) throws -> AudioFrame {
    precondition(form.format == .int16, "the pattern is made in interleaved 16 bits")
    var frame = try AudioFrame.make(
      samples: count, format: form.format, layout: form.layout, sampleRate: form.sampleRate)
    let channels = form.layout.channels
    do {
      var plane = frame.mutablePlane(0, as: Int16.self)
      for index in 0..<count * channels {
        plane[index] = sample(start + index / channels, channel: index % channels)
      }
    }
    frame.presentationTicks = Int64(start)
    return frame
  }
}
