import CSystem
import Glibc

/// What a child may use at most; its own children each get the same.
///
/// A stricter limit that this process lives under itself stays in force.
package struct ChildLimits: Sendable, Equatable {
  /// Bytes of address space, of which programs reserve far more than they use.
  package var addressSpace: Int64?
  /// Seconds of CPU; at the limit comes SIGXCPU, a second later SIGKILL.
  package var cpuSeconds: Int64?
  /// Open files at a time.
  package var openFiles: Int64?
  /// Bytes of the largest file it may write; beyond comes SIGXFSZ.
  package var fileSize: Int64?
  /// Bytes of a core file; none unless told otherwise, as a crash must not fill the disk.
  package var coreSize: Int64? = 0

  /// No limits but that on core files.
  package init() {}

  /// The limits as the system takes them.
  var entries: [mediary_limit] {
    [
      Self.entry(RLIMIT_AS, addressSpace),
      Self.entry(RLIMIT_CPU, cpuSeconds, beyond: 1),
      Self.entry(RLIMIT_NOFILE, openFiles),
      Self.entry(RLIMIT_FSIZE, fileSize),
      Self.entry(RLIMIT_CORE, coreSize),
    ].compactMap { $0 }
  }

  private static func entry(
    _ resource: __rlimit_resource, _ limit: Int64?, beyond: UInt64 = 0
  ) -> mediary_limit? {
    guard let limit else { return nil }
    let soft = UInt64(max(0, limit))
    return mediary_limit(resource: Int32(resource.rawValue), soft: soft, hard: soft + beyond)
  }
}
