import CCrypto

extension SHA256 {
  /// The code by which who knows the key can tell that a message is whose and whole (HMAC, RFC 2104).
  package static func code(of message: [UInt8], key: [UInt8]) -> SHA256Digest {
    var bytes = [UInt8](repeating: 0, count: SHA256Digest.size)
    // Only a libcrypto without SHA-256 fails here.
    guard HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &bytes, nil) != nil
    else { fatalError("libcrypto cannot make a code") }
    return SHA256Digest(bytes: bytes)
  }
}
