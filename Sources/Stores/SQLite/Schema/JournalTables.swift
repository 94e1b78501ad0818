import SQLite

/// How far the journal has come, as of the last commit.
enum JournalTables {
  static let sql: SQL = """
    CREATE TABLE journal (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      sequence INTEGER NOT NULL,
      voids INTEGER NOT NULL
    ) STRICT;
    INSERT INTO journal VALUES (1, 0, 0);
    """
}
