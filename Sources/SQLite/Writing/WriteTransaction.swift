import Foundations

/// What one write does its work with: statements, and lines for the journal.
///
/// Everything it does is kept together or not at all. It shares a transaction with the other writes
/// of its group, and sees what those before it have written.
package final class WriteTransaction: Queries {
  package let connection: Connection
  /// What is left to be done once for the group.
  package let groupWork: (any GroupWork)?
  private(set) var journal: [[UInt8]] = []

  init(on connection: Connection, _ groupWork: (any GroupWork)?) {
    self.connection = connection
    self.groupWork = groupWork
  }

  /// Adds a line that goes to the journal with this write, before the commit.
  package func appendToJournal(_ line: [UInt8]) { journal.append(line) }
}
