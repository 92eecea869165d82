/**
 * What is personal in a job, for whoever does not work with its customer: marks that nothing else holds are planted in the
 * jobs of every shipped process, in every personal field, text and file; then every way out is asked, and none lets one through.
 */
import { describe, expect, it } from 'vitest'
import { type Definition, ROLES, type Role } from '../../../machines/definition/schema.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { SHIPPED_SCENARIOS } from '../../../machines/processes/scenarios.ts'
import { may } from '../../../server/access/policy.ts'
import { createWorld, EPOCH, ERRAND, tokenOf, type World } from './harness.ts'
import { operations, regional } from './limits-kit.ts'

const MARK = 'zq7secret'
const SEES = ROLES.filter((role) => may([role], 'jobs:personal'))
const BLIND = ROLES.filter((role) => !SEES.includes(role))

const personalNames = ({ schemas }: Definition): string[] =>
  Object.entries(schemas.context.properties).flatMap(([name, { meta }]) =>
    meta?.personal === true ? [name] : [],
  )
const markOf = (name: string) =>
  name === 'customerEmail' ? `${MARK}@example.org` : `${MARK} ${name}`.slice(0, 20)

type Planted = { id: string; definition: Definition }

/** Everything that takes a text, by whoever may. What a process has no place for is refused, and plants nothing. */
async function plant(world: World, definition: Definition): Promise<Planted> {
  const { as } = world
  const scenario = SHIPPED_SCENARIOS.find(({ process }) => process === definition.id)
  const marks = Object.fromEntries(personalNames(definition).map((name) => [name, markOf(name)]))
  const person = definition.meta.assignee
  const made = await as('administrator', 'POST', '/api/jobs', {
    process: definition.id,
    fields: {
      ...scenario?.start.fields,
      ...marks,
      ...(person === undefined ? {} : { [person]: 'engineer' }),
    },
  })
  expect([definition.id, made.statusCode, made.json().detail]).toEqual([definition.id, 201, undefined])
  const { id } = made.json()
  const url = `/api/jobs/${id}`
  const job = (await as('administrator', 'GET', url)).json()
  for (const item of job.items)
    for (const evidence of [
      undefined,
      { kind: 'text', text: `${MARK} tick` },
      { kind: 'signature', signedBy: MARK },
    ])
      await as('engineer', 'PUT', `${url}/checklist/${item.id}`, evidence === undefined ? {} : { evidence })
  const planted = [
    await as('dispatcher', 'POST', `${url}/notes`, { text: `${MARK} note` }),
    await as('dispatcher', 'POST', `${url}/evidence`, {
      evidence: { kind: 'text', text: `${MARK} evidence` },
      title: `${MARK} title`,
    }),
    await as('engineer', 'POST', `${url}/evidence`, {
      evidence: { kind: 'text', text: 'x', signedBy: MARK },
    }),
    await as('engineer', 'POST', `${url}/rating`, { score: 2, comment: `${MARK} comment` }),
    await as('dispatcher', 'POST', `${url}/suspend`, { reason: `${MARK} rest` }),
    await as('dispatcher', 'POST', `${url}/resume`, { reason: `${MARK} on` }),
  ]
  expect(planted.map(({ statusCode }) => statusCode)).toEqual(planted.map(() => 200))
  for (const norm of definition.meta.reportable ?? [])
    await as('dispatcher', 'POST', `${url}/breaches`, { norm, severity: 'critical', note: `${MARK} breach` })
  for (const [name, mark] of Object.entries(marks))
    await as('dispatcher', 'PATCH', `${url}/fields`, {
      fields: { [name]: name === 'customerEmail' ? `2${mark}` : `2${mark}`.slice(0, 20) },
      reason: `${MARK} because`,
    })
  await as('dispatcher', 'POST', `${url}/suspend`, { reason: `${MARK} rest` })
  return { id, definition }
}

async function planted() {
  const world = await createWorld({ processes: SHIPPED })
  const jobs: Planted[] = []
  for (const definition of SHIPPED) jobs.push(await plant(world, definition))
  const survey = {
    customer: `${MARK} customer`,
    respondent: MARK,
    comment: MARK,
    period: '2026-03',
    engineer: 'engineer',
  }
  const made = await world.as('administrator', 'POST', '/api/surveys', {
    ...survey,
    scores: { quality: 2, speed: 2, attitude: 2 },
  })
  expect(made.statusCode).toBe(201)
  const file = await world.as('dispatcher', 'POST', `/api/jobs/${jobs[0]?.id}/notes`, {
    text: `${MARK} last`,
  })
  expect(file.statusCode).toBe(200)
  return { world, jobs }
}

/** Every GET route with whatever it takes, and what asks it for more than it says by itself. */
async function addresses(world: World, jobs: readonly Planted[]): Promise<string[]> {
  const ids = jobs.map(({ id }) => id)
  const routes = (await operations(world)).flatMap(([method, path]) => (method === 'GET' ? [path] : []))
  const fill = (path: string): string[] => {
    if (path.startsWith('/api/jobs/{id}')) return ids.map((id) => path.replace('{id}', id))
    if (path.startsWith('/api/processes/{id}')) return SHIPPED.map(({ id }) => path.replace('{id}', id))
    return [path.replace('{period}', '2026-03').replace('{person}', 'engineer')]
  }
  const columns = ['job', 'customer', 'state', ...SHIPPED.flatMap(personalNames).map((name) => `f.${name}`)]
  return [
    ...routes.flatMap(fill).map((path) => path.replaceAll(/\{\w+\}/g, '1')),
    ...SHIPPED.map(({ id }) => `/api/jobs/board?process=${id}`),
    `/api/jobs/sheet?columns=${[...new Set(columns)].join(',')}`,
    '/api/jobs/sheet?language=zh',
    ...['norm', 'customer', 'engineer,customer', 'customer,day'].flatMap((by) => [
      `/api/norm-report?by=${by}`,
      `/api/norm-report/sheet?by=${by}`,
    ]),
    ...['met', 'late', 'broken', 'none'].map((outcome) => `/api/norm-report/jobs?outcome=${outcome}`),
    '/api/reviews?period=2026-03',
    ...ROLES.flatMap((role) => [`/api/work-log?person=${role}`, `/api/reviews/2026-03/${role}`]),
    '/api/surveys?period=2026-03',
    '/api/changes?limit=200',
    '/api/jobs?text=note',
  ]
}

/** The stream of changes from its beginning, as far as it has come. */
async function streamed(origin: string, role: Role, path: string, until: number): Promise<string> {
  const stop = new AbortController()
  const answer = await fetch(`${origin}${path}`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${tokenOf(role)}` },
    signal: stop.signal,
  })
  let text = ''
  const decoder = new TextDecoder()
  for await (const piece of answer.body ?? []) {
    text += decoder.decode(piece, { stream: true })
    if (!answer.ok || text.includes(`id: ${EPOCH}.${until}\nevent: change`)) break
  }
  stop.abort()
  return text
}

/** A regional errand with a personal field. */
const ERRANDS = regional('errand')
const PERSONAL: Definition = {
  ...ERRANDS,
  schemas: {
    ...ERRANDS.schemas,
    context: {
      ...ERRANDS.schemas.context,
      properties: {
        ...ERRANDS.schemas.context.properties,
        what: { type: 'string', maxLength: 100, meta: { title: { en: 'What' }, personal: true } },
      },
    },
  },
}
/** An errand whose guard asks for something personal. */
const GUARDED: Definition = {
  ...PERSONAL,
  states: {
    ...ERRAND.states,
    open: {
      on: {
        'errand.dropped': { target: 'dropped' },
        'errand.priced': { target: 'done', guard: { '@expr': "job.what == 'other'", '@lang': 'cel' } },
      },
    },
  },
  schemas: {
    ...PERSONAL.schemas,
    events: {
      ...ERRAND.schemas.events,
      'errand.dropped': {
        properties: {
          who: { type: 'string', meta: { title: { en: 'Who' }, personal: true } },
          why: { type: 'string', meta: { title: { en: 'Why' } } },
        },
        meta: { title: { en: 'Dropped' }, roles: ['engineer'] },
      },
      'errand.priced': { meta: { title: { en: 'Priced' }, roles: ['engineer', 'stock-keeper'] } },
    },
  },
}

describe('what is personal in a job', () => {
  it('comes by no way to a role that does not need it', { timeout: 60_000 }, async () => {
    const { world, jobs } = await planted()
    const leaks: unknown[] = []
    const around = (text: string) =>
      text.slice(Math.max(0, text.indexOf(MARK) - 160), text.indexOf(MARK) + 30)
    const paths = await addresses(world, jobs)
    expect(paths.length).toBeGreaterThan(150)
    for (const role of BLIND)
      for (const path of paths) {
        const answer = await world.as(role, 'GET', path)
        // The text that is looked for stands in the address, not in the answer.
        if (answer.payload.includes(MARK)) leaks.push([role, path, around(answer.payload)])
        if (answer.statusCode >= 500 && answer.statusCode !== 503) leaks.push([role, path, answer.payload])
      }
    for (const { id } of jobs) {
      const made = await world.as('trainer', 'POST', `/api/jobs/${id}/scenario`)
      if (made.payload.includes(MARK)) leaks.push(['trainer', 'scenario', around(made.payload)])
      expect(made.statusCode).toBe(200)
    }
    const last = await world.store.lastChangeId()
    const origin = await world.app.listen({ host: '127.0.0.1', port: 0 })
    for (const role of BLIND.filter((each) => may([each], 'changes:read'))) {
      const text = await streamed(origin, role, '/api/changes?after=0', last)
      expect(text).toContain(`id: ${EPOCH}.${last}\nevent: change`)
      if (text.includes(MARK)) leaks.push([role, 'stream', around(text)])
    }
    expect(leaks).toEqual([])
  })

  it('is there for a role that works with customers, and named where it is left out', {
    timeout: 60_000,
  }, async () => {
    const { world, jobs } = await planted()
    const ask = async (role: Role, path: string) => (await world.as(role, 'GET', path)).payload
    for (const { id, definition } of jobs) {
      for (const path of ['', '/history', '/changes', '/carry'])
        expect([path, (await ask('dispatcher', `/api/jobs/${id}${path}`)).includes(MARK)]).toEqual([
          path,
          true,
        ])
      const seen = JSON.parse(await ask('auditor', `/api/jobs/${id}`))
      const { fields } = JSON.parse(await ask('dispatcher', `/api/jobs/${id}`))
      const filled = personalNames(definition).filter((name) => Object.hasOwn(fields, name))
      expect(seen.masked.sort()).toEqual(filled.sort())
      expect(filled).toContain('customerName')
      expect(seen.rating).toEqual({ score: 2, at: expect.any(String), by: 'engineer' })
      const [first] = JSON.parse(await ask('auditor', `/api/jobs/${id}/history`)).entries
      expect(first.masked).toEqual(expect.arrayContaining(['customerName']))
      expect(first.command.fields).not.toHaveProperty('customerName')
    }
    const [sheet, hidden] = [
      await ask('dispatcher', '/api/jobs/sheet?columns=job,f.customerName'),
      await ask('auditor', '/api/jobs/sheet?columns=job,f.customerName&language=zh'),
    ]
    expect(sheet).toContain(MARK)
    expect(hidden).toContain(`${jobs[0]?.id},对您的角色隐藏`)
    for (const path of ['/api/jobs', '/api/changes', '/api/surveys', '/api/norm-report?by=customer'])
      expect([path, (await ask('administrator', path)).includes(MARK)]).toEqual([path, true])
  })

  it('is not found out by looking for it', async () => {
    const world = await createWorld({ processes: [PERSONAL] })
    for (const path of [
      '/api/jobs?text=stamps',
      '/api/jobs?customer=Wang',
      '/api/jobs/board?process=errand&text=stamps',
      '/api/jobs/sheet?customer=Wang',
      '/api/norm-report?customer=Wang',
      '/api/norm-report/jobs?outcome=met&customer=Wang',
      '/api/surveys?customer=Wang',
    ])
      expect([path, (await world.as('process-owner', 'GET', path)).json().right]).toEqual([
        path,
        'jobs:personal',
      ])
  })

  it('does not come by refusals, dry runs, replays, batches or acts of one’s own', async () => {
    const world = await createWorld({ processes: [GUARDED] })
    const start = { process: 'errand', fields: { what: MARK } }
    const keyed = { 'idempotency-key': '"once"' }
    const made = await world.as('stock-keeper', 'POST', '/api/jobs', start, keyed)
    expect(made.json()).toMatchObject({ masked: ['what'], fields: { price: 5 } })
    const { id } = made.json()
    const act = { kind: 'event', type: 'errand.priced' }
    const answers = [
      made,
      await world.as('stock-keeper', 'POST', '/api/jobs', start, keyed),
      await world.as('stock-keeper', 'POST', '/api/jobs?dryRun=true', start),
      await world.as('stock-keeper', 'POST', `/api/jobs/${id}/events`, { type: 'errand.priced' }),
      await world.as('stock-keeper', 'POST', `/api/jobs/${id}/events`, { type: 'errand.priced' }, keyed),
      await world.as('stock-keeper', 'POST', `/api/jobs/${id}/notes`, { text: MARK }),
      await world.as('stock-keeper', 'POST', '/api/jobs:batch', { acts: [{ job: id, act }] }),
      await world.as('stock-keeper', 'GET', `/api/jobs/${id}`),
    ]
    expect(answers.map(({ payload }) => payload.includes(MARK))).toEqual(answers.map(() => false))
    expect(answers[3]?.json()).toMatchObject({ status: 409, refusal: 'guard-false' })
    expect(answers[3]?.json().detail).toContain('•••')
    const told = await world.as('engineer', 'POST', `/api/jobs/${id}/events`, { type: 'errand.priced' })
    expect(told.json().detail).toContain(MARK)
    const dropped = { type: 'errand.dropped', payload: { who: MARK, why: 'rain' } }
    expect((await world.as('engineer', 'POST', `/api/jobs/${id}/events`, dropped)).statusCode).toBe(200)
    const history = await world.as('stock-keeper', 'GET', `/api/jobs/${id}/history`)
    expect(history.json().entries.at(-1)).toMatchObject({
      command: { type: 'errand.dropped', payload: { why: 'rain' } },
      masked: ['who'],
    })
    expect(history.payload).not.toContain(MARK)
  })

  it('does not come by what a draft would make of jobs, tried on those over or on those going on', async () => {
    const world = await createWorld({ processes: [GUARDED] })
    const { as } = world
    const start = async (): Promise<string> =>
      (await as('dispatcher', 'POST', '/api/jobs', { process: 'errand', fields: { what: MARK } })).json().id
    const over = await start()
    const dropped = await as('engineer', 'POST', `/api/jobs/${over}/events`, { type: 'errand.dropped' })
    expect(dropped.json().job.status).not.toBe('active')
    await start()
    const asking = { guard: { '@expr': "job.what == 'other'", '@lang': 'cel' } } as const
    const short = { type: 'string', maxLength: 3, meta: { title: { en: 'What' }, personal: true } } as const
    const draft: Definition = {
      ...GUARDED,
      states: { ...ERRAND.states, open: { on: { 'errand.dropped': { target: 'dropped', ...asking } } } },
      schemas: {
        ...GUARDED.schemas,
        context: {
          ...GUARDED.schemas.context,
          properties: { ...GUARDED.schemas.context.properties, what: short },
        },
      },
    }
    const url = '/api/processes/errand'
    const put = await as(
      'process-owner',
      'PUT',
      `${url}/draft`,
      { definition: draft },
      { 'if-none-match': '*' },
    )
    expect(put.statusCode).toBeLessThan(300)
    const rerun = await as('process-owner', 'POST', `${url}/draft/rerun`, { jobs: 10 })
    expect(rerun.json()).toMatchObject({ counts: { refused: 1 } })
    const impact = await as('process-owner', 'POST', `${url}/draft/impact`)
    await world.library.publish('errand', 1, {
      definition: draft,
      note: '',
      author: 'process-owner',
      publishedAt: '2026-03-02T01:00:00.000Z',
    })
    const moved = await as('process-owner', 'POST', `${url}/migrations?dryRun=true`, { from: 1 })
    await world.moved()
    const { location } = moved.headers
    const jobs = await as('process-owner', 'GET', `${location}/jobs`)
    expect(jobs.json().jobs).toHaveLength(1)
    const answers = [rerun, impact, moved, await as('auditor', 'GET', String(location)), jobs]
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 201, 200, 200])
    expect(answers.filter(({ payload }) => payload.includes(MARK)).map(({ payload }) => payload)).toEqual([])
  })

  it('is seen only where the role that sees it holds', async () => {
    const world = await createWorld({ processes: [PERSONAL] })
    const start = async (region: string): Promise<string> => {
      const body = { process: 'errand', fields: { what: `${MARK} ${region}`, region } }
      return (await world.as('administrator', 'POST', '/api/jobs', body)).json().id
    }
    const [east, west] = [await start('east'), await start('west')]
    const change = await world.as('administrator', 'PATCH', '/api/people/auditor', {
      roles: ['dispatcher', 'auditor'],
      limits: [{ role: 'dispatcher', regions: ['east'] }],
    })
    expect(change.statusCode).toBe(200)
    const ask = async (path: string) => (await world.as('auditor', 'GET', path)).payload
    for (const path of ['', '/history', '/changes'])
      expect([path, (await ask(`/api/jobs/${east}${path}`)).includes(MARK)]).toEqual([path, true])
    for (const path of ['', '/history', '/changes'])
      expect([path, (await ask(`/api/jobs/${west}${path}`)).includes(MARK)]).toEqual([path, false])
    for (const path of [
      '/api/jobs',
      '/api/changes',
      '/api/jobs/board?process=errand',
      '/api/jobs/sheet?columns=f.what',
    ]) {
      const answer = await ask(path)
      expect([path, answer.includes(`${MARK} east`), answer.includes(`${MARK} west`)]).toEqual([
        path,
        true,
        false,
      ])
    }
    expect(JSON.parse(await ask(`/api/jobs?text=${MARK}`)).counts.total).toBe(1)
  })
})
