/**
 * The step of the schema by which lists filter by customer and by what rests, and people keep views of them.
 *
 * Must not: be edited once released (`migrations.ts`).
 */
export const DESK_STEP = `
  ALTER TABLE jobs ADD COLUMN customer_name TEXT;
  ALTER TABLE jobs ADD COLUMN suspended INTEGER NOT NULL DEFAULT 0;
  UPDATE jobs SET customer_name = nullif(json_extract(job, '$.snapshot.context.fields.customerName'), ''),
    suspended = json_type(job, '$.suspended') IS NOT NULL;
  DROP INDEX jobs_by_created;
  DROP INDEX jobs_by_updated;
  DROP INDEX jobs_by_due;
  CREATE INDEX jobs_by_created ON jobs
    (created_at, id, process, version, status, overdue, suspended, assignee, region, customer_name, due_at);
  CREATE INDEX jobs_by_updated ON jobs
    (updated_at, id, process, version, status, overdue, suspended, assignee, region, customer_name, due_at, created_at);
  CREATE INDEX jobs_by_due ON jobs
    (due_at, id, process, version, status, overdue, suspended, assignee, region, customer_name, created_at);

  CREATE TABLE views (
    row INTEGER PRIMARY KEY,
    person TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    search TEXT NOT NULL,
    UNIQUE (person, id)
  ) STRICT;
  `
