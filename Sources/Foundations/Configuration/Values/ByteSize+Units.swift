// For tables of settings, where a default reads best with its unit.
extension ByteSize {
  /// So many times 1,000,000 bytes.
  package static func megabytes(_ count: Int64) -> ByteSize { ByteSize(bytes: count * 1_000_000) }

  /// So many times 1,000,000,000 bytes.
  package static func gigabytes(_ count: Int64) -> ByteSize {
    ByteSize(bytes: count * 1_000_000_000)
  }
}
