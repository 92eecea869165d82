/**
 * The server killed under load, again and again, on one folder: what it acknowledged is there exactly once.
 *
 * `FIELDCHART_TEST_KILLS` says how often, `FIELDCHART_TEST_SEED` repeats the choices of a run.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { random } from '../../machines/random.ts'
import { FolderState } from './folder-state.ts'
import { Clients, type Server } from './kill-clients.ts'
import { LEAF, ROOT } from './processes.ts'

const TOKEN = 'a-token-of-thirty-two-characters'
const KILLS = Number(process.env.FIELDCHART_TEST_KILLS ?? 25)
const SEED = Number(process.env.FIELDCHART_TEST_SEED ?? Math.floor(Math.random() * 1e9))
const CLIENTS = 12
/** What the servers are made of is compiled once. */
const COMPILED = await mkdtemp(join(tmpdir(), 'fieldchart-compiled-'))
afterAll(() => rm(COMPILED, { recursive: true, force: true }))

const children = new Set<ChildProcess>()
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children.clear()
})

/** A server that has loaded everything and waits to be told to start. */
function loadServer(folder: string, mode = '', shell = 'exec "$@"') {
  const program = join(import.meta.dirname, 'kill-server.ts')
  const child = spawn('sh', ['-c', shell, 'sh', process.execPath, program, folder, TOKEN, mode], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED },
  })
  children.add(child)
  let complaints = ''
  child.stderr?.on('data', (piece: Buffer) => {
    complaints += piece.toString()
  })
  const gone = once(child, 'exit').then(() => children.delete(child))
  const said = async (): Promise<string> => {
    const [word]: unknown[] = await Promise.race([
      once(child, 'message'),
      gone.then(() => Promise.reject(new Error(`the server ended: ${complaints}`))),
    ])
    return String(word)
  }
  const ready = said()
  ready.catch(() => undefined)
  return {
    async start(): Promise<Server> {
      await ready
      child.send('go')
      return { address: await said(), token: TOKEN }
    },
    /** Tells it to start, and kills it while it does. */
    async startAndKill(afterMs: number): Promise<void> {
      await ready
      child.send('go')
      await pause(afterMs)
      await this.kill()
    },
    async kill(): Promise<void> {
      child.kill('SIGKILL')
      await gone
    },
    complaints: () => complaints,
    pid: child.pid,
  }
}

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldchart-kill-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

describe('a server that is killed', { timeout: 60_000 + KILLS * 6000 }, () => {
  it(`keeps what it acknowledged, once, over ${KILLS} kills (seed ${SEED})`, async () => {
    const folder = await newFolder()
    const chance = random(SEED)
    const clients = new Clients(chance)
    const state = new FolderState(folder, [ROOT, LEAF])
    let next = loadServer(folder)
    let kills = 0
    let server = await next.start()
    for (;;) {
      const present = next
      next = loadServer(folder)
      const working = clients.work(server, CLIENTS)
      await pause(30 + chance() * 400)
      await present.kill()
      await working
      kills += 1
      expect(present.complaints()).toBe('')
      expect(state.look(clients.ledger)).toEqual([])

      if (chance() < 0.15) {
        await next.startAndKill(chance() * 150)
        kills += 1
        next = loadServer(folder)
      }
      const restarted = new Date().toISOString()
      server = await next.start()
      const answered = clients.ledger.filter(({ answer }) => answer !== undefined).slice(-3)
      await Promise.all(clients.unanswered.map((tried) => clients.repeat(server, tried)))
      const replayed = await Promise.all(answered.map((tried) => clients.repeat(server, tried)))
      expect(replayed).toEqual(answered.map(() => true))
      // What fell due meanwhile, timers and messages, fires and goes out without being asked.
      await expect.poll(() => state.waiting(restarted), { timeout: 10_000, interval: 20 }).toBe(0)
      expect(clients.unanswered).toEqual([])
      expect(state.look(clients.ledger)).toEqual([])
      if (kills >= KILLS) break
    }
    await next.kill()
    process.stdout.write(
      `seed ${SEED}: ${kills} kills, ${clients.ledger.length} requests, ${state.entries} entries\n`,
    )
  })

  it('lets no second one onto its folder, and names its own process id', async () => {
    const folder = await newFolder()
    const first = loadServer(folder)
    const second = loadServer(folder)
    await first.start()
    await expect(second.start()).rejects.toThrow(`in use by another server (process ${first.pid})`)
    await first.kill()
  })

  it('under which the disk fails keeps what it acknowledged, and does the rest once when it is asked again', async () => {
    const folder = await newFolder()
    const first = loadServer(folder)
    await first.start()
    await first.kill()
    const clients = new Clients(random(SEED))
    // No file may grow beyond this; the log of the database soon would.
    const limited = loadServer(folder, '', 'ulimit -S -f 2500; exec "$@"')
    const working = clients.work(await limited.start(), CLIENTS)
    await expect.poll(() => clients.turnedAway, { timeout: 20_000 }).toBeGreaterThan(30)
    await limited.kill()
    await working
    expect(clients.ledger.filter(({ answer }) => answer !== undefined).length).toBeGreaterThan(0)
    const state = new FolderState(folder, [ROOT, LEAF])
    expect(state.look(clients.ledger)).toEqual([])

    const next = loadServer(folder)
    const server = await next.start()
    await Promise.all(clients.unanswered.map((tried) => clients.repeat(server, tried)))
    await next.kill()
    expect(clients.unanswered).toEqual([])
    expect(state.look(clients.ledger)).toEqual([])
  })

  it('is found out where it answers before the commit', async () => {
    const folder = await newFolder()
    const clients = new Clients(random(SEED))
    const server = loadServer(folder, 'too-early')
    const working = clients.work(await server.start(), CLIENTS)
    await pause(400)
    await server.kill()
    await working
    expect(new FolderState(folder, [ROOT, LEAF]).look(clients.ledger).join('\n')).toContain('lost')
  })
})
