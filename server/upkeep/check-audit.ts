/**
 * The chain of the audit: no entry changed, none missing, and none cut off at its end where its head is known.
 *
 * Must not: write.
 */
import { existsSync } from 'node:fs'
import type { AuditEntry } from '../../machines/wire/audit.ts'
import { broken } from '../store/audit-port.ts'
import { integer, text } from '../store/sqlite/rows.ts'
import { lookInto } from './check-jobs.ts'
import type { Found } from './found.ts'

/** A head that was written down elsewhere. */
export type KnownHead = { n: number; hash: string }

const parseEntry = (json: string): AuditEntry => JSON.parse(json)
const readEntry = (json: string): AuditEntry | undefined => {
  try {
    return parseEntry(json)
  } catch {
    return undefined
  }
}

export async function checkAudit(file: string, known: KnownHead | undefined, found: Found): Promise<void> {
  let last: AuditEntry | undefined
  let met = known === undefined
  if (existsSync(file))
    await lookInto(file, (db) => {
      for (const row of db.prepare('SELECT n, kind, actor, entry FROM audit ORDER BY n').iterate()) {
        found.count('audit entries')
        const where = `audit, entry ${integer(row, 'n')}`
        const entry = readEntry(text(row, 'entry'))
        if (entry === undefined) {
          found.add(where, 'is not JSON')
          continue
        }
        const fault = broken(last, entry)
        if (fault !== undefined) found.add(where, fault)
        if (row.n !== entry.n || row.kind !== entry.kind || row.actor !== entry.actor)
          found.add(where, 'is filed as another')
        if (entry.n === known?.n) {
          met = true
          if (entry.hash !== known.hash) found.add(where, 'does not have the hash that was written down')
        }
        last = entry
      }
    })
  if (!met && known !== undefined)
    found.add(
      'audit',
      `ends at entry ${last?.n ?? 0}; entry ${known.n} was there when its hash was written down`,
    )
}
