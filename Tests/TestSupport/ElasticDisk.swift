import Foundation
package import Foundations
import Glibc

/// A disk of its own, as large as one likes at each moment; the system's administrator can make one.
package final class ElasticDisk: Sendable {
  /// Where it is mounted, until nobody has it any more.
  package let path: FilePath
  private let folder: TemporaryFolder

  /// A disk with much room.
  package init() throws {
    folder = try TemporaryFolder()
    path = FilePath(folder.path)
    try mount(["-t", "tmpfs", "-o", "size=1g", "tmpfs"])
  }

  deinit { umount2(folder.path, Int32(MNT_DETACH)) }

  /// Leaves so many pages free.
  package func fill(leaving pages: Int64) throws {
    let space = try FreeSpace.at(path)
    guard let total = space.total, let available = space.available else {
      throw CommandRunError("\(path) does not tell how much room it has")
    }
    try mount(["-o", "remount,size=\(total - available + pages * 4_096)"])
  }

  /// Leaves more free than anybody wants to have in reserve.
  package func empty() throws { try mount(["-o", "remount,size=1g"]) }

  private func mount(_ arguments: [String]) throws {
    let run = try CommandRun("mount", arguments + [path.text])
    guard run.status == 0 else { throw CommandRunError("mount: \(run.stderr)") }
  }
}
