import Glibc
// Holds the same C header; which of the two `timespec` comes from depends on the compiler's batches.
import SwiftOverlayShims

/// What a child and its descendants used.
package struct ChildUsage: Sendable, Equatable {
  /// CPU in the programs' own code.
  package let userSeconds: Double
  /// CPU in the kernel on their behalf.
  package let systemSeconds: Double
  /// The most memory they held together, as far as it was seen; nil for a child too short-lived.
  ///
  /// Resident pages summed over the processes every 100 ms or so, those they share counted once
  /// for each; and at least the largest single process where the kernel tells it.
  package let peakMemoryBytes: Int64?
  /// From start to end.
  package let wall: Duration

  /// All of its CPU.
  package var cpuSeconds: Double { userSeconds + systemSeconds }

  /// Adds up the kernel's account of the leader, with all that waited for each other below it,
  /// and what was seen of the rest of the tree.
  init(_ used: rusage, _ tree: ProcessTree, inheritedPeak: Int64, wall: Duration) {
    let stray = tree.strayTicks
    let ticksPerSecond = Double(sysconf(Int32(_SC_CLK_TCK)))
    userSeconds = Self.seconds(used.ru_utime) + Double(stray.user) / ticksPerSecond
    systemSeconds = Self.seconds(used.ru_stime) + Double(stray.system) / ticksPerSecond
    // Until its program began the child shared the memory of this process, and the kernel counts
    // that in: a figure no larger than ours says nothing about the child.
    let largest = Self.peak(used)
    let seen = tree.peakResidentPages * Int64(getpagesize())
    let peak = max(seen, largest > inheritedPeak ? largest : 0)
    peakMemoryBytes = peak > 0 ? peak : nil
    self.wall = wall
  }

  /// The most memory this process has held so far.
  static func peakOfThisProcess() -> Int64 {
    var used = rusage()
    getrusage(RUSAGE_SELF.rawValue, &used)
    return peak(used)
  }

  private static func peak(_ used: rusage) -> Int64 { Int64(used.ru_maxrss) * 1024 }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
  }
}
