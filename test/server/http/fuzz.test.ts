/**
 * Rubbish: every route of the OpenAPI document, asked from its own schema with what fits, what nearly does and what is meant to harm.
 * Nothing makes the server fail, hang or tell of its inside, and every refusal is a problem of the table.
 *
 * `FIELDCHART_TEST_FUZZ` says how often each route is asked, `FIELDCHART_TEST_SEED` repeats a run.
 */
import { connect } from 'node:net'
import fc from 'fast-check'
import type { LightMyRequestResponse } from 'fastify'
import { describe, expect, it } from 'vitest'
import { complaint } from '../../../machines/processes/complaint/process.ts'
import { isProblemCode, PROBLEMS } from '../../../server/problem-table.ts'
import { createWorld, ERRAND, form, type Method, PNG, tokenOf, type World } from './harness.ts'
import {
  type Defs,
  fitting,
  hostile,
  hostileText,
  isRecord,
  known,
  Pool,
  settled,
  spoilt,
  textOf,
} from './rubbish.ts'

const TIMES = Number(process.env.FIELDCHART_TEST_FUZZ ?? 30)
const SEED = Number(process.env.FIELDCHART_TEST_SEED ?? Math.floor(Math.random() * 1e9))
/** The server's own work: what its process computed. Waiting for a busy machine is not work, but for ever is a hang. */
const MOST_WORK_MS = 1000
const HANGS_MS = 20_000

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies readonly Method[]
const SAMPLES = [ERRAND, complaint, { definition: ERRAND }, 'stamps', 5, null, true, {}]

type Parameter = { name: string; in: string; required?: boolean; schema?: unknown }
type Route = {
  method: Method
  path: string
  right: string
  parameters: Parameter[]
  body: unknown
  takesFile: boolean
}
type Ask = { url: string; headers: Record<string, string>; payload: string | Buffer | undefined }

async function routesOf({ as }: Pick<World, 'as'>): Promise<{ routes: Route[]; defs: Defs }> {
  const document = (await as(undefined, 'GET', '/api/openapi.json')).json()
  const routes = Object.entries<Record<string, Record<string, unknown>>>(document.paths).flatMap(
    ([path, methods]) =>
      METHODS.flatMap((method): Route[] => {
        const operation = methods[method.toLowerCase()]
        if (operation === undefined) return []
        const content =
          isRecord(operation.requestBody) && isRecord(operation.requestBody.content)
            ? operation.requestBody.content
            : {}
        const json = content['application/json']
        return [
          {
            method,
            path,
            right: String(operation['x-right']),
            parameters: Array.isArray(operation.parameters) ? operation.parameters : [],
            body: isRecord(json) ? json.schema : undefined,
            takesFile: 'multipart/form-data' in content,
          },
        ]
      }),
  )
  return { routes, defs: document.components.schemas }
}

/** Percent-encoded, also what has no encoding. */
const encoded = (text: string): string => encodeURIComponent(text.toWellFormed())
const BAD_ENCODINGS = ['%zz', '%', '%00', '%E0%A4%A', '%ff%fe', '..%2f..%2fetc', '%2e%2e', '%C0%AF', '.', '*']
const scalar = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** One part of an address: what fits, or not. */
const part = (schema: unknown, defs: Defs, name: string): fc.Arbitrary<{ text: string; bare: boolean }> =>
  fc.oneof(
    { weight: 6, arbitrary: known(name).map((text) => ({ text, bare: false })) },
    {
      weight: 4,
      arbitrary: fitting(schema, defs, SAMPLES, name).map((value) => ({ text: scalar(value), bare: false })),
    },
    { weight: 1, arbitrary: hostileText.map((text) => ({ text: text.slice(0, 3000), bare: false })) },
    { weight: 1, arbitrary: fc.constantFrom(...BAD_ENCODINGS).map((text) => ({ text, bare: true })) },
  )

const header = (name: string, ...values: string[]) =>
  fc
    .option(fc.constantFrom(...values), { nil: undefined, freq: 2 })
    .map((value) => (value === undefined ? {} : { [name]: value }))
const headers = fc
  .tuple(
    header(
      'if-match',
      '*',
      '"0"',
      '"1"',
      '"2"',
      'W/"1"',
      '1',
      '"',
      '"99999999999999999999"',
      'x'.repeat(7000),
    ),
    header('idempotency-key', '"a"', 'a', '"', '""', 'k'.repeat(300), `"${'k'.repeat(90)}"`, '\u00e9'),
    header('accept-language', 'zh', 'en', 'zh;q=NaN', ',,,;;;q=', 'a,'.repeat(3000)),
    header('last-event-id', '0', '-1', 'NaN', '99999999999999999999'),
    header('accept', '*/*', 'text/csv', 'image/svg+xml', 'application/json;q=0', ';;', 'x'.repeat(7000)),
    header('x-forwarded-for', '::1', '999.1.1.1', 'a,'.repeat(1000)),
    header('range', 'bytes=0-', 'bytes=-1', 'bytes=9-1', 'bytes=0-0,2-2'),
    header('cookie', '__Host-fieldchart=x', '__Host-fieldchart=%', 'a=b; '.repeat(500), '=;=;__proto__=1'),
    header('if-none-match', '*', '"0"', '"'),
  )
  .map((all): Record<string, string> => Object.assign({}, ...all))

const BROKEN = [
  '{"a":',
  '{',
  '"',
  '[1,',
  'nul',
  '\u0000',
  '{"a":1}}',
  '\ufeff{}',
  "{'a':1}",
  '{"a":NaN}',
  '',
  '   ',
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{"x":1}}}',
  `${'['.repeat(5000)}${']'.repeat(5000)}`,
  '1e999',
]
const TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/xml',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'application/json; charset=utf-16',
  'application/json;',
  'nonsense',
  'application/problem+json',
  'x'.repeat(3000),
]
const BIG = `"${'y'.repeat(10 * 1024 * 1024)}"`
const file = form({ kind: 'photo', title: 'x' }, { name: 'a.png', type: 'image/png', content: PNG })
const FORMS: (string | Buffer)[] = [
  file.payload,
  file.payload.subarray(0, file.payload.length - 20),
  file.payload.subarray(0, 60),
  '--fieldchart-test-boundary\r\n\r\n',
  '--fieldchart-test-boundary--\r\n',
  form({ kind: 'x', __proto__x: 'y', constructor: 'z', title: 't'.repeat(5000) }).payload,
  form(
    { kind: 'signature' },
    { name: '../../x\u0000.png', type: '', content: Buffer.alloc(11 * 1024 * 1024) },
  ).payload,
]

/** `valid`: whether the body may fit at all; unfitting bodies and other content types otherwise. */
function asks({ path, method, parameters, body, takesFile }: Route, defs: Defs) {
  const sides = parameters.filter((one) => one.in === 'query')
  const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
  const schemaOf = (name: string) => parameters.find((one) => one.name === name)?.schema ?? { type: 'string' }
  const params = fc.tuple(...places.map((name) => part(schemaOf(name), defs, nameOf(path, name))))
  const query = fc.tuple(
    ...sides.map((side) =>
      fc
        .option(part(side.schema, defs, side.name), { nil: undefined, freq: side.required === true ? 20 : 1 })
        .map((value) => ({ name: side.name, value })),
    ),
  )
  const stray = fc.option(
    fc.constantFrom(
      '__proto__=1',
      'constructor[prototype]=1',
      'a=b',
      '%zz=%',
      'limit=1&limit=2',
      `q=${'q'.repeat(4000)}`,
      '&&&',
      '=',
      '?',
    ),
    { nil: undefined, freq: 8 },
  )
  const fits = body === undefined ? fc.constant<unknown>(undefined) : fitting(body, defs, SAMPLES)
  const json = (value: fc.Arbitrary<unknown>) =>
    value.map((one) => ({ value: one, text: undefined, type: 'application/json' }))
  const text = (from: readonly (string | Buffer)[], type: fc.Arbitrary<string>) =>
    fc
      .tuple(fc.constantFrom(...from), type)
      .map(([one, kind]) => ({ value: undefined, text: one, type: kind }))
  const bodies = fc.oneof(
    { weight: 9, arbitrary: json(fits) },
    { weight: 8, arbitrary: json(body === undefined ? hostile : spoilt(fits)) },
    { weight: 2, arbitrary: json(hostile) },
    { weight: 1, arbitrary: text(BROKEN, fc.constant('application/json')) },
    { weight: 1, arbitrary: text(['{}', 'a=b'], fc.constantFrom(...TYPES)) },
    ...(takesFile
      ? [
          {
            weight: 6,
            arbitrary: text(
              FORMS,
              fc.constantFrom(file.contentType, file.contentType, 'multipart/form-data'),
            ),
          },
        ]
      : []),
  )
  return fc
    .record({ params, query, stray, headers, body: method === 'GET' ? fc.constant(undefined) : bodies })
    .map((made) => (pool: Pool): Ask => {
      const put = (one: { text: string; bare: boolean }) =>
        one.bare ? one.text : encoded(settled(one.text, pool))
      let at = 0
      const address = path.replaceAll(/\{\w+\}/g, () => {
        const one = made.params[at++]
        return one === undefined ? 'x' : put(one) || 'x'
      })
      const asked = made.query.flatMap(({ name, value }) =>
        value === undefined ? [] : [`${name}=${put(value)}`],
      )
      if (made.stray !== undefined) asked.push(made.stray)
      const sent = made.body === undefined ? undefined : (made.body.text ?? textOf(made.body.value, pool))
      return {
        url: asked.length === 0 ? address : `${address}?${asked.join('&')}`,
        headers: { ...made.headers, ...(made.body === undefined ? {} : { 'content-type': made.body.type }) },
        payload: sent,
      }
    })
}
/** `/api/jobs/{id}`: a job's id, not anyone's. */
const nameOf = (path: string, name: string): string =>
  name === 'id' ? `id:${path.split('/')[2] ?? ''}` : name

const INSIDE = /\n\s+at |node_modules|file:\/\/|\.(?:ts|js|mjs):\d+|SQLITE_|\/tmp\/|\/home\//
/** What is wrong with an answer; nothing where all is well. */
function wrongWith(answer: LightMyRequestResponse): string | undefined {
  const { statusCode: status, body } = answer
  if (status < 400)
    return status === 304 || INSIDE.test(body.slice(0, 5000)) === false ? undefined : 'tells of the inside'
  if (!String(answer.headers['content-type']).startsWith('application/problem+json'))
    return 'is no problem+json'
  if (INSIDE.test(body) || body.includes(process.cwd())) return 'tells of the inside'
  const said: unknown = JSON.parse(body)
  if (!isRecord(said)) return 'is no problem'
  const code = String(said.type).split('/').at(-1) ?? ''
  if (!isProblemCode(code) || PROBLEMS[code].status !== status || said.status !== status)
    return 'is not in the table'
  return status >= 500 && code !== 'not-ready' ? 'is a failure' : undefined
}

/** A world with something of everything in it, and what is in it. */
async function createTarget() {
  const world = await createWorld()
  const pool = new Pool()
  const job = await world.errand()
  await world.errand({ what: 'glue', price: 20 })
  const add = (answer: LightMyRequestResponse) => pool.harvest(answer.json())
  add(await world.as('administrator', 'POST', '/api/sample-day', {}))
  add(
    await world.as('engineer', 'POST', `/api/jobs/${job}/items/receipt/tick`, {
      evidence: { kind: 'text', text: 'x' },
    }),
  )
  add(await world.as('process-owner', 'POST', '/api/processes/errand/draft', {}))
  for (const type of ['errand.done', 'errand.dropped', 'errand.priced']) pool.add('type', type)
  for (const [kind, id] of [
    ['jobs', job],
    ['processes', 'errand'],
    ['processes', 'complaint'],
    ['people', 'engineer'],
    ['problems', 'internal'],
  ] as const) {
    pool.add(`id:${kind}`, id)
    pool.add('id', id)
  }
  return { world, pool }
}

async function ask(world: World, method: Method, { url, headers: own, payload }: Ask, signedIn: boolean) {
  const cpu = process.cpuUsage()
  let late: NodeJS.Timeout | undefined
  const hangs = new Promise<never>((_resolve, reject) => {
    late = setTimeout(() => reject(new Error('hangs')), HANGS_MS)
  })
  try {
    const asked = world.app.inject({
      method,
      url,
      headers: { ...own, ...(signedIn ? { authorization: `Bearer ${tokenOf('administrator')}` } : {}) },
      ...(payload === undefined ? {} : { payload }),
    })
    const answer = await Promise.race([asked, hangs])
    const { user, system } = process.cpuUsage(cpu)
    return { answer, work: (user + system) / 1000 }
  } finally {
    clearTimeout(late)
  }
}

const shown = ({ url, headers: sent, payload }: Ask): string =>
  `${url.slice(0, 300)} ${JSON.stringify(sent).slice(0, 400)} ${String(payload).slice(0, 1500)}`

/** What no client of ours sends, and what it is answered. */
const LINES = [
  ['NONSENSE\r\n\r\n', 'bad-request'],
  ['BREW /api/jobs HTTP/1.1\r\nhost: x\r\n\r\n', 'bad-request'],
  ['GET /\u0001 HTTP/1.1\r\nhost: x\r\n\r\n', 'bad-request'],
  [`GET /healthz HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 'headers-too-large'],
  [
    'POST /api/jobs HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    'bad-request',
  ],
  ['GET /api/jobs/%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 'bad-request'],
] as const

describe(`rubbish (FIELDCHART_TEST_SEED=${SEED})`, () => {
  it('never makes a route fail, hang or tell of its inside', {
    timeout: 40_000 + TIMES * 20_000,
  }, async () => {
    let target = await createTarget()
    const { routes, defs } = await routesOf(target.world)
    expect(routes.length).toBeGreaterThan(100)
    const found: string[] = []
    const tally = new Map<number, number>()
    for (const [at, route] of routes.entries()) {
      const times = route.right === 'public' ? TIMES : TIMES + 2
      for (const [n, make] of fc.sample(asks(route, defs), { numRuns: times, seed: SEED + at }).entries()) {
        const signedIn = route.right === 'public' ? n % 2 === 0 : n >= 2
        const one = make(target.pool)
        const say = (what: string) => found.push(`${route.method} ${route.path} ${what}: ${shown(one)}`)
        try {
          const { answer, work } = await ask(target.world, route.method, one, signedIn)
          tally.set(answer.statusCode, (tally.get(answer.statusCode) ?? 0) + 1)
          const wrong = wrongWith(answer)
          if (wrong !== undefined) say(`${wrong}, ${answer.statusCode} ${answer.body.slice(0, 600)}`)
          // Asked twice: what else the process had to do is not this request's work.
          if (work > MOST_WORK_MS) {
            const again = await ask(target.world, route.method, one, signedIn)
            if (again.work > MOST_WORK_MS) say(`works ${Math.round(again.work)} ms`)
          }
          if (answer.statusCode < 300 && String(answer.headers['content-type']).includes('json')) {
            const told: unknown = answer.json()
            target.pool.harvest(told)
            const kind = route.path.split('/')[2] ?? ''
            if (isRecord(told) && typeof told.id === 'string') target.pool.add(`id:${kind}`, told.id)
          }
          // Somebody threw the administrator out.
          if (signedIn && answer.statusCode === 401) target = await createTarget()
        } catch (error) {
          say(String(error))
          target = await createTarget()
        }
      }
    }
    // Not only refusals: use cases were reached.
    expect(tally.get(200) ?? 0).toBeGreaterThan(routes.length)
    expect(found.slice(0, 20)).toEqual([])
  })

  it('on the line is answered in the form of every problem', async () => {
    const { app } = await createWorld()
    const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
    for (const [sent, code] of LINES) {
      const socket = connect(Number(port), '127.0.0.1')
      let text = ''
      socket.on('data', (data) => {
        text += data
      })
      socket.write(sent)
      await new Promise((resolve) => socket.on('close', resolve))
      expect(text).toContain('content-type: application/problem+json')
      expect(text.split(' ')[1]).toBe(String(PROBLEMS[code].status))
      expect(JSON.parse(text.slice(text.indexOf('\r\n\r\n')))).toMatchObject({ code })
    }
  })

  it('of ten megabytes is refused by every route that takes a body', async () => {
    const { world } = await createTarget()
    const { routes } = await routesOf(world)
    const wrong: unknown[] = []
    for (const { method, path } of routes) {
      if (method === 'GET') continue
      const url = path.replaceAll(/\{\w+\}/g, 'errand')
      const { answer, work } = await ask(
        world,
        method,
        { url, headers: { 'content-type': 'application/json' }, payload: BIG },
        true,
      )
      if (answer.statusCode >= 500 || answer.statusCode < 400 || work > MOST_WORK_MS)
        wrong.push([method, path, answer.statusCode, work])
    }
    expect(wrong).toEqual([])
  })
})
