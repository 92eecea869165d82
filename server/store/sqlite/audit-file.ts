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
import {
  type AuditLog,
  type AuditNote,
  type AuditQuery,
  type Change,
  type ChangeQuery,
  chained,
} from '../audit-port.ts'
import { AUDIT_INDEXES, createAuditSearch, entryOf } from './audit-search.ts'
import { GroupCommit } from './group-commit.ts'
import { opening } from './opening.ts'

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
  readonly #search

  constructor(db: DatabaseSync) {
    this.#db = db
    this.#group = new GroupCommit(db)
    this.#insert = db.prepare('INSERT INTO audit (n, kind, actor, entry) VALUES (?, ?, ?, ?)')
    this.#last = db.prepare('SELECT entry FROM audit ORDER BY n DESC LIMIT 1')
    this.#search = createAuditSearch(db)
  }

  append(note: AuditNote): Promise<AuditEntry> {
    return this.#group.run(() => {
      const entry = chained(this.#head(), note)
      this.#insert.run(entry.n, entry.kind, entry.actor, JSON.stringify(entry))
      return entry
    })
  }

  async list(query: AuditQuery): Promise<AuditEntry[]> {
    return this.#search.list(query)
  }

  async changes(query: ChangeQuery): Promise<Change[]> {
    return this.#search.changes(query)
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
    return row && entryOf(row)
  }
}

/** Makes the file if there is none. */
export function openAuditFile(file: string): AuditLog {
  return opening(file, () => {
    const db = new Database(file, { timeout: 5_000 })
    try {
      db.exec(SCHEMA)
      db.exec(AUDIT_INDEXES)
      return new AuditFile(db)
    } catch (error) {
      db.close()
      throw error
    }
  })
}
