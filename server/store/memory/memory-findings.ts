/** Findings from practice in memory: the part of the memory store that keeps them. */
import { isSample } from '../../../machines/advance/sample.ts'
import type { Finding } from '../../../machines/wire/findings.ts'
import type { FindingQuery, FindingStore } from '../finding-port.ts'
import { findingCursor, findingPlace } from '../finding-rules.ts'
import { erasedFinding } from '../privacy-port.ts'

const parseFinding = (json: string): Finding => JSON.parse(json)

export class MemoryFindings implements FindingStore {
  #last = 0
  readonly #findings = new Map<string, { row: number; json: string }>()

  #matching({ process, status, place, job }: Omit<FindingQuery, 'limit' | 'cursor'>) {
    return [...this.#findings.values()]
      .map(({ row, json }) => ({ row, finding: parseFinding(json) }))
      .filter(
        ({ finding }) =>
          (process ?? finding.process) === finding.process &&
          (status ?? finding.status) === finding.status &&
          (place ?? finding.place) === finding.place &&
          (job ?? finding.job) === finding.job,
      )
      .reverse()
  }

  find: FindingStore['find'] = async (id) => {
    const found = this.#findings.get(id)
    return found && parseFinding(found.json)
  }

  page: FindingStore['page'] = async ({ limit, cursor, ...filter }) => {
    const before = cursor === undefined ? undefined : findingPlace(cursor)
    const found = this.#matching(filter).filter(({ row }) => before === undefined || row < before)
    const last = found[limit - 1]
    return {
      findings: found.slice(0, limit).map(({ finding }) => finding),
      ...(last !== undefined && found.length > limit ? { next: findingCursor(last.row) } : {}),
    }
  }

  counts: FindingStore['counts'] = async (filter) => {
    const counts = { open: 0, answered: 0, dismissed: 0 }
    for (const { finding } of this.#matching(filter)) counts[finding.status] += 1
    return counts
  }

  add: FindingStore['add'] = async (finding) => {
    if (this.#findings.has(finding.id)) throw new TypeError(`finding ${finding.id} exists already`)
    this.#findings.set(finding.id, { row: ++this.#last, json: JSON.stringify(finding) })
  }

  change: FindingStore['change'] = async (expected, finding) => {
    const found = this.#findings.get(finding.id)
    if (found === undefined || parseFinding(found.json).status !== expected) return false
    this.#findings.set(finding.id, { row: found.row, json: JSON.stringify(finding) })
    return true
  }

  answer: FindingStore['answer'] = async (process, ids, answer) => {
    let changed = 0
    for (const id of ids) {
      const finding = await this.find(id)
      if (finding?.process !== process) continue
      if (await this.change('open', { ...finding, status: 'answered', answer })) changed += 1
    }
    return changed
  }

  erase(job: string, standIn: string): void {
    for (const [id, { row, json }] of this.#findings) {
      const finding = parseFinding(json)
      if (finding.job === job)
        this.#findings.set(id, { row, json: JSON.stringify(erasedFinding(finding, standIn)) })
    }
  }

  removeSample(): void {
    for (const [id, { json }] of this.#findings)
      if (isSample(parseFinding(json).job ?? '')) this.#findings.delete(id)
  }
}
