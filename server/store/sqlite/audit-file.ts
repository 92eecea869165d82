/**
 * The audit in an SQLite file of its own.
 *
 * Why not a table beside the jobs: what is audited lies in the library, so no transaction could hold both; and a chain that is to
 * be carried away and compared stands better by itself than in a file whose schema changes with every release.
 * Promises: all that `audit-port.ts` asks; many entries share a sync.
 * Must not: change or delete an entry; the file itself refuses it.
 */
import type { DatabaseSync } from 'node:sqlite'
import { DatabaseSync as Database } from 'node:sqlite'
import type { AuditEntry } from '../../../machines/wire/audit.ts'
import { type AuditLog, type AuditNote, type AuditQuery, chained } from '../audit-port.ts'
import { GroupCommit } from './group-commit.ts'
import { text } from './rows.ts'

const parseEntry = (json: string): AuditEntry => JSON.parse(json)

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS audit (
    n INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    entry TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS audit_by_kind ON audit (kind, n);
  CREATE INDEX IF NOT EXISTS audit_by_actor ON audit (actor, n);
  CREATE TRIGGER IF NOT EXISTS audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is not changed'); END;
  CREATE TRIGGER IF NOT EXISTS audit_lasts BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is not changed'); END;
`

class AuditFile implements AuditLog {
  readonly #db: DatabaseSync
  readonly #group: GroupCommit
  readonly #insert
  readonly #last
  readonly #find

  constructor(db: DatabaseSync) {
    this.#db = db
    this.#group = new GroupCommit(db)
    this.#insert = db.prepare('INSERT INTO audit (n, kind, actor, entry) VALUES (?, ?, ?, ?)')
    this.#last = db.prepare('SELECT entry FROM audit ORDER BY n DESC LIMIT 1')
    this.#find = db.prepare(
      `SELECT entry FROM audit WHERE n > ?1 AND (?2 IS NULL OR kind = ?2) AND (?3 IS NULL OR actor = ?3)
       ORDER BY n LIMIT ?4`,
    )
  }

  append(note: AuditNote): Promise<AuditEntry> {
    return this.#group.run(() => {
      const entry = chained(this.#head(), note)
      this.#insert.run(entry.n, entry.kind, entry.actor, JSON.stringify(entry))
      return entry
    })
  }

  async list({ after, limit, kind, actor }: AuditQuery): Promise<AuditEntry[]> {
    return this.#find
      .all(after, kind ?? null, actor ?? null, limit)
      .map((row) => parseEntry(text(row, 'entry')))
  }

  async head(): Promise<AuditEntry | undefined> {
    return this.#head()
  }

  async close(): Promise<void> {
    if (!this.#db.isOpen) return
    this.#group.close()
    this.#db.close()
  }

  #head(): AuditEntry | undefined {
    const row = this.#last.get()
    return row && parseEntry(text(row, 'entry'))
  }
}

/** Makes the file if there is none. */
export function openAuditFile(file: string): AuditLog {
  const db = new Database(file, { timeout: 5_000 })
  try {
    db.exec(SCHEMA)
    return new AuditFile(db)
  } catch (error) {
    db.close()
    throw error
  }
}
