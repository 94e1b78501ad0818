/// What the writes of a group leave to be done once for all of them, before their commit.
///
/// One is made for each group and lives on the writer's thread. What a write has left is forgotten
/// where the write is undone.
package protocol GroupWork: AnyObject {
  /// A write of the group begins.
  func beginWrite()

  /// The write ends, and is kept or undone.
  func endWrite(isKept: Bool)

  /// Does what all of them have left, in their transaction; the group fails with it.
  func finish(on connection: Connection) throws
}
