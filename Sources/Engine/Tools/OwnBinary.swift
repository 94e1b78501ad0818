import Foundations
import Glibc

/// Where this program itself lies.
enum OwnBinary {
  /// Its path; nil where /proc does not tell.
  ///
  /// The first line of the memory map names the file that was started, last in the line:
  /// "55d0-55d1 r--p 0000 08:01 42    /opt/mediary".
  static var path: FilePath? {
    guard let file = try? FileDescriptor.open("/proc/self/maps", O_RDONLY),
      let bytes = try? file.read(8 << 10, at: 0)
    else { return nil }
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    guard let start = line.firstIndex(of: UInt8(ascii: "/")) else { return nil }
    return FilePath(bytes: line[start...])
  }
}
