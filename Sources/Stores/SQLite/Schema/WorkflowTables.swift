import SQLite

/// The tables of workflows, their versions and executions, and of what their nodes took and made.
enum WorkflowTables {
  static let sql: SQL = """
    CREATE TABLE workflow (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      description TEXT,
      status TEXT NOT NULL,
      definition TEXT NOT NULL,
      version INTEGER NOT NULL,
      is_template INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      last_executed_at INTEGER,
      archived_at INTEGER
    ) STRICT;
    CREATE INDEX workflow_by_date ON workflow (archived_at IS NULL, updated_at);

    CREATE TABLE workflow_version (
      workflow INTEGER NOT NULL REFERENCES workflow ON DELETE CASCADE,
      number INTEGER NOT NULL,
      definition TEXT NOT NULL,
      saved_at INTEGER NOT NULL,
      PRIMARY KEY (workflow, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE execution (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      workflow INTEGER NOT NULL REFERENCES workflow ON DELETE CASCADE,
      status TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      completed_at INTEGER,
      error TEXT,
      data TEXT
    ) STRICT;
    CREATE INDEX execution_of_workflow ON execution (workflow, started_at);

    CREATE TABLE association (
      row INTEGER PRIMARY KEY,
      workflow INTEGER NOT NULL REFERENCES workflow ON DELETE CASCADE,
      asset INTEGER NOT NULL REFERENCES asset ON DELETE CASCADE,
      node TEXT NOT NULL,
      node_type TEXT NOT NULL,
      role TEXT NOT NULL,
      execution INTEGER REFERENCES execution ON DELETE CASCADE,
      created_at INTEGER NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX association_once
      ON association (workflow, node, asset, role, ifnull(execution, 0));
    CREATE INDEX association_of_asset ON association (asset, workflow);
    CREATE INDEX association_of_execution ON association (execution);

    """
}
