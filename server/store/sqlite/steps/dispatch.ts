/**
 * The step of the schema by which jobs are handed out: what waits for somebody, and who has what when.
 *
 * Must not: be edited once released (`migrations.ts`).
 */
export const DISPATCH_STEP = `
  -- One row for each job that has a plan. \`assignee\` '': it waits for one. \`at\`: as a job's \`due_at\` where there is none.
  CREATE TABLE plans (
    job INTEGER PRIMARY KEY REFERENCES jobs (row),
    assignee TEXT NOT NULL,
    active INTEGER NOT NULL,
    rests INTEGER NOT NULL,
    process TEXT NOT NULL,
    region TEXT NOT NULL,
    at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX plans_waiting ON plans (at, job, process, region) WHERE assignee = '' AND active = 1 AND rests = 0;
  CREATE INDEX plans_by_time ON plans (at, job) WHERE assignee <> '';
  CREATE INDEX plans_by_assignee ON plans (assignee) WHERE assignee <> '' AND active = 1;
  `
