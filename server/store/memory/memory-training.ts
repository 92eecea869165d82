/**
 * The training room in memory: the part of the memory store that keeps attempts, assignments and live sessions.
 *
 * Must not: be used on its own.
 */
import type { Scenario } from '../../../machines/simulate/scenario.ts'
import type {
  Assignment,
  AssignmentCount,
  AttemptRecord,
  AttemptTally,
  NormSum,
  PersonSum,
  PlaceSum,
  StoredAttempt,
  SumFilter,
  TrainingSession,
  TrainingStore,
} from '../training-port.ts'
import { attemptCursor, attemptPlace } from '../training-rules.ts'

const parseAttempt = (json: string): StoredAttempt => JSON.parse(json)
const parseScenario = (json: string): Scenario => JSON.parse(json)
const parseAssignment = (json: string): Assignment => JSON.parse(json)
const parseSession = (json: string): TrainingSession => JSON.parse(json)
type Told = { record: AttemptRecord; tally: AttemptTally }

export class MemoryTraining implements TrainingStore {
  readonly #contents = new Map<string, string>()
  /** In the order they were begun. */
  readonly #attempts = new Map<string, string>()
  readonly #assignments = new Map<string, string>()
  readonly #sessions = new Map<string, string>()
  readonly #told: Told[] = []

  createAttempt: TrainingStore['createAttempt'] = async (record, content) => {
    if (this.#attempts.has(record.id)) throw new TypeError(`attempt ${record.id} exists already`)
    if (!this.#contents.has(record.content)) this.#contents.set(record.content, JSON.stringify(content))
    this.#attempts.set(record.id, JSON.stringify({ record, steps: [] } satisfies StoredAttempt))
  }

  content: TrainingStore['content'] = async (hash) => {
    const json = this.#contents.get(hash)
    return json === undefined ? undefined : parseScenario(json)
  }

  #find(id: string): StoredAttempt | undefined {
    const json = this.#attempts.get(id)
    return json === undefined ? undefined : parseAttempt(json)
  }

  attempt: TrainingStore['attempt'] = async (id) => this.#find(id)

  #records(): { row: number; record: AttemptRecord }[] {
    return [...this.#attempts.values()].map((json, index) => ({
      row: index + 1,
      record: parseAttempt(json).record,
    }))
  }

  attempts: TrainingStore['attempts'] = async ({ limit, cursor, ...filter }) => {
    const before = cursor === undefined ? Number.POSITIVE_INFINITY : attemptPlace(cursor)
    const found = this.#records()
      .filter(
        ({ row, record }) =>
          row < before &&
          (filter.scenario ?? record.scenario) === record.scenario &&
          (filter.person ?? record.person) === record.person &&
          (filter.process ?? record.process) === record.process &&
          (filter.mode ?? record.mode) === record.mode &&
          (filter.status ?? record.status) === record.status &&
          (filter.assignment ?? record.assignment) === record.assignment &&
          (filter.session ?? record.session) === record.session,
      )
      .reverse()
    const last = found[limit - 1]
    return {
      attempts: found.slice(0, limit).map(({ record }) => record),
      ...(last !== undefined && found.length > limit ? { next: attemptCursor(last.row) } : {}),
    }
  }

  changeSteps: TrainingStore['changeSteps'] = async (id, { expected, from, steps, activeAt, thrown }) => {
    const found = this.#find(id)
    if (found === undefined || found.record.status !== 'open' || found.steps.length !== expected) return false
    const record: AttemptRecord = {
      ...found.record,
      activeAt,
      ...(thrown === undefined ? {} : { thrown: [...(found.record.thrown ?? []), thrown] }),
    }
    this.#attempts.set(
      id,
      JSON.stringify({ record, steps: [...found.steps.slice(0, from), ...steps] } satisfies StoredAttempt),
    )
    return true
  }

  endAttempt: TrainingStore['endAttempt'] = async (id, { card, tally, ...end }) => {
    const found = this.#find(id)
    if (found === undefined || found.record.status !== 'open') return false
    const record: AttemptRecord = { ...found.record, ...end }
    const ended: StoredAttempt = { ...found, record, ...(card === undefined ? {} : { card }) }
    this.#attempts.set(id, JSON.stringify(ended))
    if (tally !== undefined) this.#told.push(structuredClone({ record, tally }))
    return true
  }

  idle: TrainingStore['idle'] = async (before, limit) =>
    this.#records()
      .map(({ record }) => record)
      .filter(({ status, activeAt }) => status === 'open' && activeAt < before)
      .sort((a, b) => (a.activeAt < b.activeAt ? -1 : 1))
      .slice(0, limit)
      .map(({ id }) => id)

  saveAssignment: TrainingStore['saveAssignment'] = async (assignment) => {
    this.#assignments.set(assignment.id, JSON.stringify(assignment))
  }

  assignment: TrainingStore['assignment'] = async (id) => {
    const json = this.#assignments.get(id)
    return json === undefined ? undefined : parseAssignment(json)
  }

  assignments: TrainingStore['assignments'] = async (limit) =>
    [...this.#assignments.values()].reverse().slice(0, limit).map(parseAssignment)

  assignmentCounts: TrainingStore['assignmentCounts'] = async (assignments, person) => {
    const counts = new Map<string, AssignmentCount>()
    for (const { record } of this.#records()) {
      const { assignment, status, points } = record
      if (assignment === undefined || !assignments.includes(assignment)) continue
      if ((person ?? record.person) !== record.person) continue
      const key = JSON.stringify([assignment, record.person])
      const empty = { assignment, person: record.person, attempts: 0, open: 0, passed: 0, failed: 0 }
      const count: AssignmentCount = counts.get(key) ?? empty
      count.attempts += 1
      if (status === 'open' || status === 'passed' || status === 'failed') count[status] += 1
      if (points !== undefined) count.points = Math.max(count.points ?? 0, points)
      counts.set(key, count)
    }
    return [...counts.values()]
  }

  createSession: TrainingStore['createSession'] = async (session) => {
    if (this.#sessions.has(session.code)) return false
    this.#sessions.set(session.code, JSON.stringify(session))
    return true
  }

  session: TrainingStore['session'] = async (code) => {
    const json = this.#sessions.get(code)
    return json === undefined ? undefined : parseSession(json)
  }

  sessions: TrainingStore['sessions'] = async (limit) =>
    [...this.#sessions.values()].reverse().slice(0, limit).map(parseSession)

  closeSession: TrainingStore['closeSession'] = async (code, at) => {
    const session = await this.session(code)
    if (session === undefined || session.closedAt !== undefined) return false
    this.#sessions.set(code, JSON.stringify({ ...session, closedAt: at }))
    return true
  }

  #matching({ from, to, process, mode, people }: SumFilter): Told[] {
    return this.#told.filter(
      ({ record, tally }) =>
        (from === undefined || tally.day >= from) &&
        (to === undefined || tally.day <= to) &&
        (process ?? record.process) === record.process &&
        (mode ?? record.mode) === record.mode &&
        (people === undefined || people.includes(record.person)),
    )
  }

  peopleSums: TrainingStore['peopleSums'] = async (filter) => {
    const sums = new Map<string, PersonSum>()
    for (const { record } of this.#matching(filter)) {
      const { person, status, points = 0, endedAt = '' } = record
      const sum = sums.get(person) ?? { person, attempts: 0, passed: 0, failed: 0, points: 0, lastAt: '' }
      sum.attempts += 1
      if (status === 'passed' || status === 'failed') sum[status] += 1
      sum.points += points
      if (endedAt > sum.lastAt) sum.lastAt = endedAt
      sums.set(person, sum)
    }
    return [...sums.values()]
  }

  normSums: TrainingStore['normSums'] = async (filter) => {
    const sums = new Map<string, NormSum>()
    for (const { tally } of this.#matching(filter))
      for (const { norm, result } of tally.norms) {
        const sum = sums.get(norm) ?? { norm, met: 0, late: 0, broken: 0, tried: 0 }
        sum[result] += 1
        sums.set(norm, sum)
      }
    return [...sums.values()].sort((a, b) => (a.norm < b.norm ? -1 : 1))
  }

  placeSums: TrainingStore['placeSums'] = async (filter) => {
    const sums = new Map<string, PlaceSum>()
    const add = (version: number, kind: PlaceSum['kind'], place: string, n: number): void => {
      const key = JSON.stringify([version, kind, place])
      const sum = sums.get(key) ?? { version, kind, place, n: 0 }
      sum.n += n
      sums.set(key, sum)
    }
    for (const { record, tally } of this.#matching(filter)) {
      for (const [place, n] of Object.entries(tally.transitions)) add(record.version, 'transition', place, n)
      for (const [place, n] of Object.entries(tally.states)) add(record.version, 'state', place, n)
    }
    return [...sums.values()]
  }
}
