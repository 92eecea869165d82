/**
 * A whole application in memory for the tests of routes: real use cases and engine, memory store and library, a
 * manual clock, a small process, and a person with a token for each role.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LightMyRequestResponse } from 'fastify'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { type Definition, ROLES, type Role } from '../../../machines/definition/schema.ts'
import { complaint } from '../../../machines/processes/complaint/process.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { auditedLibrary } from '../../../server/access/audited-library.ts'
import { createRecorder } from '../../../server/access/record.ts'
import { hashSecret } from '../../../server/access/secrets.ts'
import { createSetUp } from '../../../server/access/set-up.ts'
import { type AppDeps, buildApp } from '../../../server/app.ts'
import { createManualClock, type ManualClock } from '../../../server/clock.ts'
import { openEvidenceStore } from '../../../server/evidence/evidence-store.ts'
import type { App } from '../../../server/http/app-type.ts'
import { createMetrics } from '../../../server/http/metrics.ts'
import { randomIds } from '../../../server/ids.ts'
import { createJobs } from '../../../server/jobs/advance-job.ts'
import { createInbox } from '../../../server/jobs/inbox.ts'
import { JobWork } from '../../../server/jobs/job-work.ts'
import { createMigrations } from '../../../server/jobs/migrations.ts'
import { createOutbox } from '../../../server/jobs/outbox.ts'
import { createTimers } from '../../../server/jobs/timers.ts'
import { createPictures } from '../../../server/pictures/pictures.ts'
import { createRetention } from '../../../server/privacy/retention.ts'
import { openMemoryLibrary } from '../../../server/store/library/open-library.ts'
import type { Library } from '../../../server/store/library-port.ts'
import { createMemoryAudit } from '../../../server/store/memory/memory-audit.ts'
import { createMemoryStore } from '../../../server/store/memory/memory-store.ts'
import type { JobStore } from '../../../server/store/port.ts'

/** A Monday, 9:00 in Shanghai. */
export const START = Date.parse('2026-03-02T01:00:00.000Z')
export const EPOCH = 'e90c4a11feed'
export const tokenOf = (role: Role): string => `fc_test-token-of-the-${role}`

const text = (en: string) => ({ en, zh: en })

/** Something to fetch: a required item, a payload, a role, a guard and a deadline. */
export const ERRAND: Definition = {
  id: 'errand',
  initial: 'open',
  states: {
    open: {
      meta: {
        title: text('Open'),
        checklist: [
          { id: 'receipt', title: text('Receipt'), roles: ['engineer'], evidence: 'text', norms: ['GN-09'] },
        ],
      },
      on: {
        'errand.done': {
          target: 'done',
          actions: [
            { type: '@xstate.assign', context: { hours: { '@expr': 'event.hours', '@lang': 'cel' } } },
          ],
        },
        'errand.dropped': { target: 'dropped', meta: { waivesChecklist: true } },
        'errand.priced': {
          target: 'open',
          guard: { '@expr': 'job.price > 10.0', '@lang': 'cel' },
          meta: { waivesChecklist: true },
        },
      },
      after: { promise: { actions: [{ type: 'breach', params: { norm: 'GN-09', severity: 'minor' } }] } },
    },
    done: { type: 'final', meta: { title: text('Done') } },
    dropped: { type: 'final', tags: ['cancelled'], meta: { title: text('Dropped') } },
  },
  delays: { promise: { duration: 'PT1H', meta: { title: text('Promised'), kind: 'deadline' } } },
  schemas: {
    context: {
      properties: {
        what: { type: 'string', maxLength: 100, meta: { title: text('What') } },
        price: { type: 'number', default: 5, meta: { title: text('Price') } },
        hours: { type: 'number', meta: { title: text('Hours') } },
      },
      required: ['what'],
    },
    events: {
      'errand.done': {
        properties: { hours: { type: 'number', minimum: 0, meta: { title: text('Hours') } } },
        required: ['hours'],
        meta: { title: text('Done'), roles: ['engineer'] },
      },
      'errand.dropped': { meta: { title: text('Dropped'), roles: ['dispatcher'] } },
      'errand.priced': { meta: { title: text('Priced'), roles: ['engineer', 'dispatcher'] } },
    },
  },
  meta: { title: text('Errand'), summary: ['what'], reportable: ['GN-04'] },
}

export type World = {
  app: App
  library: Library
  store: JobStore
  clock: ManualClock
  wall: ManualClock
  /** Resolves when no migration is under way. */
  moved(): Promise<void>
  /** Asks as a role; the body is sent as JSON. */
  as(
    role: Role | undefined,
    method: Method,
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>
  /** A fresh errand; its id. */
  errand(fields?: Record<string, unknown>): Promise<string>
}
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS'
export type WorldOptions = {
  people?: boolean
  processes?: readonly Definition[]
  /** In memory where none is given. */
  store?: JobStore
  deps?: Partial<AppDeps>
}

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const { timeZone, calendars } = DEFAULT_CALENDARS
  const store = options.store ?? createMemoryStore()
  const clock = createManualClock(START)
  const wall = createManualClock(START)
  const audit = createMemoryAudit()
  const library = auditedLibrary(await openMemoryLibrary({ timeZone, calendars }), audit, () => wall.now())
  const folder = await mkdtemp(join(tmpdir(), 'fieldchart-evidence-'))
  const logger = pino({ level: 'silent' })
  const work = new JobWork({ store, library, now: () => clock.now(), newId: () => randomIds.id() })
  const inbox = createInbox(work)
  const outbox = createOutbox(work, logger, inbox.told)
  await outbox.start()
  if (options.people !== false) await addPeople(library)
  for (const definition of options.processes ?? [ERRAND, complaint]) await publish(library, definition)

  const evidence = await openEvidenceStore(folder, randomIds)
  const pictures = createPictures({ logger })
  const migrations = createMigrations(work, logger)
  const app = await buildApp({
    config: { trustProxy: true, rateLimit: 0, sentPerDay: 0, loopDelay: 0 },
    store,
    library,
    audit,
    work,
    jobs: createJobs(work),
    migrations,
    inbox,
    outbox,
    timers: createTimers(work, () => outbox.drain(), logger),
    evidence,
    retention: createRetention({ work, evidence, record: createRecorder(audit, () => wall.now()) }),
    pictures,
    // Drawings that nobody asks for would keep the machine busy.
    drawings: { draw: async () => undefined, ahead: () => undefined },
    setUp: createSetUp({ library, clock: wall, ids: randomIds }),
    clock,
    wallClock: wall,
    ids: randomIds,
    feedEpoch: EPOCH,
    logger,
    metrics: createMetrics(),
    checkAnswers: true,
    ...options.deps,
  })
  await app.ready()
  onTestFinished(async () => {
    await app.close()
    await pictures.close()
    await outbox.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const as: World['as'] = (role, method, url, body, headers = {}) =>
    app.inject({
      method,
      url,
      headers: {
        ...(role === undefined ? {} : { authorization: `Bearer ${tokenOf(role)}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
  return {
    app,
    library,
    store,
    clock,
    wall,
    moved: migrations.idle,
    as,
    errand: async (fields = { what: 'stamps' }) => {
      const made = await as('dispatcher', 'POST', '/api/jobs', { process: 'errand', fields })
      return made.json().id
    },
  }
}

async function addPeople(library: Library): Promise<void> {
  const at = new Date(START).toISOString()
  for (const role of ROLES) {
    await library.savePerson(0, {
      id: role,
      name: `The ${role}`,
      roles: [role],
      certificates: [],
      tokens: [{ id: `token-${role}`, name: 'test', hash: hashSecret(tokenOf(role)), createdAt: at }],
      createdAt: at,
      updatedAt: at,
    })
  }
}
const publish = (library: Library, definition: Definition) =>
  library.publish(definition.id, 0, {
    definition,
    note: 'first',
    author: '@fieldchart',
    publishedAt: new Date(START).toISOString(),
  })

/** The multipart body of a form, as a browser or curl sends it. */
export function form(fields: Record<string, string>, file?: { name: string; type: string; content: Buffer }) {
  const boundary = 'fieldchart-test-boundary'
  const parts: Uint8Array[] = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  )
  if (file !== undefined) {
    parts.push(
      Buffer.from(
        `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: ${file.type}\r\n\r\n`,
      ),
      file.content,
      Buffer.from('\r\n'),
    )
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`))
  return { payload: Buffer.concat(parts), contentType: `multipart/form-data; boundary=${boundary}` }
}
/** One red pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
)
