import Glibc

/// Ends what earlier runs left behind: children whose owner crashed.
///
/// The kernel kills a child with its owner, but not the child's own children. Those carry the
/// mark of an owner that is gone.
package enum OrphanSweep {
  /// Kills the orphans that may be killed and answers their numbers; to be called at start.
  @discardableResult
  package static func run() -> [Int32] {
    var scanner = ProcessScanner()
    let table = scanner.scan(marksSince: 0, anew: true)
    let spared = lineage(of: getpid(), in: table)
    let namespace = processNamespace(of: "self")
    var ended: [Int32] = []
    for (number, entry) in table.entries.sorted(by: { $0.key < $1.key }) {
      guard let mark = entry.mark, !spared.contains(number), !mark.owner.isAlive,
        // The owner's number means something else in another container.
        processNamespace(of: "\(number)") == namespace
      else { continue }
      entry.identity.signal(SIGKILL)
      ended.append(number)
    }
    return ended
  }

  /// A process and its ancestors: they may carry a dead owner's mark and are not to be swept.
  private static func lineage(of number: Int32, in table: ProcessTable) -> Set<Int32> {
    var lineage: Set<Int32> = []
    var next = number
    while lineage.insert(next).inserted, let entry = table.entries[next] { next = entry.parent }
    return lineage
  }

  private static func processNamespace(of process: String) -> UInt64? {
    (try? FileStatus.of(FilePath("/proc/\(process)/ns/pid")))?.inode
  }
}
