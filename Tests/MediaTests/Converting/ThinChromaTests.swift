import Foundations
import Media
import TestSupport
import Testing

/// The conversion that has a loop of its own, beside the same in plain arithmetic.
@Suite("Packed RGB to thin chroma") struct ThinChromaTests {
  private struct Reference {
    let red: Double, blue: Double, luma: Double, chroma: Double, black: Double, isCentred: Bool

    func luma(_ pixel: [Double]) -> Double {
      let (kr, kb) = (red, blue)
      let y = kr * pixel[0] + (1 - kr - kb) * pixel[1] + kb * pixel[2]
      return black + y * luma / 255
    }

    func chromas(_ pixel: [Double]) -> [Double] {
      let (kr, kb) = (red, blue)
      let y = kr * pixel[0] + (1 - kr - kb) * pixel[1] + kb * pixel[2]
      return [
        128 + (pixel[2] - y) / (1 - kb) / 2 * chroma / 255,
        128 + (pixel[0] - y) / (1 - kr) / 2 * chroma / 255,
      ]
    }
  }

  private static func colour(_ matrix: String, _ range: String, _ place: String) throws -> Colour {
    try #require(
      Colour(
        matrix: matrix, primaries: "bt709", transfer: "bt709", range: range, chromaLocation: place))
  }

  private static func picture(
    _ width: Int, _ height: Int, _ value: (Int) -> UInt8
  ) throws -> VideoFrame {
    var frame = try VideoFrame.make(
      width: width, height: height, format: .rgb24, colour: .bt709RGB)
    var target = frame.mutablePlane(0, as: UInt8.self)
    for row in 0..<height {
      target.withRow(row) { line in
        for place in 0..<width * 3 { line[place] = value(row * width * 3 + place) }
      }
    }
    return frame
  }

  @Test(
    "is what the matrix says, to half a step, for each matrix, range, place and width",
    arguments: ["bt709", "smpte170m", "bt2020nc"],
    [("tv", "left"), ("tv", "center"), ("pc", "left")])
  func reference(matrix: String, kind: (range: String, place: String)) throws {
    let weights =
      ["bt709": (0.2126, 0.0722), "smpte170m": (0.299, 0.114)][matrix] ?? (0.2627, 0.0593)
    let reference = Reference(
      red: weights.0, blue: weights.1, luma: kind.range == "tv" ? 219 : 255,
      chroma: kind.range == "tv" ? 224 : 255, black: kind.range == "tv" ? 16 : 0,
      isCentred: kind.place == "center")
    var random = Seeded()
    print("chroma: SEED=\(random.seed)")
    for (width, height) in [(2, 2), (4, 2), (34, 6), (130, 4), (258, 2)] {
      let bytes = (0..<width * height * 3).map { _ in
        // The ends as often as all between.
        [0, 255, UInt8.random(in: 0...255, using: &random)].randomElement(using: &random) ?? 0
      }
      let source = try Self.picture(width, height) { bytes[$0] }
      let target = PictureForm(
        width: width, height: height, format: .yuv420p,
        colour: try Self.colour(matrix, kind.range, kind.place))
      let made = try PixelConverter.make(from: source.form, to: target).convert(source)
      func pixel(_ row: Int, _ column: Int) -> [Double] {
        let column = min(max(column, 0), width - 1)
        return (0..<3).map { Double(bytes[(row * width + column) * 3 + $0]) }
      }
      for row in 0..<height {
        for column in 0..<width {
          let exact = reference.luma(pixel(row, column))
          let found = Double(made.plane(0, as: UInt8.self)[row: row][column])
          #expect(abs(found - exact) <= 0.52, "\(row) \(column): \(found) for \(exact)")
        }
      }
      let parts: [(Int, Double)] =
        reference.isCentred ? [(0, 0.5), (1, 0.5)] : [(-1, 0.25), (0, 0.5), (1, 0.25)]
      for row in 0..<height / 2 {
        for column in 0..<width / 2 {
          var mean = [0.0, 0, 0]
          for second in 0..<2 {
            for (offset, part) in parts {
              let one = pixel(2 * row + second, 2 * column + offset)
              for index in 0..<3 { mean[index] += one[index] * part / 2 }
            }
          }
          for (plane, exact) in reference.chromas(mean).enumerated() {
            let found = Double(made.plane(plane + 1, as: UInt8.self)[row: row][column])
            #expect(
              abs(found - min(exact, 255)) <= 0.52, "\(row) \(column): \(found) for \(exact)")
          }
        }
      }
    }
  }

  @Test("gray stays gray, and black and white are theirs", arguments: [0, 1, 77, 128, 254, 255])
  func grays(step: UInt8) throws {
    let source = try Self.picture(16, 4) { _ in step }
    let target = PictureForm(width: 16, height: 4, format: .yuv420p, colour: .bt709)
    let made = try PixelConverter.make(from: source.form, to: target).convert(source)
    let luma = (Double(step) * 219 / 255 + 16).rounded()
    #expect(made.plane(0, as: UInt8.self)[row: 3][15] == UInt8(luma))
    for plane in [1, 2] { #expect(made.plane(plane, as: UInt8.self)[row: 1][7] == 128) }
  }
}
