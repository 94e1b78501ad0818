/// How a child stands back behind other processes for the processor and the disk.
package struct ChildPriority: Sendable, Equatable {
  /// Whose reads and writes come first.
  package enum Disk: Sendable {
    /// As this process.
    case normal
    /// After all others of the best-effort class.
    case low
    /// Only when nobody else wants the disk.
    case idle
  }

  /// The nice value, 0 to 19; a process that is nicer already stays so.
  package var niceness: Int32
  /// The priority of reads and writes.
  package var disk: Disk

  /// A priority; as this process's own unless told otherwise.
  package init(niceness: Int32 = 0, disk: Disk = .normal) {
    self.niceness = min(max(niceness, 0), 19)
    self.disk = disk
  }

  /// The disk priority as ioprio_set(2) takes it: the class in the upper bits, then the level.
  var ioPriority: Int32 {
    switch disk {
    case .normal: 0
    case .low: 2 << 13 | 7
    case .idle: 3 << 13
    }
  }
}
