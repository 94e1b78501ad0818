import FFmpegTool
import Foundations
import Hashing

/// The name of a piece by what made it: equal keys, equal bytes and equal scores.
package struct PieceKey: Sendable, Hashable, CustomStringConvertible {
  /// 64 hexadecimal digits.
  package let description: String

  init(_ digest: SHA256Digest) { description = digest.description }

  /// Its file of such an ending.
  func name(_ ending: String) -> FileName {
    guard let name = FileName(text: "\(description).\(ending)") else {
      preconditionFailure("digits are a name")
    }
    return name
  }
}
