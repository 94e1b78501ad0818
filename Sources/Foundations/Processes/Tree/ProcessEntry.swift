import Glibc

/// What the kernel tells of one process in `/proc/<number>/stat`.
package struct ProcessEntry: Sendable, Equatable {
  /// Who it is.
  package let identity: ProcessIdentity
  /// The number of its parent.
  package let parent: Int32
  /// The number of its process group.
  package let group: Int32
  /// The number of its session.
  package let session: Int32
  /// Whether it is over, and only its status is still there.
  package let isZombie: Bool
  /// CPU in its own code in ticks, with that of the children it has waited for.
  package let userTicks: Int
  /// The same in the kernel on its behalf.
  package let systemTicks: Int
  /// The memory it holds.
  package let residentPages: Int64
  /// The child of ours it descends from, by its environment.
  package var mark: ChildMark?

  /// Reads one process; nil where it is gone.
  static func read(_ number: Int32) -> ProcessEntry? {
    guard let bytes = ProcessFile.read("/proc/\(number)/stat", upTo: 1024) else { return nil }
    return ProcessEntry(stat: bytes)
  }

  /// Parses the one line of a stat file, of which proc(5) has the fields.
  package init?(stat: [UInt8]) {
    // The name in parentheses may hold anything, parentheses and spaces too; nothing after it
    // does.
    guard let opening = stat.firstIndex(of: UInt8(ascii: "(")),
      let closing = stat.lastIndex(of: UInt8(ascii: ")")), opening < closing,
      let number = Self.number(stat[..<opening])
    else { return nil }
    let fields = stat[(closing + 1)...].split(separator: UInt8(ascii: " "), maxSplits: 24 - 2)
    // Field 3 of the manual, the state, is the first here.
    func field(_ position: Int) -> Int? { Self.number(fields[position - 3]) }
    guard fields.count > 24 - 3, let parent = field(4), let group = field(5),
      let session = field(6), let user = field(14), let system = field(15),
      let childrenUser = field(16), let childrenSystem = field(17),
      let start = field(22).flatMap(UInt64.init(exactly:)),
      let resident = field(24)
    else { return nil }
    identity = ProcessIdentity(number: Int32(truncatingIfNeeded: number), startTicks: start)
    self.parent = Int32(truncatingIfNeeded: parent)
    self.group = Int32(truncatingIfNeeded: group)
    self.session = Int32(truncatingIfNeeded: session)
    // X is a process that is going while it is being read.
    isZombie = [UInt8(ascii: "Z"), UInt8(ascii: "X")].contains(fields[0].first)
    userTicks = user + childrenUser
    systemTicks = system + childrenSystem
    residentPages = Int64(resident)
  }

  private static func number(_ field: ArraySlice<UInt8>) -> Int? {
    let digits = field.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}

/// Small files of `/proc`, which have no size and are read until they end.
enum ProcessFile {
  /// The content, cut at a length; nil where it cannot be read, as for a process that has gone.
  static func read(_ path: String, upTo limit: Int) -> [UInt8]? {
    guard let file = try? FileDescriptor.open(FilePath(path), O_RDONLY) else { return nil }
    var bytes = [UInt8](repeating: 0, count: limit)
    var count = 0
    while count < limit {
      let got = try? bytes.withUnsafeMutableBytes {
        try file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[count...]))
      }
      guard let got else { return nil }
      if got == 0 { break }
      count += got
    }
    bytes.removeLast(limit - count)
    return bytes
  }
}
