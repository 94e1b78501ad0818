import CCrypto
package import Foundations

/// The SHA-256 of bytes that come piece by piece.
///
/// By libcrypto, which uses the processor's own instructions for it where there are any.
package struct SHA256: ~Copyable {
  private let context: OpaquePointer

  /// The hash of nothing yet.
  package init() {
    // Only a lack of memory for some hundred bytes, or a libcrypto without SHA-256, fails here.
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      fatalError("libcrypto cannot begin a SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Takes more bytes in.
  package func update(_ bytes: RawSpan) {
    bytes.withUnsafeBytes { _ = EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
  }

  /// Takes more bytes in, for code that may see no raw memory.
  package func update(_ bytes: Span<UInt8>) { update(bytes.bytes) }

  /// The hash of all bytes taken in; ends it.
  package consuming func finish() -> SHA256Digest {
    var bytes = [UInt8](repeating: 0, count: SHA256Digest.size)
    EVP_DigestFinal_ex(context, &bytes, nil)
    return SHA256Digest(bytes: bytes)
  }

  /// The hash of bytes in memory.
  package static func hash(_ bytes: [UInt8]) -> SHA256Digest {
    let hash = SHA256()
    hash.update(bytes.span.bytes)
    return hash.finish()
  }

  /// The hash of an open file, read from its start; raising the flag ends it.
  package static func hash(
    _ file: borrowing FileDescriptor, stop: StopFlag? = nil
  ) throws -> SHA256Digest {
    let hash = SHA256()
    // Small enough to stay in the processor's cache between the read and the hash.
    var piece = [UInt8](repeating: 0, count: 128 << 10)
    var offset: Int64 = 0
    while true {
      try stop?.check()
      let count = try file.fill(&piece, at: offset)
      if count == 0 { return hash.finish() }
      hash.update(piece.span.extracting(first: count).bytes)
      offset += Int64(count)
    }
  }
}
