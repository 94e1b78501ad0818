import CZlib

/// The checksum of ZIP, PNG and gzip, of bytes that come piece by piece.
package struct CRC32: Sendable {
  /// The checksum of all bytes so far.
  package private(set) var value: UInt32 = 0

  /// The checksum of nothing.
  package init() {}

  /// Takes more bytes in.
  package mutating func update(_ bytes: some Collection<UInt8>) {
    let copy = ContiguousArray(bytes)
    value = copy.withUnsafeBufferPointer {
      UInt32(truncatingIfNeeded: crc32_z(UInt(value), $0.baseAddress, $0.count))
    }
  }
}
