/**
 * The audit in memory: the twin of the file, for tests.
 */
import type { AuditEntry } from '../../../machines/wire/audit.ts'
import { type AuditLog, chained } from '../audit-port.ts'

export function createMemoryAudit(): AuditLog {
  const entries: AuditEntry[] = []
  return {
    append: async (note) => {
      const entry = chained(entries.at(-1), structuredClone(note))
      entries.push(entry)
      return structuredClone(entry)
    },
    list: async ({ after, limit, kind, actor }) =>
      entries
        .filter(
          (entry) =>
            entry.n > after &&
            (kind === undefined || entry.kind === kind) &&
            (actor === undefined || entry.actor === actor),
        )
        .slice(0, limit)
        .map((entry) => structuredClone(entry)),
    head: async () => structuredClone(entries.at(-1)),
    close: async () => undefined,
  }
}
