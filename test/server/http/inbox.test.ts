/** `/api/inbox` and `/api/dead-letters`, asked as each role. */
import { describe, expect, it } from 'vitest'
import { type Definition, ROLES, type Role } from '../../../machines/definition/schema.ts'
import { notify, remind, text, toField, toRole } from '../../../machines/processes/author.ts'
import { at, commit, message } from '../store-fixtures.ts'
import { createWorld, tokenOf, type World } from './harness.ts'

const words = (en: string) => text(en, `${en}。`)
/** Each event tells somebody something. */
const TOLD: Definition = {
  id: 'told',
  initial: 'open',
  states: {
    open: {
      meta: { title: words('Open') },
      on: {
        note: { actions: [notify([toRole('dispatcher')], words('Noted'), 'GN-09')] },
        nudge: { actions: [remind([toField('engineer')], words('Go on'))] },
        call: { actions: [notify([toRole('customer')], words('We are coming'))] },
      },
    },
  },
  schemas: {
    context: {
      properties: {
        serial: { type: 'string', meta: { title: words('Serial number') } },
        secret: { type: 'string', meta: { title: words('Secret') } },
        engineer: { type: 'string', format: 'person', meta: { title: words('Engineer') } },
        buyer: { type: 'string', format: 'person', meta: { title: words('Customer') } },
      },
    },
    events: {
      note: { meta: { title: words('Note'), roles: ['engineer'] } },
      nudge: { meta: { title: words('Nudge'), roles: ['engineer'] } },
      call: { meta: { title: words('Call'), roles: ['engineer'] } },
    },
  },
  meta: { title: words('Told'), summary: ['serial'], assignee: 'engineer', reportable: ['GN-04'] },
}
const fields = { serial: 'SN-7', secret: 'x', engineer: 'engineer' }

async function open() {
  const world = await createWorld({ processes: [TOLD] })
  const job: string = (await world.as('dispatcher', 'POST', '/api/jobs', { process: 'told', fields })).json()
    .id
  return { ...world, job, send: sender(world, job) }
}
const sender = (world: World, job: string) => async (type: string, times: number) => {
  for (let n = 0; n < times; n += 1)
    expect((await world.as('engineer', 'POST', `/api/jobs/${job}/events`, { type })).statusCode).toBe(200)
}
const inbox = async (world: Pick<World, 'as'>, role: Role, query = '') =>
  (await world.as(role, 'GET', `/api/inbox${query}`)).json()
/** Delivery follows the commit; the answer does not wait for it. */
const unread = (world: Pick<World, 'as'>, role: Role, total: number) =>
  expect.poll(async () => (await world.as(role, 'GET', '/api/inbox/unread')).json().total).toBe(total)

describe('GET /api/inbox', () => {
  it('tells each what is for him, with the job it is about as it is now', async () => {
    const world = await open()
    await world.send('note', 1)
    await world.send('nudge', 1)
    await world.as('auditor', 'POST', `/api/jobs/${world.job}/breaches`, { norm: 'GN-04', severity: 'minor' })
    await unread(world, 'dispatcher', 2)
    await unread(world, 'engineer', 2)
    const page = await inbox(world, 'dispatcher', '?sort=newest')
    expect(page.unread).toEqual({ total: 2, remind: 0, notify: 1, breach: 1 })
    expect(page.notices).toMatchObject([
      { kind: 'breach', norm: 'GN-04', severity: 'minor', read: false },
      {
        kind: 'notify',
        norm: 'GN-09',
        message: { en: 'Noted', zh: 'Noted。' },
        to: [{ role: 'dispatcher' }],
      },
    ])
    expect(page.notices[1].job).toEqual({
      id: world.job,
      process: 'told',
      version: 1,
      status: 'active',
      summary: { serial: 'SN-7' },
    })
    expect((await inbox(world, 'engineer', '?kind=remind')).notices).toMatchObject([
      { message: { en: 'Go on' }, to: [{ person: 'engineer' }] },
    ])
    await unread(world, 'hotline-agent', 0)
  })

  it('is everybody’s own, and nobody’s without signing in', async () => {
    const world = await createWorld()
    for (const role of ROLES) expect((await world.as(role, 'GET', '/api/inbox')).statusCode).toBe(200)
    for (const [method, url] of [
      ['GET', '/api/inbox'],
      ['GET', '/api/inbox/unread'],
      ['POST', '/api/inbox/read'],
      ['POST', '/api/inbox/read-all'],
    ] as const)
      expect([url, (await world.as(undefined, method, url)).statusCode]).toEqual([url, 401])
  })

  it('tells a customer of his own job alone, and nothing of its fields', async () => {
    const world = await open()
    await world.send('call', 1)
    await unread(world, 'administrator', 1)
    expect((await inbox(world, 'administrator')).notices).toMatchObject([{ astray: true }])
    await unread(world, 'customer', 0)
    const body = { process: 'told', fields: { ...fields, buyer: 'customer' } }
    const his: string = (await world.as('dispatcher', 'POST', '/api/jobs', body)).json().id
    await sender(world, his)('call', 1)
    await unread(world, 'customer', 1)
    expect((await inbox(world, 'customer')).notices[0].job).toEqual({
      id: his,
      process: 'told',
      version: 1,
      status: 'active',
    })
  })

  it('pages, the unread first, and refuses what is no cursor', async () => {
    const world = await open()
    await world.send('note', 5)
    await unread(world, 'dispatcher', 5)
    const all = (await inbox(world, 'dispatcher', '?sort=newest')).notices.map(({ id }: { id: string }) => id)
    await world.as('dispatcher', 'POST', '/api/inbox/read', { ids: [all[0], all[3]], read: true })
    const first = await inbox(world, 'dispatcher', '?limit=3')
    const rest = await inbox(world, 'dispatcher', `?limit=3&cursor=${first.next}`)
    const ids = [...first.notices, ...rest.notices].map(({ id }) => id)
    expect(ids).toEqual([all[1], all[2], all[4], all[0], all[3]])
    expect(rest.next).toBeUndefined()
    const unreadOnly = await inbox(world, 'dispatcher', '?unread=true')
    expect(unreadOnly.notices).toHaveLength(3)
    const bad = await world.as('dispatcher', 'GET', '/api/inbox?cursor=x')
    expect([bad.statusCode, bad.json().code]).toEqual([400, 'bad-cursor'])
  })
})

describe('marking', () => {
  it('is one’s own doing: read, unread again, and nobody else’s', async () => {
    const world = await open()
    await world.send('note', 2)
    await unread(world, 'dispatcher', 2)
    const [{ id }] = (await inbox(world, 'dispatcher')).notices
    const mark = (role: Role, read: boolean) =>
      world.as(role, 'POST', '/api/inbox/read', { ids: [id, 'no.such.1'], read })
    expect((await mark('engineer', true)).json().total).toBe(0)
    await unread(world, 'dispatcher', 2)
    expect((await mark('dispatcher', true)).json()).toEqual({ total: 1, remind: 0, notify: 1, breach: 0 })
    expect((await mark('dispatcher', true)).json().total).toBe(1)
    expect((await mark('dispatcher', false)).json().total).toBe(2)
  })

  it('all leaves unread what came after the page was seen', async () => {
    const world = await open()
    await world.send('note', 3)
    await unread(world, 'dispatcher', 3)
    const { latest } = await inbox(world, 'dispatcher')
    await world.send('note', 2)
    await unread(world, 'dispatcher', 5)
    const marked = await world.as('dispatcher', 'POST', '/api/inbox/read-all', { upTo: latest })
    expect(marked.json().total).toBe(2)
    const none = await world.as('dispatcher', 'POST', '/api/inbox/read-all', { upTo: 1e6, kind: 'breach' })
    expect(none.json().total).toBe(2)
  })

  it('and delivering at the same time lose nothing', async () => {
    const world = await open()
    const sending = world.send('note', 30)
    for (let n = 0; n < 15; n += 1) {
      const { notices, latest } = await inbox(world, 'dispatcher', '?unread=true&sort=newest')
      expect(new Set(notices.map(({ id }: { id: string }) => id)).size).toBe(notices.length)
      await world.as('dispatcher', 'POST', '/api/inbox/read-all', { upTo: latest })
    }
    await sending
    await expect.poll(async () => (await inbox(world, 'dispatcher')).notices.length).toBe(30)
    const { latest } = await inbox(world, 'dispatcher')
    await world.as('dispatcher', 'POST', '/api/inbox/read-all', { upTo: latest })
    await unread(world, 'dispatcher', 0)
  })
})

describe('the stream of changes', () => {
  it('tells at once, and whenever it changes, how many are unread', async () => {
    const world = await open()
    await world.app.listen({ host: '127.0.0.1', port: 0 })
    const hangUp = new AbortController()
    const listen = async (path: string) => {
      const headers = { accept: 'text/event-stream', authorization: `Bearer ${tokenOf('dispatcher')}` }
      const answer = await fetch(`${world.app.listeningOrigin}${path}`, { headers, signal: hangUp.signal })
      const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
      let text = ''
      const reading = async () => {
        for (;;) {
          const piece = await reader?.read()
          if (piece === undefined || piece.done) return
          text += piece.value
        }
      }
      reading().catch(() => {})
      const told = () =>
        [...text.matchAll(/event: inbox\ndata: \{.*"total":(\d+)/g)].map(([, n]) => Number(n))
      return { told, text: () => text }
    }
    const all = await listen('/api/changes')
    await expect.poll(all.told).toEqual([0])
    const one = await listen(`/api/jobs/${world.job}/changes`)
    await world.send('note', 1)
    await expect.poll(all.told).toEqual([0, 1])
    const { latest } = await inbox(world, 'dispatcher')
    await world.as('dispatcher', 'POST', '/api/inbox/read-all', { upTo: latest })
    await expect.poll(all.told).toEqual([0, 1, 0])
    // Another's inbox is no news.
    await world.send('nudge', 1)
    await unread(world, 'engineer', 1)
    await expect.poll(() => one.text().match(/event: change/g)?.length).toBe(2)
    expect(all.told()).toEqual([0, 1, 0])
    expect(one.told()).toEqual([])
    hangUp.abort()
  })
})

describe('/api/dead-letters', () => {
  const notice = (id: string) => ({
    id,
    kind: 'remind',
    job: 'a',
    process: 'told',
    version: 1,
    at: at(0),
    to: [{ role: 'dispatcher' }],
    message: { en: 'Late', zh: '晚了' },
  })
  /** Three that died: two messages to people, one to a job. */
  async function withLetters() {
    const world = await open()
    const letters = ['l0', 'l1'].map((id) =>
      message(id, '2999-01-01T00:00:00.000Z', {
        job: world.job,
        kind: 'notice',
        body: { ...notice(id), job: world.job },
      }),
    )
    const signal = message('l2', '2999-01-02T00:00:00.000Z', { job: 'gone', kind: 'signal', body: {} })
    await world.store.commit(commit([], { outbox: [...letters, signal] }))
    for (const { id } of [...letters, signal])
      await world.store.outboxFailed(id, 'Error: disk full', undefined)
    return world
  }

  it('are listed, the latest first, by pages', async () => {
    const world = await withLetters()
    const { letters, next } = (await world.as('administrator', 'GET', '/api/dead-letters?limit=2')).json()
    expect(letters).toEqual([
      {
        id: 'l2',
        job: 'gone',
        kind: 'signal',
        at: '2999-01-02T00:00:00.000Z',
        attempts: 1,
        error: 'Error: disk full',
      },
      {
        id: 'l1',
        job: world.job,
        kind: 'notice',
        at: '2999-01-01T00:00:00.000Z',
        attempts: 1,
        error: 'Error: disk full',
        message: { en: 'Late', zh: '晚了' },
      },
    ])
    const rest = (await world.as('administrator', 'GET', `/api/dead-letters?cursor=${next}`)).json()
    expect(rest.letters.map(({ id }: { id: string }) => id)).toEqual(['l0'])
  })

  it('are sent again, one or all, and arrive', async () => {
    const world = await withLetters()
    const again = (path: string) => world.as('administrator', 'POST', `/api/dead-letters/${path}`)
    expect((await again('l0/resend')).json()).toEqual({ resent: 1 })
    await unread(world, 'dispatcher', 1)
    expect((await inbox(world, 'dispatcher')).notices).toMatchObject([{ id: 'l0', kind: 'remind' }])
    expect((await again('l0/resend')).json().code).toBe('letter-not-found')
    expect((await again('resend')).json()).toEqual({ resent: 2 })
    await unread(world, 'dispatcher', 2)
  })

  it('are thrown away, for good', async () => {
    const world = await withLetters()
    const drop = () => world.as('administrator', 'DELETE', '/api/dead-letters/l1')
    expect((await drop()).statusCode).toBe(204)
    expect((await drop()).statusCode).toBe(404)
    expect((await world.as('administrator', 'GET', '/api/dead-letters')).json().letters).toHaveLength(2)
  })

  it('are the administrator’s', async () => {
    const world = await withLetters()
    for (const role of ROLES.filter((each) => each !== 'administrator'))
      for (const [method, url] of [
        ['GET', '/api/dead-letters'],
        ['POST', '/api/dead-letters/resend'],
        ['POST', '/api/dead-letters/l0/resend'],
        ['DELETE', '/api/dead-letters/l0'],
      ] as const)
        expect([role, url, (await world.as(role, method, url)).statusCode]).toEqual([role, url, 403])
  })
})
