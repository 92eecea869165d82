/** A process in life and the norm report, as an owner and a manager use them. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import Type from 'typebox'
import { Parse } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ADMIN_TOKEN, openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const Made = Type.Object({ id: Type.String() })
const Token = Type.Object({ token: Type.String() })
/** Where pictures go to be looked at. */
const PICTURES = process.env.LIFE_PICTURES

let browser: Browser
let app: Pages
let ringing: string
let send: (job: string, event: string) => Promise<unknown>

beforeAll(async () => {
  const folder = await builtPages()
  browser = await openBrowser()
  app = await startPages(folder, { manualClock: true })
  await work()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

/** Seven calls at the hotline: three answered at once, two late, one given up, one that still rings. */
async function work(): Promise<void> {
  await app.call('POST', '/api/people', { id: 'li', name: '李娜', roles: ['hotline-agent'] })
  const { token } = Parse(Token, await app.call('POST', '/api/people/li/tokens', { name: 'desk' }))
  const asAgent = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${app.address}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json()
  }
  const ring = async (customerName: string): Promise<string> =>
    Parse(Made, await asAgent('POST', '/api/jobs', { process: 'phone-call', fields: { customerName } })).id
  send = (id, type) => asAgent('POST', `/api/jobs/${id}/events`, { type })
  const quick = [await ring('宏达机械'), await ring('宏达机械'), await ring('Bright Foods')]
  for (const id of quick) {
    await send(id, 'answer')
    await asAgent('PUT', `/api/jobs/${id}/checklist/greetingGiven`, {})
    await send(id, 'greeting.done')
  }
  const slow = [await ring('东海物流'), await ring('东海物流')]
  const lost = await ring('Bright Foods')
  ringing = await ring('长江电子仪器设备制造有限公司')
  await app.call('POST', '/api/clock', { advance: 'PT2M' })
  for (const id of slow) await send(id, 'answer')
  await send(lost, 'caller.hungUp')
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
  await page.locator('input[name=token]').fill(ADMIN_TOKEN)
  await page.locator('button[type=submit]').click()
  await page.getByRole('navigation').waitFor()
  return { page, context, faults }
}
async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png` })
}
type Violation = { id: string; nodes: { html: string }[] }
async function axe(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const result: { violations: Violation[] } = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}
const stateOf = (page: Page, path: string) => page.locator(`.chart-state[data-path="${path}"]`)

describe('a process in life', () => {
  it('shows jobs, overdue ones and times on the drawing, leads to the jobs, and follows what happens', async () => {
    const { page, faults } = await open('/processes/phone-call')
    await page.getByRole('link', { name: 'In life' }).click()
    await stateOf(page, 'greeting').waitFor({ timeout: 30_000 })
    const count = (path: string, kind: string) =>
      stateOf(page, path).locator(`.chart-life-count[data-kind=${kind}]`)
    expect(await count('ringing', 'overdue').textContent()).toBe('1')
    expect(await count('greeting', 'jobs').textContent()).toBe('2')
    expect(await stateOf(page, 'ringing').locator('.chart-life-time').count()).toBe(1)
    await picture(page, 'life-en-1280')

    await page.locator('.react-flow__node[data-id="s:greeting"]').click()
    const details = page.getByRole('complementary')
    await details.getByRole('link', { name: 'Show the 2 jobs here' }).waitFor()
    await picture(page, 'life-choice-seen-en-1280')
    expect(await axe(page)).toEqual([])
    await picture(page, 'life-choice-en-1280')
    await details.getByRole('link', { name: 'Show the 2 jobs here' }).click()
    await page.getByRole('table').getByRole('row').nth(2).waitFor()
    expect(await page.getByRole('table').getByRole('row').count()).toBe(3)
    await page.goBack()
    await stateOf(page, 'ringing').waitFor()
    await send(ringing, 'caller.hungUp')
    await count('ringing', 'overdue').waitFor({ state: 'detached' })
    expect(faults).toEqual([])
  })

  it('shows the same as a table, on a phone too', async () => {
    const { page, faults } = await open('/processes/phone-call/life?view=table', {
      locale: 'zh-CN',
      viewport: { width: 390, height: 844 },
    })
    const table = page.getByRole('table', { name: '各状态的工单与停留时长' })
    await table.waitFor()
    await table.getByRole('row', { name: /问候/ }).waitFor()
    const wide = await page.evaluate('document.documentElement.scrollWidth')
    expect(wide).toBeLessThanOrEqual(390)
    await picture(page, 'life-table-zh-390')
    expect(faults).toEqual([])
  })
})

describe('the norm report', () => {
  it('tells where calls were late, by whom, and which ones', async () => {
    const { page, faults } = await open('/norms')
    const table = page.getByRole('table', { name: 'Norms met, late, broken and not applicable' })
    await table.waitFor()
    const late = table.getByRole('row').nth(1)
    expect(await late.textContent()).toContain('PC-01')
    expect(await axe(page)).toEqual([])
    await picture(page, 'norms-en-1280')
    await late.getByRole('button', { name: /Late, [34]$/ }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('link', { name: /Bright Foods/ }).waitFor()
    expect(await axe(page)).toEqual([])
    await picture(page, 'norms-jobs-en-1280')
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'hidden' })
    await late.getByRole('button', { name: /^PC-01.*rings$/ }).click()
    await table.getByRole('row', { name: /李娜/ }).waitFor()
    await page.getByLabel('Rows by').first().click()
    await page.getByRole('option', { name: 'Customer' }).click()
    await table.getByRole('row', { name: /东海物流/ }).waitFor()
    expect(new URL(page.url()).searchParams.get('norm')).toBe('PC-01')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Save as CSV' }).click(),
    ])
    expect(readFileSync(await file.path(), 'utf8')).toMatch(/^\ufeffCustomer,Met/)
    expect(faults).toEqual([])
  })

  it.each([
    [1920, 'dark', 'zh-CN'],
    [390, 'light', 'zh-CN'],
  ] as const)('is whole at %i px, %s, %s', async (width, colorScheme, locale) => {
    const { page, faults } = await open('/norms?range=all', {
      locale,
      colorScheme,
      viewport: { width, height: 900 },
    })
    await page.evaluate((name) => localStorage.setItem('mantine-color-scheme-value', name), colorScheme)
    await page.reload()
    await page.getByRole('table').waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    expect(await axe(page)).toEqual([])
    await picture(page, `norms-${width}-${colorScheme}`)
    await page.goto(`${app.address}/processes/phone-call/life`)
    await stateOf(page, 'greeting').waitFor({ timeout: 30_000 })
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    await picture(page, `life-${width}-${colorScheme}`)
    expect(faults).toEqual([])
  })
})
