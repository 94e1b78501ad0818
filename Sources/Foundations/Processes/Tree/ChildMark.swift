import Glibc

/// What each child of ours carries in its environment and passes on to its own children.
///
/// A descendant can leave the process group, the session and its parent, but its environment goes
/// with it. The mark also names the process that started it, so that after a crash the next start
/// can tell whose children still run.
package struct ChildMark: Sendable, Hashable, CustomStringConvertible {
  /// The name of the variable.
  package static let variable = "MEDIARY_CHILD"

  /// The process that started the child.
  package let owner: ProcessIdentity
  /// Tells the owner's children apart.
  package let token: UInt64

  /// A mark of an owner's child.
  package init(owner: ProcessIdentity, token: UInt64) {
    self.owner = owner
    self.token = token
  }

  /// Reads the variable's value.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let number = Int32(parts[0]), let start = UInt64(parts[1]),
      let token = UInt64(parts[2], radix: 16), number > 0
    else { return nil }
    self.init(owner: ProcessIdentity(number: number, startTicks: start), token: token)
  }

  /// The variable's value.
  package var description: String {
    "\(owner.number).\(owner.startTicks).\(String(token, radix: 16))"
  }

  /// The entry of the child's environment.
  var entry: [UInt8] { Array("\(Self.variable)=\(self)".utf8) }

  /// Finds a mark in an environment as `/proc` shows it: entries, each ended by a NUL.
  package init?(environment: [UInt8]) {
    let prefix = Array("\(Self.variable)=".utf8)
    // The mark comes first in the environment we give, and a shell may have moved it.
    for entry in environment.split(separator: 0) where entry.starts(with: prefix) {
      self.init(String(decoding: entry.dropFirst(prefix.count), as: UTF8.self))
      return
    }
    return nil
  }

  /// The mark that a running process carries, as far as its environment may be read.
  static func carried(by number: Int32) -> ChildMark? {
    ProcessFile.read("/proc/\(number)/environ", upTo: 1 << 18).flatMap(ChildMark.init(environment:))
  }
}
