/// A SHA-256: 32 bytes that name a content.
package struct SHA256Digest: Sendable, Hashable, CustomStringConvertible {
  /// How many bytes it has.
  package static let size = 32

  /// The bytes.
  package let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// 64 small hexadecimal digits.
  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
