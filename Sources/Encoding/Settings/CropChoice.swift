/// What a user wants cut off.
package enum CropChoice: Sendable, Hashable {
  /// What is found to be bars.
  case auto
  case none
  /// Everything but this part.
  case area(PictureArea)

  /// "auto", "none", or W:H:X:Y in pixels.
  package init(text: String) throws(EncodingFailure) {
    switch text {
    case "auto": self = .auto
    case "none": self = .none
    default:
      let numbers = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
      let known = numbers.compactMap { $0 }
      guard numbers.count == 4, known.count == 4, known[0] >= 16, known[1] >= 16,
        known.allSatisfy({ $0 >= 0 && $0 <= 16_384 && $0 % 2 == 0 })
      else {
        throw .badSetting(
          "--crop", text, "auto, none, or W:H:X:Y in even numbers, the picture at least 16 by 16")
      }
      self = .area(PictureArea(x: known[2], y: known[3], width: known[0], height: known[1]))
    }
  }

  /// The part that is encoded, nil for all of it.
  package func area(
    of width: Int, _ height: Int, found: CropFinding
  ) throws(EncodingFailure) -> PictureArea? {
    switch self {
    case .none: return nil
    case .auto: return found.area
    case .area(let area):
      guard area.x + area.width <= width, area.y + area.height <= height else {
        throw .badSetting(
          "--crop", "\(area.width):\(area.height):\(area.x):\(area.y)",
          "a part of the picture, which is \(width)x\(height)")
      }
      let isAll = area.width == width && area.height == height
      return isAll ? nil : area
    }
  }
}
