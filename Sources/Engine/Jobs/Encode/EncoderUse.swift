import Foundations
import Glibc

/// What the encoders of this process use, as the system tells it.
struct EncoderUse {
  /// What they use now.
  struct Reading: Equatable {
    var processes = 0
    /// In bytes.
    var memory: Int64 = 0
    /// How many cores they have kept busy since the reading before.
    var cores = 0.0
  }

  private static let tasks: FilePath = "/proc/self/task"
  // The kernel keeps so much of a program's name.
  private static let longestName = 15

  private var ticks: [Int: Int64] = [:]
  private var readAt: Duration?

  init() {}

  /// Reads the use of the children that bear a program's name; what cannot be read is left out.
  mutating func read(_ program: String, at uptime: Duration) -> Reading {
    var reading = Reading()
    var now: [Int: Int64] = [:]
    var spent: Int64 = 0
    for child in Self.children() {
      guard let one = Self.process(child), one.name == program.prefix(Self.longestName) else {
        continue
      }
      reading.processes += 1
      reading.memory += one.pages * Int64(getpagesize())
      now[child] = one.ticks
      spent += max(0, one.ticks - (ticks[child] ?? 0))
    }
    if let readAt, uptime > readAt {
      let seconds = (uptime - readAt) / .seconds(1)
      reading.cores = Double(spent) / Double(sysconf(Int32(_SC_CLK_TCK))) / seconds
    }
    (ticks, readAt) = (now, uptime)
    return reading
  }

  private static func children() -> [Int] {
    guard let folder = try? Folder.open(tasks), let entries = try? FolderEntries(of: folder) else {
      return []
    }
    return (0..<entries.count).flatMap { place -> [Int] in
      let path = tasks.appending(entries[place].name).appending("children")
      return text(path).split(separator: " ").compactMap { Int($0) }
    }
  }

  private static func process(_ number: Int) -> (name: Substring, ticks: Int64, pages: Int64)? {
    let line = text(FilePath("/proc/\(number)/stat"))
    // "12 (a name (with) anything) S 1 …": the name ends at the last bracket.
    guard let begin = line.firstIndex(of: "("), let end = line.lastIndex(of: ")"), begin < end
    else { return nil }
    let fields = line[line.index(after: end)...].split(separator: " ")
    guard fields.count > 21, let user = Int64(fields[11]), let system = Int64(fields[12]),
      let pages = Int64(fields[21])
    else { return nil }
    return (line[line.index(after: begin)..<end], user + system, pages)
  }

  private static func text(_ path: FilePath) -> String {
    let bytes = try? FileDescriptor.open(path, O_RDONLY).read(16 << 10, at: 0)
    return String(decoding: bytes ?? [], as: UTF8.self)
  }
}
