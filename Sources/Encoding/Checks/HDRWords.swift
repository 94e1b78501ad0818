import Foundations
import Media

/// The static HDR data of a film as numbers that can be compared.
struct HDRWords {
  private let display: MasteringDisplay?
  private let light: ContentLightLevel?

  init(_ video: VideoDescription?) {
    display = video?.masteringDisplay
    light = video?.lightLevel
  }

  /// Coordinates, then luminances.
  private var numbers: (points: [Double], light: [Double]) {
    guard let display else { return ([], []) }
    let points = [
      display.primaries?.red, display.primaries?.green, display.primaries?.blue, display.white,
    ]
    return (
      points.compactMap { $0 }.flatMap { [$0.x, $0.y] }.map { $0.double ?? 0 },
      [display.minimumLuminance, display.maximumLuminance].compactMap { $0?.double }
    )
  }

  var text: String {
    var parts: [String] = []
    let (points, luminance) = numbers
    if !points.isEmpty {
      parts.append("primaries " + points.map { String($0, decimals: 4) }.joined(separator: " "))
    }
    if !luminance.isEmpty {
      parts.append(
        luminance.map { String($0, decimals: 4) }.joined(separator: "–") + " cd/m²")
    }
    if let light { parts.append("MaxCLL \(light.maximum), MaxFALL \(light.maximumFrameAverage)") }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  /// Whether they are the same but for the containers' rounding.
  func isClose(to other: HDRWords) -> Bool {
    let (mine, theirs) = (numbers, other.numbers)
    func agree(_ left: [Double], _ right: [Double], _ tolerance: Double) -> Bool {
      left.count == right.count && zip(left, right).allSatisfy { abs($0 - $1) <= tolerance }
    }
    return light == other.light && agree(mine.points, theirs.points, 4e-5)
      && agree(mine.light, theirs.light, 2e-4)
  }
}
