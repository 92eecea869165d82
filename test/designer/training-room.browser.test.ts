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
import { SHIPPED } from '../../machines/processes/index.ts'
import { SHIPPED_SCENARIOS } from '../../machines/processes/scenarios.ts'
import { bench } from '../machines/advance/fixtures.ts'
import { ADMIN_TOKEN, openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const Opened = Type.Object({ code: Type.String() })
const Made = Type.Object({ id: Type.String() })

let browser: Browser
let app: Pages
let pictures = ''

beforeAll(async () => {
  const folder = await builtPages()
  browser = await openBrowser()
  const safety = SHIPPED.filter(({ id }) => id === 'site-safety')
  app = await startPages(folder, { shipped: [bench, ...safety] })
  const scenario = SHIPPED_SCENARIOS.find(({ id }) => id === 'site-first-day')
  await app.call('POST', '/api/training/scenarios', { scenario })
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

/** Begun over HTTP, as the page of one's training does. */
async function begun(mode: 'practice' | 'examination'): Promise<string> {
  const made = await app.call('POST', '/api/training/attempts', { scenario: 'site-first-day', mode })
  if (!Check(Made, made)) throw new Error('no attempt')
  return made.id
}
const read = (id: string) => app.call('GET', `/api/training/attempts/${id}`)

/** Into the briefing of the first day: two items confirmed, the certificate shown. */
async function shown(page: Page): Promise<void> {
  await choice(page, 'tick emergencyMeasures').click()
  await choice(page, 'tick emergencyDrill').click()
  await page.getByRole('textbox').last().fill('2026-02-10')
  await page.getByRole('button', { name: '执行' }).click()
  await choice(page, 'event training.show').click()
}
const lines = (page: Page, kind: string) => page.locator(`[data-line="${kind}"]`)

describe('a trainee', () => {
  it('is told in the briefing at what time he comes in, after what was done before him', async () => {
    const scenario = SHIPPED_SCENARIOS.find(({ id }) => id === 'site-long-day')
    await app.call('POST', '/api/training/scenarios', { scenario })
    const made = await app.call('POST', '/api/training/attempts', {
      scenario: 'site-long-day',
      mode: 'practice',
    })
    if (!Check(Made, made)) throw new Error('no attempt')
    const { page, faults } = await open(`/training/attempts/${made.id}`)
    const told = await page.locator('dd').nth(1).textContent()
    await page.getByRole('button', { name: '开始', exact: true }).click()
    await page.getByText(new RegExp(`^${told}:\\d\\d$`)).waitFor()
    expect(faults).toEqual([])
  })

  it('practises: is told at once, goes back, does it otherwise, compares, and finds it all again', async () => {
    const id = await begun('practice')
    const { page, faults } = await open(`/training/attempts/${id}`)
    await page.getByRole('heading', { name: '进场第一天' }).waitFor()
    await look(page, 'briefing')
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: '开始' }).click()
    await drawn(page)
    await shown(page)
    await choice(page, 'move slip-in').waitFor()
    await look(page, 'practice-choices')
    await choice(page, 'move slip-in').click()
    await lines(page, 'fault').first().waitFor()
    await page.keyboard.press('n')
    await page.getByText('马工头').last().waitFor()
    await look(page, 'practice-told')
    await page.getByRole('tab', { name: '经过节点' }).click()
    await page.keyboard.press('b')
    await page.keyboard.press('b')
    await expect.poll(() => lines(page, 'fault').count()).toBe(0)
    await choice(page, 'move listen').click()
    await expect.poll(() => page.locator('.room-moment').count()).toBeGreaterThan(6)
    const marks = page.getByRole('button', { name: /^对比/ })
    await marks.nth((await marks.count()) - 1).click()
    await marks.nth(4).click()
    await page.locator('[data-comparison]').waitFor()
    await look(page, 'practice-compare')
    expect(await axe(page)).toEqual([])
    await expect.poll(async () => JSON.stringify(await read(id))).toContain('"move":"listen"')
    await page.reload()
    await drawn(page)
    await page.getByRole('tab', { name: '经过节点' }).click()
    await expect.poll(() => page.locator('.room-moment').count()).toBeGreaterThan(6)
    await page.getByRole('button', { name: '结束' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '结束' }).click()
    await page.locator('[data-verdict]').waitFor()
    await look(page, 'practice-score')
    expect(await axe(page)).toEqual([])
    expect(await read(id)).toMatchObject({ status: 'failed', mode: 'practice' })
    expect(faults).toEqual([])
  })

  it('is examined: nothing explains, a critical fault ends it at once, and then it is told', async () => {
    const id = await begun('examination')
    const { page, faults } = await open(`/training/attempts/${id}`, {
      viewport: { width: 1920, height: 1080 },
    })
    await page.getByRole('button', { name: '开始考试' }).click()
    expect(await page.getByRole('tab').allTextContents()).toEqual(['时限', '工单数据'])
    expect(await page.getByRole('button', { name: '暂停计时' }).count()).toBe(0)
    await shown(page)
    await choice(page, 'move slip-in').waitFor()
    expect(await lines(page, 'state').count()).toBe(0)
    await look(page, 'examination')
    expect(await axe(page)).toEqual([])
    await page.getByRole('link', { name: '工单' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: '留在此页' }).click()
    await choice(page, 'move slip-in').click()
    await page.locator('[data-critical]').waitFor()
    await page.getByText('已知最短路线为 23 步').waitFor()
    await look(page, 'examination-score')
    expect(await page.locator('[data-norm="SS-29"]').getAttribute('data-result')).toBe('broken')
    expect(await axe(page)).toEqual([])
    await page.emulateMedia({ media: 'print' })
    await look(page, 'score-print')
    await page.emulateMedia({ media: 'screen' })
    await page.getByRole('button', { name: '练习薄弱之处' }).click()
    await page.getByRole('button', { name: '开始' }).waitFor()
    expect(faults).toEqual([])
  })

  it('meets what his trainer throws in, as it comes', async () => {
    const opened = await app.call('POST', '/api/training/sessions', {
      scenario: 'site-first-day',
      mode: 'practice',
    })
    if (!Check(Opened, opened)) throw new Error('no session')
    const made = await app.call('POST', '/api/training/attempts', {
      scenario: 'site-first-day',
      mode: 'practice',
      session: opened.code,
    })
    if (!Check(Made, made)) throw new Error('no attempt')
    const { page, faults } = await open(`/training/attempts/${made.id}`)
    await page.getByRole('button', { name: '开始' }).click()
    await choice(page, 'tick emergencyMeasures').click()
    await expect.poll(async () => JSON.stringify(await read(made.id))).toContain('emergencyMeasures')
    await app.call('POST', `/api/training/sessions/${opened.code}/happen`, {
      attempt: made.id,
      act: { act: 'say', by: 'foreman', text: { en: 'The power is off!', zh: '停电了！' }, temper: 'angry' },
    })
    await page.getByText('停电了！').waitFor()
    await choice(page, 'tick emergencyDrill').click()
    await page.getByRole('textbox').last().fill('2026-02-10')
    await page.getByRole('button', { name: '执行' }).click()
    await expect.poll(async () => JSON.stringify(await read(made.id))).toContain('2026-02-10')
    await look(page, 'thrown-in')
    expect(faults).toEqual([])
  })

  it('does the same on a telephone, in the dark', async () => {
    const id = await begun('practice')
    const { page, faults } = await open(`/training/attempts/${id}`, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      colorScheme: 'dark',
      locale: 'en-GB',
    })
    await page.getByRole('button', { name: 'Start' }).waitFor()
    await look(page, 'phone-briefing')
    await page.getByRole('button', { name: 'Start' }).tap()
    await choice(page, 'tick emergencyMeasures').tap()
    await lines(page, 'own').first().waitFor()
    await page.getByRole('button', { name: 'Until something happens' }).tap()
    await lines(page, 'said').first().waitFor()
    await page.screenshot({ path: join(pictures, 'phone-room.png'), fullPage: true })
    const wide = await page.evaluate('document.documentElement.scrollWidth')
    expect(wide).toBe(390)
    expect(await axe(page)).toEqual([])
    expect(faults).toEqual([])
  })
})

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
    await page.getByText('Asking').last().waitFor()
    await page.keyboard.press('b')
    await page.getByRole('tab', { name: '条件' }).click()
    await page.locator('[data-guard]').first().getByText('成立', { exact: true }).click()
    await page.locator('[data-forced="true"]').waitFor()
    await look(page, 'try-guards')
    await choice(page, 'event quote').click()
    await page.locator('input[type=number]').fill('300')
    await page.keyboard.press('Enter')
    await page.getByText('Repairing').last().waitFor()
    await page.getByRole('tab', { name: '流程图' }).click()
    await drawn(page)
    await look(page, 'try-forced')
    await page.getByRole('button', { name: '重新开始' }).click()
    await page.getByLabel('序列号').fill('SN-8')
    await page.getByRole('button', { name: '开始' }).click()
    await drawn(page)
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

  it('says what keeps a draft from running', async () => {
    const definition = structuredClone(bench)
    definition.initial = 'nowhere'
    const response = await fetch(`${app.address}/api/processes/bench/draft`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${ADMIN_TOKEN}`,
        'content-type': 'application/json',
        'if-none-match': '*',
      },
      body: JSON.stringify({ definition, basedOn: 1 }),
    })
    expect(response.ok).toBe(true)
    const { page } = await open('/processes/bench/try')
    await page.getByRole('alert').getByText('nowhere').first().waitFor()
    expect(await page.getByRole('button', { name: '开始' }).count()).toBe(0)
    await look(page, 'try-barred')
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
