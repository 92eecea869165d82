/**
 * The database's schema, as numbered steps from an empty file to the present one.
 *
 * Promises: a step that was ever released is never edited; a change is a new step. All missing steps run in one
 * transaction, so a power cut leaves the old schema or the new one.
 * Must not: read a clock or a job's meaning.
 *
 * Times are ISO 8601 text in UTC with milliseconds, so that they sort as text. `jobs` is a rowid table, and
 * other tables name a job by `row`, which keeps their indexes small. The sorting indexes carry every column
 * that a list filters by: a filter that matches nothing then walks an index, never the jobs themselves.
 */
import type { DatabaseSync } from 'node:sqlite'
import { DESK_STEP } from './steps/desk.ts'
import { DISPATCH_STEP } from './steps/dispatch.ts'
import { FEWER_PAGES_STEP } from './steps/fewer-pages.ts'
import { PRIVACY_STEP } from './steps/privacy.ts'
import { REVIEWS_STEP } from './steps/reviews.ts'
import { SAMPLE_STEP } from './steps/sample.ts'
import { STANDING_COUNTS_STEP } from './steps/standing-counts.ts'
import { TRAINING_STEP } from './steps/training.ts'
import { WEBHOOKS_STEP } from './steps/webhooks.ts'

const STEPS: readonly string[] = [
  `
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
  `,
  `
  CREATE TABLE migrations (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    process TEXT NOT NULL,
    run TEXT NOT NULL
  ) STRICT;
  CREATE INDEX migrations_by_process ON migrations (process);

  -- \`came_from\`: the leaf paths as JSON, so that what came of the jobs is counted by state.
  CREATE TABLE moves (
    run INTEGER NOT NULL REFERENCES migrations (row),
    job TEXT NOT NULL,
    outcome TEXT NOT NULL,
    came_from TEXT NOT NULL,
    result TEXT NOT NULL,
    PRIMARY KEY (run, job)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX moves_by_outcome ON moves (run, outcome, came_from);
  `,
  `
  -- The life of processes, added up with every commit from the traces of the changes.
  CREATE TABLE overdue_counts (
    process TEXT NOT NULL,
    version INTEGER NOT NULL,
    path TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (process, version, path)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE open_visits (
    job INTEGER NOT NULL REFERENCES jobs (row),
    path TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    PRIMARY KEY (job, path)
  ) STRICT, WITHOUT ROWID;
  -- \`step\`: how long, in eight steps to each doubling; \`ms\`: all of them together.
  CREATE TABLE visit_times (
    process TEXT NOT NULL,
    version INTEGER NOT NULL,
    path TEXT NOT NULL,
    day TEXT NOT NULL,
    step INTEGER NOT NULL,
    n INTEGER NOT NULL,
    ms INTEGER NOT NULL,
    PRIMARY KEY (process, version, path, day, step)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE place_breaches (
    process TEXT NOT NULL,
    version INTEGER NOT NULL,
    day TEXT NOT NULL,
    place TEXT NOT NULL,
    norm TEXT NOT NULL,
    outcome TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (process, version, day, place, norm, outcome)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE norm_facts (
    row INTEGER PRIMARY KEY,
    job INTEGER NOT NULL REFERENCES jobs (row),
    norm TEXT NOT NULL,
    outcome TEXT NOT NULL,
    day TEXT NOT NULL,
    process TEXT NOT NULL,
    engineer TEXT NOT NULL,
    customer TEXT NOT NULL,
    place TEXT NOT NULL
  ) STRICT;
  CREATE INDEX norm_facts_by_job ON norm_facts (job, norm);
  CREATE INDEX norm_facts_by_norm ON norm_facts (norm, outcome, day, process, engineer, customer);
  CREATE INDEX norm_facts_by_engineer ON norm_facts (engineer, outcome, day, norm, process);
  CREATE INDEX norm_facts_by_customer ON norm_facts (customer, outcome, day, norm, process);
  CREATE INDEX norm_facts_by_outcome ON norm_facts (outcome, day, process);
  -- \`none\`: of jobs that ended that day, how many never met the norm.
  CREATE TABLE norm_days (
    process TEXT NOT NULL,
    norm TEXT NOT NULL,
    day TEXT NOT NULL,
    met INTEGER NOT NULL,
    late INTEGER NOT NULL,
    broken INTEGER NOT NULL,
    none INTEGER NOT NULL CHECK (none >= 0),
    PRIMARY KEY (process, norm, day)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE norm_people (
    kind TEXT NOT NULL,
    who TEXT NOT NULL,
    day TEXT NOT NULL,
    process TEXT NOT NULL,
    met INTEGER NOT NULL,
    late INTEGER NOT NULL,
    broken INTEGER NOT NULL,
    none INTEGER NOT NULL CHECK (none >= 0),
    PRIMARY KEY (kind, who, day, process)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE job_ends (
    job INTEGER PRIMARY KEY REFERENCES jobs (row),
    day TEXT NOT NULL,
    process TEXT NOT NULL,
    engineer TEXT NOT NULL,
    customer TEXT NOT NULL
  ) STRICT;
  CREATE INDEX job_ends_by_day ON job_ends (day, process);
  CREATE INDEX job_ends_by_engineer ON job_ends (engineer, day, process);
  CREATE INDEX job_ends_by_customer ON job_ends (customer, day, process);
  -- The norms that never came up in a job that ended.
  CREATE TABLE job_nones (
    job INTEGER NOT NULL REFERENCES job_ends (job),
    norm TEXT NOT NULL,
    PRIMARY KEY (job, norm)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX job_nones_by_norm ON job_nones (norm, job);
  `,
  `
  -- A message once, however many have it.
  CREATE TABLE notices (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    notice TEXT NOT NULL
  ) STRICT;
  CREATE INDEX notices_by_time ON notices (at);

  CREATE TABLE inbox (
    person TEXT NOT NULL,
    n INTEGER NOT NULL REFERENCES notices (n),
    read INTEGER NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (person, n)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX inbox_unread_first ON inbox (person, read, n DESC, kind);
  CREATE INDEX inbox_by_notice ON inbox (n);

  CREATE INDEX outbox_dead ON outbox (not_before, id) WHERE dead = 1;
  `,
  SAMPLE_STEP,
  DESK_STEP,
  DISPATCH_STEP,
  REVIEWS_STEP,
  TRAINING_STEP,
  WEBHOOKS_STEP,
  STANDING_COUNTS_STEP,
  PRIVACY_STEP,
  FEWER_PAGES_STEP,
]

/** From this schema on nothing that was deleted is left in the file. */
const OVERWRITTEN = STEPS.indexOf(PRIVACY_STEP) + 1

/** `FdCh`: tells our database from any other SQLite file. */
const APPLICATION_ID = 0x46_64_43_68

/**
 * Brings a database to the present schema.
 * @throws Error where the file is another program's, or was written by a later release
 */
export function migrate(db: DatabaseSync, file: string): void {
  const version = pragma(db, 'user_version')
  const application = pragma(db, 'application_id')
  if (application !== APPLICATION_ID && (application !== 0 || version !== 0 || hasTables(db))) {
    throw new Error(`${file} is not a database of jobs`)
  }
  if (version > STEPS.length) {
    throw new Error(
      `${file} was written by a later release (schema ${version}, this one knows ${STEPS.length})`,
    )
  }
  if (version === STEPS.length) return
  // Before then what was written over was not overwritten. It comes first: cut off, it is done again at the next start.
  if (version > 0 && version < OVERWRITTEN) db.exec('VACUUM')
  db.exec('BEGIN IMMEDIATE')
  try {
    for (const step of STEPS.slice(version)) db.exec(step)
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${STEPS.length}`)
    db.exec('COMMIT')
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

/** A pragma that is a number. */
function pragma(db: DatabaseSync, name: 'user_version' | 'application_id'): number {
  const value = db.prepare(`PRAGMA ${name}`).get()?.[name]
  if (typeof value !== 'number') throw new TypeError(`PRAGMA ${name} gave ${typeof value}`)
  return value
}

const hasTables = (db: DatabaseSync): boolean =>
  db.prepare('SELECT 1 AS found FROM sqlite_schema LIMIT 1').get() !== undefined
