/** Handing out jobs, as a dispatcher does it: by mouse and by keyboard, with what speaks against it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import Type from 'typebox'
import { Parse } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const Made = Type.Object({ id: Type.String() })
const Token = Type.Object({ token: Type.String() })
const Job = Type.Object({ fields: Type.Record(Type.String(), Type.Unknown()) })
/** Where pictures go to be looked at. */
const PICTURES = process.env.DISPATCH_PICTURES
const CROWD = Number(process.env.DISPATCH_CROWD ?? '0')

let browser: Browser
let app: Pages
let token: string

beforeAll(async () => {
  const folder = await builtPages()
  browser = await openBrowser()
  // A Monday, 9:30 in Shanghai.
  app = await startPages(folder, { manualClock: true })
  await people()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function people(): Promise<void> {
  await app.call('POST', '/api/people', { id: 'zhao', name: '赵敏', roles: ['dispatcher'] })
  token = Parse(Token, await app.call('POST', '/api/people/zhao/tokens', { name: 'desk' })).token
  const crew = [
    ['li', '李伟', ['浦东'], '2027-01-01'],
    ['wang', '王芳', ['浦西'], '2026-03-20'],
    ['chen', '欧阳晓明（高级工程师）', [], '2026-02-01'],
    ...Array.from({ length: CROWD }, (_, n): [string, string, string[], string] => [
      `more${n}`,
      `工程师 ${n}`,
      ['浦东'],
      '2027-01-01',
    ]),
  ] as const
  for (const [id, name, regions, until] of crew) {
    await app.call('POST', '/api/people', { id, name, roles: ['engineer'], regions })
    await app.call('PUT', `/api/people/${id}/certificates/product-training`, {
      validFrom: '2025-01-01T00:00:00Z',
      validUntil: `${until}T00:00:00Z`,
    })
  }
}

async function visit(customerName: string, hour: number, region = '浦东'): Promise<string> {
  const timeWanted = new Date(Date.parse('2026-03-02T00:00:00+08:00') + hour * 3_600_000).toISOString()
  const fields = {
    timeWanted,
    problem: '打印机卡纸',
    problemKind: 'hardware',
    severity: 'normal',
    customerName,
    region,
  }
  return Parse(Made, await app.call('POST', '/api/jobs', { process: 'home-visit', fields })).id
}
const engineerOf = async (job: string): Promise<unknown> =>
  Parse(Job, await app.call('GET', `/api/jobs/${job}`)).fields.engineer
/** As another dispatcher does it. */
async function give(job: string, engineer: string): Promise<void> {
  const response = await fetch(`${app.address}/api/jobs/${job}/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'assign', payload: { engineer } }),
  })
  expect(response.status).toBe(200)
}

type Opened = { page: Page; context: BrowserContext; faults: string[] }
async function open(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Opened> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(app.address + path)
  await page.locator('input[name=token]').fill(token)
  await page.locator('button[type=submit]').click()
  await page.locator('.dispatch-board').waitFor()
  return { page, context, faults }
}
async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png` })
}
async function axe(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const result: { violations: { id: string; nodes: { html: string }[] }[] } = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}
const card = (page: Page, job: string) => page.locator(`.dispatch-card[data-job="${job}"]`)
const block = (page: Page, job: string) => page.locator(`.dispatch-block[data-job="${job}"]`)
const row = (page: Page, person: string) => page.locator(`[data-engineer="${person}"]`)
const gone = (page: Page, job: string) => card(page, job).waitFor({ state: 'detached' })

describe('the dispatcher', () => {
  it('drags a job onto who suits, and sees it in his day; others see it without asking', async () => {
    const job = await visit('宏达机械', 14)
    const { page, faults } = await open('/dispatch')
    const other = await open('/dispatch')
    await card(other.page, job).waitFor()
    await card(page, job).dragTo(row(page, 'li'))
    await page.getByText('Assigned to 李伟: 宏达机械').waitFor()
    await row(page, 'li').locator('.dispatch-block').waitFor()
    await gone(page, job)
    expect(await engineerOf(job)).toBe('li')
    await gone(other.page, job)
    await block(other.page, job).waitFor()
    expect(faults).toEqual([])
  })

  it('works by keyboard alone: chooses, goes along the engineers, gives, and stands at the next job', async () => {
    const [first, second] = [await visit('东海物流', 10), await visit('长江电子', 11)]
    const { page } = await open('/dispatch')
    await card(page, first).focus()
    await page.keyboard.press('Enter')
    const best = row(page, 'li').getByRole('button', { name: 'Assign to 李伟', exact: true })
    await expect.poll(() => best.evaluate((button) => button === document.activeElement)).toBe(true)
    await page.keyboard.press('ArrowDown')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toContain(
      'look at what speaks against it',
    )
    await page.keyboard.press('Escape')
    await expect.poll(() => card(page, first).evaluate((each) => each === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await expect.poll(() => best.evaluate((button) => button === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await page.getByText('Assigned to 李伟: 东海物流').waitFor()
    expect(await engineerOf(first)).toBe('li')
    await expect.poll(() => card(page, second).evaluate((each) => each === document.activeElement)).toBe(true)
    await give(second, 'wang')
  })

  it('is told what speaks against somebody, and decides', async () => {
    const [taken, job] = [await visit('光明食品', 16), await visit('华星制造', 17, '浦西')]
    await give(taken, 'wang')
    const { page } = await open('/dispatch')
    await card(page, job).click()
    const wang = row(page, 'wang')
    await wang.getByText('Outside working hours').waitFor()
    await picture(page, 'chosen-1280-en')
    // Until seven in the evening: overtime that nobody agreed to.
    await wang.getByRole('button').first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('60 min of overtime are not agreed').waitFor()
    await dialog.getByText('Busy 16:00–18:00: 光明食品').waitFor()
    expect(await dialog.getByRole('button', { name: 'Assign all the same' }).count()).toBe(0)
    expect(await axe(page)).toEqual([])
    await picture(page, 'overtime-1280-en')
    await dialog.getByRole('button', { name: 'Overtime was agreed' }).click()
    await dialog.getByText('Overtime of 60 min is agreed').waitFor()
    await dialog.getByRole('button', { name: 'Assign all the same' }).click()
    await page.getByText('Assigned to 王芳: 华星制造').waitFor()
    expect(await engineerOf(job)).toBe('wang')
    await row(page, 'wang').getByText('Overtime 60 min').waitFor()
  })

  it('gives a job to another by dragging it there, and says why', async () => {
    const job = await visit('北方重工', 14.5)
    await give(job, 'wang')
    const { page } = await open('/dispatch')
    await block(page, job).click()
    await row(page, 'chen').getByText('Certificate lapsed on 2026-02-01').waitFor()
    await block(page, job).dragTo(row(page, 'li'))
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Works in 浦东').waitFor()
    await dialog.getByRole('button', { name: 'Assign all the same' }).click()
    await expect.poll(() => dialog.locator('[aria-invalid="true"]').count()).toBe(1)
    await dialog.getByLabel('Reason').fill('王芳请假')
    await picture(page, 'reassign-1280-en')
    await dialog.getByRole('button', { name: 'Assign all the same' }).click()
    await page.getByText('Assigned to 李伟: 北方重工').waitFor()
    expect(await engineerOf(job)).toBe('li')
  })

  it('hears that another dispatcher was quicker, before he overrules him', async () => {
    const job = await visit('西部数据', 13)
    const { page } = await open('/dispatch')
    await card(page, job).click()
    await row(page, 'chen').getByRole('button').first().click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Certificate lapsed').waitFor()
    await give(job, 'wang')
    await dialog.getByText('Somebody else has just changed this job').waitFor()
    await dialog.getByLabel('Reason').waitFor()
    await dialog.getByRole('button', { name: 'Somebody else' }).click()
    expect(await engineerOf(job)).toBe('wang')
  })

  it('goes to the day of the visit, by region and by words, and back', async () => {
    const job = await visit('南方航运', 24 + 10, '浦西')
    const { page } = await open('/dispatch?date=2026-03-05')
    await page.getByLabel('Find by customer, number or words').fill('南方')
    await page.getByText('1 job waits').waitFor()
    await card(page, job).click()
    await page.getByText('Tuesday, March 3, 2026').waitFor()
    await row(page, 'wang').locator('.dispatch-ghost').waitFor()
    await page.getByRole('button', { name: 'The day after' }).click()
    await page.getByText('Wednesday, March 4, 2026').waitFor()
    await page.getByRole('button', { name: 'Today' }).click()
    await page.getByText('Monday, March 2, 2026').waitFor()
    await page.getByRole('combobox', { name: 'Region' }).click()
    await page.getByRole('option', { name: '浦西' }).click()
    await row(page, 'wang').waitFor()
    expect(new URL(page.url()).searchParams.get('region')).toBe('浦西')
    await give(job, 'wang')
  })

  it('is the same in Chinese, in the dark and on a telephone, and open to everybody', async () => {
    const job = await visit('上海宏达精密机械设备制造有限公司浦东分公司', 15)
    await visit('东方明珠塔运营中心', 9)
    const { page } = await open('/dispatch', {
      locale: 'zh-CN',
      colorScheme: 'dark',
      viewport: { width: 1920, height: 1080 },
    })
    expect(await axe(page)).toEqual([])
    await picture(page, 'day-1920-zh-dark')
    await card(page, job).click()
    await row(page, 'li').locator('.dispatch-ghost').waitFor()
    expect(await axe(page)).toEqual([])
    await picture(page, 'chosen-1920-zh-dark')
    const small = await open('/dispatch', { locale: 'zh-CN', viewport: { width: 390, height: 844 } })
    await card(small.page, job).click()
    await row(small.page, 'li').locator('.dispatch-ghost').waitFor()
    const wide = await small.page.evaluate(() => document.documentElement.scrollWidth)
    expect(wide).toBeLessThanOrEqual(390)
    expect(await axe(small.page)).toEqual([])
    await picture(small.page, 'chosen-390-zh')
    await small.page.locator('.dispatch-board').scrollIntoViewIfNeeded()
    await picture(small.page, 'board-390-zh')
  })
})
