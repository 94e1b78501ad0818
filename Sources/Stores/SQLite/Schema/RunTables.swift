import SQLite

/// The tables of runs and what they made; their folders are the truth.
enum RunTables {
  static let sql: SQL = """
    CREATE TABLE run (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      user TEXT,
      created_at INTEGER NOT NULL,
      schema TEXT NOT NULL,
      mode TEXT NOT NULL,
      input_text TEXT,
      transformed_text TEXT,
      status TEXT NOT NULL,
      stage TEXT,
      step TEXT,
      expected_outputs TEXT,
      error TEXT,
      deleted_at INTEGER,
      archived_at INTEGER
    ) STRICT;
    CREATE INDEX run_by_date ON run (deleted_at IS NULL, created_at);
    CREATE INDEX run_by_user ON run (deleted_at IS NULL, user, created_at);
    CREATE INDEX run_by_schema ON run (deleted_at IS NULL, schema, created_at);
    CREATE INDEX run_by_mode ON run (deleted_at IS NULL, mode, created_at);
    CREATE INDEX run_by_status ON run (deleted_at IS NULL, status, created_at);

    CREATE TABLE run_output (
      run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      type TEXT NOT NULL,
      filename TEXT NOT NULL,
      asset INTEGER REFERENCES asset ON DELETE SET NULL,
      blob BLOB,
      added_at INTEGER NOT NULL,
      details TEXT NOT NULL,
      PRIMARY KEY (run, ordinal),
      UNIQUE (run, filename)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX run_of_asset ON run_output (asset, run);
    CREATE INDEX run_of_blob ON run_output (blob);

    """
}
