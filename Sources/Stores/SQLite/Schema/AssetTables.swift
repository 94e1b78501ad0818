import SQLite

/// The tables of assets, the ways they came, and how they were made.
///
/// Times are microseconds since 1970, contents the 32 bytes of their SHA-256. `row` is the order in
/// which assets came into this file, and the id of their texts in the search.
enum AssetTables {
  static let sql: SQL = """
    CREATE TABLE asset (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      -- This index decides who is first of those who add the same bytes at once.
      blob BLOB NOT NULL UNIQUE CHECK (length(blob) = 32),
      size INTEGER NOT NULL CHECK (size >= 0),
      name TEXT NOT NULL COLLATE NOCASE,
      source TEXT NOT NULL,
      added_at INTEGER NOT NULL,
      user TEXT,
      deleted_at INTEGER,
      origins INTEGER NOT NULL DEFAULT 1 CHECK (origins >= 1),
      kind TEXT NOT NULL,
      format TEXT NOT NULL,
      mime_type TEXT NOT NULL,
      is_readable INTEGER NOT NULL,
      width INTEGER,
      height INTEGER,
      duration REAL,
      -- What has none is the shortest of all.
      length REAL NOT NULL GENERATED ALWAYS AS (ifnull(duration, -1.0)) VIRTUAL,
      frames INTEGER,
      frames_per INTEGER,
      codec TEXT,
      bitrate INTEGER,
      audio_codec TEXT,
      channels INTEGER,
      sample_rate INTEGER,
      rotation INTEGER,
      dynamic_range TEXT,
      likeness INTEGER,
      likeness_inner INTEGER,
      tags TEXT,
      notes TEXT,
      rating INTEGER CHECK (rating BETWEEN 1 AND 5),
      is_favourite INTEGER NOT NULL DEFAULT 0,
      extra TEXT
    ) STRICT;
    CREATE INDEX living_by_date ON asset (added_at) WHERE deleted_at IS NULL;
    CREATE INDEX living_by_size ON asset (size) WHERE deleted_at IS NULL;
    CREATE INDEX living_by_length ON asset (length) WHERE deleted_at IS NULL;
    CREATE INDEX living_by_name ON asset (name) WHERE deleted_at IS NULL;
    CREATE INDEX living_by_width ON asset (width) WHERE deleted_at IS NULL;
    CREATE INDEX living_by_height ON asset (height) WHERE deleted_at IS NULL;
    CREATE INDEX deleted_by_date ON asset (added_at) WHERE deleted_at IS NOT NULL;
    CREATE INDEX deleted_by_size ON asset (size) WHERE deleted_at IS NOT NULL;
    CREATE INDEX deleted_by_length ON asset (length) WHERE deleted_at IS NOT NULL;
    CREATE INDEX deleted_by_name ON asset (name) WHERE deleted_at IS NOT NULL;
    CREATE INDEX deleted_by_width ON asset (width) WHERE deleted_at IS NOT NULL;
    CREATE INDEX deleted_by_height ON asset (height) WHERE deleted_at IS NOT NULL;

    CREATE TABLE origin (
      asset INTEGER NOT NULL REFERENCES asset ON DELETE CASCADE,
      number INTEGER NOT NULL,
      name TEXT NOT NULL,
      source TEXT NOT NULL,
      added_at INTEGER NOT NULL,
      came_from TEXT,
      user TEXT,
      PRIMARY KEY (asset, number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE generation (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      asset INTEGER REFERENCES asset ON DELETE CASCADE,
      provider TEXT,
      model TEXT,
      prompt TEXT,
      negative_prompt TEXT,
      seed TEXT,
      parameters TEXT,
      job_id TEXT,
      status TEXT NOT NULL,
      error TEXT,
      started_at INTEGER,
      completed_at INTEGER,
      read_from TEXT
    ) STRICT;
    CREATE INDEX generation_of_asset ON generation (asset);

    -- The hashes of files that have not changed since they were read.
    CREATE TABLE known_file (
      device INTEGER NOT NULL,
      inode INTEGER NOT NULL,
      size INTEGER NOT NULL,
      modified INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      blob BLOB NOT NULL,
      PRIMARY KEY (device, inode)
    ) STRICT, WITHOUT ROWID;

    """
}
