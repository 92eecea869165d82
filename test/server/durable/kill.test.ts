/**
 * The server killed under load, again and again, on one folder: what it acknowledged is there exactly once.
 *
 * `FIELDCHART_TEST_KILLS` says how often, `FIELDCHART_TEST_SEED` repeats the choices of a run.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { random } from '../../machines/random.ts'
import { FolderState } from './folder-state.ts'
import { loadServer, newFolder } from './kill-child.ts'
import { Clients } from './kill-clients.ts'
import { LEAF, ROOT } from './processes.ts'

const KILLS = Number(process.env.FIELDCHART_TEST_KILLS ?? 25)
const SEED = Number(process.env.FIELDCHART_TEST_SEED ?? Math.floor(Math.random() * 1e9))
const CLIENTS = 12

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
