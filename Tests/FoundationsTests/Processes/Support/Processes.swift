import Foundation
import Foundations
import Glibc
import Testing

/// Whether a process runs; a zombie no longer does.
func isAlive(_ number: Int32) -> Bool { ProcessIdentity.now(of: number)?.isAlive ?? false }

/// Waits until something is so, giving way to others; a failure of the test after half a minute.
func waitUntil(_ what: Comment, _ isSo: () -> Bool) async {
  let patience = ContinuousClock.now + .seconds(30)
  while !isSo() {
    guard ContinuousClock.now < patience else {
      Issue.record("waited in vain: \(what)")
      return
    }
    await Task.yield()
  }
}

/// The names in a folder.
func entries(of folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder)
}

/// The numbers of this process's children, zombies among them.
func ownChildren() throws -> [Int32] {
  try entries(of: "/proc").compactMap { Int32($0) }.filter { number in
    guard let stat = FileManager.default.contents(atPath: "/proc/\(number)/stat") else {
      return false
    }
    return ProcessEntry(stat: Array(stat))?.parent == getpid()
  }
}
