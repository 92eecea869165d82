/**
 * What the server asks of the log of who changed what: people, tokens, processes, settings, the clock, webhooks.
 *
 * Promises asked of an adapter: entries are numbered without a gap and chained, each by the hash of its content and of the
 * one before, so that none can be changed or taken out without the rest telling; `append` resolves when durable.
 * Must not: hold a secret, or what a person is called: an entry can never be taken back.
 */
import { hashOf } from '../../machines/definition/hash.ts'
import type { AuditEntry } from '../../machines/wire/audit.ts'

export type AuditNote = Omit<AuditEntry, 'n' | 'prev' | 'hash'>
export type AuditQuery = { after: number; limit: number; kind?: string; actor?: string }
export type ChangeQuery = {
  /** On which side of which entry; the newest where left out. */
  before?: number
  after?: number
  limit: number
  /** One kind, or with a dot at its end all that begin so: `person.`. */
  kind?: string
  actor?: string
  subject?: string
  /** From then on, and until before then: UTC with milliseconds. */
  from?: string
  to?: string
}
/** What was meant, or came by itself, and the entry that says what came of it. */
export type Change = { entry: AuditEntry; ended?: AuditEntry }

export interface AuditLog {
  /** Resolves when durable, to the entry as it stands in the chain. */
  append(note: AuditNote): Promise<AuditEntry>
  /** Entries with `n > after`, oldest first. */
  list(query: AuditQuery): Promise<AuditEntry[]>
  /** Those next to where `query` begins, newest first; of both `before` and `after` only the former counts. */
  changes(query: ChangeQuery): Promise<Change[]>
  /** The last; `undefined`: there is none yet. */
  head(): Promise<AuditEntry | undefined>
  close(): Promise<void>
}

/** What the first entry follows. */
const NO_ENTRY = '0'.repeat(64)

/** A note as the entry that follows `last`. The same for every adapter. */
export function chained(last: Pick<AuditEntry, 'n' | 'hash'> | undefined, note: AuditNote): AuditEntry {
  const linked = { ...note, n: (last?.n ?? 0) + 1, prev: last?.hash ?? NO_ENTRY }
  return { ...linked, hash: hashOf(linked) }
}

/** What is wrong with an entry that follows `last`, in words. */
export function broken(
  last: Pick<AuditEntry, 'n' | 'hash'> | undefined,
  { hash, ...linked }: AuditEntry,
): string | undefined {
  if (linked.n !== (last?.n ?? 0) + 1) return `follows entry ${last?.n ?? 0}: what was between is missing`
  if (linked.prev !== (last?.hash ?? NO_ENTRY)) return 'does not follow the entry before it'
  return hashOf(linked) === hash ? undefined : 'was changed after it was written'
}
