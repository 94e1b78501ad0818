import SQLite

/// Counts that are kept while things change, so that statistics answer at once.
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

    -- What each asset adds to the counts; the triggers below add and take away.
    CREATE VIEW asset_tally (asset, sort, text, count, bytes) AS
      SELECT row, iif(deleted_at IS NULL, 'asset', 'trash'), '', 1, size FROM asset
      UNION ALL
      SELECT row, 'video', source, 1, size FROM asset WHERE deleted_at IS NULL AND kind = 'video'
      UNION ALL
      SELECT row, 'saved', '', origins - 1, (origins - 1) * size FROM asset
      WHERE deleted_at IS NULL AND origins > 1;

    CREATE TRIGGER asset_counted AFTER INSERT ON asset BEGIN
      INSERT INTO tally SELECT sort, text, count, bytes FROM asset_tally
        WHERE asset = NEW.row
        ON CONFLICT DO UPDATE SET count = count + excluded.count, bytes = bytes + excluded.bytes;
      INSERT INTO day SELECT NEW.added_at / 86400000000, 1, NEW.size WHERE NEW.deleted_at IS NULL
        ON CONFLICT DO UPDATE SET count = count + 1, bytes = bytes + excluded.bytes;
    END;
    CREATE TRIGGER asset_uncounted BEFORE DELETE ON asset BEGIN
      INSERT INTO tally SELECT sort, text, -count, -bytes FROM asset_tally
        WHERE asset = OLD.row
        ON CONFLICT DO UPDATE SET count = count + excluded.count, bytes = bytes + excluded.bytes;
      UPDATE day SET count = count - 1, bytes = bytes - OLD.size
        WHERE day = OLD.added_at / 86400000000 AND OLD.deleted_at IS NULL;
    END;
    CREATE TRIGGER asset_leaves_count
    BEFORE UPDATE OF deleted_at, origins, kind ON asset BEGIN
      INSERT INTO tally SELECT sort, text, -count, -bytes FROM asset_tally
        WHERE asset = OLD.row
        ON CONFLICT DO UPDATE SET count = count + excluded.count, bytes = bytes + excluded.bytes;
      UPDATE day SET count = count - 1, bytes = bytes - OLD.size
        WHERE day = OLD.added_at / 86400000000 AND OLD.deleted_at IS NULL;
    END;
    CREATE TRIGGER asset_enters_count
    AFTER UPDATE OF deleted_at, origins, kind ON asset BEGIN
      INSERT INTO tally SELECT sort, text, count, bytes FROM asset_tally
        WHERE asset = NEW.row
        ON CONFLICT DO UPDATE SET count = count + excluded.count, bytes = bytes + excluded.bytes;
      INSERT INTO day SELECT NEW.added_at / 86400000000, 1, NEW.size WHERE NEW.deleted_at IS NULL
        ON CONFLICT DO UPDATE SET count = count + 1, bytes = bytes + excluded.bytes;
    END;

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
