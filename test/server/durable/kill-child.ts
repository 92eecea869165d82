/**
 * The real server as a child process that is killed with SIGKILL.
 *
 * Promises: no child outlives the test that loaded it, and no folder the test that made it.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, onTestFinished } from 'vitest'
import type { Server } from './kill-clients.ts'

const TOKEN = 'a-token-of-thirty-two-characters'
/** What the servers are made of is compiled once. */
const COMPILED = await mkdtemp(join(tmpdir(), 'fieldchart-compiled-'))
afterAll(() => rm(COMPILED, { recursive: true, force: true }))

const children = new Set<ChildProcess>()
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children.clear()
})

/** A server that has loaded everything and waits to be told to start. */
export function loadServer(folder: string, mode = '', shell = 'exec "$@"') {
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

/** An empty one. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fieldchart-kill-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}
