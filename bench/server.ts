/**
 * The whole server against its limits and its peers, in one run: the load on one core, the server on the other.
 *
 * Prints throughput, p50 and p99, each with its ratio to bare Fastify in the same run, for these machines are noisy.
 * `node bench/server.ts [--seconds n] [--json FILE] [--small]`; `--small` takes 2,000 jobs for 100,000. The first run fills
 * a store, which is kept in the temporary folder. The event measured is told in `server/measured.ts`.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { filledFolder, jobId, running } from './server/filled.ts'
import { type Ask, type Measured, measure, once, settled } from './server/load.ts'
import { CLOCK, eventAt, FIELDS, PROCESS, TOKEN } from './server/measured.ts'

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    json: { type: 'string' },
    small: { type: 'boolean', default: false },
  },
})
const SECONDS = Number(options.seconds)
const FEW = 1000
const MANY = options.small ? 2000 : 100_000
const FILTERS = [
  `process=${PROCESS}`,
  'version=1',
  'state=beforeVisit',
  'status=active',
  'assignee=engineer7',
  'region=east',
  'customer=Customer%2042',
  'overdue=false',
  'overdue=true',
  'suspended=false',
  'suspended=true',
  'text=bench-4242',
  'text=chen',
  'createdFrom=2031-01-01T00:00:00.000Z',
  'createdTo=2030-06-01T00:00:00.000Z',
  'dueFrom=2031-02-21T00:00:00.000Z',
  'dueTo=2031-02-22T00:00:00.000Z',
]

const print = (line: string) => process.stdout.write(`${line}\n`)
const children = new Set<ChildProcess>()
const temporary = mkdtempSync(join(tmpdir(), 'fieldchart-bench-run-'))

/** Each on a core of its own, where the system lets us choose. */
const pinned = ((): boolean => {
  try {
    execFileSync('taskset', ['-a', '-p', '-c', '0', String(process.pid)], { stdio: 'ignore' })
    return availableParallelism() > 0
  } catch {
    return false
  }
})()

/** A child on the second core, and its first line. */
async function child(args: readonly string[], env: Record<string, string> = {}) {
  const [command = '', ...rest] = [...(pinned ? ['taskset', '-c', '1'] : []), process.execPath, ...args]
  const started = spawn(command, rest, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.add(started)
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: started.stdout }).once('line', resolve)
    started.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}`)))
  })
  const stop = async (): Promise<void> => {
    if (started.exitCode !== null || started.signalCode !== null) return
    const ended = new Promise((resolve) => started.once('exit', resolve))
    started.kill('SIGTERM')
    await ended
    children.delete(started)
  }
  return { line, pid: started.pid ?? 0, stop }
}

const subject = (kind: string) =>
  child([join(import.meta.dirname, 'server', 'subject.ts'), kind, temporary, String(SECONDS)])

async function peer(kind: string): Promise<Measured> {
  const { line, pid, stop } = await subject(kind)
  const { port }: { port: number } = JSON.parse(line)
  const all = Array.from({ length: FEW }, (_, n) => n)
  const measured = await measure({ port, pid, seconds: SECONDS, ask: events(all) })
  await stop()
  return measured
}

/** Events on jobs in turn, in an order that caches cannot foresee. */
function events(jobs: readonly number[], token?: string): () => Ask {
  let n = 0
  return () => {
    n += 1
    const job = jobs[(n * 7919) % jobs.length] ?? 0
    return {
      method: 'POST',
      path: `/api/jobs/${jobId(job)}/events`,
      body: JSON.stringify(eventAt(Math.floor(n / jobs.length))),
      ...(token === undefined ? {} : { token }),
    }
  }
}

/** The server as it is run, and a person who may dispatch. */
async function fieldchart(folder: string) {
  const begun = performance.now()
  const { line, pid, stop } = await child(
    [
      '--import',
      join(import.meta.dirname, 'server', 'clock-ahead.ts'),
      '--max-semi-space-size=8',
      '--max-old-space-size=1024',
      join(import.meta.dirname, '..', 'server', 'main.ts'),
    ],
    {
      DATA_DIR: folder,
      PORT: '0',
      FIELDCHART_ADMIN_TOKEN: TOKEN,
      BENCH_CLOCK: String(CLOCK),
      RATE_LIMIT: '0',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
    },
  )
  const port = Number(/:(\d+)$/.exec(line)?.[1])
  const { status } = await once(port, { method: 'GET', path: '/readyz' })
  const readyMs = Math.round(performance.now() - begun)
  if (status !== 200) throw new Error(`not ready: ${status}`)
  const asAdmin = (path: string, body: object) =>
    once(port, { method: 'POST', path, token: TOKEN, body: JSON.stringify(body) })
  await asAdmin('/api/people', { id: 'bench', name: 'Bench', roles: ['dispatcher', 'engineer'] })
  const { body } = await asAdmin('/api/people/bench/tokens', { name: 'bench' })
  const { token }: { token: string } = JSON.parse(body)
  await settled(pid)
  const rssMiB = () =>
    Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
  return { port, pid, token, readyMs, rssMiB, stop }
}

/** On a copy, so that every run begins with the same. */
async function small() {
  const folder = mkdtempSync(join(temporary, 'few-'))
  cpSync(await filledFolder(FEW), folder, { recursive: true })
  const { port, pid, token, stop } = await fieldchart(folder)
  const event1k = await measure({ port, pid, seconds: SECONDS, ask: events(running(FEW), token) })
  const body = JSON.stringify({ process: PROCESS, fields: FIELDS })
  const create = await measure({
    port,
    pid,
    seconds: SECONDS,
    wanted: 201,
    ask: () => ({ method: 'POST', path: '/api/jobs', token, body }),
  })
  await stop()
  return { event1k, create }
}

async function large() {
  const folder = await filledFolder(MANY)
  // The first start publishes the processes that come with it.
  await (await fieldchart(folder)).stop()
  const { port, pid, token, readyMs, rssMiB, stop } = await fieldchart(folder)
  const jobs = running(MANY)
  const event100k = await measure({ port, pid, seconds: SECONDS, ask: events(jobs, token) })
  let n = 0
  const get = await measure({
    port,
    pid,
    seconds: SECONDS,
    ask: () => {
      n += 1
      return { method: 'GET', path: `/api/jobs/${jobId(jobs[(n * 7919) % jobs.length] ?? 0)}`, token }
    },
  })
  const list = await measure({
    port,
    pid,
    seconds: SECONDS,
    ask: () => ({ method: 'GET', path: '/api/jobs', token }),
  })
  const filters: Record<string, number> = {}
  for (const filter of FILTERS) {
    const ask = () => ({ method: 'GET', path: `/api/jobs?${filter}`, token })
    filters[filter] = (await measure({ port, pid, seconds: 0.4, connections: 1, ask })).p50
  }
  const figures = { event100k, get, list: { ...list, filters }, rssMiB: rssMiB(), readyMs }
  await stop()
  return figures
}

try {
  const echo = await peer('echo')
  const { line } = await subject('advance')
  const advance: Measured = JSON.parse(line)
  const few = await small()
  const many = await large()
  // Again, for the machine may have been busier or idler meanwhile: the ratios are to both.
  const [again, fewAgain] = [await peer('echo'), await small()]
  const peers = { lowdb: await peer('lowdb'), actors: await peer('actors') }
  const mean = (a: number, b: number) => Number(((a + b) / 2).toFixed(2))
  const both = (a: Measured, b: Measured): Measured => ({
    rps: Math.round(mean(a.rps, b.rps)),
    p50: mean(a.p50, b.p50),
    p99: mean(a.p99, b.p99),
    cpu: Math.round(mean(a.cpu ?? 0, b.cpu ?? 0)),
  })
  const bare = both(echo, again)
  const event1k = both(few.event1k, fewAgain.event1k)
  const create = both(few.create, fewAgain.create)
  const ownCpu = bare.cpu ?? 0
  const row = (name: string, { rps, p50, p99, cpu }: Measured) =>
    print(
      `${name.padEnd(34)} ${String(rps).padStart(7)}/s  p50 ${p50.toFixed(1).padStart(6)} ms  p99 ${p99.toFixed(1).padStart(6)} ms  ${(rps / bare.rps).toFixed(3)} of bare Fastify${cpu ? `, by processor time ${(ownCpu / cpu).toFixed(3)}` : ''}`,
    )
  row('bare Fastify', bare)
  row('advance alone', advance)
  row(`event, ${FEW} jobs`, event1k)
  row(`event, ${MANY} jobs`, many.event100k)
  row('create', create)
  row('get with allowed', many.get)
  row('list, the first page', many.list)
  row('peer: one lowdb file', peers.lowdb)
  row('peer: live actors, a save an event', peers.actors)
  print(
    `event: ${FEW} jobs ${(event1k.rps / many.event100k.rps).toFixed(2)} times as fast as ${MANY}, by processor time ${((many.event100k.cpu ?? 0) / (event1k.cpu ?? 1)).toFixed(2)}`,
  )
  print(`memory with ${MANY} jobs ${many.rssMiB} MiB; ready after ${many.readyMs} ms`)
  for (const [filter, ms] of Object.entries(many.list.filters))
    print(`  list ${filter.padEnd(42)} ${ms.toFixed(1)} ms`)
  if (options.json !== undefined) {
    const { event100k, get, list, rssMiB, readyMs } = many
    const figures = { echo: bare, advance, event1k, event100k, create, get, list, peers, rssMiB, readyMs }
    writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`)
  }
} finally {
  for (const each of children) each.kill('SIGKILL')
  rmSync(temporary, { recursive: true, force: true })
}
