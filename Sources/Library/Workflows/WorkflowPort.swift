/// An end of a connection: `node1-output-0`, `node2-input-0`.
package struct WorkflowPort: Sendable, Hashable, CustomStringConvertible {
  /// Which side of a node.
  package enum Side: String, Sendable { case input, output }

  package let node: String
  package let side: Side
  package let number: Int

  /// Reads an end; the node's own id may have dashes in it.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 3, let last = parts.last, !last.isEmpty,
      last.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(last),
      let side = Side(rawValue: String(parts[parts.count - 2]))
    else { return nil }
    node = parts.dropLast(2).joined(separator: "-")
    guard !node.isEmpty else { return nil }
    self.side = side
    self.number = number
  }

  package var description: String { "\(node)-\(side.rawValue)-\(number)" }
}
