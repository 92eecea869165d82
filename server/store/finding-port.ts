/**
 * What a store keeps of findings from practice (GN-24).
 *
 * Promises asked of an adapter: a finding that is no longer open is not answered again, so that telling it twice does
 * no harm.
 * Must not: know definitions or who may close a finding.
 */
import type { Finding, FindingStatus } from '../../machines/wire/findings.ts'

export type FindingQuery = {
  process?: string
  status?: FindingStatus
  /** A state's path or a transition's pointer. */
  place?: string
  job?: string
  limit: number
  cursor?: string
}
export type FindingPage = { findings: Finding[]; next?: string }
export type Answer = { version: number; at: string; by: string }

export interface FindingStore {
  find(id: string): Promise<Finding | undefined>
  /** Newest first. Throws `BadCursor`. */
  page(query: FindingQuery): Promise<FindingPage>
  counts(filter: Omit<FindingQuery, 'limit' | 'cursor'>): Promise<Record<FindingStatus, number>>
  add(finding: Finding): Promise<void>
  /** False, and nothing written: it does not stand at `expected`. */
  change(expected: FindingStatus, finding: Finding): Promise<boolean>
  /** Those of the process that are open; the others are passed over. Returns how many changed. */
  answer(process: string, ids: readonly string[], answer: Answer): Promise<number>
}
