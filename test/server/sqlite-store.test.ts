import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMemoryStore } from '../../server/store/memory/memory-store.ts'
import { type JobFilter, SeqConflict } from '../../server/store/port.ts'
import { GroupCommit } from '../../server/store/sqlite/group-commit.ts'
import { listSql, type Reach, reachOf } from '../../server/store/sqlite/job-lists.ts'
import { openDatabase } from '../../server/store/sqlite/open-database.ts'
import { openSqliteStore } from '../../server/store/sqlite/sqlite-store.ts'
import { storeContract } from './store-contract.ts'
import { at, change, commit, job, message, timer } from './store-fixtures.ts'

storeContract('sqlite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fieldchart-store-'))
  return {
    open: async () => openSqliteStore(join(folder, 'deep', 'jobs.db')),
    clean: () => rm(folder, { recursive: true }),
  }
})

describe('the SQLite file', () => {
  let folder: string
  let file: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fieldchart-store-'))
    file = join(folder, 'jobs.db')
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('holds everything after it was closed and opened again', async () => {
    const before = openSqliteStore(file)
    const one = job('a', 1, { timers: [timer('a:1:0', at(1))] })
    const answer = { key: 'k', fingerprint: 'f', response: { status: 201, body: 1, headers: {} }, at: at(0) }
    await before.commit(
      commit([change(one, { text: '打印机' })], { outbox: [message('x', at(0))], idempotency: answer }),
    )
    await before.close()
    const after = openSqliteStore(file)
    expect(await after.load('a')).toEqual(one)
    expect(await after.history('a', 0, 9)).toHaveLength(1)
    expect(await after.nextDue()).toBe(at(1))
    expect(await after.outboxNext()).toBe(at(0))
    expect(await after.idempotent('k')).toEqual(answer)
    expect((await after.list({ sort: 'createdAt', limit: 9, text: '打印' })).jobs).toHaveLength(1)
    const { changeIds } = await after.commit(commit([change(job('a', 2))]))
    expect(changeIds).toEqual([2])
    await after.close()
  })

  it('keeps nothing of an erased name in the index of the search', async () => {
    const store = openSqliteStore(file)
    const more = { status: 'done' as const }
    for (let n = 0; n < 40; n += 1)
      await store.commit(commit([change(job(`j${n}`, 1, more), { text: `name \u{a66e}\u{a66e} ${n}` })]))
    const held = (): unknown => {
      const db = new DatabaseSync(file, { readOnly: true })
      const held = db
        .prepare("SELECT count(*) AS n FROM job_text_data WHERE instr(hex(block), hex('a66e'))")
        .get()?.n
      db.close()
      return held
    }
    expect(held()).toBeGreaterThan(0)
    for (let n = 0; n < 40; n += 1) {
      const erased = { at: at(2), by: 'admin', seq: 2 }
      const after = change(job(`j${n}`, 2, { ...more, erased }), { text: '***' })
      await store.privacy.eraseJobs([{ change: after, entries: [] }], '***')
    }
    expect(held()).toBeGreaterThan(0)
    await store.privacy.scrub()
    expect(held()).toBe(0)
    await store.close()
  })

  it('finds the same jobs however far it takes a filter to reach', async () => {
    const store = openSqliteStore(file)
    const paths = [['a'], ['a.one', 'a.two'], ['a.two.deep'], ['ab'], ['a.x', 'b'], ['b']]
    for (const [n, active] of paths.entries())
      await store.commit(
        commit([change(job(`j${n}`), { active, dueAt: at(n), text: n % 2 ? 'odd' : 'even' })]),
      )
    await store.close()
    const db = new DatabaseSync(file)
    const nothing: Reach = { broad: new Set(), vast: new Set(), few: new Map() }
    const everything = { ...nothing, broad: { has: () => true }, vast: { has: () => true } }
    const few = (filter: JobFilter) => reachOf(filter, ({ text, values }) => db.prepare(text).all(...values))
    const found = (filter: JobFilter, reach: Reach) => {
      const { text, values } = listSql(filter, { sort: 'createdAt', limit: 9, after: undefined, reach })
      return db
        .prepare(text)
        .all(...values)
        .map(({ id }) => id)
    }
    const filters: [JobFilter, string[]][] = [
      [{ state: 'a' }, ['j0', 'j1', 'j2', 'j4']],
      [{ state: 'a.two' }, ['j1', 'j2']],
      [{ state: 'c' }, []],
      [{ state: 'b', text: 'odd' }, ['j5']],
      [{ dueFrom: at(1), dueTo: at(3) }, ['j1', 'j2']],
      [{ text: 'even' }, ['j0', 'j2', 'j4']],
    ]
    for (const [filter, ids] of filters)
      for (const reach of [nothing, everything, few(filter)]) expect(found(filter, reach)).toEqual(ids)
    db.close()
  })

  it('writes what waits when it is closed, and takes no more', async () => {
    const store = openSqliteStore(file)
    const waiting = store.commit(commit([change(job('a'))]))
    await store.close()
    await waiting
    await expect(store.commit(commit([change(job('b'))]))).rejects.toThrow('closed')
    await store.close()
    const again = openSqliteStore(file)
    expect((await again.count({})).total).toBe(1)
    await again.close()
  })

  it('is in WAL mode, synced at every commit, and holds references to what exists', () => {
    const db = openDatabase(file)
    const pragma = (name: string): unknown => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]
    expect(pragma('journal_mode')).toBe('wal')
    // 2: FULL.
    expect(pragma('synchronous')).toBe(2)
    expect(pragma('foreign_keys')).toBe(1)
    db.close()
  })

  it('of the first release is brought to the present schema, with all that is in it', async () => {
    const db = new DatabaseSync(file)
    db.exec(await readFile(join(import.meta.dirname, 'schema-1.sql'), 'utf8'))
    const fields = { customerName: '蔡女士' }
    const stored = job('a', 1, {
      suspended: { at: at(1), by: 'zhou', reason: 'away', held: [] },
      snapshot: { status: 'active', value: 'booked', historyValue: {}, context: { fields, checklist: {} } },
    })
    const { index } = change(stored, { active: ['visit.booked.early', 'visit.booked.late', 'calling'] })
    db.prepare(
      `INSERT INTO jobs (id, seq, process, version, status, overdue, due_at, created_at, updated_at, summary, job)
       VALUES ('a', 1, 'home-visit', 1, 'active', 0, 'never', ?, ?, ?, ?)`,
    ).run(at(0), at(1), JSON.stringify(index), JSON.stringify(stored))
    db.exec(`INSERT INTO job_counts VALUES ('home-visit', 1, 'active', 0, 1);
      INSERT INTO state_counts SELECT 'home-visit', 1, value, 1 FROM json_each('["visit.booked.early","visit.booked.late","calling"]');
      INSERT INTO job_states VALUES ('visit.booked.early', 1), ('visit.booked.late', 1), ('calling', 1)`)
    db.close()
    const store = openSqliteStore(file)
    expect(await store.load('a')).toEqual(stored)
    const found = { customer: '蔡女士', suspended: true }
    expect((await store.list({ sort: 'createdAt', limit: 9, ...found })).jobs).toHaveLength(1)
    expect((await store.count({ suspended: false })).total).toBe(0)
    expect((await store.count({ suspended: true })).total).toBe(1)
    for (const state of ['visit', 'visit.booked', 'visit.booked.early', 'calling'])
      expect((await store.count({ state })).total, state).toBe(1)
    expect((await store.count({ state: 'booked' })).total).toBe(0)
    expect((await store.list({ sort: 'createdAt', limit: 9 })).jobs.map((found) => found.job.id)).toEqual([
      'a',
    ])
    expect(await store.migrations()).toEqual([])
    // What was counted by an older release is taken away by this one.
    const { suspended: _rested, ...moving } = stored
    await store.commit(commit([change({ ...moving, seq: 2 }, { active: ['calling'] })]))
    expect((await store.count({ suspended: true })).total).toBe(0)
    expect((await store.count({ state: 'calling', suspended: false })).total).toBe(1)
    await store.close()
  })

  it('lost nothing that was acknowledged when the process was killed (E1)', { timeout: 30_000 }, async () => {
    const child = fork(join(import.meta.dirname, 'store-writer.ts'), [file], { stdio: 'ignore' })
    const acknowledged: string[] = []
    const enough = new Promise<void>((resolve) => {
      child.on('message', (id) => {
        if (acknowledged.push(String(id)) === 200) resolve()
      })
    })
    await enough
    child.kill('SIGKILL')
    await once(child, 'exit')
    const store = openSqliteStore(file)
    for (const id of acknowledged) expect(await store.load(id), id).toBeDefined()
    const feed = await store.changes(0, 100_000)
    expect(feed.map(({ id }) => id)).toEqual(feed.map((_, n) => n + 1))
    expect((await store.count({})).total).toBe(feed.length)
    await store.close()
  })

  it('lists and counts alike where a state or a word is that of many jobs and where it is of few', async () => {
    const store = openSqliteStore(file)
    // More than what the store takes for many.
    const all = Array.from({ length: 1_100 }, (_, n) => `j${String(n).padStart(4, '0')}`)
    const rare = (n: number): boolean => n % 100 === 0
    await store.commit(
      commit(
        all.map((id, n) =>
          change(job(id, 1, { createdAt: at(n) }), {
            active: ['repairing.opened', 'repairing.powered', ...(rare(n) ? ['waiting'] : [])],
            text: rare(n) ? '打印机 进水' : '打印机',
          }),
        ),
      ),
    )
    const few = all.filter((_, n) => rare(n))
    const cases: [JobFilter, string[]][] = [
      [{ state: 'repairing' }, all],
      [{ text: '打印' }, all],
      [{ state: 'waiting', text: '打印' }, few],
      [{ state: 'repairing', text: '进水' }, few],
      [{ state: 'repairing', text: '打印', createdTo: at(2) }, all.slice(0, 2)],
    ]
    for (const [filter, expected] of cases) {
      const found = await store.list({ sort: '-createdAt', limit: 2_000, ...filter })
      expect(found.jobs.map((one) => one.job.id)).toEqual(expected.toReversed())
      expect((await store.count(filter)).total).toBe(expected.length)
    }
    await store.close()
  })

  it('finds exactly the texts that hold a word, whatever the characters', async () => {
    const store = openSqliteStore(file)
    const character = fc.constantFrom(
      'a',
      'B',
      'ｂ',
      '打',
      '印',
      '机',
      '😀',
      '-',
      '"',
      '*',
      'İ',
      'ß',
      ' ',
      '\n',
      '0',
    )
    const text = fc.string({ unit: character, maxLength: 12 })
    let next = 0
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), text, async (texts, query) => {
        const twin = createMemoryStore()
        const region = `r${next}`
        for (const one of texts) {
          next += 1
          const made = commit([change(job(`ID${next}`), { text: one, region })])
          await Promise.all([store.commit(made), twin.commit(made)])
        }
        const wanted = { sort: 'createdAt', limit: 99, region, text: query } as const
        expect(await store.list(wanted)).toEqual(await twin.list(wanted))
      }),
      { numRuns: 60 },
    )
    await store.close()
  })

  it('refuses a file of another program, or of a later release, and leaves it as it is', async () => {
    const other = new DatabaseSync(file)
    other.exec('CREATE TABLE accounts (id INTEGER)')
    other.close()
    expect(() => openSqliteStore(file)).toThrow('jobs.db is not a database of jobs')
    const check = new DatabaseSync(file)
    expect(check.prepare('SELECT name FROM sqlite_schema').all()).toHaveLength(1)
    expect(check.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'delete' })
    check.close()

    const later = join(folder, 'later.db')
    await openSqliteStore(later).close()
    const db = new DatabaseSync(later)
    db.exec('PRAGMA user_version = 99')
    db.close()
    expect(() => openSqliteStore(later)).toThrow('later release')

    const rubbish = join(folder, 'rubbish.db')
    await writeFile(rubbish, 'no database at all, but long enough to be looked at'.repeat(50))
    expect(() => openSqliteStore(rubbish)).toThrow('not a database')
  })
})

describe('group commit', () => {
  const counting = (): { db: DatabaseSync; group: GroupCommit; rows(): number } => {
    const db = new DatabaseSync(':memory:')
    db.exec('CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT')
    return {
      db,
      group: new GroupCommit(db),
      rows: () => Number(db.prepare('SELECT count(*) AS n FROM t').get()?.n),
    }
  }

  it('rejects only the write that threw, and takes back what it did', async () => {
    const { db, group, rows } = counting()
    const insert = db.prepare('INSERT INTO t VALUES (?)')
    const outcomes = await Promise.allSettled(
      Array.from({ length: 9 }, (_, n) =>
        group.run(() => {
          insert.run(n)
          if (n % 3 === 1) throw new SeqConflict(`j${n}`, n)
          return n
        }),
      ),
    )
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([
      true,
      false,
      true,
      true,
      false,
      true,
      true,
      false,
      true,
    ])
    expect(rows()).toBe(6)
  })

  it('shares one transaction among the writes of a turn', async () => {
    const { db, group } = counting()
    const begun: boolean[] = []
    const before = group.run(() => begun.push(db.isTransaction))
    await Promise.all([before, ...Array.from({ length: 20 }, () => group.run(() => 0))])
    expect(begun).toEqual([true])
    expect(db.isTransaction).toBe(false)
  })

  it('rejects all where the transaction itself cannot be committed', async () => {
    const { db, group, rows } = counting()
    db.exec(`CREATE TABLE child (n INTEGER REFERENCES t (n) DEFERRABLE INITIALLY DEFERRED);
      PRAGMA foreign_keys = ON`)
    const good = group.run(() => db.exec('INSERT INTO t VALUES (1)'))
    // Found out only by COMMIT.
    const bad = group.run(() => db.exec('INSERT INTO child VALUES (7)'))
    const outcomes = await Promise.allSettled([good, bad])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(rows()).toBe(0)
    await group.run(() => db.exec('INSERT INTO t VALUES (2)'))
    expect(rows()).toBe(1)
  })

  it('takes a flood in groups, in the order it was asked for', async () => {
    const { db, group } = counting()
    const insert = db.prepare('INSERT INTO t VALUES (?)')
    const order: number[] = []
    await Promise.all(
      Array.from({ length: 1000 }, (_, n) => group.run(() => insert.run(n)).then(() => order.push(n))),
    )
    expect(order).toEqual(Array.from({ length: 1000 }, (_, n) => n))
  })
})
