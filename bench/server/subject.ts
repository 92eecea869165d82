/**
 * What the server is compared with, each as a process of its own: `node bench/server/subject.ts KIND FOLDER`.
 *
 * - `echo`: bare Fastify with the body and the answer of the event's route, answering what it was given at its start.
 * - `advance`: the engine alone, in memory; measures itself and prints.
 * - `lowdb`: the same machine behind Fastify, all jobs in one lowdb file written at each event.
 * - `actors`: XState actors of the same machine kept alive, a snapshot saved in SQLite at each event.
 * Prints the port, or its figures, as a line of JSON.
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import Fastify from 'fastify'
import { JSONFilePreset } from 'lowdb/node'
import type { TSchema } from 'typebox'
import { createActor } from 'xstate'
import { advance } from '../../machines/advance/advance.ts'
import { frameOf } from '../../machines/advance/case.ts'
import type { Job } from '../../machines/advance/job.ts'
import { viewOf } from '../../machines/advance/view.ts'
import { Outcome, SendEvent } from '../../machines/wire/jobs.ts'
import { jobId } from './filled.ts'
import { begun, CLOCK, done, eventAt, FIELDS, surroundings, visit } from './measured.ts'

const [, , kind = '', folder = '', seconds = '5'] = process.argv
const JOBS = 1000
const say = (answer: unknown) => process.stdout.write(`${JSON.stringify(answer)}\n`)

type Sent = { type: string; payload?: Record<string, unknown> }
const sentIn = (body: unknown): Sent => {
  if (typeof body === 'object' && body !== null && 'type' in body) return { ...body, type: String(body.type) }
  throw new TypeError('no event')
}

/** Answers events by `answer`, under the route's own schemas and as JSON text by the platform. */
async function serve(answer: (id: string, event: Sent) => unknown): Promise<void> {
  const app = Fastify()
  app.setValidatorCompiler(TypeBoxValidatorCompiler)
  app.setSerializerCompiler<TSchema>(() => (data) => JSON.stringify(data))
  const schema = { body: SendEvent, response: { 200: Outcome } }
  app.post<{ Params: { id: string } }>('/api/jobs/:id/events', { schema }, async (request) =>
    answer(request.params.id, sentIn(request.body)),
  )
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  say({ port: Number(new URL(address).port) })
}

const step = (job: Job, event: Sent) =>
  done(advance(visit, job, { kind: 'event', ...event }, surroundings(CLOCK)))
const outcome = ({ job, entry }: ReturnType<typeof step>) => ({
  job: viewOf(visit, job, entry.active),
  entry,
})
const startOf = (n: number) => begun(jobId(n), FIELDS, CLOCK - 1000).job

async function echo(): Promise<void> {
  const answer = outcome(step(startOf(0), eventAt(0)))
  await serve(() => answer)
}

function alone(): void {
  let job = startOf(0)
  const times: number[] = []
  const ms = Number(seconds) * 1000
  const begin = performance.now()
  for (let n = 0, at = begin; at < begin + ms * 2; n++) {
    job = step(job, eventAt(n)).job
    const now = performance.now()
    if (at > begin + ms) times.push(now - at)
    at = now
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => Number((times[Math.floor(times.length * share)] ?? 0).toFixed(3))
  const sum = times.reduce((all, each) => all + each, 0)
  say({ rps: Math.round((times.length / sum) * 1000), p50: at(0.5), p99: at(0.99) })
}

async function lowdb(): Promise<void> {
  const jobs: Record<string, Job> = {}
  for (let n = 0; n < JOBS; n++) jobs[jobId(n)] = startOf(n)
  const db = await JSONFilePreset(join(folder, 'jobs.json'), jobs)
  await serve(async (id, event) => {
    const job = db.data[id]
    if (job === undefined) throw new Error('no such job')
    const next = step(job, event)
    db.data[id] = next.job
    await db.write()
    return outcome(next)
  })
}

async function actors(): Promise<void> {
  const db = new DatabaseSync(join(folder, 'actors.sqlite'))
  db.exec(
    'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE jobs (id TEXT PRIMARY KEY, json TEXT)',
  )
  const save = db.prepare('INSERT INTO jobs VALUES (?, ?) ON CONFLICT DO UPDATE SET json = excluded.json')
  const frame = frameOf(visit, startOf(0), surroundings(CLOCK))
  // Its timers are not kept either way; days ahead they would not fit a `setTimeout`.
  const clock = { setTimeout: () => 0, clearTimeout: () => {} }
  const live = new Map(
    Array.from({ length: JOBS }, (_, n) => {
      const actor = createActor(visit.machine, { input: { fields: FIELDS, checklist: {} }, clock })
      visit.withFrame(frame, () => actor.start())
      return [jobId(n), actor] as const
    }),
  )
  await serve((id, event) => {
    const actor = live.get(id)
    if (actor === undefined) throw new Error('no such job')
    visit.withFrame(frame, () => actor.send(event))
    const snapshot = JSON.stringify(actor.getPersistedSnapshot())
    save.run(id, snapshot)
    return { job: snapshot }
  })
}

const kinds = new Map<string, () => unknown>([
  ['echo', echo],
  ['advance', alone],
  ['lowdb', lowdb],
  ['actors', actors],
])
await kinds.get(kind)?.()
