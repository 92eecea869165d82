/** The training room as people use it: a trainee who practises and is examined, an owner who asks "what if". */
import { readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import Type from 'typebox'
import { Check } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { bench } from '../machines/advance/fixtures.ts'
import { ADMIN_TOKEN, openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const Made = Type.Object({ id: Type.String() })

let browser: Browser
let app: Pages
let pictures = ''

beforeAll(async () => {
  const folder = await builtPages()
  browser = await openBrowser()
  app = await startPages(folder, { shipped: [bench] })
  pictures = await mkdtemp(join(tmpdir(), 'fieldchart-training-'))
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function open(
  path: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 1280, height: 800 },
    ...options,
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(app.address)
  await page.locator('input[name=token]').fill(ADMIN_TOKEN)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').waitFor()
  await page.goto(app.address + path)
  return { page, faults }
}
type Violation = { id: string; nodes: { html: string }[] }
async function axe(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const result: { violations: Violation[] } = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}
const look = (page: Page, name: string) => page.screenshot({ path: join(pictures, `${name}.png`) })
const drawn = (page: Page) => page.locator('.chart-state').first().waitFor()
const choice = (page: Page, key: string) => page.locator(`[data-choice="${key}"]`)

describe('what if', () => {
  it('is played through a draft as it is: a form, any event, a condition forced, a leap, and back', async () => {
    const { page, faults } = await open('/processes/bench/design')
    await drawn(page)
    await page.getByRole('link', { name: '试运行' }).click()
    await page.getByLabel('序列号').fill('SN-7')
    await look(page, 'try-start')
    await page.getByRole('button', { name: '开始' }).click()
    await drawn(page)
    await choice(page, 'event take').click()
    await page.getByRole('button', { name: '执行' }).click()
    await choice(page, 'event quote').click()
    await page.locator('input[type=number]').fill('300')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('[data-line="own"]').count()).toBe(2)
    await look(page, 'try-drawing')
    await page.getByRole('tab', { name: '条件' }).click()
    await look(page, 'try-guards')
    await page.getByRole('tab', { name: '跳转' }).click()
    await page.getByLabel('状态').selectOption('waiting')
    await page.getByRole('button', { name: '跳转' }).click()
    await page.locator('[data-forced="true"]').waitFor()
    await page.getByRole('tab', { name: '经过节点' }).click()
    await look(page, 'try-tree')
    await page.getByRole('button', { name: '退回一步' }).click()
    await expect.poll(() => page.locator('[data-forced="true"]').count()).toBe(0)
    expect(await axe(page)).toEqual([])
    expect(faults).toEqual([])
  })

  it('is played on from a copy of a job, which stays as it is', async () => {
    const made = await app.call('POST', '/api/jobs', { process: 'bench', fields: { serial: 'SN-9' } })
    if (!Check(Made, made)) throw new Error('no job')
    const { page, faults } = await open(`/jobs/${made.id}`)
    await page.getByRole('link', { name: '推演后续' }).click()
    await page.locator('[data-copy]').waitFor()
    await drawn(page)
    await choice(page, 'event take').click()
    await page.getByRole('button', { name: '执行' }).click()
    await page.locator('[data-line="own"]').waitFor()
    await look(page, 'try-job')
    expect(await app.call('GET', `/api/jobs/${made.id}`)).toMatchObject({ active: ['waiting'], seq: 1 })
    expect(faults).toEqual([])
  })
})
