import SQLite

/// Counts that are kept while things change, so that statistics answer at once; those of assets by
/// `CatalogueGroup`, once for many.
enum CountTables {
  static let sql: SQL = """
    CREATE TABLE tally (
      sort TEXT NOT NULL,
      text TEXT NOT NULL,
      count INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      PRIMARY KEY (sort, text)
    ) STRICT, WITHOUT ROWID;

    -- By days since 1970.
    CREATE TABLE day (
      day INTEGER PRIMARY KEY,
      count INTEGER NOT NULL,
      bytes INTEGER NOT NULL
    ) STRICT;

    CREATE TRIGGER run_counted AFTER INSERT ON run WHEN NEW.deleted_at IS NULL BEGIN
      INSERT INTO tally VALUES ('run', '', 1, 0) ON CONFLICT DO UPDATE SET count = count + 1;
    END;
    CREATE TRIGGER run_uncounted AFTER DELETE ON run WHEN OLD.deleted_at IS NULL BEGIN
      UPDATE tally SET count = count - 1 WHERE sort = 'run';
    END;
    CREATE TRIGGER run_recounted AFTER UPDATE OF deleted_at ON run BEGIN
      INSERT INTO tally
        VALUES ('run', '', (NEW.deleted_at IS NULL) - (OLD.deleted_at IS NULL), 0)
        ON CONFLICT DO UPDATE SET count = count + excluded.count;
    END;

    """
}
