/**
 * Jobs that are over and may hold something personal, so that those whose time has come are found without looking through all.
 *
 * Must not: be edited once released.
 */
export const PRIVACY_STEP = `
  ALTER TABLE jobs ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX jobs_to_erase ON jobs (process, updated_at) WHERE status <> 'active' AND erased = 0;
  `
