/**
 * The step of the schema for reviews, work logs, surveys and findings.
 *
 * Must not: be edited once released (`migrations.ts`).
 */
export const REVIEWS_STEP = `
  CREATE TABLE work_facts (
    row INTEGER PRIMARY KEY,
    job INTEGER NOT NULL REFERENCES jobs (row),
    person TEXT NOT NULL,
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    process TEXT NOT NULL,
    customer TEXT NOT NULL,
    norm TEXT NOT NULL,
    value INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX work_facts_by_person ON work_facts (person, kind, day, job);
  CREATE INDEX work_facts_by_job ON work_facts (job);
  -- Kept up with every commit: a review is asked for by whole months.
  CREATE TABLE work_months (
    month TEXT NOT NULL,
    person TEXT NOT NULL,
    kind TEXT NOT NULL,
    process TEXT NOT NULL,
    n INTEGER NOT NULL,
    sum INTEGER NOT NULL,
    PRIMARY KEY (month, person, kind, process)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE work_log (
    person TEXT NOT NULL,
    day TEXT NOT NULL,
    change INTEGER NOT NULL REFERENCES history (change),
    PRIMARY KEY (person, day, change)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX work_log_by_change ON work_log (change);

  -- Only ever added to. \`first_month\`: of the period.
  CREATE TABLE review_says (
    person TEXT NOT NULL,
    period TEXT NOT NULL,
    n INTEGER NOT NULL,
    first_month TEXT NOT NULL,
    say TEXT NOT NULL,
    PRIMARY KEY (person, period, n)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX review_says_by_period ON review_says (period, person, n);

  CREATE TABLE surveys (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    customer TEXT NOT NULL,
    first_month TEXT NOT NULL,
    last_month TEXT NOT NULL,
    survey TEXT NOT NULL
  ) STRICT;
  CREATE INDEX surveys_by_month ON surveys (last_month, first_month, customer);
  CREATE INDEX surveys_by_customer ON surveys (customer);

  CREATE TABLE findings (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    process TEXT NOT NULL,
    status TEXT NOT NULL,
    place TEXT NOT NULL,
    job TEXT,
    finding TEXT NOT NULL
  ) STRICT;
  CREATE INDEX findings_by_process ON findings (process, status, row);
  CREATE INDEX findings_by_status ON findings (status, row);
  CREATE INDEX findings_by_job ON findings (job) WHERE job IS NOT NULL;
  `
