/// How a picture is encoded, by the keys that users have in their settings.
package struct ImageCodec: Sendable, Hashable, CustomStringConvertible {
  /// What is behind a key.
  package enum Family: Sendable, Hashable {
    case jpeg(quality: Int)
    case png(bits: Int)
    case webp(quality: Int)
    case webpLossless
    case avif(quality: Int)
    case jxl(quality: Int)
    /// OpenEXR, of 32 bits or 16 a number.
    case exr(isHalf: Bool)
  }

  /// The key as users write it.
  package let description: String
  package let family: Family

  /// JPEG of high quality: the default.
  package static let standard = ImageCodec(description: "jpeg_95", family: .jpeg(quality: 95))
  /// What holds everything.
  package static let png = ImageCodec(description: "png", family: .png(bits: 8))

  private init(description: String, family: Family) {
    self.description = description
    self.family = family
  }

  /// The codec of a key: `jpeg_N`, `png`, `png_16`, `webp_N`, `webp_lossless`, `avif_N`,
  /// `jxl_N` with N from 1 to 100, `exr` and `exr_half`.
  package init(key: String) throws(MediaOutputFailure) {
    guard let family = Self.family(key) else {
      throw MediaOutputFailure(
        .outputUnknownCodec, "there is no picture quality \"\(key)\"",
        hint: "use \(Self.examples.joined(separator: ", "))")
    }
    self.init(description: key, family: family)
  }

  /// The keys there are, with examples for those that take a number.
  package static let examples = [
    "jpeg_95", "jpeg_85", "jpeg_70", "jpeg_50", "png", "png_16", "webp_95", "webp_85", "webp_70",
    "webp_50", "webp_lossless", "avif_80", "jxl_90", "exr", "exr_half",
  ]

  private static func family(_ key: String) -> Family? {
    switch key {
    case "png": return .png(bits: 8)
    case "png_16": return .png(bits: 16)
    case "webp_lossless": return .webpLossless
    case "exr": return .exr(isHalf: false)
    case "exr_half": return .exr(isHalf: true)
    default: break
    }
    guard let bar = key.lastIndex(of: "_"), let number = Int(key[key.index(after: bar)...]),
      (1...100).contains(number)
    else { return nil }
    return switch key[..<bar] {
    case "jpeg": .jpeg(quality: number)
    case "webp": .webp(quality: number)
    case "avif": .avif(quality: number)
    case "jxl": .jxl(quality: number)
    default: nil
    }
  }

  /// The extensions of its files, the usual one first.
  package var extensions: [String] {
    switch family {
    case .jpeg: ["jpg", "jpeg"]
    case .png: ["png"]
    case .webp, .webpLossless: ["webp"]
    case .avif: ["avif"]
    case .jxl: ["jxl"]
    case .exr: ["exr"]
    }
  }

  /// Whether it keeps an alpha channel.
  package var holdsAlpha: Bool {
    switch family {
    case .jpeg, .avif: false
    case .png, .webp, .webpLossless, .jxl, .exr: true
    }
  }
}
