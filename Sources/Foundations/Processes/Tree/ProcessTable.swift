import Glibc

/// All processes of the machine at one moment.
package struct ProcessTable: Sendable {
  /// The processes by number.
  package let entries: [Int32: ProcessEntry]
  /// Who has which children.
  private let children: [Int32: [Int32]]

  /// A table of these processes.
  package init(_ entries: [ProcessEntry]) {
    self.entries = Dictionary(entries.map { ($0.identity.number, $0) }) { first, _ in first }
    children = Dictionary(grouping: entries.map(\.identity.number)) { [table = self.entries] in
      table[$0]?.parent ?? 0
    }
  }

  /// These processes and all that descend from them, as far as the parents between still live.
  func descendants(of roots: some Sequence<Int32>) -> [ProcessEntry] {
    var found: Set<Int32> = []
    var waiting = Array(roots)
    while let number = waiting.popLast() {
      guard entries[number] != nil, found.insert(number).inserted else { continue }
      waiting += children[number] ?? []
    }
    return found.compactMap { entries[$0] }
  }
}

/// Reads the process table again and again at little cost.
///
/// Environments are read only of processes younger than the oldest child watched, and once each
/// unless told to look anew.
struct ProcessScanner {
  private var marks: [ProcessIdentity: ChildMark?] = [:]

  /// Reads the table, with the marks of processes that started at `ticks` or later.
  ///
  /// `anew` also looks again at those that had none, since a process in the middle of becoming
  /// another program shows an empty environment.
  mutating func scan(marksSince ticks: UInt64, anew: Bool) -> ProcessTable {
    var seen: [ProcessIdentity: ChildMark?] = [:]
    var entries: [ProcessEntry] = []
    for number in Self.numbers() {
      guard var entry = ProcessEntry.read(number) else { continue }
      if entry.identity.startTicks >= ticks, !entry.isZombie {
        entry.mark = mark(of: entry.identity, anew: anew)
        seen[entry.identity] = .some(entry.mark)
      }
      entries.append(entry)
    }
    marks = seen
    return ProcessTable(entries)
  }

  private func mark(of process: ProcessIdentity, anew: Bool) -> ChildMark? {
    if let known = marks[process], known != nil || !anew { return known }
    return ChildMark.carried(by: process.number)
  }

  /// The numbers of all processes.
  private static func numbers() -> [Int32] {
    guard let folder = opendir("/proc") else { return [] }
    defer { closedir(folder) }
    var numbers: [Int32] = []
    while let entry = readdir(folder) {
      let number = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { Int32(String(cString: $0)) }
      }
      if let number { numbers.append(number) }
    }
    return numbers
  }
}
