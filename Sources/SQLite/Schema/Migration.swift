/// One step of a schema, which leads from a version to the next.
package struct Migration: Sendable {
  /// What it does, for messages: `assets and their names`.
  package let name: String
  private let body: @Sendable (Connection) throws -> Void

  /// A step by any statements.
  package init(_ name: String, _ body: @escaping @Sendable (Connection) throws -> Void) {
    self.name = name
    self.body = body
  }

  /// A step by a text of statements.
  package init(_ name: String, _ script: SQL) {
    self.init(name) { try $0.script(script) }
  }

  func run(on connection: Connection) throws { try body(connection) }
}
