/** SIGTERM in the middle of work: all that was taken is answered, all that was acknowledged is there. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { openSqliteStore } from '../../server/store/sqlite/sqlite-store.ts'

const TOKEN = 'a-token-of-thirty-two-characters'
const auth = { authorization: `Bearer ${TOKEN}` }
const CLIENTS = 24
const VISIT = {
  process: 'home-visit',
  fields: {
    timeWanted: '2031-03-03T10:00:00+08:00',
    problem: 'The fan turns, then nothing.',
    problemKind: 'hardware',
    severity: 'high',
    region: 'east',
  },
}
const WITHIN_MS = 10_000

async function program() {
  const folder = await mkdtemp(join(tmpdir(), 'fieldchart-stop-'))
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', '..', 'server', 'main.ts')], {
    env: { PORT: '0', DATA_DIR: folder, FIELDCHART_ADMIN_TOKEN: TOKEN, RATE_LIMIT: '0', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return { child, folder, address: String(line).replace(/^.* (?=http)/, '') }
}

it('answers all it has taken, within ten seconds, whoever listens', { timeout: 60_000 }, async () => {
  const { child, folder, address } = await program()
  const listening = await fetch(`${address}/api/changes`, {
    headers: { ...auth, accept: 'text/event-stream' },
  })
  expect(listening.status).toBe(200)
  // One who never reads what he is sent, and one who never sends the rest of what he began.
  const half = connect(Number(new URL(address).port), '127.0.0.1')
  onTestFinished(() => void half.destroy())
  half.on('error', () => {})
  half.write(`POST /api/jobs HTTP/1.1\r\nhost: fieldchart\r\nauthorization: ${auth.authorization}\r\n`)

  const acknowledged: string[] = []
  const refused = new Set<number>()
  const unanswered: { sentAt: number }[] = []
  const sending = new AbortController()
  const client = async (): Promise<void> => {
    while (!sending.signal.aborted) {
      const sentAt = performance.now()
      try {
        const answer = await fetch(`${address}/api/jobs`, {
          method: 'POST',
          headers: { ...auth, 'content-type': 'application/json' },
          body: JSON.stringify(VISIT),
        })
        const said: { id?: string } = await answer.json()
        if (answer.status === 201 && said.id !== undefined) acknowledged.push(said.id)
        else refused.add(answer.status)
      } catch {
        unanswered.push({ sentAt })
        return
      }
    }
  }
  const clients = Array.from({ length: CLIENTS }, client)
  await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(100)

  const signalled = performance.now()
  child.kill('SIGTERM')
  const code = await Promise.race([once(child, 'exit').then(([status]) => status), pause(WITHIN_MS, 'late')])
  expect(code).toBe(0)
  sending.abort()
  await Promise.all(clients)
  expect([...refused].filter((status) => status !== 503)).toEqual([])
  // Who came after the signal may find the door shut; nobody who came before it.
  expect(unanswered.filter(({ sentAt }) => sentAt < signalled - 5)).toEqual([])

  const store = openSqliteStore(join(folder, 'jobs.sqlite'))
  onTestFinished(() => store.close())
  for (const id of acknowledged) expect((await store.load(id))?.id).toBe(id)
})
