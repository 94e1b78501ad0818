import Foundations
import SQLite
import Testing

@Suite("Statements")
struct QueryTests {
  enum Color: String, SQLEncodable, SQLDecodable { case red, green }

  @Test("every type of value comes back as it was given")
  func values() throws {
    let test = try TestDatabase()
    try test.database.read { reading in
      func back<Value: SQLEncodable & SQLDecodable & Equatable>(_ value: Value) throws {
        #expect(try reading.value("SELECT ?1", value) == value)
      }
      for number in [Int64.min, -1, 0, 1, .max] { try back(number) }
      for number in [0.0, -1.5, .greatestFiniteMagnitude, .leastNonzeroMagnitude] {
        try back(number)
      }
      for text in ["", "a", "Größe", "東京", "e\u{301}", "nul\u{0}inside", "'; DROP TABLE thing; --"]
      {
        try back(text)
      }
      for bytes in [[], [0], [UInt8](repeating: 255, count: 100_000)] { try back(bytes) }
      try back(true)
      try back(Color.green)
      try back(Int32.min)
      try back(Optional<Int>.none)
      try back(Optional("x"))
    }
  }

  @Test("a value of another type is a failure that names the column, and no guess")
  func mismatch() throws {
    let test = try TestDatabase()
    try test.database.read { reading in
      func refused<Value: SQLDecodable>(_ sql: SQL, _ type: Value.Type) {
        let failure = #expect(throws: SQLiteFailure.self) {
          _ = try reading.value(sql, as: Value.self)
        }
        #expect(failure?.code == .databaseColumn)
        #expect(failure?.message.contains("answer") == true)
      }
      refused("SELECT NULL AS answer", Int.self)
      refused("SELECT '12' AS answer", Int.self)
      refused("SELECT 12 AS answer", String.self)
      refused("SELECT 1.5 AS answer", Int64.self)
      refused("SELECT 2 AS answer", Bool.self)
      refused("SELECT 'blue' AS answer", Color.self)
      refused("SELECT 5000000000 AS answer", Int32.self)
    }
  }

  @Test("rows are read one, all, or one after the other")
  func rows() throws {
    let test = try TestDatabase()
    for name in ["a", "b", "c"] { try test.add(name) }
    try test.database.read { reading in
      let one = try reading.one("SELECT id, name FROM thing ORDER BY name DESC") { row in
        (try row[0] as Int, try row[1] as String)
      }
      #expect(one?.1 == "c")
      #expect(try reading.one("SELECT 1 WHERE 0") { row in try row[0] as Int } == nil)
      var seen: [String] = []
      try reading.each("SELECT name FROM thing WHERE name > ?1 ORDER BY name", "a") { row in
        seen.append(try row[0])
      }
      #expect(seen == ["b", "c"])
      let some = try reading.all(
        "SELECT name FROM thing WHERE " + .joined(["name <> ?1", "name <> ?2"], by: " AND "),
        with: ["a", "c"]
      ) { row in try row[0] as String }
      #expect(some == ["b"])
    }
  }

  @Test("the same statement can run inside itself")
  func nested() throws {
    let test = try TestDatabase()
    for name in ["a", "b"] { try test.add(name) }
    let pairs = try test.database.read { reading in
      try reading.all("SELECT name FROM thing ORDER BY name") { outer in
        let name: String = try outer[0]
        return try reading.all("SELECT name FROM thing ORDER BY name") { inner in
          try name + inner[0]
        }
      }
    }
    #expect(pairs == [["aa", "ab"], ["ba", "bb"]])
  }

  @Test("a change says how many rows it changed, and the id it gave")
  func changes() throws {
    let test = try TestDatabase()
    for name in ["a", "b", "c"] { try test.add(name) }
    try test.database.write { write throws in
      #expect(try write.run("UPDATE thing SET size = 5 WHERE name <> ?1", "a") == 2)
      #expect(try write.run("UPDATE thing SET size = 5 WHERE name = 'none'") == 0)
      #expect(try write.run("INSERT INTO thing (id, name) VALUES (77, 'd')") == 1)
      #expect(write.lastInsertedRow == 77)
      for text in ["one", "two"] { try write.run("INSERT INTO note VALUES (77, ?1)", text) }
      // The notes go by a trigger.
      #expect(try write.run("DELETE FROM thing WHERE id = 77") == 1)
      #expect(try write.value("SELECT count(*) FROM note", as: Int.self) == 0)
    }
  }

  @Test("a reader cannot write")
  func readOnly() throws {
    let test = try TestDatabase()
    let failure = #expect(throws: SQLiteFailure.self) {
      try test.database.read { try $0.run("DELETE FROM thing") }
    }
    #expect(failure?.code == .databaseReadOnly)
  }

  @Test("a slip in a statement is told with its text", arguments: ["parameters", "text", "quotes"])
  func slips(of kind: String) throws {
    let test = try TestDatabase()
    let failure = #expect(throws: SQLiteFailure.self) {
      try test.database.read { reading in
        switch kind {
        case "parameters": try reading.run("SELECT ?1, ?2", 1)
        case "text": try reading.run("SELEKT 1")
        // Elsewhere a misspelt column in double quotes is a text.
        default: try reading.run("SELECT \"no_such\" FROM thing")
        }
      }
    }
    #expect(failure?.code == .databaseStatement)
    #expect(failure?.message.contains("SEL") == true)
  }

  @Test("the plan of a query is told as a tree")
  func plan() throws {
    let test = try TestDatabase()
    let plan = try test.database.read { reading in
      try reading.queryPlan(
        of: "SELECT name FROM thing WHERE name = ?1 UNION SELECT text FROM note")
    }
    #expect(
      plan == """
        COMPOUND QUERY
          LEFT-MOST SUBQUERY
            SEARCH thing USING COVERING INDEX sqlite_autoindex_thing_1 (name=?)
          UNION USING TEMP B-TREE
            SCAN note
        """)
  }

  @Test("no more statements are kept compiled than allowed, and the latest stay")
  func cache() throws {
    var options = DatabaseOptions()
    options.keptStatements = 8
    options.readers = 1
    let test = try TestDatabase(options: options)
    try test.database.read { reading throws in
      for index in 1...100 {
        let sql: SQL = "SELECT " + .joined(Array(repeating: "1", count: index), by: " + ")
        #expect(try reading.value(sql, as: Int.self) == index)
        #expect(reading.keptStatements <= 8)
      }
      #expect(reading.keptStatements == 8)
    }
  }
}
