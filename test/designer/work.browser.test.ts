/** A home visit worked on a telephone: with a connection, without one, and past a refusal. */
import { readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import Type from 'typebox'
import { Check } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'
import { confirmAll, fill, go, PHOTO, sign, step } from './telephone.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const Made = Type.Object({ id: Type.String() })
const Token = Type.Object({ token: Type.String() })
const History = Type.Object({
  entries: Type.Array(
    Type.Object({
      seq: Type.Integer(),
      deviceAt: Type.Optional(Type.String()),
      actor: Type.Object({ id: Type.String() }),
      command: Type.Object({
        kind: Type.String(),
        type: Type.Optional(Type.String()),
        item: Type.Optional(Type.String()),
        text: Type.Optional(Type.String()),
        evidence: Type.Optional(Type.Object({ kind: Type.String(), file: Type.Optional(Type.String()) })),
      }),
    }),
  ),
})

let browser: Browser
let app: Pages
let pictures = ''
/** He hands his telephone to the customer, so he also signs as one. */
let engineer = ''
let dispatcher = ''

async function employ(id: string, name: string, roles: string[]): Promise<string> {
  await app.call('POST', '/api/people', { id, name, roles })
  const made = await app.call('POST', `/api/people/${id}/tokens`, { name: 'test' })
  if (!Check(Token, made)) throw new Error('no token came back')
  return made.token
}
async function as(token: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(app.address + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.json()
}
const send = (token: string, job: string, type: string, payload?: Record<string, unknown>) =>
  as(token, 'POST', `/api/jobs/${job}/events`, { type, ...(payload === undefined ? {} : { payload }) })

/** A visit that is given to the engineer. */
async function book(fields: Record<string, unknown> = {}): Promise<string> {
  const made = await as(dispatcher, 'POST', '/api/jobs', {
    process: 'home-visit',
    fields: {
      timeWanted: '2026-03-02T15:00:00+08:00',
      problem: 'The computer does not start',
      problemKind: 'hardware',
      severity: 'normal',
      region: 'east',
      distanceBand: 'near',
      customerName: 'Wang Fang',
      customerAddress: '12 Garden Road, Pudong',
      customerPhone: '010-5550 101',
      purchaseDate: '2025-06-01',
      ...fields,
    },
  })
  if (!Check(Made, made)) throw new Error('no job')
  await send(dispatcher, made.id, 'assign', { engineer: 'li' })
  return made.id
}

beforeAll(async () => {
  const folder = await builtPages()
  browser = await openBrowser()
  app = await startPages(folder, { manualClock: true })
  pictures = await mkdtemp(join(tmpdir(), 'fieldchart-work-'))
  engineer = await employ('li', '\u674e\u4f1f', ['engineer', 'customer'])
  dispatcher = await employ('zhou', 'Zhou Min', ['dispatcher'])
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function open(
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ context: BrowserContext; page: Page; faults: string[] }> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 390, height: 844 },
    timezoneId: 'Asia/Shanghai',
    hasTouch: true,
    isMobile: true,
    reducedMotion: 'reduce',
    ...options,
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(app.address)
  await page.getByRole('textbox').first().fill(engineer)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').waitFor()
  await page.goto(`${app.address}/work`)
  return { context, page, faults }
}
/** As `expect.poll`, with the patience that a page on a busy machine needs. */
const soon = <T>(get: () => Promise<T>) => expect.poll(get, { timeout: 30_000 })
const look = (page: Page, name: string) => page.screenshot({ path: join(pictures, `${name}.png`) })

type Entry = Type.Static<typeof History>['entries'][number]
/** What the engineer did by his telephone, in the order of the server. */
async function doneBy(job: string): Promise<Entry[]> {
  const history = await as(dispatcher, 'GET', `/api/jobs/${job}/history?limit=500`)
  if (!Check(History, history)) throw new Error('no history')
  return history.entries.filter(({ actor, deviceAt }) => actor.id === 'li' && deviceAt !== undefined)
}
const wordOf = ({ command }: Entry): string => command.type ?? command.item ?? command.text ?? command.kind
async function stateOf(job: string): Promise<unknown> {
  const found = await as(dispatcher, 'GET', `/api/jobs/${job}`)
  return Check(Type.Object({ active: Type.Array(Type.String()), status: Type.String() }), found)
    ? [found.status, ...found.active]
    : found
}

/** An appointment that stands, with everything packed. */
async function prepared(fields: Record<string, unknown> = {}): Promise<string> {
  const job = await book(fields)
  await send(engineer, job, 'call.start')
  await tickAll(job)
  await send(engineer, job, 'time.agreed', { time: '2026-03-02T15:00:00+08:00' })
  await send(engineer, job, 'parts.none-needed')
  await send(dispatcher, job, 'order.release')
  await tickAll(job)
  return job
}
async function tickAll(job: string): Promise<void> {
  const detail = await as(engineer, 'GET', `/api/jobs/${job}`)
  const Items = Type.Object({
    items: Type.Array(Type.Object({ id: Type.String(), evidence: Type.String() })),
  })
  if (!Check(Items, detail)) throw new Error('no items')
  for (const { id, evidence } of detail.items)
    await as(engineer, 'PUT', `/api/jobs/${job}/checklist/${id}`, {
      ...(evidence === 'text' ? { evidence: { kind: 'text', text: 'x' } } : {}),
    })
}

describe('a visit on a telephone', () => {
  it('is worked from setting out to the report, with no connection in the middle: sent in order, each thing once', async () => {
    const job = await prepared()
    const { context, page, faults } = await open()
    const card = page.getByRole('link', { name: 'Wang Fang' })
    await page.getByText('Can be worked without a connection').waitFor()
    await look(page, 'list')
    await card.tap()
    const states = page.locator('[data-states]')
    expect(await page.getByRole('link', { name: /^Call / }).getAttribute('href')).toBe('tel:0105550101')
    await look(page, 'before')
    await step(page, 'set.out')
    await states.filter({ hasText: 'On the way' }).waitFor()
    await step(page, 'arrive')
    await fill(page, {})
    await states.filter({ hasText: 'At the door' }).waitFor()
    await confirmAll(page)
    await step(page, 'visit.begin')
    await fill(page, { 'Person in charge': 'Wang Fang' })
    await states.filter({ hasText: 'Assessing' }).waitFor()
    await sign(page).filter({ hasText: 'All sent' }).waitFor()
    // Its files are kept by now; another tab lies open behind.
    await soon(() => page.evaluate("caches.match('/work').then((kept) => kept !== undefined)")).toBe(true)
    const behind = await context.newPage()
    await behind.goto(`${app.address}/work`)
    await behind.getByText('All sent').waitFor()
    await page.bringToFront()
    const seen = (await doneBy(job)).length

    await context.setOffline(true)
    await confirmAll(page)
    await sign(page).filter({ hasText: '5 wait to be sent' }).waitFor()
    await sign(page).filter({ hasText: 'No connection' }).waitFor()
    await page.getByText('Expected, not yet confirmed').waitFor()
    await look(page, 'away')
    await page.getByRole('button', { name: 'Photo', exact: true }).tap()
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'plate.png', mimeType: 'image/png', buffer: PHOTO })
    await page.getByAltText('The photo as it will be sent').waitFor()
    await look(page, 'photo')
    await page.getByRole('button', { name: 'Add the photo' }).tap()
    await page.getByRole('button', { name: 'Note', exact: true }).tap()
    await page.getByLabel('What others should know').fill('Fan is loud')

    // Half-written, and the telephone throws the page away.
    await page.waitForTimeout(600)
    await page.reload()
    await states.filter({ hasText: 'Assessing' }).waitFor()
    await page.getByText('No connection. As known').waitFor()
    await page.getByRole('button', { name: 'Note', exact: true }).tap()
    await soon(() => page.getByLabel('What others should know').inputValue()).toBe('Fan is loud')
    await page.getByRole('button', { name: 'Add the note' }).tap()
    await step(page, 'fault.diagnosed')
    await fill(page, {
      Diagnosis: 'Power supply failed',
      'Cause of the fault': '#Making',
      'Damage by people': 'None',
      'Serial number': 'SN-1',
    })
    const explained = await page
      .locator('[data-item]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-item')))
    await confirmAll(page)
    await step(page, 'explanation.done')
    await page.locator('[data-next="remedy.choose"]').waitFor()
    await step(page, 'remedy.choose')
    await page.getByRole('dialog').getByRole('radio', { name: 'Repair' }).check()
    await fill(page, { Plan: 'Replace the power supply' })
    await page.locator('[data-item="solutionSignature"]').waitFor()
    await look(page, 'signature')
    await confirmAll(page)
    await step(page, 'solution.sign')
    await page.locator('[data-next="solution.sign"]').waitFor({ state: 'detached' })
    expect((await doneBy(job)).length).toBe(seen)
    await page.locator('summary').filter({ hasText: 'wait to be sent' }).tap()
    await look(page, 'waiting')

    await context.setOffline(false)
    await sign(page).filter({ hasText: 'All sent' }).waitFor()
    const done = (await doneBy(job)).slice(seen)
    expect(done.map(wordOf)).toEqual([
      'casingInspected',
      'powerInspected',
      'faultAskedAfter',
      'faultReproduced',
      'talkNotes',
      'attach',
      'Fan is loud',
      'fault.diagnosed',
      ...explained,
      'explanation.done',
      'remedy.choose',
      'attach',
      'solutionSignature',
      'solution.sign',
    ])
    const times = done.map(({ deviceAt = '' }) => deviceAt)
    expect(times).toEqual(times.toSorted())
    // The tick names the very file that went before it.
    const [, drawn] = done.filter(({ command }) => command.kind === 'attach')
    const tick = done.find(({ command }) => command.item === 'solutionSignature')
    expect(tick?.command.evidence).toMatchObject({
      kind: 'signature',
      file: drawn?.command.evidence?.file ?? 'none',
    })
    await page.getByText('Expected, not yet confirmed').waitFor({ state: 'detached' })
    for (const type of [
      'repair.done',
      'system.tuned',
      'verification.pass',
      'work.explained',
      'place.tidied',
    ]) {
      await confirmAll(page)
      await go(page, type)
    }
    await go(page, 'report.fill', {
      Result: 'Works again',
      Solution: 'Power supply replaced',
      'Work done': 'Replaced and tested',
      'Time worked': '50',
      Bill: '0',
    })
    await confirmAll(page)
    await go(page, 'acceptance.sign')
    await confirmAll(page)
    await go(page, 'farewell.said')
    await go(page, 'result.report-back', { Result: 'As in the report' })
    await page.getByText('This job is over: Done.').waitFor()
    await sign(page).filter({ hasText: 'All sent' }).waitFor()
    await look(page, 'over')
    expect(await stateOf(job)).toEqual(['done', 'completed'])
    expect(faults).toEqual([])
  }, 300_000)

  it('says what was refused and why, keeps it for a decision, and lets other jobs go on', async () => {
    const job = await book({ customerName: 'Zhao Lei' })
    const other = await book({ customerName: 'Qian Mei' })
    await send(engineer, job, 'call.start')
    await tickAll(job)
    await send(engineer, job, 'time.agreed', { time: '2026-03-02T15:00:00+08:00' })
    const { context, page } = await open()
    await page.locator(`[data-job="${job}"]`).getByText('Can be worked without a connection').waitFor()
    await page.locator(`[data-job="${other}"]`).getByText('Can be worked without a connection').waitFor()
    await page.getByRole('link', { name: 'Zhao Lei' }).tap()
    await page.locator('[data-next="parts.none-needed"]').waitFor()

    await context.setOffline(true)
    await page.locator('[data-event="change.request"]').tap()
    await fill(page, { 'New time': '2026-03-02T16:00' })
    await page.getByRole('button', { name: 'Note', exact: true }).tap()
    await page.getByLabel('What others should know').fill('Asked twice')
    await page.getByRole('button', { name: 'Add the note' }).tap()
    await page.getByRole('link', { name: 'My jobs' }).tap()
    await page.getByRole('link', { name: 'Qian Mei' }).tap()
    await page.getByRole('button', { name: 'Note', exact: true }).tap()
    await page.getByLabel('What others should know').fill('Bring a lamp')
    await page.getByRole('button', { name: 'Add the note' }).tap()
    await sign(page).filter({ hasText: '3 wait to be sent' }).waitFor()
    // Meanwhile the desk learns that the customer is there until noon only.
    await as(dispatcher, 'PATCH', `/api/jobs/${job}/fields`, {
      fields: { customerHoursFrom: 9, customerHoursTo: 12 },
      reason: 'The customer said so',
    })

    await context.setOffline(false)
    await sign(page).filter({ hasText: '1 was refused' }).waitFor()
    await page.getByRole('link', { name: 'Decide' }).tap()
    const refused = page.locator('[data-refused]')
    await refused.filter({ hasText: 'Refused: Customer wants another time' }).waitFor()
    await refused.filter({ hasText: 'waits for your decision' }).waitFor()
    expect((await doneBy(other)).map(wordOf)).toEqual(['Bring a lamp'])
    expect((await doneBy(job)).map(wordOf)).toEqual([])
    await look(page, 'refused')

    await refused.getByRole('button', { name: 'Change and send' }).tap()
    await fill(page, { 'New time': '2026-03-02T11:00' })
    await sign(page).filter({ hasText: 'All sent' }).waitFor()
    expect((await doneBy(job)).map(wordOf)).toEqual(['change.request', 'Asked twice'])

    await context.setOffline(true)
    await page.getByRole('button', { name: 'Note', exact: true }).tap()
    await page.getByLabel('What others should know').fill('Too late')
    await page.getByRole('button', { name: 'Add the note' }).tap()
    await page.locator('summary').filter({ hasText: '1 waits to be sent' }).waitFor()
    await context.setOffline(false)
    await sign(page).filter({ hasText: 'All sent' }).waitFor()
  }, 300_000)

  it('is at home in Chinese and in the dark, keeps within its width, and bars nobody', async () => {
    await prepared({
      customerName:
        '\u4e0a\u6d77\u5e02\u6d66\u4e1c\u65b0\u533a\u5f20\u6c5f\u9ad8\u79d1\u6280\u56ed\u533a\u521b\u65b0\u4e2d\u5fc3\u529e\u516c\u5ba4 \u6b27\u9633\u5a77\u5a77',
      customerAddress: '\u5f20\u6c5f\u8def 1200 \u53f7\u521b\u65b0\u5927\u53a6 B \u5ea7 1608 \u5ba4',
      problem: '\u7535\u8111\u65e0\u6cd5\u5f00\u673a\uff0c\u98ce\u6247\u58f0\u97f3\u5f88\u5927',
    })
    for (const options of [{ locale: 'zh-CN', colorScheme: 'dark' }, { locale: 'zh-CN' }, {}] as const) {
      const name = `${'locale' in options ? 'zh' : 'en'}-${'colorScheme' in options ? 'dark' : 'light'}`
      const { page } = await open(options)
      const card = page.getByRole('link', { name: '\u6b27\u9633\u5a77\u5a77' })
      await card.waitFor()
      await calm(page, `${name}-list`)
      await card.tap()
      await page.locator('[data-next="set.out"]').waitFor()
      await calm(page, `${name}-job`)
      await page.locator('[data-event="delay.announce"]').tap()
      await page.getByRole('dialog').waitFor()
      await calm(page, `${name}-sheet`)
    }
    const { page } = await open({ viewport: { width: 1280, height: 800 }, hasTouch: false, isMobile: false })
    await page.getByRole('link', { name: '\u6b27\u9633\u5a77\u5a77' }).click()
    await page.locator('[data-next="set.out"]').waitFor()
    await calm(page, 'en-1280')
  }, 300_000)
})

type Violation = { id: string; impact: string | null; nodes: { html: string }[] }
/** A picture, nothing past the edge, nothing serious against it, and nothing too small for a thumb. */
async function calm(page: Page, name: string): Promise<void> {
  await page.evaluate('document.fonts.ready')
  await look(page, name)
  const wider = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
  expect([name, wider]).toEqual([name, 0])
  await page.evaluate(AXE)
  const { violations }: { violations: Violation[] } = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )
  expect([
    name,
    violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id} ${nodes[0]?.html}`),
  ]).toEqual([name, []])
  const small = await page.evaluate(
    `[...document.querySelectorAll('.work button, .work summary, .work-sheet button, .work a:not(.work-card-link)')]
      .filter((each) => each.offsetParent !== null && each.getBoundingClientRect().height < 44)
      .map((each) => each.textContent + ' ' + Math.round(each.getBoundingClientRect().height))`,
  )
  expect([name, small]).toEqual([name, []])
}
