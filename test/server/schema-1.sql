-- The schema as it was first released: what every later release must be able to open.
CREATE TABLE jobs (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  seq INTEGER NOT NULL,
  process TEXT NOT NULL,
  version INTEGER NOT NULL,
  status TEXT NOT NULL,
  overdue INTEGER NOT NULL,
  assignee TEXT,
  region TEXT,
  due_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  summary TEXT NOT NULL,
  job TEXT NOT NULL
) STRICT;
CREATE INDEX jobs_by_created ON jobs (created_at, id, process, version, status, overdue, assignee, region, due_at);
CREATE INDEX jobs_by_updated ON jobs (updated_at, id, process, version, status, overdue, assignee, region, due_at, created_at);
CREATE INDEX jobs_by_due ON jobs (due_at, id, process, version, status, overdue, assignee, region, created_at);
CREATE INDEX jobs_by_assignee ON jobs (assignee) WHERE assignee IS NOT NULL;

CREATE TABLE job_states (
  path TEXT NOT NULL,
  job INTEGER NOT NULL REFERENCES jobs (row),
  PRIMARY KEY (path, job)
) STRICT, WITHOUT ROWID;

-- Kept up with every commit, because counting 100,000 rows for every page that is looked at would not do.
CREATE TABLE job_counts (
  process TEXT NOT NULL,
  version INTEGER NOT NULL,
  status TEXT NOT NULL,
  overdue INTEGER NOT NULL,
  n INTEGER NOT NULL CHECK (n >= 0),
  PRIMARY KEY (process, version, status, overdue)
) STRICT, WITHOUT ROWID;
CREATE TABLE state_counts (
  process TEXT NOT NULL,
  version INTEGER NOT NULL,
  path TEXT NOT NULL,
  n INTEGER NOT NULL CHECK (n >= 0),
  PRIMARY KEY (process, version, path)
) STRICT, WITHOUT ROWID;

-- Every pair of neighbouring characters as a token: finds words of any length, also of two Chinese characters.
CREATE VIRTUAL TABLE job_text USING fts5 (pairs, content='', contentless_delete=1, tokenize='ascii');

CREATE TABLE history (
  change INTEGER PRIMARY KEY AUTOINCREMENT,
  job INTEGER NOT NULL REFERENCES jobs (row),
  seq INTEGER NOT NULL,
  process TEXT NOT NULL,
  version INTEGER NOT NULL,
  entry TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX history_by_job ON history (job, seq);
CREATE INDEX history_by_process ON history (process);

CREATE TABLE timers (
  token TEXT NOT NULL PRIMARY KEY,
  job INTEGER NOT NULL REFERENCES jobs (row),
  due_at TEXT NOT NULL,
  timer TEXT NOT NULL
) STRICT;
CREATE INDEX timers_by_due ON timers (due_at, token);
CREATE INDEX timers_by_job ON timers (job);

CREATE TABLE outbox (
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  job TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  not_before TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  last_error TEXT,
  dead INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outbox_by_time ON outbox (not_before) WHERE dead = 0;

CREATE TABLE idempotency (
  key TEXT NOT NULL PRIMARY KEY,
  fingerprint TEXT NOT NULL,
  response TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX idempotency_by_time ON idempotency (at);

PRAGMA application_id = 0x46644368;
PRAGMA user_version = 1;
