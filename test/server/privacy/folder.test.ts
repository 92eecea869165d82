/**
 * A customer's data erased from a whole data folder: marks that nothing else holds stand in every place that takes a text, of a job of
 * every shipped process; then every file of the folder is read for them.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Definition } from '../../../machines/definition/schema.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { SHIPPED_SCENARIOS } from '../../../machines/processes/scenarios.ts'
import { checkFolder } from '../../../server/upkeep/check-folder.ts'
import { PNG } from '../http/harness.ts'
import { scratch, serve } from '../upkeep/folder.ts'

const MARK = 'zq7secret'
const NAME = '泽七密'

type Served = Awaited<ReturnType<typeof serve>>

/** A job with `mark` wherever a text goes. Returns its id. */
async function plant(
  { ask, attach }: Served,
  definition: Definition,
  mark: string,
  name: string,
): Promise<string> {
  const scenario = SHIPPED_SCENARIOS.find(({ process }) => process === definition.id)
  const personal = Object.entries(definition.schemas.context.properties).filter(
    ([, { meta }]) => meta?.personal === true,
  )
  const marks = personal.map(([field, { format }]) => [
    field,
    format === 'email'
      ? `${mark}@example.org`
      : field === 'customerName'
        ? name
        : `${mark} ${field}`.slice(0, 20),
  ])
  const body = { process: definition.id, fields: { ...scenario?.start.fields, ...Object.fromEntries(marks) } }
  const key = { 'idempotency-key': `"${definition.id}-${mark}"` }
  const made = await ask('POST', '/api/jobs', body, key)
  expect([definition.id, made.status, made.json.detail]).toEqual([definition.id, 201, undefined])
  const { id } = made.json
  const url = `/api/jobs/${id}`
  const job = (await ask('GET', url)).json
  for (const item of job.items)
    await ask('PUT', `${url}/checklist/${item.id}`, { evidence: { kind: 'text', text: `${mark} tick` } })
  const done = [
    await ask('POST', `${url}/notes`, { text: `${mark} note` }),
    await ask('POST', `${url}/rating`, { score: 2, comment: `${mark} comment` }),
    await ask('POST', `${url}/complaints`, { text: `${mark} complaint` }),
    await ask('POST', `${url}/suspend`, { reason: `${mark} rest` }),
    await ask('POST', `${url}/resume`, { reason: `${mark} on` }),
    await ask('PATCH', `${url}/fields`, { fields: { customerName: `${name}2` }, reason: `${mark} typed` }),
  ]
  expect(done.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
  for (const norm of definition.meta.reportable ?? [])
    await ask('POST', `${url}/breaches`, { norm, severity: 'critical', note: `${mark} breach` })
  await attach(id, Buffer.concat([PNG, Buffer.from(mark)]), {
    title: `${mark} title`,
    signedBy: `${mark} hand`,
  })
  const finding = { process: definition.id, place: '', text: `${mark} finding`, source: 'remark', job: id }
  expect((await ask('POST', '/api/findings', finding)).status).toBe(201)
  return id
}

async function plantAround({ ask }: Served, mark: string, name: string): Promise<void> {
  const survey = { customer: `${name}2`, respondent: mark, comment: mark, period: '2026-03' }
  const scores = { quality: 2, speed: 2, attitude: 2 }
  expect((await ask('POST', '/api/surveys', { ...survey, scores })).status).toBe(201)
  const view = { name: 'mine', search: `?customer=${encodeURIComponent(`${name}2`)}&sort=dueAt` }
  expect((await ask('POST', '/api/me/views', view)).status).toBeLessThan(300)
}

/** Calls off whatever still goes on. */
async function endAll({ ask }: Served, mark: string): Promise<void> {
  for (;;) {
    const { jobs } = (await ask('GET', '/api/jobs?status=active&limit=100')).json
    if (jobs.length === 0) return
    for (const { id } of jobs) await ask('POST', `/api/jobs/${id}/cancel`, { reason: `${mark} off` })
  }
}

/** The files that hold it, in this spelling or as JSON escapes it. */
function holding(folder: string, text: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) => {
    if (!entry.isFile()) return []
    const path = join(entry.parentPath, entry.name)
    return readFileSync(path).includes(Buffer.from(text)) ? [path.slice(folder.length + 1)] : []
  })
}

describe('what was erased', () => {
  it('is in no file of the folder, and all else is as it was', async () => {
    const folder = join(await scratch(), 'data')
    const server = await serve(folder, SHIPPED)
    const { ask, attach } = server
    const ids: string[] = []
    for (const definition of SHIPPED) ids.push(await plant(server, definition, MARK, NAME))
    await plantAround(server, MARK, NAME)
    await endAll(server, MARK)
    const [visit] = SHIPPED.filter(({ id }) => id === 'home-visit')
    if (visit === undefined) throw new Error('no home visit')
    const other = await plant(server, visit, 'other9mark', '别人')
    const shared = await attach(other)
    const [first = ''] = ids
    expect(await attach(first)).toBe(shared)
    expect(holding(folder, MARK).length).toBeGreaterThan(1)
    expect(holding(folder, NAME).length).toBeGreaterThan(0)

    const values = [`${NAME}2`]
    const refused = await ask('POST', '/api/privacy/erase', { values, reason: `${NAME}2 asked for it` })
    expect([refused.status, refused.json.errors[0].pointer]).toEqual([400, '/reason'])
    const plan = await ask('POST', '/api/privacy/erase', { values, reason: 'case 7', dryRun: true })
    expect(plan.json.jobs.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining(ids))
    // The complaints about them came by their links, or by the name that they were given.
    expect(plan.json.jobs.length).toBe(2 * ids.length)
    expect(JSON.stringify(plan.json)).not.toContain(other)
    const given = await ask('POST', '/api/privacy/export', { values, reason: 'case 7' })
    expect(given.json.jobs.length).toBe(plan.json.jobs.length)
    expect(JSON.stringify(given.json)).toContain(`${MARK} note`)
    expect(given.json.surveys).toMatchObject([{ comment: MARK }])

    const done = await ask('POST', '/api/privacy/erase', { values, reason: 'case 7' })
    expect(done.status).toBe(200)
    expect(done.json.jobs.map(({ outcome, replays }: Record<string, unknown>) => [outcome, replays])).toEqual(
      done.json.jobs.map(() => ['erased', true]),
    )
    for (const text of [MARK, NAME]) expect([text, holding(folder, text)]).toEqual([text, []])

    const after = (await ask('GET', `/api/jobs/${first}`)).json
    expect(after).toMatchObject({ status: 'cancelled', erased: { seq: after.seq } })
    expect((await ask('GET', `/api/jobs?text=${encodeURIComponent(NAME)}`)).json.jobs).toEqual([])
    expect(readdirSync(join(folder, 'evidence'), { recursive: true }).join()).toContain(shared)
    expect(JSON.stringify((await ask('GET', `/api/jobs/${other}/history`)).json)).toContain('other9mark note')
    const audit = JSON.stringify((await ask('GET', '/api/audit?kind=privacy.erase')).json)
    expect(audit).toContain('case 7')
    const report = await ask('GET', '/api/norm-report?by=customer')
    expect(report.json.rows.map(({ customer }: { customer: string }) => customer)).toEqual(
      expect.arrayContaining(['***']),
    )
    const again = await ask('POST', '/api/privacy/erase', { jobs: [first], reason: 'case 7', dryRun: true })
    expect(again.json.jobs[0].outcome).toBe('already')

    // What is put on it afterwards can be erased in its turn.
    await ask('POST', `/api/jobs/${first}/notes`, { text: `${MARK} once more` })
    const second = await ask('POST', '/api/privacy/erase', { jobs: [first], reason: 'case 8' })
    expect(second.json.jobs[0]).toMatchObject({ outcome: 'erased', replays: true })

    await server.stop()
    for (const text of [MARK, NAME]) expect([text, holding(folder, text)]).toEqual([text, []])
    expect(holding(folder, 'other9mark').length).toBeGreaterThan(1)
    expect((await checkFolder(folder)).findings).toEqual([])
  }, 60_000)

  it('goes by itself when the time is over that its process keeps it', async () => {
    const folder = join(await scratch(), 'data')
    const server = await serve(folder, SHIPPED)
    const { ask } = server
    const [visit] = SHIPPED.filter(({ id }) => id === 'home-visit')
    const [call] = SHIPPED.filter(({ id }) => id === 'phone-call')
    if (visit === undefined || call === undefined) throw new Error('not shipped')
    const over = await plant(server, visit, MARK, NAME)
    const kept = await plant(server, call, 'other9mark', '别人')
    await endAll(server, 'x')
    const open = await plant(server, visit, 'still8open', '在办')
    expect((await ask('GET', '/api/processes/home-visit/retention')).json).toEqual({ days: null })
    const set = await ask('PUT', '/api/processes/home-visit/retention', { days: 30 })
    expect(set.json).toMatchObject({ days: 30 })
    expect((await ask('PUT', '/api/processes/nothing/retention', { days: 30 })).status).toBe(404)

    await ask('POST', '/api/clock', { advance: 'P29D' })
    expect((await ask('GET', `/api/jobs/${over}`)).json.erased).toBeUndefined()
    await ask('POST', '/api/clock', { advance: 'P2D' })
    expect((await ask('GET', `/api/jobs/${over}`)).json).toMatchObject({ erased: { by: 'system' } })
    // A complaint about it is a job of its own process, which says for itself how long it is kept.
    const complaint = (await ask('GET', `/api/jobs/${over}`)).json.links[0].job
    expect((await ask('GET', `/api/jobs/${complaint}`)).json.erased).toBeUndefined()
    for (const id of [kept, open]) expect((await ask('GET', `/api/jobs/${id}`)).json.erased).toBeUndefined()
    const { entries } = (await ask('GET', '/api/audit?kind=privacy.retention')).json
    expect(entries).toMatchObject([
      { subject: 'home-visit', outcome: 'meant', detail: { days: 30 } },
      { outcome: 'done', detail: { erased: 1 } },
    ])
    await server.stop()
    expect((await checkFolder(folder)).findings).toEqual([])
  }, 60_000)
})
