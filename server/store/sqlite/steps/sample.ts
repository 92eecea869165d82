/**
 * The step of the schema that lets sample jobs be taken away without a trace, and keeps how far people are with their guides.
 *
 * Must not: be edited once released (`migrations.ts`).
 */
export const SAMPLE_STEP = `
  -- What sample jobs added to sums that other jobs share, and that no row of their own tells.
  CREATE TABLE sample_visits (
    job INTEGER NOT NULL REFERENCES jobs (row),
    process TEXT NOT NULL,
    version INTEGER NOT NULL,
    path TEXT NOT NULL,
    day TEXT NOT NULL,
    step INTEGER NOT NULL,
    ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX sample_visits_by_job ON sample_visits (job);
  CREATE TABLE sample_breaches (
    job INTEGER NOT NULL REFERENCES jobs (row),
    process TEXT NOT NULL,
    version INTEGER NOT NULL,
    day TEXT NOT NULL,
    place TEXT NOT NULL,
    norm TEXT NOT NULL,
    outcome TEXT NOT NULL
  ) STRICT;
  CREATE INDEX sample_breaches_by_job ON sample_breaches (job);

  CREATE TABLE guides (
    person TEXT NOT NULL PRIMARY KEY,
    guide TEXT NOT NULL
  ) STRICT;
  `
