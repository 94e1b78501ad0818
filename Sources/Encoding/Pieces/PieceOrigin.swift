package import FFmpegTool
import Hashing

/// Of what the pieces of a film are made: its frames by their content, the part of them that is
/// left, and the tools.
///
/// Nothing in it depends on the file's name, its container, or on when its frames are shown.
package struct PieceOrigin: Sendable {
  // A later way of making pieces must not take earlier ones for its own.
  private static let version = "mediary piece 2"

  private let digests: [FrameDigest]
  private let made: String

  /// An origin by its parts.
  ///
  /// - Parameters:
  ///   - area: what is left of each frame; nil for all of it.
  ///   - encoder: the encoder with its version, and everything else that its bytes depend on.
  ///   - meter: the measure with its model and version.
  package init(
    digests: [FrameDigest], area: PictureArea?, pictures: RawPictures, encoder: String,
    meter: String
  ) {
    self.digests = digests
    let cut = area.map { "\($0.width):\($0.height):\($0.x):\($0.y)" } ?? "all"
    let colour = pictures.colour.map { "\($0.option)=\($0.value)" }.joined(separator: ",")
    let form = "\(pictures.width)x\(pictures.height) \(pictures.pixelFormat)"
    let rate = "\(pictures.rate.frames)/\(pictures.rate.seconds)"
    made = [Self.version, encoder, meter, cut, form, rate, colour].joined(separator: "\n")
  }

  /// How many frames there are.
  package var count: Int { digests.count }

  /// The key of some frames encoded with settings.
  package func key(
    of frames: Range<Int>, every step: Int = 1, _ settings: AV1Settings
  ) -> PieceKey {
    let parameters = settings.parameters.map { "\($0.key)=\($0.value)" }.joined(separator: ":")
    let told = [
      made, "\(settings.crfQuarters)", "\(settings.preset)", "\(settings.keyInterval)", parameters,
      "\(step)", "\(frames.count)", "",
    ].joined(separator: "\n")
    let hash = SHA256()
    hash.update(Array(told.utf8).span)
    var bytes: [UInt8] = []
    for frame in stride(from: frames.lowerBound, to: frames.upperBound, by: step) {
      Self.append(digests[frame].high, to: &bytes)
      Self.append(digests[frame].low, to: &bytes)
    }
    hash.update(bytes.span)
    return PieceKey(hash.finish())
  }

  private static func append(_ word: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
    }
  }
}
