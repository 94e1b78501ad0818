/// What becomes of a child's standard output or standard error.
package enum ChildOutput: Sendable {
  /// What happens once a child has written more than is kept.
  package enum WhenFull: Sendable {
    /// The oldest bytes make room: the end of what was written is kept.
    case dropOldest
    /// The child is killed, and its result is a failure.
    case stop
  }

  /// It goes nowhere.
  case discarded
  /// It is kept in memory, this many bytes at most.
  case kept(Int, whenFull: WhenFull = .dropOldest)
  /// It is read line by line while the child runs (`Child.outputLines`, `Child.errorLines`), and
  /// its last bytes are kept besides.
  ///
  /// A reader that is slow slows the child down; one that lets go of the lines, or a `wait` with
  /// no reader, discards the rest.
  case lines(longest: Int = 1 << 16, keeping: Int = 1 << 16)
  /// A file, pipe or socket of the caller's, who keeps it open until the start has returned.
  case descriptor(Int32)
}

/// One of the two streams a child writes.
package enum ChildStream: String, Sendable {
  /// Standard output.
  case output
  /// Standard error.
  case errors
}
