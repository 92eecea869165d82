/**
 * Statements by their text, each prepared once a connection.
 *
 * Must not: be asked with values written into the text: each would be kept.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite'

export type Prepared = (sql: string) => StatementSync

/** @returns gives the statement of a text, prepared when it is first asked for; throws as SQLite does on one that is wrong */
export function preparedOn(db: DatabaseSync): Prepared {
  const statements = new Map<string, StatementSync>()
  return (sql) => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const prepared = db.prepare(sql)
    statements.set(sql, prepared)
    return prepared
  }
}
