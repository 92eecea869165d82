/**
 * One day: a call becomes a visit, the visit is given, worked past a lost connection and closed; its owner watches, shortens
 * a deadline under running jobs, and finds the breach in the report. Four browsers, one server, one clock.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import Type from 'typebox'
import { Parse } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'
import { findBreach, shortenAndMove } from './day-owner.ts'
import { confirmAll, fill, go, PHOTO, sign, step } from './telephone.ts'

const Made = Type.Object({ id: Type.String() })
const Token = Type.Object({ token: Type.String() })
const Jobs = Type.Object({ jobs: Type.Array(Made) })
const Job = Type.Object({
  status: Type.String(),
  version: Type.Integer(),
  fields: Type.Record(Type.String(), Type.Unknown()),
  items: Type.Array(Type.Object({ id: Type.String(), evidence: Type.String() })),
  breaches: Type.Array(Type.Object({ norm: Type.String() })),
})
const History = Type.Object({
  entries: Type.Array(
    Type.Object({
      command: Type.Object({
        kind: Type.String(),
        type: Type.Optional(Type.String()),
        item: Type.Optional(Type.String()),
      }),
    }),
  ),
})
/** Where pictures go to be looked at. */
const PICTURES = process.env.DAY_PICTURES
const CUSTOMER = '蔡文静'
const WANTED = '2026-03-02T15:00'

let browser: Browser
let app: Pages
const tokens = new Map<string, string>()

beforeAll(async () => {
  const folder = await builtPages()
  browser = await openBrowser()
  // A Monday, 9:30 in Shanghai.
  app = await startPages(folder, { manualClock: true })
  for (const [id, name, roles] of [
    ['wu', '吴静', ['hotline-agent']],
    ['zhao', '赵敏', ['dispatcher']],
    // He hands his telephone to the customer, so he also signs as one.
    ['li', '李伟', ['engineer', 'customer']],
    ['chen', '陈刚', ['engineer']],
    ['sun', 'Sun Lei', ['process-owner']],
  ] as const) {
    const regions = roles[0] === 'engineer' ? { regions: ['浦东'] } : {}
    await app.call('POST', '/api/people', { id, name, roles: [...roles], ...regions })
    tokens.set(id, Parse(Token, await app.call('POST', `/api/people/${id}/tokens`, { name: 'day' })).token)
  }
  for (const [id, until] of [
    ['li', '2027-01-01'],
    ['chen', '2026-02-01'],
  ])
    await app.call('PUT', `/api/people/${id}/certificates/product-training`, {
      validFrom: '2025-01-01T00:00:00Z',
      validUntil: `${until}T00:00:00Z`,
    })
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

type Desk = { page: Page; context: BrowserContext; faults: string[] }
/** A browser of one's own, signed in at a page; `faults` gathers what the console complains of. */
async function sit(
  person: string,
  path: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Desk> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    // Before signing in nobody is known; a process may have no draft; without a connection nothing comes.
    if (message.type() === 'error' && !/status of 40[14]|ERR_INTERNET_DISCONNECTED/.test(message.text()))
      faults.push(`${person}: ${message.text()}`)
  })
  await page.goto(app.address)
  await page.locator('input[name=token]').fill(tokens.get(person) ?? '')
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').first().waitFor()
  await page.goto(app.address + path)
  return { page, context, faults }
}
async function look(page: Page, name: string): Promise<void> {
  if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png` })
}
async function as(person: string, method: string, path: string, body?: unknown): Promise<void> {
  const response = await fetch(app.address + path, {
    method,
    headers: { authorization: `Bearer ${tokens.get(person)}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
}
const send = (person: string, job: string, type: string, payload: Record<string, unknown> = {}) =>
  as(person, 'POST', `/api/jobs/${job}/events`, { type, payload })
const jobOf = async (job: string) => Parse(Job, await app.call('GET', `/api/jobs/${job}`))
async function tickAll(job: string): Promise<void> {
  for (const { id, evidence } of (await jobOf(job)).items)
    await as('li', 'PUT', `/api/jobs/${job}/checklist/${id}`, {
      ...(evidence === 'text' ? { evidence: { kind: 'text', text: '已确认' } } : {}),
    })
}
/** What was done to a job, in the order of the server. */
async function doneTo(job: string): Promise<string[]> {
  const { entries } = Parse(History, await app.call('GET', `/api/jobs/${job}/history?limit=500`))
  return entries.map(({ command }) => command.type ?? command.item ?? command.kind)
}

/** A visit of the same customer that stays open all day. */
async function another(): Promise<string> {
  const made = await app.call('POST', '/api/jobs', {
    process: 'home-visit',
    fields: {
      customerName: CUSTOMER,
      customerPhone: '13800138000',
      customerAddress: '浦东新区张江高科技园区碧波路 888 号 5 号楼 1203 室',
      region: '浦东',
      distanceBand: 'near',
      problem: '打印机卡纸',
      problemKind: 'hardware',
      severity: 'normal',
      timeWanted: '2026-03-03T10:00:00+08:00',
    },
  })
  return Parse(Made, made).id
}

/** The agent, from the ringing to the hang-up, by the keyboard. */
async function takeCall(other: string): Promise<string> {
  const { page, faults } = await sit('wu', '/call')
  const state = (title: string) => page.locator('#call-state').getByText(title, { exact: true }).waitFor()
  await page.getByRole('textbox', { name: 'Your badge number' }).fill('0417')
  await page.getByRole('button', { name: 'New call' }).focus()
  await page.keyboard.press('n')
  await state('Hotline is ringing')
  await page.keyboard.press('1')
  await state('Greeting')
  await page.keyboard.press('a')
  await page.getByRole('checkbox', { name: /Company and badge number named/, checked: true }).waitFor()
  await page.keyboard.press('1')
  await state('Customer file')
  await page.getByRole('textbox', { name: 'Phone' }).fill('1380')
  await page.getByText('1 job found').waitFor()
  for (const key of ['Escape', '/', 'ArrowDown']) await page.keyboard.press(key)
  const found = expect.poll(() => page.evaluate('document.activeElement?.dataset.found'), { timeout: 30_000 })
  await found.toBe(other)
  await page.keyboard.press('Enter')
  const filled = expect.poll(
    () => page.getByRole('textbox', { name: 'Customer', exact: true }).inputValue(),
    {
      timeout: 30_000,
    },
  )
  await filled.toBe(CUSTOMER)
  await page.keyboard.press('Enter')
  await state('Request and guidance')
  for (const key of ['5', '2']) {
    if (key === '2') await page.locator('[data-step="outcome.visit"]').getByRole('list').waitFor()
    await page.keyboard.press(key)
  }
  await page.getByRole('textbox', { name: 'Problem' }).fill('电脑无法开机')
  await page.keyboard.press('Control+Enter')
  await page
    .locator('[data-step="outcome.visit"][data-open="true"], [data-step="outcome.visit"] [data-open="true"]')
    .waitFor()
  await page.keyboard.press('5')
  await page.getByLabel('Visit wanted at').fill(WANTED)
  await page.keyboard.press('Control+Enter')
  await state('Closing')
  await page.locator('[data-booked="home-visit"]').waitFor()
  await look(page, '1-call-booked')
  for (const key of ['a', '1']) await page.keyboard.press(key)
  await state('Waiting for the caller to hang up')
  await page.keyboard.press('0')
  await state('Ended')
  expect(faults).toEqual([])
  const { jobs } = Parse(Jobs, await app.call('GET', '/api/jobs?process=home-visit&sort=-createdAt'))
  const booked = jobs.find(({ id }) => id !== other)
  if (booked === undefined) throw new Error('no visit was booked')
  return booked.id
}

/** The dispatcher reads what speaks against one engineer and gives the visit to the other. */
async function handOut(job: string): Promise<void> {
  const { page, faults } = await sit('zhao', '/dispatch', { locale: 'zh-CN' })
  const row = (person: string) => page.locator(`[data-engineer="${person}"]`)
  await page.locator(`.dispatch-card[data-job="${job}"]`).click()
  await row('chen')
    .getByText(/2026-02-01/)
    .waitFor()
  await look(page, '2-dispatch-chosen')
  await row('li').getByRole('button', { name: '派工给李伟', exact: true }).click()
  await page.getByText(`已派给李伟：${CUSTOMER}`).waitFor()
  await row('li').locator(`.dispatch-block[data-job="${job}"]`).waitFor()
  await look(page, '3-dispatch-given')
  expect((await jobOf(job)).fields.engineer).toBe('li')
  expect(faults).toEqual([])
}

/** He calls the customer after the deadline for it; then all is packed. */
async function callLateAndPack(job: string): Promise<void> {
  await app.call('POST', '/api/clock', { advance: 'PT45M' })
  await send('li', job, 'call.start')
  await tickAll(job)
  await send('li', job, 'time.agreed', { time: `${WANTED}:00+08:00` })
  await send('li', job, 'parts.none-needed')
  await send('zhao', job, 'order.release')
  await tickAll(job)
}

/** On the customer's doorstep with a telephone: what is done without a connection arrives once, in order. */
async function workVisit(job: string, seen: (state: string) => Promise<void>): Promise<void> {
  const { page, context, faults } = await sit('li', '/work', {
    locale: 'en-GB',
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  const states = page.locator('[data-states]')
  await page.locator(`[data-job="${job}"]`).getByText('Can be worked without a connection').waitFor()
  await page.getByRole('link', { name: CUSTOMER }).tap()
  await step(page, 'set.out')
  await states.filter({ hasText: 'On the way' }).waitFor()
  await seen('travelling')
  await step(page, 'arrive')
  await fill(page, {})
  await states.filter({ hasText: 'At the door' }).waitFor()
  await confirmAll(page)
  await step(page, 'visit.begin')
  await fill(page, { 'Person in charge': CUSTOMER })
  await states.filter({ hasText: 'Assessing' }).waitFor()
  await sign(page).filter({ hasText: 'All sent' }).waitFor()
  await seen('onSite')
  const before = await doneTo(job)

  await context.setOffline(true)
  await confirmAll(page)
  await page.getByRole('button', { name: 'Photo', exact: true }).tap()
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'plate.png', mimeType: 'image/png', buffer: PHOTO })
  await page.getByAltText('The photo as it will be sent').waitFor()
  await page.getByRole('button', { name: 'Add the photo' }).tap()
  await step(page, 'fault.diagnosed')
  await fill(page, {
    Diagnosis: 'Power supply failed',
    'Cause of the fault': '#Making',
    'Damage by people': 'None',
    'Serial number': 'SN-1',
    'Date of purchase': '2025-06-01',
  })
  await confirmAll(page)
  await step(page, 'explanation.done')
  await step(page, 'remedy.choose')
  await page.getByRole('dialog').getByRole('radio', { name: 'Repair' }).check()
  await fill(page, { Plan: 'Replace the power supply' })
  await page.locator('[data-item="solutionSignature"]').waitFor()
  await confirmAll(page)
  await step(page, 'solution.sign')
  await page.locator('[data-next="solution.sign"]').waitFor({ state: 'detached' })
  await look(page, '4-work-away')
  expect(await doneTo(job)).toEqual(before)

  await context.setOffline(false)
  await sign(page).filter({ hasText: 'All sent' }).waitFor()
  const sent = (await doneTo(job)).slice(before.length)
  expect(sent.filter((each) => /\./.test(each) || each === 'attach' || each === 'solutionSignature')).toEqual(
    [
      'attach',
      'fault.diagnosed',
      'explanation.done',
      'remedy.choose',
      'attach',
      'solutionSignature',
      'solution.sign',
    ],
  )
  await seen('repairing')

  for (const type of ['repair.done', 'system.tuned', 'verification.pass', 'work.explained', 'place.tidied']) {
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
  await look(page, '5-work-over')
  expect((await jobOf(job)).status).toBe('done')
  expect(faults).toEqual([])
}

describe('one day', () => {
  it('goes from a call to the report, each person at a page of his own', async () => {
    const other = await another()
    const job = await takeCall(other)
    await handOut(job)
    await callLateAndPack(job)
    expect((await jobOf(job)).breaches.map(({ norm }) => norm)).toContain('HV-02')

    const owner = await sit('sun', '/processes/home-visit/life', { viewport: { width: 1600, height: 1000 } })
    const states = owner.page.locator('.chart-state')
    await states.first().waitFor()
    const seen = async (name: string): Promise<void> => {
      const here = owner.page.locator(
        `.chart-state[data-path*="${name}"]:has(.chart-life-count[data-kind=jobs], .chart-life-count[data-kind=overdue])`,
      )
      await here.first().waitFor()
      await look(owner.page, `6-life-${name}`)
    }
    await workVisit(job, seen)
    const day = {
      address: app.address,
      customer: CUSTOMER,
      versionOf: async (id: string) => (await jobOf(id)).version,
      look,
    }
    await shortenAndMove(day, owner.page, other)
    await findBreach(day, owner.page, job)
    expect(owner.faults).toEqual([])
  }, 380_000)
})
