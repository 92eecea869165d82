/**
 * The step of the schema for the training room: attempts, assignments, live sessions, and sums by month and day.
 *
 * Must not: be edited once released (`migrations.ts`).
 */
export const TRAINING_STEP = `
  -- Scenarios as they were when somebody began one, by their hash.
  CREATE TABLE training_contents (hash TEXT PRIMARY KEY, content TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE attempts (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    scenario TEXT NOT NULL,
    process TEXT NOT NULL,
    person TEXT NOT NULL,
    mode TEXT NOT NULL,
    status TEXT NOT NULL,
    assignment TEXT,
    session TEXT,
    active_at TEXT NOT NULL,
    points INTEGER,
    record TEXT NOT NULL
  ) STRICT;
  CREATE INDEX attempts_by_person ON attempts (person, row);
  CREATE INDEX attempts_by_scenario ON attempts (scenario, row);
  CREATE INDEX attempts_by_process ON attempts (process, mode, status, row);
  CREATE INDEX attempts_by_status ON attempts (status, mode, row);
  CREATE INDEX attempts_by_assignment ON attempts (assignment, person, status, points) WHERE assignment IS NOT NULL;
  CREATE INDEX attempts_by_session ON attempts (session, row) WHERE session IS NOT NULL;
  CREATE INDEX attempts_open ON attempts (active_at) WHERE status = 'open';
  CREATE TABLE attempt_steps (
    attempt INTEGER NOT NULL REFERENCES attempts (row),
    n INTEGER NOT NULL,
    step TEXT NOT NULL,
    PRIMARY KEY (attempt, n)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE attempt_cards (attempt INTEGER PRIMARY KEY REFERENCES attempts (row), card TEXT NOT NULL) STRICT;

  CREATE TABLE assignments (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    assignment TEXT NOT NULL
  ) STRICT;
  CREATE TABLE training_sessions (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL UNIQUE,
    session TEXT NOT NULL
  ) STRICT;

  -- Kept up at the end of every attempt, by whole months and by days.
  CREATE TABLE training_people (
    grain TEXT NOT NULL,
    period TEXT NOT NULL,
    process TEXT NOT NULL,
    person TEXT NOT NULL,
    mode TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    passed INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    points INTEGER NOT NULL,
    last_at TEXT NOT NULL,
    PRIMARY KEY (grain, period, process, person, mode)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE training_norms (
    grain TEXT NOT NULL,
    period TEXT NOT NULL,
    process TEXT NOT NULL,
    person TEXT NOT NULL,
    mode TEXT NOT NULL,
    norm TEXT NOT NULL,
    met INTEGER NOT NULL,
    late INTEGER NOT NULL,
    broken INTEGER NOT NULL,
    tried INTEGER NOT NULL,
    PRIMARY KEY (grain, period, process, person, mode, norm)
  ) STRICT, WITHOUT ROWID;
  -- Of each person, and of all together under an empty person.
  CREATE TABLE training_places (
    process TEXT NOT NULL,
    grain TEXT NOT NULL,
    person TEXT NOT NULL,
    period TEXT NOT NULL,
    version INTEGER NOT NULL,
    mode TEXT NOT NULL,
    kind TEXT NOT NULL,
    place TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (process, grain, person, period, version, mode, kind, place)
  ) STRICT, WITHOUT ROWID;
  `
