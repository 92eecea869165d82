/**
 * The step of the schema by which an event writes to fewer pages: what came of norms is kept in the order it came, on pages that
 * other events add to as well, and of a job's timers only the next is kept beside it.
 *
 * Must not: be edited once released (`migrations.ts`).
 */
export const FEWER_PAGES_STEP = `
  -- A job's facts are found by its changes. \`n\`: the order within a change.
  CREATE TABLE facts_in_order (
    change INTEGER NOT NULL REFERENCES history (change),
    n INTEGER NOT NULL,
    job INTEGER NOT NULL REFERENCES jobs (row),
    norm TEXT NOT NULL,
    outcome TEXT NOT NULL,
    day TEXT NOT NULL,
    process TEXT NOT NULL,
    engineer TEXT NOT NULL,
    customer TEXT NOT NULL,
    place TEXT NOT NULL,
    PRIMARY KEY (change, n)
  ) STRICT, WITHOUT ROWID;
  -- Of which change a fact was is not known of those before: they count for the last one of their job.
  INSERT INTO facts_in_order
    SELECT last.change, row_number() OVER (PARTITION BY norm_facts.job ORDER BY norm_facts.row), norm_facts.job, norm, outcome,
      day, process, engineer, customer, place
    FROM norm_facts JOIN (SELECT job, max(change) AS change FROM history GROUP BY job) AS last ON last.job = norm_facts.job
    ORDER BY 1, 2;
  -- In which jobs something was counted for a customer. Not of one without a name.
  CREATE TABLE norm_customers (
    customer TEXT NOT NULL,
    job INTEGER NOT NULL REFERENCES jobs (row),
    PRIMARY KEY (customer, job)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO norm_customers SELECT DISTINCT customer, job FROM norm_facts WHERE customer <> '';
  DROP TABLE norm_facts;
  ALTER TABLE facts_in_order RENAME TO norm_facts;
  CREATE INDEX norm_facts_by_norm ON norm_facts (norm, outcome, day, change, n, process, engineer, customer);
  CREATE INDEX norm_facts_by_engineer ON norm_facts (engineer, outcome, day, change, n, norm, process);
  CREATE INDEX norm_facts_by_outcome ON norm_facts (outcome, day, change, n, process);

  -- A job has its timers itself: kept beside it is the next of them to fire.
  ALTER TABLE jobs ADD COLUMN timer_at TEXT;
  ALTER TABLE jobs ADD COLUMN timer_token TEXT;
  UPDATE jobs SET (timer_at, timer_token) =
      (SELECT due_at, token FROM timers WHERE timers.job = jobs.row ORDER BY due_at, token LIMIT 1)
    WHERE row IN (SELECT job FROM timers);
  CREATE INDEX jobs_by_timer ON jobs (timer_at, timer_token) WHERE timer_at IS NOT NULL;
  DROP TABLE timers;

  -- Written to where a job begins, or its customer gets another name.
  CREATE INDEX jobs_by_customer ON jobs (customer_name) WHERE customer_name IS NOT NULL;
  `
