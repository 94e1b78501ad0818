import SQLite

/// The tables of jobs, their lanes, events and schedules.
///
/// Nothing of them is told to the journal: they are work in progress, and no words of people.
enum JobTables {
  static let sql: SQL = """
    -- Jobs that a claim cannot tell apart but by their age; '' is nobody.
    CREATE TABLE job_lane (
      row INTEGER PRIMARY KEY,
      queue TEXT NOT NULL,
      kind TEXT NOT NULL,
      needs TEXT NOT NULL,
      priority INTEGER NOT NULL,
      user TEXT NOT NULL,
      memory INTEGER NOT NULL,
      of_children INTEGER NOT NULL,
      UNIQUE (queue, kind, needs, priority, user, memory, of_children)
    ) STRICT;

    CREATE TABLE job (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      lane INTEGER NOT NULL REFERENCES job_lane,
      parent TEXT REFERENCES job (id) ON DELETE CASCADE,
      ordinal INTEGER,
      input TEXT NOT NULL,
      wanted_at INTEGER,
      is_held INTEGER NOT NULL,
      attempt_limit INTEGER NOT NULL,
      crash_limit INTEGER NOT NULL,
      run TEXT,
      workflow TEXT,
      dedupe_key TEXT,
      cache_key TEXT,
      tolerates_loss INTEGER NOT NULL,
      has_join INTEGER NOT NULL,
      created_at INTEGER NOT NULL,

      state TEXT NOT NULL,
      is_open INTEGER NOT NULL,
      stage TEXT,
      run_at INTEGER NOT NULL,
      attempts INTEGER NOT NULL,
      crashes INTEGER NOT NULL,
      epoch INTEGER NOT NULL,
      claim TEXT,
      worker TEXT,
      lease_until INTEGER,
      heartbeat INTEGER,
      cancel_wished INTEGER NOT NULL,
      children INTEGER NOT NULL,
      pending INTEGER NOT NULL CHECK (pending >= 0),
      lost INTEGER NOT NULL CHECK (lost >= 0),
      partial INTEGER NOT NULL CHECK (partial >= 0),
      progress TEXT,
      cpu_seconds REAL NOT NULL,
      peak_memory INTEGER NOT NULL,
      result TEXT,
      error TEXT,
      started_at INTEGER,
      finished_at INTEGER,
      last_event INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX job_by_lane ON job (lane, state);
    CREATE INDEX job_ready ON job (lane, run_at) WHERE state = 'queued';
    CREATE INDEX job_claimed ON job (claim) WHERE claim IS NOT NULL;
    CREATE UNIQUE INDEX job_child ON job (parent, ordinal) WHERE parent IS NOT NULL;
    CREATE INDEX job_of_run ON job (run) WHERE run IS NOT NULL;
    CREATE INDEX job_of_workflow ON job (workflow) WHERE workflow IS NOT NULL;
    CREATE INDEX job_dedupe ON job (dedupe_key) WHERE dedupe_key IS NOT NULL AND is_open = 1;
    CREATE INDEX job_same ON job (cache_key) WHERE cache_key IS NOT NULL AND is_open = 1;
    CREATE INDEX job_answer ON job (cache_key, finished_at)
      WHERE cache_key IS NOT NULL AND state = 'completed';
    CREATE INDEX job_finished ON job (finished_at)
      WHERE finished_at IS NOT NULL AND parent IS NULL;

    CREATE TABLE job_tally (
      lane INTEGER NOT NULL REFERENCES job_lane ON DELETE CASCADE,
      state TEXT NOT NULL,
      count INTEGER NOT NULL CHECK (count >= 0),
      PRIMARY KEY (lane, state)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER job_counted AFTER INSERT ON job BEGIN
      INSERT INTO job_tally VALUES (NEW.lane, NEW.state, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
    END;
    CREATE TRIGGER job_uncounted AFTER DELETE ON job BEGIN
      UPDATE job_tally SET count = count - 1 WHERE lane = OLD.lane AND state = OLD.state;
    END;
    CREATE TRIGGER job_recounted AFTER UPDATE OF state, lane ON job
    WHEN OLD.state <> NEW.state OR OLD.lane <> NEW.lane BEGIN
      UPDATE job_tally SET count = count - 1 WHERE lane = OLD.lane AND state = OLD.state;
      INSERT INTO job_tally VALUES (NEW.lane, NEW.state, 1)
        ON CONFLICT DO UPDATE SET count = count + 1;
    END;

    -- No word of what the job is itself: that is added to the payload where it is read.
    CREATE TABLE job_event (
      sequence INTEGER PRIMARY KEY,
      job INTEGER REFERENCES job ON DELETE CASCADE,
      number INTEGER NOT NULL,
      kind TEXT NOT NULL,
      at INTEGER NOT NULL,
      payload TEXT
    ) STRICT;
    CREATE UNIQUE INDEX job_event_of_job ON job_event (job, number);
    CREATE INDEX job_event_passing ON job_event (at)
      WHERE kind IN ('progress_updated', 'resource_updated');
    -- A number is never given twice, so that whoever read up to one misses nothing: where the newest
    -- event goes, an event of no job keeps its place. AUTOINCREMENT would write one more page with
    -- each event.
    CREATE TRIGGER job_event_given AFTER DELETE ON job_event
    WHEN OLD.sequence > (SELECT ifnull(max(sequence), 0) FROM job_event) BEGIN
      INSERT INTO job_event (sequence, number, kind, at) VALUES (OLD.sequence, 0, 'gone', 0);
      DELETE FROM job_event WHERE job IS NULL AND sequence < OLD.sequence;
    END;

    CREATE TABLE job_schedule (
      id TEXT PRIMARY KEY,
      job TEXT NOT NULL,
      every_seconds INTEGER,
      day_second INTEGER,
      day_offset INTEGER,
      next_due INTEGER NOT NULL,
      is_on INTEGER NOT NULL,
      last_job TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX job_schedule_due ON job_schedule (next_due) WHERE is_on = 1;

    """
}
