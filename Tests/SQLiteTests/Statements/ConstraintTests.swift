import Foundations
import SQLite
import Testing

@Suite("Rules of the schema")
struct ConstraintTests {
  @Test("a violated rule is told by its sort and its names", arguments: 0..<5)
  func violated(index: Int) throws {
    let cases: [(SQL, FailureCode, Constraint.Kind, [String])] = [
      ("INSERT INTO thing (name) VALUES ('a')", .databaseUnique, .unique, ["thing.name"]),
      (
        "INSERT INTO thing (name, size) VALUES ('b', -1)", .databaseConstraint, .check,
        ["size_fits"]
      ),
      ("INSERT INTO thing (name) VALUES (NULL)", .databaseConstraint, .notNull, ["thing.name"]),
      ("INSERT INTO thing (id, name) VALUES (1, 'b')", .databaseUnique, .unique, ["thing.id"]),
      (
        "INSERT INTO note VALUES (99, 'of nothing')", .databaseForeignKey, .foreignKey, []
      ),
    ]
    let (sql, code, kind, names) = cases[index]
    let test = try TestDatabase()
    try test.add("a")
    let failure = #expect(throws: SQLiteFailure.self) {
      try test.database.write { _ = try $0.run(sql) }
    }
    #expect(failure?.code == code)
    #expect(failure?.constraint?.kind == kind)
    #expect(failure?.constraint?.names == names)
    #expect(try test.names() == ["a"])
    #expect(try test.python("SELECT count(*) FROM note") == ["0"])
  }

  @Test("a STRICT table takes no text for a number")
  func strict() throws {
    let test = try TestDatabase()
    let failure = #expect(throws: SQLiteFailure.self) {
      try test.database.write {
        _ = try $0.run("INSERT INTO thing (name, size) VALUES ('a', ?1)", "many")
      }
    }
    #expect(failure?.code == .databaseConstraint)
    #expect(failure?.number ?? 0 > 255)
  }
}
