package import Foundations
import Media
import Synchronization

/// A sink in memory that can do less than others, or fail, or raise a flag, at a chosen write.
package final class ClipSink: ByteSink {
  package enum Trouble: Error { case made }

  package let name: String
  package let canSeek: Bool
  package let canRead: Bool
  private let memory: MemoryByteSink
  private let writes = Mutex(0)
  private let failsAt: Int?
  private let stopsAt: (write: Int, flag: StopFlag)?

  package init(
    _ name: String, canSeek: Bool = true, canRead: Bool = true, failsAt: Int? = nil,
    stopsAt: (write: Int, flag: StopFlag)? = nil
  ) {
    self.name = name
    self.canSeek = canSeek
    self.canRead = canRead
    self.failsAt = failsAt
    self.stopsAt = stopsAt
    memory = MemoryByteSink(name: name)
  }

  /// What was written.
  package var bytes: [UInt8] { memory.bytes }

  /// How many writes came.
  package var writeCount: Int { writes.withLock { $0 } }

  package func write(_ bytes: RawSpan) throws {
    let count = writes.withLock { count in
      count += 1
      return count
    }
    if count == failsAt { throw Trouble.made }
    if let stopsAt, count == stopsAt.write { stopsAt.flag.stop() }
    try memory.write(bytes)
  }

  package func seek(to offset: Int64) throws { memory.seek(to: offset) }

  package func read(_ count: Int, at offset: Int64) throws -> [UInt8] {
    memory.read(count, at: offset)
  }
}
