/**
 * The store of jobs in one SQLite file: the default of a single server.
 *
 * Promises: all that `port.ts` asks; what was acknowledged survives a power cut (WAL, `synchronous=FULL`).
 * Must not: share its file with a second server (`lock.ts` sees to that), or hold a read open across a turn.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Entry, Job, Timer } from '../../../machines/advance/job.ts'
import type { NoticeKind } from '../../../machines/wire/inbox.ts'
import { armedTimers } from '../commit-rules.ts'
import { decodeCursor, encodeCursor } from '../cursor.ts'
import type { FindingStore } from '../finding-port.ts'
import { changedGuide, type Guide, type GuideChange, NO_GUIDE } from '../guide-port.ts'
import type { StorageHealth } from '../health-port.ts'
import type {
  LifeQuery,
  NormCount,
  NormFilter,
  NormJobPage,
  NormJobQuery,
  NormKey,
  PlaceCount,
  StateTime,
} from '../life-port.ts'
import type { MigrationRun, MoveCount, MoveQuery, MoveResult } from '../migration-port.ts'
import type { DeadLetterPage, Notice, NoticePage, NoticeQuery, UnreadCounts } from '../notice-port.ts'
import type {
  Commit,
  FeedFilter,
  FeedItem,
  IdempotencyRecord,
  JobCounts,
  JobFilter,
  JobIndex,
  JobPage,
  JobQuery,
  JobStore,
  OutboxItem,
  Within,
} from '../port.ts'
import type { PrivacyStore } from '../privacy-port.ts'
import type { ReviewStore } from '../review-port.ts'
import type { TrainingStore } from '../training-port.ts'
import type { SavedView } from '../view-port.ts'
import type { WebhookStore } from '../webhook-port.ts'
import { DispatchTables } from './dispatch-tables.ts'
import { FindingTable, findingStore } from './finding-table.ts'
import { GroupCommit } from './group-commit.ts'
import { countByStateSql, countSql } from './job-counts.ts'
import { listSql, type Reach, reachOf, type Sql } from './job-lists.ts'
import { earlier } from './job-row.ts'
import { JobWriter } from './job-writer.ts'
import { LifeQueries } from './life-queries.ts'
import { LifeTables } from './life-tables.ts'
import { MigrationTables } from './migration-tables.ts'
import { NoticeTables } from './notice-tables.ts'
import { openDatabase } from './open-database.ts'
import { opening } from './opening.ts'
import { outboxItemOf } from './outbox-rows.ts'
import { PrivacyTables, privacyStore } from './privacy-tables.ts'
import { ReviewTables, reviewStore } from './review-tables.ts'
import { integer, optionalText, type Row, text } from './rows.ts'
import { SampleTables } from './sample-tables.ts'
import { trainingStore } from './training-tables.ts'
import { ViewTable } from './view-table.ts'
import { webhookStore } from './webhook-tables.ts'
import { withinJobs } from './within.ts'

const parseGuide = (json: string): Guide => JSON.parse(json)
const parseJob = (json: string): Job => JSON.parse(json)
const parseIndex = (json: string): JobIndex => JSON.parse(json)
const parseEntry = (json: string): Entry => JSON.parse(json)
const parseResponse = (json: string): IdempotencyRecord['response'] => JSON.parse(json)
const entryOf = (row: Row): Entry => parseEntry(text(row, 'entry'))

/** Filters combine in more ways than are worth keeping prepared. */
const STATEMENTS = 200

class SqliteStore implements JobStore {
  readonly #db: DatabaseSync
  readonly #group: GroupCommit
  readonly #writer: JobWriter
  readonly #migrations: MigrationTables
  readonly #life: LifeQueries
  readonly #notices: NoticeTables
  readonly #views: ViewTable
  readonly #sample: SampleTables
  readonly health: StorageHealth
  readonly reviews: ReviewStore
  readonly findings: FindingStore
  readonly training: TrainingStore
  readonly webhooks: WebhookStore
  readonly privacy: PrivacyStore
  readonly dispatch: DispatchTables
  readonly #statements = new Map<string, StatementSync>()

  constructor(db: DatabaseSync) {
    this.#db = db
    this.#group = new GroupCommit(db)
    this.health = this.#group.health
    this.#migrations = new MigrationTables(db)
    this.#notices = new NoticeTables(db)
    this.#views = new ViewTable(db)
    this.#sample = new SampleTables(db)
    this.#life = new LifeQueries(db)
    this.reviews = reviewStore(new ReviewTables(db), this.#group)
    this.findings = findingStore(new FindingTable(db), this.#group)
    this.training = trainingStore(db, this.#group)
    this.webhooks = webhookStore(db, this.#group)
    this.dispatch = new DispatchTables(db)
    this.#writer = new JobWriter(db, this.#migrations, new LifeTables(db, this.#sample), this.dispatch)
    this.privacy = privacyStore(new PrivacyTables(db, this.#writer), this.#group)
  }

  #sql(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    if (this.#statements.size >= STATEMENTS) this.#statements.clear()
    const prepared = this.#db.prepare(sql)
    this.#statements.set(sql, prepared)
    return prepared
  }

  #all({ text: sql, values }: Sql): Row[] {
    return this.#sql(sql).all(...values)
  }

  #reach(filter: JobFilter): Reach {
    return reachOf(filter, (sql) => this.#all(sql))
  }

  commit(commit: Commit): Promise<{ changeIds: number[] }> {
    return this.#group.run(() => this.#writer.write(commit))
  }

  async load(id: string): Promise<Job | undefined> {
    const row = this.#sql('SELECT job FROM jobs WHERE id = ?').get(id)
    return row && parseJob(text(row, 'job'))
  }

  async list({ sort, limit, cursor, ...filter }: JobQuery): Promise<JobPage> {
    const after = cursor === undefined ? undefined : decodeCursor(sort, cursor)
    const rows = this.#all(listSql(filter, { sort, limit, after, reach: this.#reach(filter) }))
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    return {
      jobs: page.map((row) => ({
        job: parseJob(text(row, 'job')),
        index: parseIndex(text(row, 'summary')),
      })),
      ...(last && rows.length > limit
        ? { next: encodeCursor(sort, { value: text(last, 'sorted'), id: text(last, 'id') }) }
        : {}),
    }
  }

  async count(filter: JobFilter): Promise<JobCounts> {
    const counts: JobCounts = { total: 0, byStatus: {}, byProcess: {}, overdue: 0 }
    const asked = {
      reach: (part: JobFilter) => this.#reach(part),
      all: (sql: Sql) => this.#all(sql),
    }
    for (const row of this.#all(countSql(filter, asked))) {
      const n = integer(row, 'n')
      if (n === 0) continue
      const status = text(row, 'status')
      const process = text(row, 'process')
      counts.total += n
      counts.overdue += integer(row, 'overdue') * n
      counts.byStatus[status] = (counts.byStatus[status] ?? 0) + n
      counts.byProcess[process] = (counts.byProcess[process] ?? 0) + n
    }
    return counts
  }

  async countByState(
    process: string,
    version?: number,
    within?: readonly Within[],
  ): Promise<Record<string, number>> {
    const { text: sql, values } = countByStateSql(process, version, within)
    const rows = this.#sql(sql).all(...values)
    return Object.fromEntries(rows.map((row) => [text(row, 'path'), integer(row, 'n')]))
  }

  async history(job: string, after: number, limit: number): Promise<Entry[]> {
    return this.#sql(
      `SELECT entry FROM history WHERE job = (SELECT row FROM jobs WHERE id = ?) AND seq > ?
       ORDER BY seq LIMIT ?`,
    )
      .all(job, after, limit)
      .map(entryOf)
  }

  async startedOn(job: string): Promise<number | undefined> {
    const row = this.#sql(
      'SELECT version FROM history WHERE job = (SELECT row FROM jobs WHERE id = ?) AND seq = 1',
    ).get(job)
    return row === undefined ? undefined : integer(row, 'version')
  }

  async changes(after: number, limit: number, filter: FeedFilter = {}): Promise<FeedItem[]> {
    const { job, process } = filter
    const [[reach, ...reached] = ['1']] = withinJobs(filter.within, 'history.job')
    const rows = this.#all({
      text: `SELECT change, process, version, entry FROM history WHERE change > ?
        ${job === undefined ? '' : 'AND job = (SELECT row FROM jobs WHERE id = ?)'}
        ${process === undefined ? '' : 'AND process = ?'} AND ${reach} ORDER BY change LIMIT ?`,
      values: [
        after,
        ...(job === undefined ? [] : [job]),
        ...(process === undefined ? [] : [process]),
        ...reached,
        limit,
      ],
    })
    return rows.map((row) => ({
      id: integer(row, 'change'),
      entry: entryOf(row),
      process: text(row, 'process'),
      version: integer(row, 'version'),
    }))
  }

  async lastChangeId(): Promise<number> {
    const row = this.#sql('SELECT coalesce(max(change), 0) AS last FROM history').get()
    return row ? integer(row, 'last') : 0
  }

  async dueTimers(now: string, limit: number): Promise<{ job: string; timer: Timer }[]> {
    // So many jobs are enough: the first timer of each comes before any of those that follow.
    return this.#sql('SELECT job FROM jobs WHERE timer_at <= ? ORDER BY timer_at, timer_token LIMIT ?')
      .all(now, limit)
      .map((row) => parseJob(text(row, 'job')))
      .flatMap((job) => armedTimers({ job }).map((timer) => ({ job: job.id, timer })))
      .filter(({ timer }) => timer.dueAt <= now)
      .sort((a, b) => earlier(a.timer, b.timer))
      .slice(0, limit)
  }

  async nextDue(): Promise<string | undefined> {
    const row = this.#sql('SELECT min(timer_at) AS due_at FROM jobs WHERE timer_at IS NOT NULL').get()
    return row && optionalText(row, 'due_at')
  }

  async outboxDue(now: string, limit: number): Promise<OutboxItem[]> {
    return this.#sql(
      'SELECT * FROM outbox WHERE dead = 0 AND not_before <= ? ORDER BY not_before, row LIMIT ?',
    )
      .all(now, limit)
      .map(outboxItemOf)
  }

  async outboxNext(): Promise<string | undefined> {
    const row = this.#sql('SELECT not_before FROM outbox WHERE dead = 0 ORDER BY not_before LIMIT 1').get()
    return row && text(row, 'not_before')
  }

  outboxDelivered(ids: string[]): Promise<void> {
    return this.#group.run(() => this.#writer.delivered(ids))
  }

  outboxFailed(id: string, error: string, retryAt: string | undefined): Promise<void> {
    return this.#group.run(() => this.#writer.failed(id, error, retryAt))
  }

  async idempotent(key: string): Promise<IdempotencyRecord | undefined> {
    const row = this.#sql('SELECT fingerprint, response, at FROM idempotency WHERE key = ?').get(key)
    return (
      row && {
        key,
        fingerprint: text(row, 'fingerprint'),
        response: parseResponse(text(row, 'response')),
        at: text(row, 'at'),
      }
    )
  }

  remember(record: IdempotencyRecord): Promise<void> {
    return this.#group.run(() => this.#writer.remember(record))
  }

  forget(before: string): Promise<void> {
    return this.#group.run(() => this.#writer.forget(before))
  }

  saveMigration(run: MigrationRun): Promise<void> {
    return this.#group.run(() => this.#migrations.save(run))
  }

  async migration(id: string): Promise<MigrationRun | undefined> {
    return this.#migrations.find(id)
  }

  async migrations(process?: string): Promise<MigrationRun[]> {
    return this.#migrations.list(process)
  }

  async moveResults(query: MoveQuery): Promise<MoveResult[]> {
    return this.#migrations.results(query)
  }

  async moveCounts(run: string): Promise<MoveCount[]> {
    return this.#migrations.counts(run)
  }

  forgetMigration(id: string): Promise<void> {
    return this.#group.run(() => this.#migrations.forget(id))
  }

  deliverNotice(item: string, notice: Notice, people: readonly string[]): Promise<boolean> {
    return this.#group.run(() => this.#notices.deliver(item, notice, people))
  }

  layNotice(notice: Notice, people: readonly string[]): Promise<boolean> {
    return this.#group.run(() => this.#notices.lay(notice, people))
  }

  async notices(query: NoticeQuery): Promise<NoticePage> {
    return this.#notices.page(query)
  }

  async unreadNotices(person: string, within?: readonly Within[]): Promise<UnreadCounts> {
    return this.#notices.unread(person, within)
  }

  markNotices(person: string, ids: readonly string[], read: boolean): Promise<number> {
    return this.#group.run(() => this.#notices.mark(person, ids, read))
  }

  markAllNotices(person: string, upTo: number, kind?: NoticeKind): Promise<number> {
    return this.#group.run(() => this.#notices.markAll(person, upTo, kind))
  }

  forgetNotices(before: string): Promise<void> {
    return this.#group.run(() => this.#notices.forget(before))
  }

  async deadLetters(limit: number, cursor?: string): Promise<DeadLetterPage> {
    return this.#notices.deadLetters(limit, cursor)
  }

  reviveDead(now: string, id?: string): Promise<number> {
    return this.#group.run(() => this.#notices.revive(now, id))
  }

  dropDead(id: string): Promise<number> {
    return this.#group.run(() => this.#notices.drop(id))
  }

  async stateTimes(query: LifeQuery): Promise<StateTime[]> {
    return this.#life.stateTimes(query)
  }

  async overdueByState(process: string, version?: number): Promise<Record<string, number>> {
    return this.#life.overdueByState(process, version)
  }

  async breachPlaces(query: LifeQuery): Promise<PlaceCount[]> {
    return this.#life.breachPlaces(query)
  }

  async normCounts(filter: NormFilter, by: readonly NormKey[]): Promise<NormCount[]> {
    return this.#life.normCounts(filter, by)
  }

  async normJobs(query: NormJobQuery): Promise<NormJobPage> {
    return this.#life.normJobs(query)
  }

  async countSample(): Promise<number> {
    return this.#sample.count()
  }

  removeSample(): Promise<number> {
    return this.#group.run(() => this.#sample.remove())
  }

  #guide(person: string): Guide {
    const row = this.#sql('SELECT guide FROM guides WHERE person = ?').get(person)
    return row ? parseGuide(text(row, 'guide')) : NO_GUIDE
  }

  async guide(person: string): Promise<Guide> {
    return this.#guide(person)
  }

  changeGuide(person: string, change: GuideChange): Promise<Guide> {
    return this.#group.run(() => {
      const guide = changedGuide(this.#guide(person), change)
      this.#sql(
        'INSERT INTO guides VALUES (?1, ?2) ON CONFLICT (person) DO UPDATE SET guide = excluded.guide',
      ).run(person, JSON.stringify(guide))
      return guide
    })
  }

  async views(person: string): Promise<SavedView[]> {
    return this.#views.list(person)
  }

  saveView(person: string, view: SavedView): Promise<void> {
    return this.#group.run(() => this.#views.save(person, view))
  }

  dropView(person: string, id: string): Promise<boolean> {
    return this.#group.run(() => this.#views.drop(person, id))
  }

  async close(): Promise<void> {
    if (!this.#db.isOpen) return
    this.#group.close()
    this.#db.close()
  }
}

/**
 * Opens the file, made if there is none, and brings it to the present schema.
 * @throws Error where the file is not a database of jobs, or a later release's
 */
export const openSqliteStore = (file: string): JobStore =>
  opening(file, () => new SqliteStore(openDatabase(file)))
