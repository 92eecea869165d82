/**
 * A store of jobs in memory: the twin of the durable ones, for tests, rehearsals and the demo.
 *
 * Promises: all that `port.ts` asks but durability; passes the same contract suite.
 * Must not: be quicker at the cost of another behaviour. What it holds is JSON text, so that no caller can
 * change what is stored by changing what he was given.
 */
import type { Entry, Job, Timer } from '../../../machines/advance/job.ts'
import { isSample } from '../../../machines/advance/sample.ts'
import type { NoticeKind } from '../../../machines/wire/inbox.ts'
import { armedTimers, assertApplies } from '../commit-rules.ts'
import { decodeCursor, encodeCursor, NO_DUE, SORTS } from '../cursor.ts'
import { changedGuide, type Guide, type GuideChange, NO_GUIDE } from '../guide-port.ts'
import { NEVER_ILL } from '../health-port.ts'
import type { LifeQuery, NormFilter, NormJobQuery, NormKey } from '../life-port.ts'
import type { MigrationRun, MoveQuery } from '../migration-port.ts'
import { letterCursor, letterPlace } from '../notice-cursor.ts'
import type { DeadLetterPage, Notice, NoticeQuery } from '../notice-port.ts'
import type {
  Commit,
  FeedFilter,
  FeedItem,
  IdempotencyRecord,
  JobChange,
  JobCounts,
  JobFilter,
  JobIndex,
  JobPage,
  JobQuery,
  JobStore,
  OutboxItem,
  Within,
} from '../port.ts'
import type { ErasedJob } from '../privacy-port.ts'
import { haystack, words } from '../search.ts'
import type { SavedView } from '../view-port.ts'
import { isWithin } from '../within.ts'
import { MemoryDispatch } from './memory-dispatch.ts'
import { MemoryFindings } from './memory-findings.ts'
import { MemoryLife } from './memory-life.ts'
import { MemoryMigrations } from './memory-migrations.ts'
import { MemoryNotices } from './memory-notices.ts'
import { memoryPrivacy } from './memory-privacy.ts'
import { MemoryReviews } from './memory-reviews.ts'
import { MemoryTraining } from './memory-training.ts'
import { MemoryViews } from './memory-views.ts'
import { createMemoryWebhooks } from './memory-webhooks.ts'

type Row = { job: string; index: JobIndex; head: Head; searched: string; timers: Timer[] }
/** What is sorted and filtered by, without parsing the job. */
type Head = Pick<Job, 'id' | 'process' | 'version' | 'status' | 'seq' | 'createdAt' | 'updatedAt'> & {
  dueAt: string
}
type FeedRow = { job: string; process: string; version: number; seq: number; entry: string }

const parseJob = (json: string): Job => JSON.parse(json)
const parseEntry = (json: string): Entry => JSON.parse(json)
const parseOutbox = (json: string): OutboxItem => JSON.parse(json)
const parseRecord = (json: string): IdempotencyRecord => JSON.parse(json)
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

class MemoryStore implements JobStore {
  readonly #jobs = new Map<string, Row>()
  /** Change id n is at n - 1; of a job that was removed, nothing. */
  readonly #feed: (FeedRow | undefined)[] = []
  readonly #outbox = new Map<string, string>()
  readonly #answers = new Map<string, string>()
  readonly #migrations = new MemoryMigrations()
  readonly #life = new MemoryLife()
  readonly #notices = new MemoryNotices((job, within) => this.#isReached(job, within))
  readonly health = NEVER_ILL
  readonly reviews = new MemoryReviews((change) => this.#item(change))
  readonly findings = new MemoryFindings()
  readonly training = new MemoryTraining()
  readonly webhooks = createMemoryWebhooks()
  readonly dispatch = new MemoryDispatch(() =>
    [...this.#jobs.values()].map(({ head: { id, process, version, seq, status }, index, searched }) => ({
      ...{ id, process, version, seq, status },
      index,
      searched,
    })),
  )
  readonly #views = new MemoryViews()
  readonly #guides = new Map<string, Guide>()
  readonly privacy = memoryPrivacy({
    entries: () => this.#feed.filter((row) => row !== undefined),
    quiet: () =>
      [...this.#jobs.values()].flatMap(({ head, job }) => {
        const { erased } = parseJob(job)
        return head.status === 'active' || erased?.seq === head.seq ? [] : [head]
      }),
    hasWaiting: (job) => this.#waiting().some((item) => item.job === job),
    customersOf: (job) => [
      this.#jobs.get(job)?.index.customer ?? '',
      ...this.#life.customersOf(job),
      ...this.reviews.customersOf(job),
    ],
    write: (jobs) => this.#rewrite(jobs),
    around: (job, customer, standIn) => {
      for (const item of this.#dead()) if (item.job === job) this.#outbox.delete(item.id)
      this.#life.rename(job, customer)
      this.reviews.rename(job, customer)
      this.#notices.forgetJob(job)
      this.#migrations.forgetNotes(job)
      this.findings.erase(job, standIn)
    },
    isNamed: (customer) => [...this.#jobs.values()].some(({ index }) => index.customer === customer),
    customersGone: (customers, standIn) => {
      this.reviews.eraseSurveys(customers, standIn)
      this.#migrations.erase(customers, standIn)
      this.#views.erase(customers, standIn)
    },
    forgetAnswers: (holds) => {
      for (const [key, json] of this.#answers) if (holds(json)) this.#answers.delete(key)
    },
  })

  async commit(commit: Commit): Promise<{ changeIds: number[] }> {
    assertApplies(commit, {
      seq: (job) => this.#jobs.get(job)?.head.seq ?? 0,
      hasKey: (key) => this.#answers.has(key),
    })
    // Everything that can fail (JSON that is none, an id used twice) comes before the first change.
    const rows = commit.changes.map(rowOf)
    const entries = commit.changes.map(({ entry }) => JSON.stringify(entry))
    const outbox = commit.outbox.map((item): [string, string] => [item.id, outboxJson(item)])
    const ids = new Set(this.#outbox.keys())
    for (const [id] of outbox) {
      if (ids.has(id)) throw new TypeError(`outbox item ${id} exists already`)
      ids.add(id)
    }
    const answer = commit.idempotency && JSON.stringify(commit.idempotency)
    const moves = structuredClone(commit.moves ?? [])

    const changeIds = commit.changes.map(({ job, entry: { at: changedAt }, index, trace }, at) => {
      const row = rows[at]
      const entry = entries[at]
      if (row === undefined || entry === undefined) throw new TypeError('unreachable')
      this.#jobs.set(job.id, row)
      this.#life.put({ ...row.head, index }, trace, changedAt)
      const id = this.#feed.push({
        job: job.id,
        process: job.process,
        version: job.version,
        seq: job.seq,
        entry,
      })
      this.reviews.put(job, trace, id)
      return id
    })
    for (const [id, json] of outbox) this.#outbox.set(id, json)
    for (const id of commit.delivered ?? []) this.#outbox.delete(id)
    if (commit.idempotency && answer !== undefined) this.#answers.set(commit.idempotency.key, answer)
    this.#migrations.put(moves)
    return { changeIds }
  }

  async #rewrite(jobs: readonly ErasedJob[]): Promise<{ changeIds: number[] }> {
    const written = await this.commit({ changes: jobs.map(({ change }) => change), outbox: [] })
    const others = new Map(
      jobs.flatMap(({ change, entries }) =>
        entries.map((entry) => [`${change.job.id} ${entry.seq}`, JSON.stringify(entry)]),
      ),
    )
    for (const [at, row] of this.#feed.entries()) {
      const other = row && others.get(`${row.job} ${row.seq}`)
      if (row !== undefined && other !== undefined) this.#feed[at] = { ...row, entry: other }
    }
    return written
  }

  async load(id: string): Promise<Job | undefined> {
    const row = this.#jobs.get(id)
    return row && parseJob(row.job)
  }

  async list(query: JobQuery): Promise<JobPage> {
    const { field, descending } = SORTS[query.sort]
    const sign = descending ? -1 : 1
    const compare = (a: Head, b: { value: string; id: string }): number =>
      sign * (order(a[field], b.value) || order(a.id, b.id))
    const from = query.cursor === undefined ? undefined : decodeCursor(query.sort, query.cursor)
    const rows = [...this.#jobs.values()]
      .filter((row) => matches(row, query) && (from === undefined || compare(row.head, from) > 0))
      .sort((a, b) => compare(a.head, { value: b.head[field], id: b.head.id }))
    const page = rows.slice(0, query.limit)
    const last = page.at(-1)
    return {
      jobs: page.map((row) => ({ job: parseJob(row.job), index: structuredClone(row.index) })),
      ...(last && rows.length > page.length
        ? { next: encodeCursor(query.sort, { value: last.head[field], id: last.head.id }) }
        : {}),
    }
  }

  async count(filter: JobFilter): Promise<JobCounts> {
    const counts: JobCounts = { total: 0, byStatus: {}, byProcess: {}, overdue: 0 }
    for (const row of this.#jobs.values()) {
      if (!matches(row, filter)) continue
      counts.total += 1
      if (row.index.overdue) counts.overdue += 1
      counts.byStatus[row.head.status] = (counts.byStatus[row.head.status] ?? 0) + 1
      counts.byProcess[row.head.process] = (counts.byProcess[row.head.process] ?? 0) + 1
    }
    return counts
  }

  async countByState(
    process: string,
    version?: number,
    within?: readonly Within[],
  ): Promise<Record<string, number>> {
    const counts = new Map<string, number>()
    for (const { head, index } of this.#jobs.values()) {
      if (head.process !== process || head.status !== 'active') continue
      if (!isWithin(within, { process, region: index.region })) continue
      if (version !== undefined && head.version !== version) continue
      for (const path of index.active) counts.set(path, (counts.get(path) ?? 0) + 1)
    }
    return Object.fromEntries(counts)
  }

  async history(job: string, after: number, limit: number): Promise<Entry[]> {
    return this.#feed
      .filter((row) => row !== undefined)
      .filter((row) => row.job === job && row.seq > after)
      .slice(0, limit)
      .map((row) => parseEntry(row.entry))
  }

  async startedOn(job: string): Promise<number | undefined> {
    return this.#feed.find((row) => row !== undefined && row.job === job && row.seq === 1)?.version
  }

  async changes(after: number, limit: number, filter: FeedFilter = {}): Promise<FeedItem[]> {
    const items: FeedItem[] = []
    for (let at = Math.max(0, after); at < this.#feed.length && items.length < limit; at += 1) {
      const row = this.#feed[at]
      if (row === undefined) continue
      if (filter.job !== undefined && row.job !== filter.job) continue
      if (filter.process !== undefined && row.process !== filter.process) continue
      if (!this.#isReached(row.job, filter.within)) continue
      items.push({ id: at + 1, entry: parseEntry(row.entry), process: row.process, version: row.version })
    }
    return items
  }

  #isReached(job: string, within: readonly Within[] | undefined): boolean {
    if (within === undefined) return true
    const row = this.#jobs.get(job)
    return row !== undefined && isWithin(within, { process: row.head.process, region: row.index.region })
  }

  #item(change: number): FeedItem | undefined {
    const row = this.#feed[change - 1]
    if (row === undefined) return undefined
    return { id: change, entry: parseEntry(row.entry), process: row.process, version: row.version }
  }

  async lastChangeId(): Promise<number> {
    return this.#feed.length
  }

  #armed(): { job: string; timer: Timer }[] {
    return [...this.#jobs.values()].flatMap(({ head, timers }) =>
      timers.map((timer) => ({ job: head.id, timer: structuredClone(timer) })),
    )
  }

  async dueTimers(now: string, limit: number): Promise<{ job: string; timer: Timer }[]> {
    return this.#armed()
      .filter(({ timer }) => timer.dueAt <= now)
      .sort((a, b) => order(a.timer.dueAt, b.timer.dueAt) || order(a.timer.token, b.timer.token))
      .slice(0, limit)
  }

  async nextDue(): Promise<string | undefined> {
    return this.#armed()
      .map(({ timer }) => timer.dueAt)
      .sort()[0]
  }

  #waiting(): OutboxItem[] {
    return [...this.#outbox.values()]
      .map(parseOutbox)
      .filter((item) => !item.dead)
      .sort((a, b) => order(a.notBefore, b.notBefore))
  }

  async outboxDue(now: string, limit: number): Promise<OutboxItem[]> {
    return this.#waiting()
      .filter((item) => item.notBefore <= now)
      .slice(0, limit)
  }

  async outboxNext(): Promise<string | undefined> {
    return this.#waiting()[0]?.notBefore
  }

  async outboxDelivered(ids: string[]): Promise<void> {
    for (const id of ids) this.#outbox.delete(id)
  }

  async outboxFailed(id: string, error: string, retryAt: string | undefined): Promise<void> {
    const json = this.#outbox.get(id)
    if (json === undefined) return
    const item = parseOutbox(json)
    const failed = { ...item, attempts: item.attempts + 1, lastError: error, dead: retryAt === undefined }
    this.#outbox.set(id, JSON.stringify({ ...failed, notBefore: retryAt ?? item.notBefore }))
  }

  async idempotent(key: string): Promise<IdempotencyRecord | undefined> {
    const json = this.#answers.get(key)
    return json === undefined ? undefined : parseRecord(json)
  }

  async remember(record: IdempotencyRecord): Promise<void> {
    if (!this.#answers.has(record.key)) this.#answers.set(record.key, JSON.stringify(record))
  }

  async forget(before: string): Promise<void> {
    for (const [key, json] of this.#answers) if (parseRecord(json).at < before) this.#answers.delete(key)
  }

  saveMigration = (run: MigrationRun) => this.#migrations.save(run)
  migration = (id: string) => this.#migrations.find(id)
  migrations = (process?: string) => this.#migrations.list(process)
  moveResults = (query: MoveQuery) => this.#migrations.results(query)
  moveCounts = (run: string) => this.#migrations.counts(run)
  forgetMigration = (id: string) => this.#migrations.forget(id)

  stateTimes = (query: LifeQuery) => this.#life.stateTimes(query)
  overdueByState = (process: string, version?: number) => this.#life.overdueByState(process, version)
  breachPlaces = (query: LifeQuery) => this.#life.breachPlaces(query)
  normCounts = (filter: NormFilter, by: readonly NormKey[]) => this.#life.normCounts(filter, by)
  normJobs = (query: NormJobQuery) => this.#life.normJobs(query)

  async deliverNotice(item: string, notice: Notice, people: readonly string[]): Promise<boolean> {
    if (!this.#outbox.delete(item)) return false
    this.#notices.put(notice, people)
    return true
  }

  notices = (query: NoticeQuery) => this.#notices.page(query)
  layNotice = (notice: Notice, people: readonly string[]) => this.#notices.lay(notice, people)
  unreadNotices = (person: string, within?: readonly Within[]) => this.#notices.unread(person, within)
  markNotices = (person: string, ids: readonly string[], read: boolean) =>
    this.#notices.mark(person, ids, read)
  markAllNotices = (person: string, upTo: number, kind?: NoticeKind) =>
    this.#notices.markAll(person, upTo, kind)
  forgetNotices = (before: string) => this.#notices.forget(before)

  #dead(): OutboxItem[] {
    return [...this.#outbox.values()]
      .map(parseOutbox)
      .filter((item) => item.dead)
      .sort((a, b) => order(b.notBefore, a.notBefore) || order(b.id, a.id))
  }

  async deadLetters(limit: number, cursor?: string): Promise<DeadLetterPage> {
    const from = cursor === undefined ? undefined : letterPlace(cursor)
    const found = this.#dead().filter(
      ({ notBefore, id }) => from === undefined || (order(notBefore, from.at) || order(id, from.id)) < 0,
    )
    const letters = found.slice(0, limit)
    const last = letters.at(-1)
    return {
      letters,
      ...(last !== undefined && found.length > limit
        ? { next: letterCursor({ at: last.notBefore, id: last.id }) }
        : {}),
    }
  }

  async reviveDead(now: string, id?: string): Promise<number> {
    const revived = this.#dead().filter((item) => id === undefined || item.id === id)
    for (const item of revived)
      this.#outbox.set(item.id, JSON.stringify({ ...item, dead: false, attempts: 0, notBefore: now }))
    return revived.length
  }

  async dropDead(id: string): Promise<number> {
    return this.#dead().some((item) => item.id === id) && this.#outbox.delete(id) ? 1 : 0
  }

  async countSample(): Promise<number> {
    return [...this.#jobs.keys()].filter(isSample).length
  }

  async removeSample(): Promise<number> {
    const ids = [...this.#jobs.keys()].filter(isSample)
    for (const id of ids) this.#jobs.delete(id)
    for (const [at, row] of this.#feed.entries())
      if (row !== undefined && isSample(row.job)) this.#feed[at] = undefined
    for (const item of [...this.#outbox.values()].map(parseOutbox))
      if (isSample(item.job)) this.#outbox.delete(item.id)
    this.#life.removeSample()
    this.#migrations.removeSample()
    this.#notices.removeSample()
    this.reviews.removeSample()
    this.findings.removeSample()
    return ids.length
  }

  guide = async (person: string) => structuredClone(this.#guides.get(person) ?? NO_GUIDE)

  async changeGuide(person: string, change: GuideChange): Promise<Guide> {
    const guide = changedGuide(this.#guides.get(person) ?? NO_GUIDE, change)
    this.#guides.set(person, guide)
    return structuredClone(guide)
  }

  views = (person: string) => this.#views.views(person)
  saveView = (person: string, view: SavedView) => this.#views.saveView(person, view)
  dropView = (person: string, id: string) => this.#views.dropView(person, id)

  async close(): Promise<void> {}
}

function rowOf(change: JobChange): Row {
  const { id, process, version, status, seq, createdAt, updatedAt } = change.job
  const index = structuredClone(change.index)
  return {
    job: JSON.stringify(change.job),
    index,
    head: { id, process, version, status, seq, createdAt, updatedAt, dueAt: index.dueAt ?? NO_DUE },
    searched: haystack(id, index),
    timers: structuredClone(armedTimers(change)),
  }
}

const outboxJson = (item: Commit['outbox'][number]): string =>
  JSON.stringify({ ...item, attempts: 0, dead: false } satisfies OutboxItem)

function matches({ head, index, searched }: Row, filter: JobFilter): boolean {
  const { state } = filter
  const is = <T>(wanted: T | undefined, actual: T | undefined): boolean =>
    wanted === undefined || wanted === actual
  const within = (value: string | undefined, from: string | undefined, to: string | undefined): boolean =>
    (from === undefined || (value !== undefined && value >= from)) &&
    (to === undefined || (value !== undefined && value < to))
  return (
    isWithin(filter.within, { process: head.process, region: index.region }) &&
    is(filter.process, head.process) &&
    is(filter.version, head.version) &&
    is(filter.status, head.status) &&
    is(filter.assignee, index.assignee) &&
    is(filter.region, index.region) &&
    is(filter.customer, index.customer) &&
    is(filter.suspended, index.suspended === true) &&
    is(filter.overdue, index.overdue) &&
    (state === undefined || index.active.some((path) => path === state || path.startsWith(`${state}.`))) &&
    words(filter.text ?? '').every((word) => searched.includes(word)) &&
    within(head.createdAt, filter.createdFrom, filter.createdTo) &&
    within(index.dueAt, filter.dueFrom, filter.dueTo)
  )
}

/** A store that is empty, and gone with the process. */
export const createMemoryStore = (): JobStore => new MemoryStore()
