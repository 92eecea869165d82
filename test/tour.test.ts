/**
 * The README's tour, run as a stranger would: its blocks pasted into one bash, in order, unedited.
 *
 * Must not: set up anything but the port and the temporary folder that the tour takes from the environment.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Job } from '../machines/advance/job.ts'
import { openSqliteStore } from '../server/store/sqlite/sqlite-store.ts'

const root = join(import.meta.dirname, '..')
/** The tour waits 20 seconds by itself, and starts four servers. */
const LONG = 240_000

/** The bash blocks of the tour's chapter. */
function tourBlocks(): string[] {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const [, chapter = ''] = readme.split('\n## A five-minute tour\n')
  const [tour = ''] = chapter.split('\n## ')
  return [...tour.matchAll(/^```bash\n(.*?)^```$/gms)].map(([, block = '']) => block)
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  await new Promise((resolve) => probe.close(resolve))
  return address.port
}

/** Interactive, as where one pastes: `!` and job control mean what they mean there. */
async function paste(script: string, env: Record<string, string>): Promise<string> {
  // A session of its own: it cannot take the terminal, and can be ended with all that it started.
  const bash = spawn('bash', ['--noprofile', '--norc', '-i'], {
    cwd: root,
    detached: true,
    env: { HOME: process.env.HOME, LANG: 'C.UTF-8', PATH: process.env.PATH, PS1: '', PS2: '', ...env },
  })
  let said = ''
  bash.stdout.on('data', (data: Buffer) => {
    said += data.toString()
  })
  bash.stderr.resume()
  const end = () => {
    try {
      if (bash.pid !== undefined) process.kill(-bash.pid, 'SIGKILL')
    } catch {
      // Nothing is left of it.
    }
  }
  const tooLong = setTimeout(end, LONG - 10_000)
  bash.stdin.end(script)
  await once(bash, 'close')
  clearTimeout(tooLong)
  end()
  return said
}

async function jobsIn(folder: string): Promise<Job[]> {
  const store = openSqliteStore(join(folder, 'jobs.sqlite'))
  try {
    const { jobs } = await store.list({ sort: 'createdAt', limit: 50 })
    return jobs.map(({ job }) => job)
  } finally {
    await store.close()
  }
}

const folder = mkdtempSync(join(tmpdir(), 'tour-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let said = ''
let jobs: Job[] = []
let ringing: Job[] = []
beforeAll(async () => {
  said = await paste(tourBlocks().join(''), { PORT: String(await freePort()), TMPDIR: folder })
  const [tour = ''] = readdirSync(folder)
  jobs = await jobsIn(join(folder, tour, 'data'))
  ringing = await jobsIn(join(folder, tour, 'clock'))
}, LONG)

test('the call, the visit and the depot repair are all done, in their good ends', () => {
  expect(jobs.map(({ process, status, snapshot }) => [process, status, snapshot.value]).sort()).toEqual([
    ['depot-repair', 'done', 'completed'],
    ['home-visit', 'done', 'completed'],
    ['phone-call', 'done', 'ended'],
  ])
})

test('the visit came out of the call, the depot repair out of the visit', () => {
  const links = (process: string) =>
    jobs
      .filter((job) => job.process === process)
      .flatMap((job) => job.links.map(({ link, status }) => [link, status]))
  expect(links('phone-call')).toEqual([['visit', 'done']])
  expect(links('home-visit')).toContainEqual(['depot', 'done'])
})

test('one thing is refused, with the three items that HV-19 wants, and goes through when they are there', () => {
  const lines = said.split('\n')
  const refused = lines.flatMap((line, at) => (line.includes('REFUSED') ? [at] : []))
  expect(refused).toHaveLength(1)
  const [at = 0] = refused
  expect(lines[at]).toContain('disk.start REFUSED (409 checklist-open)')
  expect(lines.slice(at + 1, at + 4).every((line) => line.includes('HV-19'))).toBe(true)
  expect(lines.slice(at + 4).some((line) => line.includes('disk.start -> '))).toBe(true)
})

test('a deadline passed over a crash is a breach at the minute it was due, and the only one', () => {
  const breaches = jobs.flatMap((job) => job.breaches.map(({ norm, dueAt }) => [norm, dueAt]))
  expect(breaches).toEqual([['HV-02', '2026-03-02T02:30:00.000Z']])
  expect(said).toContain('breach of HV-02, due 2026-03-02T02:30:00.000Z')
})

test('a timer that fell due while the server was down fired late, with its own due time', () => {
  const breaches = ringing.flatMap((job) => job.breaches)
  expect(breaches.map(({ norm }) => norm)).toEqual(['PC-01'])
  const [breach] = breaches
  expect(Date.parse(breach?.at ?? '') - Date.parse(breach?.dueAt ?? '')).toBeGreaterThan(1000)
  expect(said).toMatch(/breach of PC-01, due \S+, on record \S+/)
})
