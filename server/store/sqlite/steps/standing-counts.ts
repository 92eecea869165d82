/**
 * The step of the schema by which jobs are counted by all that is kept of where they stand, in place of the counts by process,
 * version, status and overdue alone.
 *
 * Must not: be edited once released (`migrations.ts`).
 */
export const STANDING_COUNTS_STEP = `
  -- A job counts once under each state that it is in, also under those around, and once under ''. \`region\` '': none.
  CREATE TABLE standing_counts (
    path TEXT NOT NULL,
    process TEXT NOT NULL,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,
    overdue INTEGER NOT NULL,
    suspended INTEGER NOT NULL,
    region TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 0),
    PRIMARY KEY (path, process, version, status, overdue, suspended, region)
  ) STRICT, WITHOUT ROWID;
  -- Of before what rests was told of a job's index: what is counted is taken away again by it.
  UPDATE jobs SET summary = json_set(summary, '$.suspended', json('true'))
    WHERE suspended = 1 AND json_type(summary, '$.suspended') IS NULL;
  INSERT INTO standing_counts
    WITH RECURSIVE places (job, path) AS (
      SELECT row, '' FROM jobs
      UNION SELECT job, path FROM job_states
      UNION SELECT job, rtrim(rtrim(path, replace(path, '.', '')), '.') FROM places
    )
    SELECT path, process, version, status, overdue, suspended, coalesce(region, ''), count(*)
    FROM places JOIN jobs ON jobs.row = places.job GROUP BY 1, 2, 3, 4, 5, 6, 7;
  DROP TABLE job_counts;
  `
