import Media
import Testing

/// The equations of ITU-R BT.601, BT.709 and BT.2020, written down once more and in floating point.
struct ReferenceColour: Sendable, CustomTestStringConvertible {
  let name: String
  let red: Double
  let blue: Double
  let isFull: Bool
  let colour: Colour

  static let all: [ReferenceColour] = [bt601, bt709, bt2020].flatMap { [$0, $0.full] }

  static let bt601 = ReferenceColour(
    name: "BT.601", red: 0.299, blue: 0.114, isFull: false, colour: .bt601)
  static let bt709 = ReferenceColour(
    name: "BT.709", red: 0.2126, blue: 0.0722, isFull: false, colour: .bt709)
  static let bt2020 = ReferenceColour(
    name: "BT.2020", red: 0.2627, blue: 0.0593, isFull: false, colour: .bt2020PQ)

  var full: ReferenceColour {
    ReferenceColour(
      name: name + " full", red: red, blue: blue, isFull: true, colour: colour.inFullRange)
  }

  var testDescription: String { name }

  /// Luma and both chromas of a red, green and blue from 0 to 1.
  func encode(_ rgb: [Double], bits: Int) -> [Int] {
    let luma = red * rgb[0] + (1 - red - blue) * rgb[1] + blue * rgb[2]
    let cb = (rgb[2] - luma) / (2 * (1 - blue))
    let cr = (rgb[0] - luma) / (2 * (1 - red))
    let scale = Double(1 << (bits - 8))
    let highest = Double(1 << bits - 1)
    let middle = Double(1 << (bits - 1))
    let values =
      isFull
      ? [luma * highest, cb * highest + middle, cr * highest + middle]
      : [(16 + 219 * luma) * scale, 224 * scale * cb + middle, 224 * scale * cr + middle]
    return values.map { min(Int(highest), max(0, Int($0.rounded()))) }
  }

  /// Red, green and blue of 8 bits, of a luma and both chromas.
  func decode(_ yuv: [Int], bits: Int) -> [Int] {
    let scale = Double(1 << (bits - 8))
    let highest = Double(1 << bits - 1)
    let middle = Double(1 << (bits - 1))
    let luma = isFull ? Double(yuv[0]) / highest : (Double(yuv[0]) / scale - 16) / 219
    let spread = isFull ? highest : 224 * scale
    let cb = (Double(yuv[1]) - middle) / spread
    let cr = (Double(yuv[2]) - middle) / spread
    let r = luma + 2 * (1 - red) * cr
    let b = luma + 2 * (1 - blue) * cb
    let g = (luma - red * r - blue * b) / (1 - red - blue)
    return [r, g, b].map { min(255, max(0, Int(($0 * 255).rounded()))) }
  }
}
