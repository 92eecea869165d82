/** The process as text beside its drawing, as a person works with it: typed, drawn, broken, mended, both at once. */
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ADMIN_TOKEN, openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

let browser: Browser
let folder: string
let app: Pages

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Looked at after a run. */
const SHOTS = join(tmpdir(), 'fieldchart-shots')

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  folder = await builtPages()
  browser = await openBrowser()
  app = await startPages(folder)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const small = (id: string): unknown => ({
  id,
  initial: 'called',
  states: {
    called: {
      meta: { title: { en: 'Called', zh: '已来电' } },
      on: { arrive: { target: 'onSite' } },
      after: { late: { target: 'tooLate' } },
    },
    onSite: { type: 'final', meta: { title: { en: 'On site', zh: '现场' } } },
    tooLate: { type: 'final', meta: { title: { en: 'Too late', zh: '超时' } } },
  },
  schemas: {
    context: { properties: {} },
    events: {
      arrive: { meta: { title: { en: 'Engineer arrives', zh: '工程师到达' }, roles: ['engineer'] } },
    },
  },
  delays: { late: { duration: 'PT30M', meta: { title: { en: 'Too late', zh: '超时' } } } },
  meta: { title: { en: 'Small process', zh: '小流程' } },
})

type Opened = { page: Page; faults: string[] }
async function openText(id: string, options: { locale?: string; width?: number } = {}): Promise<Opened> {
  const { locale = 'en-GB', width = 1280 } = options
  const context = await browser.newContext({ locale, viewport: { width, height: 900 } })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('dialog', (dialog) => void dialog.accept())
  await page.goto(`${app.address}/processes/${id}/design`)
  await page.locator('form input').first().fill(ADMIN_TOKEN)
  await page.keyboard.press('Enter')
  await page.locator('.canvas .react-flow__node').first().waitFor({ timeout: 30_000 })
  await page.getByRole('button', { name: locale === 'zh-CN' ? '文本' : 'Text', exact: true }).click()
  await page.locator('.cm-content').waitFor()
  return { page, faults }
}
const make = (id: string): Promise<unknown> => app.call('POST', '/api/processes', { definition: small(id) })
const textOf = (page: Page): Promise<string> => page.locator('.cm-content').evaluate((own) => own.textContent)
const drawn = (page: Page, text: string | RegExp) => page.locator('.canvas').getByText(text).first()
const said = (page: Page) => page.locator('.code-foot [role=status]')
/** Finds a text in the editor, so that it is selected there. */
async function find(page: Page, text: string): Promise<void> {
  await page.locator('.cm-content').click()
  await page.keyboard.press('Control+f')
  await page.getByRole('textbox', { name: /^(Find|查找)$/ }).focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
}
async function axe(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const result: { violations: { id: string; nodes: { html: string }[] }[] } = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}
const shot = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: join(SHOTS, `${name}.png`) })
}

describe('the text beside the drawing', () => {
  it('changes the drawing as it is typed, and follows when that is taken back on the canvas', async () => {
    await make('typed')
    const { page, faults } = await openText('typed')
    await drawn(page, 'after 30 minutes').waitFor()
    await find(page, 'PT30M')
    await page.keyboard.type('PT20M')
    await drawn(page, 'after 20 minutes').waitFor()
    await page.locator('.react-flow__node[data-id="s:called"]').focus()
    await page.keyboard.press('Control+z')
    await drawn(page, 'after 30 minutes').waitFor()
    expect(await textOf(page)).toContain('PT30M')
    await page.keyboard.press('Control+Shift+z')
    await page.locator('.cm-content', { hasText: 'PT20M' }).waitFor()
    // Within the text Ctrl+Z takes back the same step, once nothing typed is open.
    await page.locator('.cm-content').click()
    await page.keyboard.press('Control+z')
    await drawn(page, 'after 30 minutes').waitFor()
    expect(faults).toEqual([])
  }, 300_000)

  it('shows at once what is drawn, and lights what is selected', async () => {
    await make('drawn')
    const { page, faults } = await openText('drawn')
    const state = page.locator('.react-flow__node[data-id="s:onSite"]')
    await state.click({ position: { x: 8, y: 8 } })
    await page.locator('.cm-line.code-lit', { hasText: '"onSite"' }).waitFor()
    await page.keyboard.press('F2')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('At the customer')
    await page.keyboard.press('Enter')
    await page.locator('.cm-content', { hasText: 'At the customer' }).waitFor()
    // From the text to the drawing, without leaving the text.
    await find(page, '"tooLate": {')
    await page.keyboard.press('Alt+Enter')
    await page.locator('.react-flow__node[data-id="s:tooLate"].selected').waitFor()
    expect(await page.locator('.cm-content').evaluate((own) => own === document.activeElement)).toBe(true)
    expect(faults).toEqual([])
  }, 300_000)

  it('neither applies nor loses what cannot be read, and says where it is wrong', async () => {
    await make('broken')
    const { page, faults } = await openText('broken')
    await find(page, '"initial": "called",')
    await page.keyboard.press('End')
    await page.keyboard.press('Backspace')
    await said(page).getByText('Line 3: a comma is missing after this').waitFor()
    await page.locator('.cm-lintRange-error').first().waitFor()
    await shot(page, 'code-broken')
    // The drawing goes on, and what is typed stays: over hiding the text, and over a reload.
    await page.locator('.react-flow__node[data-id="s:onSite"]').click({ position: { x: 8, y: 8 } })
    await page.keyboard.press('F2')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('At the customer')
    await page.keyboard.press('Enter')
    await page.locator('.cm-content', { hasText: 'At the customer' }).waitFor()
    await page.getByRole('button', { name: 'Hide the text' }).click()
    await page.getByRole('button', { name: 'Text', exact: true }).click()
    await said(page).getByText('a comma is missing').waitFor()
    await page.waitForTimeout(2600)
    await page.reload()
    await said(page).getByText('a comma is missing').waitFor({ timeout: 20_000 })
    const { definition } = JSON.parse(JSON.stringify(await app.call('GET', '/api/processes/broken/draft')))
    expect([definition.initial, definition.states.onSite.meta.title.en]).toEqual([
      'called',
      'At the customer',
    ])
    // Mended.
    await page.getByRole('button', { name: /^Go to line 3/ }).click()
    await page.keyboard.press('End')
    await page.keyboard.type(',')
    await said(page).getByText('Text and drawing are the same.').waitFor()
    expect(await textOf(page)).toContain('At the customer')
    expect(faults).toEqual([])
  }, 300_000)

  it('asks where typing and drawing touch', async () => {
    await make('touching')
    const { page, faults } = await openText('touching')
    await find(page, 'On site"')
    await page.keyboard.type('Typed')
    await said(page).getByText('Nothing of this is in the drawing yet.').waitFor()
    await page.locator('.react-flow__node[data-id="s:onSite"]').click({ position: { x: 8, y: 8 } })
    await page.keyboard.press('F2')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('Drawn')
    await page.keyboard.press('Enter')
    await said(page).getByText('The drawing changed where you are typing.').waitFor()
    // What is selected is lit as it was last read: one state, not what the missing sign made of it.
    expect(await page.locator('.code-lit', { hasText: 'onSite' }).count()).toBe(1)
    expect(await page.locator('.code-lit', { hasText: 'tooLate' }).count()).toBe(0)
    await shot(page, 'code-touching')
    expect(await textOf(page)).toContain('"Typed')
    await page.getByRole('button', { name: 'Take the drawing' }).click()
    await said(page).getByText('Text and drawing are the same.').waitFor()
    expect(await textOf(page)).toContain('"Drawn"')
    expect(await textOf(page)).not.toContain('Typed')
    expect(faults).toEqual([])
  }, 300_000)

  it('marks a wrong target in text and drawing, leads there, and mends it', async () => {
    await make('wrong')
    const { page, faults } = await openText('wrong')
    await find(page, '"target": "tooLate"')
    await page.keyboard.type('"target": "tooLat"')
    const row = page.getByRole('listitem').filter({ hasText: 'tooLat' }).first()
    await row.waitFor()
    await page.locator('.cm-lintRange-error', { hasText: 'tooLat' }).waitFor()
    await drawn(page, /after 30 minutes → Leads/).waitFor({ state: 'attached' })
    await shot(page, 'code-wrong-target')
    await page.locator('.cm-content').press('Control+Home')
    await row.getByRole('button').first().click()
    const line = page.locator('.cm-activeLine', { hasText: 'tooLat' })
    await line.waitFor()
    await row.getByRole('button', { name: 'Use “tooLate”' }).click()
    await page.locator('.cm-line', { hasText: '"target": "tooLate"' }).waitFor()
    await page.locator('.cm-lintRange-error').first().waitFor({ state: 'detached', timeout: 20_000 })
    expect(faults).toEqual([])
  }, 300_000)

  it('completes by keyboard alone, and its width is moved by keys', async () => {
    await make('keys')
    const { page, faults } = await openText('keys')
    await find(page, '"target": "tooLate"')
    await page.keyboard.press('ArrowRight')
    for (let count = 0; count < '"tooLate"'.length; count++) await page.keyboard.press('Backspace')
    await page.keyboard.type('"')
    await page.locator('.cm-tooltip-autocomplete').getByText('On site').waitFor()
    await shot(page, 'code-complete')
    await page.keyboard.type('onS')
    await page.locator('.cm-tooltip-autocomplete li[aria-selected]', { hasText: 'onSite' }).waitFor()
    await page.waitForTimeout(150)
    await page.keyboard.press('Enter')
    await said(page).getByText('Text and drawing are the same.').waitFor()
    expect((await textOf(page)).match(/"target": "onSite"/g)).toHaveLength(2)
    const divider = page.getByRole('separator', { name: 'Width of the text' })
    const width = async (): Promise<number> => (await page.locator('.code-pane').boundingBox())?.width ?? 0
    const before = await width()
    await divider.focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    expect(await width()).toBeGreaterThan(before + 10)
    // Tab leaves the text.
    await page.locator('.cm-content').focus()
    await page.keyboard.press('Tab')
    expect(await page.locator('.cm-content').evaluate((own) => own === document.activeElement)).toBe(false)
    expect(faults).toEqual([])
  }, 300_000)

  it('speaks Chinese, also of the signs of a Chinese keyboard', async () => {
    await make('chinese')
    const { page, faults } = await openText('chinese', { locale: 'zh-CN', width: 1920 })
    await find(page, '"initial": "called",')
    await page.keyboard.press('End')
    await page.keyboard.press('Backspace')
    await page.keyboard.insertText('，')
    await said(page).getByText('第 3 行：“，”是全角符号').waitFor()
    await shot(page, 'code-zh')
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: '切换到深色主题' }).click()
    // Its tooltip goes with the pointer.
    await page.mouse.move(900, 500)
    await page.getByRole('tooltip').waitFor({ state: 'detached' })
    await shot(page, 'code-zh-dark')
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: '放弃我输入的内容' }).click()
    await said(page).getByText('文本与图一致。').waitFor()
    expect(faults).toEqual([])
  }, 300_000)
})
