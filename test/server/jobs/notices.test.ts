/** Messages to people: whom they reach, and that each arrives once, whatever happens in between (E6). */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Role } from '../../../machines/definition/schema.ts'
import { notify, text, toField } from '../../../machines/processes/author.ts'
import { createInbox } from '../../../server/jobs/inbox.ts'
import { type Reachable, reached } from '../../../server/jobs/notices.ts'
import { openLibrary } from '../../../server/store/library/open-library.ts'
import { createMemoryStore } from '../../../server/store/memory/memory-store.ts'
import type { Notice, NoticeRecipient } from '../../../server/store/notice-port.ts'
import type { JobStore } from '../../../server/store/port.ts'
import { openSqliteStore } from '../../../server/store/sqlite/sqlite-store.ts'
import { bench, event, processOf } from '../../machines/advance/fixtures.ts'
import { as } from '../../machines/kit.ts'
import { type Desk, openDesk, SETTINGS } from './desk.ts'

const engineer = as('engineer')
const dispatcher = as('dispatcher')
const OVERDUE = '2026-03-02T10:31:00+08:00'

async function employ(desk: Desk, people: Record<string, Role[]>): Promise<void> {
  const now = new Date(desk.clock.now).toISOString()
  for (const [id, roles] of Object.entries(people))
    await desk.library.savePerson(0, {
      id,
      name: id,
      roles,
      certificates: [],
      tokens: [],
      createdAt: now,
      updatedAt: now,
    })
}
const begin = async (desk: Desk) =>
  (await desk.jobs.create({ process: 'bench', fields: { serial: 'A1' } }, dispatcher, {})).job.id
async function inboxOf(store: JobStore, person: string): Promise<Notice[]> {
  return (await store.notices({ person, limit: 500, order: 'newest' })).received.map(({ notice }) => notice)
}

describe('whom a message reaches', () => {
  const people: Reachable[] = [
    { id: 'li', roles: ['engineer'] },
    { id: 'wang', roles: ['engineer', 'dispatcher'], regions: ['浦东'] },
    { id: 'zhou', roles: ['dispatcher'], regions: ['徐汇'] },
    { id: 'gone', roles: ['dispatcher'], disabled: true },
    { id: 'kunde', roles: ['customer'] },
    { id: 'other', roles: ['customer'] },
    { id: 'root', roles: ['administrator'] },
  ]
  const role = (name: Role): NoticeRecipient => ({ role: name })
  it.each<[string, NoticeRecipient[], { assignee?: string; region?: string; named?: string[] }, string[]]>([
    ['a person, where he has an account', [{ person: 'li' }], {}, ['li']],
    ['everybody with the role who still works here', [role('dispatcher')], {}, ['wang', 'zhou']],
    ['of them the assignee alone, where he has it', [role('engineer')], { assignee: 'li' }, ['li']],
    [
      'all of them, where the assignee has another',
      [role('dispatcher')],
      { assignee: 'li' },
      ['wang', 'zhou'],
    ],
    ['those of the region, and those without one', [role('engineer')], { region: '徐汇' }, ['li']],
    ['each once', [role('dispatcher'), { person: 'wang' }, role('engineer')], {}, ['wang', 'zhou', 'li']],
    ['the assignee, whatever his role', [{ assignee: true }], { assignee: 'zhou' }, ['zhou']],
    ['of customers the one whom the job names', [role('customer')], { named: ['kunde', 'li'] }, ['kunde']],
    ['administrators, where it would be nobody', [{ person: '张师傅' }], {}, ['root']],
    ['administrators, before it is told to strangers', [role('customer')], {}, ['root']],
  ])('%s', (_, to, { named = [], ...about }, expected) => {
    const { people: found, astray } = reached(to, { process: 'errand', ...about, named }, people)
    expect(found).toEqual(expected)
    expect(astray).toBe(expected.includes('root'))
  })
  it('nobody, where there is not even an administrator', () => {
    expect(reached([role('auditor')], { process: 'errand', named: [] }, people.slice(0, 3)).people).toEqual(
      [],
    )
  })
})

describe('what a job tells people', () => {
  it('is laid into their inboxes: the message, and the breach beside it', async () => {
    const desk = await openDesk([bench])
    await employ(desk, { zhou: ['dispatcher'], li: ['engineer'] })
    const id = await begin(desk)
    await desk.until(OVERDUE)
    const at = '2026-03-02T02:30:00.000Z'
    const said = { job: id, process: 'bench', version: 1, at, norm: 'HV-02' }
    expect((await inboxOf(desk.store, 'zhou')).toReversed()).toEqual([
      {
        ...said,
        id: `${id}.2.0`,
        kind: 'notify',
        to: [{ role: 'dispatcher' }],
        message: { en: 'Nobody has begun', zh: '无人开始' },
      },
      {
        ...said,
        id: `${id}.2.b0`,
        kind: 'breach',
        severity: 'major',
        to: [{ assignee: true }, { role: 'dispatcher' }],
      },
    ])
    expect(await inboxOf(desk.store, 'li')).toEqual([])
    expect(await desk.store.outboxNext()).toBeUndefined()
  })

  it('reaches whoever works the job when a breach is found, and owners where it is critical', async () => {
    const desk = await openDesk([bench])
    await employ(desk, { 'engineer-1': ['engineer'], zhou: ['dispatcher'], owner: ['process-owner'] })
    const id = await begin(desk)
    await desk.jobs.act(id, { kind: 'event', type: 'take', payload: {} }, engineer, {})
    const report = { kind: 'reportBreach', norm: 'PC-08' } as const
    await desk.jobs.act(id, { ...report, severity: 'minor' }, dispatcher, {})
    await desk.jobs.act(id, { ...report, severity: 'critical', note: 'shouted' }, dispatcher, {})
    await desk.outbox.drain()
    const severities = async (person: string) =>
      (await inboxOf(desk.store, person)).map(({ severity }) => severity)
    expect(await severities('engineer-1')).toEqual(['critical', 'minor'])
    expect(await severities('zhou')).toEqual(['critical', 'minor'])
    expect(await severities('owner')).toEqual(['critical'])
    expect((await inboxOf(desk.store, 'owner'))[0]?.message).toEqual({ en: 'shouted', zh: 'shouted' })
  })

  it('goes to nobody where its fields name nobody yet', async () => {
    const quiet = processOf(
      { a: { on: { go: { actions: [notify([toField('who')], text('Hello', '你好'))] } } } },
      {
        id: 'quiet',
        schemas: {
          context: { properties: { who: { type: 'string', format: 'person' } } },
          events: { go: event(['engineer']) },
        },
      },
    )
    const desk = await openDesk([quiet])
    await employ(desk, { root: ['administrator'] })
    const { job } = await desk.jobs.create({ process: 'quiet' }, engineer, {})
    await desk.jobs.act(job.id, { kind: 'event', type: 'go', payload: {} }, engineer, {})
    await desk.outbox.drain()
    expect(await inboxOf(desk.store, 'root')).toEqual([])
    expect((await desk.store.deadLetters(9)).letters).toEqual([])
  })

  it('waits as a dead letter where nobody is there, and reaches who has come when it is sent again', async () => {
    const desk = await openDesk([bench])
    const id = await begin(desk)
    await desk.until(OVERDUE)
    const { letters } = await desk.store.deadLetters(9)
    expect(letters.map((letter) => letter.id).toSorted()).toEqual([`${id}.2.0`, `${id}.2.b0`])
    await employ(desk, { zhou: ['dispatcher'] })
    await desk.outbox.drain()
    expect(await inboxOf(desk.store, 'zhou')).toEqual([])
    await desk.store.reviveDead(new Date(desk.clock.now).toISOString())
    await desk.outbox.drain()
    expect(await inboxOf(desk.store, 'zhou')).toHaveLength(2)
    expect((await desk.store.deadLetters(9)).letters).toEqual([])
  })

  it('rings for those it is for, and for who marks it', async () => {
    const desk = await openDesk([bench])
    const inbox = createInbox(desk.work)
    const rung: string[] = []
    inbox.listen('zhou', () => rung.push('zhou'))
    const stop = inbox.listen('li', () => rung.push('li'))
    inbox.told(['zhou', 'nobody'])
    inbox.told(['li', 'zhou'])
    stop()
    inbox.told(['li'])
    expect(rung).toEqual(['zhou', 'li', 'zhou'])
  })
})

describe('E6: in trouble', () => {
  type Deliver = JobStore['deliverNotice']
  /** The memory store, whose delivery goes through this. */
  const troubled = (trouble: (deliver: Deliver) => Deliver): JobStore => {
    const store = createMemoryStore()
    return Object.assign(store, { deliverNotice: trouble(store.deliverNotice.bind(store)) })
  }

  it('a delivery whose answer was lost is not repeated', async () => {
    let lost = 0
    const store = troubled((deliver) => async (...given) => {
      const done = await deliver(...given)
      lost += 1
      if (lost <= 2) throw new Error('the answer was lost')
      return done
    })
    const desk = await openDesk([bench], { store })
    await employ(desk, { zhou: ['dispatcher'] })
    await begin(desk)
    await desk.until(OVERDUE)
    desk.clock.now += 60_000
    await desk.outbox.drain()
    expect(await inboxOf(store, 'zhou')).toHaveLength(2)
    expect(await store.outboxNext()).toBeUndefined()
  })

  it('is tried again until it is dead, then listed, and sent again when asked for, under its own id', async () => {
    let broken = true
    const store = troubled((deliver) => async (...given) => {
      if (broken) throw new Error('disk full')
      return deliver(...given)
    })
    const desk = await openDesk([bench], { store })
    await employ(desk, { zhou: ['dispatcher'] })
    const id = await begin(desk)
    await desk.until(OVERDUE)
    for (let n = 0; n < 25; n += 1) {
      desk.clock.now += 5_000
      await desk.outbox.drain()
    }
    expect(await store.outboxNext()).toBeUndefined()
    const { letters } = await store.deadLetters(9)
    expect(letters).toHaveLength(2)
    expect(letters[0]).toMatchObject({ attempts: 20, lastError: 'Error: disk full' })
    broken = false
    await store.reviveDead(new Date(desk.clock.now).toISOString(), `${id}.2.0`)
    await desk.outbox.drain()
    expect((await inboxOf(store, 'zhou')).map((notice) => notice.id)).toEqual([`${id}.2.0`])
    expect((await store.deadLetters(9)).letters).toHaveLength(1)
  })

  it('comes once however many carry the outbox at the same time', async () => {
    const desk = await openDesk([bench])
    await employ(desk, { zhou: ['dispatcher'], lin: ['dispatcher'] })
    for (let n = 0; n < 20; n += 1) await begin(desk)
    const other = await openDesk([], { store: desk.store, library: desk.library, now: OVERDUE })
    await Promise.all([desk.until(OVERDUE), ...Array.from({ length: 10 }, () => other.outbox.drain())])
    await Promise.all([desk.outbox.drain(), other.outbox.drain()])
    const ids = (await inboxOf(desk.store, 'zhou')).map((notice) => notice.id)
    expect(ids).toHaveLength(40)
    expect(new Set(ids).size).toBe(40)
    expect((await inboxOf(desk.store, 'lin')).map((notice) => notice.id)).toEqual(ids)
  })
})

describe('after a restart', () => {
  const folders: string[] = []
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'fieldchart-notices-'))
    folders.push(made)
    return made
  }
  afterEach(() => {
    for (const each of folders.splice(0)) rmSync(each, { recursive: true, force: true })
  })

  it('what was written and not yet delivered arrives, once, and what was read stays read', async () => {
    const dir = folder()
    const open = async (definitions: (typeof bench)[] = []) =>
      openDesk(definitions, {
        store: openSqliteStore(join(dir, 'jobs.sqlite')),
        library: await openLibrary(join(dir, 'library'), SETTINGS),
        now: OVERDUE,
      })
    const first = await open([bench])
    await employ(first, { zhou: ['dispatcher'] })
    first.clock.now -= 3_600_000
    await begin(first)
    first.clock.now += 3_600_000
    // No outbox is drained: the process ends between the commit and the delivery.
    expect(await first.timers.fireDue()).toBe(1)
    expect(await inboxOf(first.store, 'zhou')).toEqual([])
    await first.store.close()
    await first.library.close()

    const second = await open()
    second.clock.now += 1000
    await second.outbox.start()
    await second.outbox.stop()
    const [breach, message] = await inboxOf(second.store, 'zhou')
    expect([breach?.kind, message?.kind]).toEqual(['breach', 'notify'])
    await second.store.markNotices('zhou', [message?.id ?? ''], true)
    await second.store.close()
    await second.library.close()

    const third = openSqliteStore(join(dir, 'jobs.sqlite'))
    expect(await third.unreadNotices('zhou')).toEqual({ remind: 0, notify: 0, breach: 1 })
    expect(await inboxOf(third, 'zhou')).toHaveLength(2)
    await third.close()
  })

  it('by a kill every message is waiting or delivered to all it is for, none twice, none half', async () => {
    const file = join(folder(), 'jobs.sqlite')
    const written: string[] = []
    for (let round = 0; round < 3; round += 1) {
      const target = `${file}.${round}`
      const writer = fork(join(import.meta.dirname, '..', 'notice-writer.ts'), [target])
      const before = written.length
      writer.on('message', (id) => written.push(`${round} ${String(id)}`))
      while (written.length < before + 100 + round * 7) await once(writer, 'message')
      writer.kill('SIGKILL')
      await once(writer, 'exit')
      const store = openSqliteStore(target)
      const waiting = (await store.outboxDue('9', 100_000)).map(({ id }) => id)
      const box = async (person: string) =>
        (await store.notices({ person, limit: 100_000, order: 'newest' })).received.map(
          ({ notice }) => notice.id,
        )
      const li = await box('li')
      expect(await box('wang')).toEqual(li)
      const all = [...waiting, ...li]
      expect(new Set(all).size).toBe(all.length)
      const here = written.filter((id) => id.startsWith(`${round} `)).map((id) => id.slice(2))
      expect(here.filter((id) => !all.includes(id))).toEqual([])
      await store.close()
    }
  })
})
