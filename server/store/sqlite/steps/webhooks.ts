/**
 * The step of the schema for webhooks: endpoints, and messages to them.
 *
 * Must not: be edited once released (`migrations.ts`).
 */
export const WEBHOOKS_STEP = `
  CREATE TABLE webhooks (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    endpoint TEXT NOT NULL,
    change INTEGER NOT NULL,
    published TEXT NOT NULL,
    last_success TEXT,
    last_failure TEXT
  ) STRICT;

  -- \`state\`: waiting, done or dead. Done ones are kept for some days, so that they can be sent again.
  CREATE TABLE webhook_deliveries (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    endpoint TEXT NOT NULL REFERENCES webhooks (id),
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    at TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    not_before TEXT NOT NULL,
    failure TEXT,
    UNIQUE (endpoint, id)
  ) STRICT;
  CREATE INDEX webhook_deliveries_by_time ON webhook_deliveries (endpoint, state, not_before);
  CREATE INDEX webhook_deliveries_done ON webhook_deliveries (not_before) WHERE state = 'done';
  `
