/**
 * Findings from practice in SQLite.
 *
 * Must not: begin or end a transaction (`group-commit.ts` does). (The steps of the schema are `migrations.ts`.)
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { Finding, FindingStatus } from '../../../machines/wire/findings.ts'
import type { Answer, FindingPage, FindingQuery, FindingStore } from '../finding-port.ts'
import { findingCursor, findingPlace } from '../finding-rules.ts'
import type { GroupCommit } from './group-commit.ts'
import { type Prepared, preparedOn } from './prepared.ts'
import { integer, text } from './rows.ts'

const parseFinding = (json: string): Finding => JSON.parse(json)

export class FindingTable {
  readonly #sql: Prepared

  constructor(db: DatabaseSync) {
    this.#sql = preparedOn(db)
  }

  find(id: string): Finding | undefined {
    const row = this.#sql('SELECT finding FROM findings WHERE id = ?').get(id)
    return row && parseFinding(text(row, 'finding'))
  }

  page({ limit, cursor, ...filter }: FindingQuery): FindingPage {
    const { where, values } = whereOf(filter, cursor === undefined ? undefined : findingPlace(cursor))
    const rows = this.#sql(`SELECT row, finding FROM findings ${where} ORDER BY row DESC LIMIT ?`).all(
      ...values,
      limit + 1,
    )
    const last = rows[limit - 1]
    return {
      findings: rows.slice(0, limit).map((row) => parseFinding(text(row, 'finding'))),
      ...(last !== undefined && rows.length > limit ? { next: findingCursor(integer(last, 'row')) } : {}),
    }
  }

  counts(filter: Omit<FindingQuery, 'limit' | 'cursor'>): Record<FindingStatus, number> {
    const counts = { open: 0, answered: 0, dismissed: 0 }
    const { where, values } = whereOf(filter)
    for (const row of this.#sql(`SELECT status, count(*) AS n FROM findings ${where} GROUP BY status`).all(
      ...values,
    )) {
      const status = text(row, 'status')
      if (status === 'open' || status === 'answered' || status === 'dismissed')
        counts[status] = integer(row, 'n')
    }
    return counts
  }

  add(finding: Finding): void {
    this.#sql(
      'INSERT INTO findings (id, process, status, place, job, finding) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(
      finding.id,
      finding.process,
      finding.status,
      finding.place,
      finding.job ?? null,
      JSON.stringify(finding),
    )
  }

  change(expected: FindingStatus, finding: Finding): boolean {
    const { changes } = this.#sql(
      'UPDATE findings SET status = ?, finding = ? WHERE id = ? AND status = ?',
    ).run(finding.status, JSON.stringify(finding), finding.id, expected)
    return changes > 0
  }

  answer(process: string, ids: readonly string[], answer: Answer): number {
    const changed = ids.filter((id) => {
      const finding = this.find(id)
      return finding?.process === process && this.change('open', { ...finding, status: 'answered', answer })
    })
    return changed.length
  }
}

function whereOf({ process, status, place, job }: Omit<FindingQuery, 'limit' | 'cursor'>, before?: number) {
  const parts: [string, SQLInputValue][] = []
  if (process !== undefined) parts.push(['process = ?', process])
  if (status !== undefined) parts.push(['status = ?', status])
  if (place !== undefined) parts.push(['place = ?', place])
  if (job !== undefined) parts.push(['job = ?', job])
  if (before !== undefined) parts.push(['row < ?', before])
  return {
    where: parts.length === 0 ? '' : `WHERE ${parts.map(([part]) => part).join(' AND ')}`,
    values: parts.map(([, value]) => value),
  }
}

/** The table as the port has it. */
export const findingStore = (table: FindingTable, group: GroupCommit): FindingStore => ({
  find: async (id) => table.find(id),
  page: async (query) => table.page(query),
  counts: async (filter) => table.counts(filter),
  add: (finding) => group.run(() => table.add(finding)),
  change: (expected, finding) => group.run(() => table.change(expected, finding)),
  answer: (process, ids, answer) => group.run(() => table.answer(process, ids, answer)),
})
