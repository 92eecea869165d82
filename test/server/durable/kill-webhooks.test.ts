/**
 * The server killed while it tells a webhook of what happens: each change is delivered at least once or is listed as
 * dead, and none is forgotten.
 *
 * `FIELDCHART_TEST_HOOK_KILLS` says how often, `FIELDCHART_TEST_SEED` repeats the choices of a run.
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { random } from '../../machines/random.ts'
import { receive } from '../webhooks/receiver.ts'
import { loadServer, newFolder } from './kill-child.ts'
import { Clients, type Server } from './kill-clients.ts'

const KILLS = Number(process.env.FIELDCHART_TEST_HOOK_KILLS ?? 4)
const SEED = Number(process.env.FIELDCHART_TEST_SEED ?? Math.floor(Math.random() * 1e9))
const CLIENTS = 4
/** The attempt after this one is the last. */
const NEARLY_DEAD = 9

function inside<T>(folder: string, work: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(join(folder, 'jobs.sqlite'), { timeout: 5000 })
  try {
    return work(db)
  } finally {
    db.close()
  }
}

/** The ids of all messages that the committed histories call for. */
const calledFor = (folder: string): string[] =>
  inside(folder, (db) =>
    db
      .prepare('SELECT jobs.id AS id, history.seq AS seq FROM history JOIN jobs ON jobs.row = history.job')
      .all()
      .flatMap(({ id, seq }) => [
        `job_${id}_${seq}_changed`,
        ...(Number(seq) === 1 ? [`job_${id}_${seq}_created`] : []),
      ]),
  )
const inState = (folder: string, state: string): string[] =>
  inside(folder, (db) =>
    db
      .prepare('SELECT id FROM webhook_deliveries WHERE state = ?')
      .all(state)
      .map(({ id }) => String(id)),
  )

const unlisted = (folder: string): string[] => {
  const listed = new Set(['waiting', 'done', 'dead'].flatMap((state) => inState(folder, state)))
  return calledFor(folder).filter((id) => !listed.has(id))
}

/** As if so much time had passed that everything is due, and all but one of the attempts had been made. */
function passTime(folder: string, attempts?: number): void {
  inside(folder, (db) =>
    db
      .prepare(
        `UPDATE webhook_deliveries SET not_before = ?, attempts = coalesce(?, attempts) WHERE state = 'waiting'`,
      )
      .run(new Date(0).toISOString(), attempts ?? null),
  )
}

async function makeEndpoint({ address, token }: Server, url: string): Promise<void> {
  const made = await fetch(`${address}/api/webhooks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url, events: ['job.created', 'job.changed'] }),
  })
  expect(made.status).toBe(201)
}

/** Kills it so often. Messages that were neither taken nor listed as dead when all has been tried to its end. */
async function run(kills: number, mode = '') {
  const chance = random(SEED)
  const folder = await newFolder()
  const clients = new Clients(chance)
  /** What is never taken, what is refused at first, and how slow the answer is. */
  const moods = new Map<string, number>()
  const taken = new Set<string>()
  const receiver = await receive((response, n) => {
    const id = receiver.received[n]?.id ?? ''
    const mood = moods.get(id) ?? (n === 0 ? 0 : chance())
    moods.set(id, mood < 0.05 ? mood : 1)
    setTimeout(
      () => {
        if (mood >= 0.3) taken.add(id)
        response.writeHead(mood < 0.3 ? 500 : 204).end()
      },
      mood < 0.5 ? 0 : chance() * 60,
    )
  })
  let present = loadServer(folder, mode)
  let server = await present.start()
  await makeEndpoint(server, receiver.url)
  for (let kill = 1; kill <= kills; kill += 1) {
    const next = loadServer(folder, mode)
    const working = clients.work(server, CLIENTS)
    const enough = clients.ledger.length + 8 + chance() * 16
    while (clients.ledger.length < enough) await pause(5)
    await present.kill()
    await working
    expect(present.complaints()).toBe('')
    passTime(folder)
    present = next
    server = await present.start()
  }
  // Once all is on its list, each has its last attempt.
  await expect.poll(() => unlisted(folder), { timeout: 20_000, interval: 50 }).toEqual([])
  await present.kill()
  passTime(folder, NEARLY_DEAD)
  present = loadServer(folder, mode)
  await present.start()
  await expect.poll(() => inState(folder, 'waiting'), { timeout: 20_000, interval: 100 }).toEqual([])
  await present.kill()
  const dead = new Set(inState(folder, 'dead'))
  const ids = calledFor(folder)
  return { ids, taken, dead, forgotten: ids.filter((id) => !taken.has(id) && !dead.has(id)) }
}

it(`forgets no message over ${KILLS} kills (seed ${SEED})`, { timeout: 60_000 + KILLS * 5000 }, async () => {
  const { ids, taken, dead, forgotten } = await run(KILLS)
  expect(forgotten).toEqual([])
  expect(ids.length).toBeGreaterThan(20)
  expect(taken.size).toBeGreaterThan(0)
  expect(dead.size).toBeGreaterThan(0)
  process.stdout.write(`seed ${SEED}: ${ids.length} messages, ${taken.size} taken, ${dead.size} dead\n`)
})

it('finds it out where a message is ticked off before it is sent', { timeout: 60_000 }, async () => {
  const { forgotten } = await run(1, 'forgets')
  expect(forgotten.length).toBeGreaterThan(0)
})
