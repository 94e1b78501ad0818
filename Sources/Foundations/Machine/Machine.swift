import CSystem
import Glibc

/// The machine the program runs on, as far as work is planned by it.
package enum Machine {
  /// How many processors this process may use: its affinity, not the machine's size.
  package static var cores: Int {
    let usable = mediary_usable_cores()
    // More than 1,024 processors do not fit into the call's answer.
    return max(1, usable > 0 ? Int(usable) : sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }

  /// Memory in bytes: all of it, and what could be had without swapping.
  package static var memory: (total: Int64, available: Int64)? {
    guard let total = memoryLine("MemTotal"), let available = memoryLine("MemAvailable") else {
      return nil
    }
    return (total, available)
  }

  private static func memoryLine(_ name: String) -> Int64? {
    guard let text = text(of: "/proc/meminfo") else { return nil }
    let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") }
    // "MemTotal:       24629752 kB"
    return line?.split(separator: " ").dropFirst().first.flatMap { Int64($0) }.map { $0 * 1_024 }
  }

  /// The kernel's name and release: "Linux 6.1.0".
  package static var kernel: (name: String, release: String, architecture: String) {
    var raw = utsname()
    guard uname(&raw) == 0 else { return ("unknown", "", "") }
    return (field(raw.sysname), field(raw.release), field(raw.machine))
  }

  /// The machine's name on its network.
  package static var host: String {
    var raw = utsname()
    return uname(&raw) == 0 ? field(raw.nodename) : "unknown"
  }

  /// The number of this process.
  package static var processNumber: Int32 { getpid() }

  /// The distribution, as it calls itself: "Debian GNU/Linux 12 (bookworm)".
  package static var distribution: String? {
    guard let text = text(of: "/etc/os-release") else { return nil }
    let line = text.split(separator: "\n").first { $0.hasPrefix("PRETTY_NAME=") }
    return line.map { String($0.dropFirst("PRETTY_NAME=".count)).filter { $0 != "\"" } }
  }

  /// The features the processor tells of: "avx2", "sha_ni", ….
  package static var processorFeatures: Set<String> {
    guard let text = text(of: "/proc/cpuinfo") else { return [] }
    let line = text.split(separator: "\n").first {
      $0.hasPrefix("flags") || $0.hasPrefix("Features")
    }
    return Set((line ?? "").split(separator: " ").map(String.init))
  }

  /// How many files the process may have open..
  package static var openFileLimit: Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
    return Int(clamping: limit.rlim_cur)
  }

  private static func field<Tuple>(_ tuple: Tuple) -> String {
    withUnsafeBytes(of: tuple) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  /// A file of /proc or /etc; they are small, and /proc's tell no size.
  private static func text(of path: FilePath) -> String? {
    guard let file = try? FileDescriptor.open(path, O_RDONLY),
      let bytes = try? file.read(256 << 10, at: 0)
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}
