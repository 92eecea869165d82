/**
 * The audit in memory: the twin of the file, for tests.
 */
import type { AuditEntry } from '../../../machines/wire/audit.ts'
import { type AuditLog, type ChangeQuery, chained } from '../audit-port.ts'

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
    changes: async (query) => {
      const found = entries.filter((entry) => entry.of === undefined && isAsked(entry, query))
      const { before, after, limit } = query
      const next = before === undefined && after !== undefined ? found.slice(0, limit) : found.slice(-limit)
      return next.toReversed().map((entry) => {
        const ended = entries.find(({ of }) => of === entry.n)
        return structuredClone({ entry, ...(ended === undefined ? {} : { ended }) })
      })
    },
    head: async () => structuredClone(entries.at(-1)),
    close: async () => undefined,
  }
}

function isAsked(entry: AuditEntry, { before, after, kind, actor, subject, from, to }: ChangeQuery): boolean {
  const isBeside = before === undefined ? entry.n > (after ?? 0) : entry.n < before
  const isOfKind =
    kind?.endsWith('.') === true ? entry.kind.startsWith(kind) : entry.kind === (kind ?? entry.kind)
  return (
    isBeside &&
    isOfKind &&
    (actor ?? entry.actor) === entry.actor &&
    (subject ?? entry.subject) === entry.subject &&
    (from === undefined || entry.at >= from) &&
    (to === undefined || entry.at < to)
  )
}
