import Foundations
package import Hashing

/// The name of a content: its SHA-256.
///
/// In order of the bytes, which is the order of the digits.
package struct BlobID: Sendable, Hashable, Comparable, CustomStringConvertible {
  // Four words and no array: lists of ids are long, and this way they are one piece of memory.
  private let words: InlineArray<4, UInt64>

  /// The name of a content by its hash.
  package init(_ digest: SHA256Digest) { self.init(bytes: digest.bytes) }

  /// The name that 64 hexadecimal digits are, large or small; nil for any other text.
  package init?(_ text: some StringProtocol) { self.init(digits: text.utf8) }

  /// The name that 64 hexadecimal digits are, by their bytes.
  package init?(digits: some Collection<UInt8>) {
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(32)
    var high: UInt8?
    for digit in digits {
      guard let value = Self.value(of: digit) else { return nil }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    self.init(bytes: bytes)
  }

  /// The name that a text from outside is; `blob.id_malformed` where it is none.
  package static func parse(_ text: String) throws(BlobFailure) -> BlobID {
    guard let id = BlobID(text) else {
      throw BlobFailure(
        .blobIDMalformed, "\"\(ShownText.of(String(text.prefix(80))))\" is not a SHA-256",
        hint: "it has 64 digits from 0 to 9 and a to f")
    }
    return id
  }

  /// The name that 32 bytes are, as databases keep them; nil for any other number of bytes.
  package init?(stored bytes: [UInt8]) {
    guard bytes.count == SHA256Digest.size else { return nil }
    self.init(bytes: bytes)
  }

  private init(bytes: [UInt8]) {
    precondition(bytes.count == SHA256Digest.size, "a SHA-256 has 32 bytes")
    words = InlineArray { index in
      bytes[(8 * index)..<(8 * index + 8)].reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  /// The 32 bytes.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(SHA256Digest.size)
    for index in words.indices {
      for place in 1...8 {
        bytes.append(UInt8(truncatingIfNeeded: words[index] >> UInt64(64 - 8 * place)))
      }
    }
    return bytes
  }

  /// 64 small hexadecimal digits.
  package var description: String {
    let signs = Array("0123456789abcdef".utf8)
    var digits: [UInt8] = []
    digits.reserveCapacity(64)
    for index in words.indices {
      for shift in stride(from: 60, through: 0, by: -4) {
        digits.append(signs[Int(words[index] >> UInt64(shift) & 15)])
      }
    }
    return String(decoding: digits, as: UTF8.self)
  }

  /// The first two bytes, by which blobs are spread over folders.
  var shard: Int { Int(words[0] >> 48) }

  package static func < (left: Self, right: Self) -> Bool {
    for index in left.words.indices where left.words[index] != right.words[index] {
      return left.words[index] < right.words[index]
    }
    return false
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.words.indices.allSatisfy { left.words[$0] == right.words[$0] }
  }

  package func hash(into hasher: inout Hasher) {
    // A SHA-256 is as good as random in each of its parts.
    hasher.combine(words[0])
  }

  private static func value(of digit: UInt8) -> UInt8? {
    switch digit {
    case 48...57: digit - 48
    case 65...70: digit - 55
    case 97...102: digit - 87
    default: nil
    }
  }
}
