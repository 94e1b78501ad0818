import Synchronization

/// Memory as a sink of bytes, up to a bound.
package final class MemoryByteSink: ByteSink {
  package let name: String
  package var canSeek: Bool { true }
  package var canRead: Bool { true }
  private let limit: Int
  private let content = Mutex((bytes: [UInt8](), place: 0))

  /// Empty memory; what would be more than `limit` bytes is refused.
  package init(name: String, limit: Int = 256 << 20) {
    self.name = name
    self.limit = limit
  }

  /// What was written.
  package var bytes: [UInt8] { content.withLock { $0.bytes } }

  package func write(_ bytes: RawSpan) throws {
    try content.withLock { content in
      let end = content.place + bytes.byteCount
      guard end <= limit else {
        throw MediaFailure(
          .mediaOutOfMemory, "\(name) would be larger than \(limit) bytes",
          hint: "write it to a file")
      }
      if end > content.bytes.count {
        content.bytes += [UInt8](repeating: 0, count: end - content.bytes.count)
      }
      content.bytes.withUnsafeMutableBytes { all in
        bytes.withUnsafeBytes { all[content.place..<end].copyBytes(from: $0) }
      }
      content.place = end
    }
  }

  package func seek(to offset: Int64) { content.withLock { $0.place = Int(offset) } }

  package func read(_ count: Int, at offset: Int64) -> [UInt8] {
    content.withLock { content in
      let start = min(Int(offset), content.bytes.count)
      return Array(content.bytes[start..<min(start + count, content.bytes.count)])
    }
  }
}
