/**
 * That a folder was put back from a backup, as an entry of the audit that came with it.
 *
 * Promises: whoever holds a head of the audit that was replaced finds it named here, and so why it is missing.
 * Must not: hinder putting back what was accepted with its findings: an audit that cannot be read stays as it is.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SYSTEM } from '../../machines/advance/job.ts'
import type { AuditLog } from '../store/audit-port.ts'
import { openAuditFile } from '../store/sqlite/audit-file.ts'
import type { KnownHead } from './check-audit.ts'

const FILE = 'audit.sqlite'

/** The end of a folder's audit; `undefined` where there is none, or none that can be read. */
export async function headOf(folder: string): Promise<KnownHead | undefined> {
  if (!existsSync(join(folder, FILE))) return undefined
  return withAudit(folder, async (log) => {
    const head = await log.head()
    return head === undefined ? undefined : { n: head.n, hash: head.hash }
  })
}

type Restore = {
  /** The present time. */
  at: string
  /** When the backup was made. */
  backup: string
  /** Where the audit ended that stood there before. */
  replaced: KnownHead | undefined
}
export async function noteRestore(folder: string, { at, backup, replaced }: Restore): Promise<void> {
  await withAudit(folder, (log) =>
    log.append({
      at,
      actor: SYSTEM.id,
      kind: 'data.restore',
      subject: 'data',
      outcome: 'done',
      detail: { backup, ...(replaced === undefined ? {} : { replaced }) },
    }),
  )
}

async function withAudit<T>(folder: string, use: (log: AuditLog) => Promise<T>): Promise<T | undefined> {
  let log: AuditLog | undefined
  try {
    log = openAuditFile(join(folder, FILE))
    return await use(log)
  } catch {
    return undefined
  } finally {
    await log?.close()
  }
}
