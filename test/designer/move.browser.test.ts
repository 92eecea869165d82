/** Running jobs moved to a new version by their owner, and one job handled by hand, in a real browser. */

import { readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import Type from 'typebox'
import { Parse } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ADMIN_TOKEN, openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'
import { FIRST, SECOND } from './move/fixtures.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const Made = Type.Object({ id: Type.String() })
let browser: Browser
let app: Pages
let pictures: string
const jobs: string[] = []

beforeAll(async () => {
  const folder = await builtPages()
  browser = await openBrowser()
  app = await startPages(folder, { shipped: [FIRST] })
  pictures = process.env.MOVE_PICTURES ?? (await mkdtemp(join(tmpdir(), 'fieldchart-move-')))
  for (const [index, customer] of ['长江电子仪器', 'Bright Foods', '东海物流'].entries()) {
    const fields = index === 0 ? { customer } : { customer, remark: '轻放' }
    const { id } = Parse(Made, await app.call('POST', '/api/jobs', { process: 'parcel', fields }))
    jobs.push(id)
    if (index > 0) await app.call('POST', `/api/jobs/${id}/events`, { type: 'go' })
  }
  await publishSecond()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function publishSecond(): Promise<void> {
  const send = async (method: string, path: string, body: unknown, condition: Record<string, string>) => {
    const response = await fetch(`${app.address}/api/processes/parcel/draft${path}`, {
      method,
      headers: {
        authorization: `Bearer ${ADMIN_TOKEN}`,
        'content-type': 'application/json',
        ...condition,
      },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(await response.text())
  }
  await send('PUT', '', { definition: SECOND, basedOn: 1 }, { 'if-none-match': '*' })
  await send('POST', '/publish', { note: 'in parallel' }, { 'if-match': '"1"' })
}

async function open(
  path: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
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
  return { page, faults }
}
const picture = (page: Page, name: string) =>
  page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })

type Violation = { id: string; nodes: { html: string }[] }
async function axe(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const result: { violations: Violation[] } = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

describe('moving running jobs', () => {
  it('is said, tried with its reasons, mended, tried again and done', async () => {
    const { page, faults } = await open('/processes/parcel/design')
    await page.getByRole('button', { name: 'Versions', exact: true }).click()
    await page.getByRole('link', { name: 'Move 3 running jobs of version 1' }).click()
    await page.getByText('1 state has no place yet', { exact: false }).waitFor()
    await picture(page, 'move-en-1280')

    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByText('Cannot move: 3').waitFor()
    const refused = page.locator(`[data-job="${jobs[1]}"]`)
    await refused.getByText('say where its jobs go', { exact: false }).waitFor()
    await picture(page, 'move-refused-en-1280')
    expect(await page.getByRole('button', { name: /^Move \d+ job/ }).count()).toBe(0)

    const target = page.getByRole('combobox', { name: 'Where jobs in “Packing” go' })
    await target.click()
    await page.getByRole('option', { name: 'Getting ready › Box', exact: true }).click()
    await page.getByRole('combobox', { name: 'What becomes of “Remark”' }).click()
    await page.getByRole('option', { name: 'Give its values up' }).click()
    await page.getByRole('textbox', { name: 'Value of “Weight”' }).fill('1.5')
    await page.getByText('The settings were changed since this trial', { exact: false }).waitFor()
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByText('Would move: 3').waitFor()
    await picture(page, 'move-tried-en-1280')
    expect(await axe(page)).toEqual([])

    await page.getByRole('button', { name: 'Move 3 jobs' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Note').fill('papers are printed at once now')
    await dialog.getByRole('button', { name: 'Move 3 jobs' }).click()
    await page.getByText('Moved: 3').waitFor()
    await page.getByText('papers are printed at once now').waitFor()
    const job = await app.call('GET', `/api/jobs/${jobs[1]}`)
    expect(job).toMatchObject({
      version: 2,
      active: ['wrapping.box.boxing', 'wrapping.papers.printing'],
      fields: { weight: 1.5 },
    })
    expect(faults).toEqual([])
  })

  it('stands in the job’s history, in Chinese and dark, on a phone too', async () => {
    const { page } = await open(`/jobs/${jobs[1]}`, {
      locale: 'zh-CN',
      colorScheme: 'dark',
      viewport: { width: 390, height: 844 },
    })
    await page.getByText('迁移到流程第 2 版').waitFor()
    await page.getByText(/起使用第 2 版/).waitFor()
    await picture(page, 'job-zh-390')
    await page.goto(`${app.address}/processes/parcel/move`)
    await page.getByText('名称不变', { exact: false }).first().waitFor()
    await picture(page, 'move-zh-390')
    expect(await axe(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  })
})

describe('a job by hand', () => {
  it('is suspended, goes on, and is put into a state after its effects were shown', async () => {
    const { page } = await open(`/jobs/${jobs[0]}`)
    const panel = page.getByRole('region', { name: 'By hand' })
    await panel.getByRole('button', { name: 'Suspend' }).click()
    await panel.getByLabel('Reason').fill('customer is away')
    await panel.getByRole('button', { name: 'Suspend' }).click()
    await page.getByText(/^Suspended since .* customer is away$/).waitFor()
    await panel.getByRole('button', { name: 'Let it go on' }).click()
    await panel.getByRole('button', { name: 'Let it go on' }).click()
    await panel.getByText('Done: Let it go on').waitFor()

    await panel.getByRole('button', { name: 'Move to a state' }).click()
    await panel.getByLabel('Reason').fill('was packed already')
    await panel.getByRole('combobox', { name: 'State', exact: false }).click()
    await page.getByRole('option', { name: 'Getting ready', exact: true }).click()
    await page.keyboard.press('Escape')
    await panel.getByRole('button', { name: 'See what it does' }).click()
    await panel.getByText('The job would be in: Boxing, Printing').waitFor()
    await picture(page, 'job-hand-en-1280')
    expect(await axe(page)).toEqual([])
    await panel.getByRole('button', { name: 'Move the job' }).click()
    await page.getByText('Moved to a state by hand: was packed already').waitFor()
    expect(await app.call('GET', `/api/jobs/${jobs[0]}`)).toMatchObject({
      active: ['wrapping.box.boxing', 'wrapping.papers.printing'],
    })
  })
})
