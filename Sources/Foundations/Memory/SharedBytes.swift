/// Bytes that several may read at once, whoever owns them: this process, or another language's array
/// that lends them.
package final class SharedBytes: @unchecked Sendable {
  // Sendable: nothing here ever writes to them, and whoever lends them promises not to while they
  // are lent.
  private let bytes: UnsafeRawBufferPointer
  private let release: @Sendable () -> Void

  /// A copy of bytes.
  package init(_ copied: [UInt8]) {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: copied.count, alignment: 64)
    memory.copyBytes(from: copied)
    bytes = UnsafeRawBufferPointer(memory)
    let address = UInt(bitPattern: memory.baseAddress)
    release = { UnsafeMutableRawPointer(bitPattern: address)?.deallocate() }
  }

  /// Bytes that somebody lends until `release` is called, which is when nobody reads them any more.
  package init(lent bytes: UnsafeRawBufferPointer, release: @escaping @Sendable () -> Void) {
    self.bytes = bytes
    self.release = release
  }

  deinit { release() }

  /// How many.
  package var count: Int { bytes.count }

  /// Calls `body` with all of them; the pointer must not leave it.
  package func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    defer { withExtendedLifetime(self) {} }
    return try body(bytes)
  }
}
