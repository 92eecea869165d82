/** The designer by keyboard alone: commands by name, the sheet of keys, from part to part, everywhere on the drawing. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ADMIN_TOKEN, openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

let browser: Browser
let folder: string
let app: Pages

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

type Look = { locale?: string; colorScheme?: 'light' | 'dark' }
async function openDesigner(id: string, look: Look = {}): Promise<{ page: Page; faults: string[] }> {
  const { locale = 'en-GB', colorScheme = 'light' } = look
  const context = await browser.newContext({ locale, colorScheme, viewport: { width: 1280, height: 900 } })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(`${app.address}/processes/${id}/design`)
  await page.locator('form input').first().fill(ADMIN_TOKEN)
  await page.keyboard.press('Enter')
  await page.locator('.canvas .react-flow__node').first().waitFor({ timeout: 30_000 })
  return { page, faults }
}
const shot = (page: Page, name: string): Promise<unknown> =>
  page.screenshot({ path: join(SHOTS, `actions-${name}.png`) })
const blank = (id: string): unknown => ({
  id,
  initial: 'start',
  states: {
    start: { meta: { title: { en: 'Start', zh: '\u5f00\u59cb' } } },
    work: { meta: { title: { en: 'At work', zh: '\u5904\u7406' } } },
  },
  schemas: { context: { properties: {} }, events: {} },
  meta: { title: { en: 'Small process', zh: '\u5c0f\u6d41\u7a0b' } },
})
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document
    const region = activeElement?.closest('[data-area]')?.getAttribute('data-area') ?? ''
    return `${region} ${activeElement?.getAttribute('data-id') ?? ''}`.trim()
  })
const node = (page: Page, path: string) => page.locator(`.react-flow__node[data-id="s:${path}"]`)
/** Does a command by its name, as a person types it. */
async function command(page: Page, ...typed: string[]): Promise<void> {
  await page.keyboard.press('Control+k')
  for (const text of typed) {
    await page.locator('.palette-input input').waitFor()
    await page.keyboard.type(text)
    // What is found may come from the server: a person looks before he takes it.
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
  }
}

describe('the palette of commands', () => {
  it('does what is typed in either language, asks what is missing, and hands the keyboard back', async () => {
    await app.call('POST', '/api/processes', { definition: blank('by-command') })
    const { page, faults } = await openDesigner('by-command')
    await node(page, 'start').focus()
    await command(page, 'parallel')
    await page.getByRole('textbox', { name: 'Title', exact: true }).waitFor()
    await page.keyboard.type('Meanwhile')
    await page.keyboard.press('Enter')
    await node(page, 'parallel').waitFor()
    await node(page, 'work').focus()
    await command(page, '\u79fb\u5165', 'Region 1')
    await node(page, 'parallel.region1.work').waitFor()
    expect(await focused(page)).toBe('canvas s:parallel.region1.work')
    // Found as a place, not as a command.
    await command(page, '\u5f00\u59cb')
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-id') === 's:start')
    await page.keyboard.press('Control+k')
    await shot(page, 'palette')
    await page.keyboard.type('dissolve')
    await page.getByRole('option', { name: /Dissolve the group/ }).waitFor()
    expect(await page.getByRole('option', { name: /Dissolve/ }).getAttribute('aria-disabled')).toBe('true')
    await shot(page, 'palette-barred')
    await page.keyboard.press('Escape')
    await page.locator('.palette-input').waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toBe('canvas s:start')
    expect(faults).toEqual([])
  }, 300_000)

  it('leads to the other pages, and speaks Chinese', async () => {
    const { page } = await openDesigner('home-visit', { locale: 'zh-CN', colorScheme: 'dark' })
    const typed = Promise.withResolvers<void>()
    await page.keyboard.press('Control+Shift+P')
    await page.locator('.palette-input input').waitFor()
    await page.keyboard.type('\u5bf9\u9f50')
    await shot(page, 'palette-zh-dark')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await shot(page, 'sheet-zh-dark')
    await page.keyboard.press('Escape')
    await command(page, 'jobs')
    await page.waitForURL(/\/jobs$/)
    await page.route('**/api/processes', async (route) => {
      await typed.promise
      await route.continue()
    })
    await page.reload()
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.keyboard.press('Control+k')
    await page.locator('.palette-input input').waitFor()
    await page.keyboard.type('fault')
    await page.getByRole('status').filter({ hasText: /./ }).first().waitFor()
    typed.resolve()
    // Processes are found once the page has read them, though that comes after they were asked for.
    await page.getByRole('option').filter({ hasText: 'fault' }).first().waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/processes\/fault$/)
  }, 300_000)
})

describe('the sheet of shortcuts', () => {
  it('opens by ?, not while someone types, and names what the page can do', async () => {
    const { page } = await openDesigner('home-visit')
    await page.locator('.react-flow__node-state').nth(2).focus()
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await sheet.waitFor()
    await shot(page, 'sheet')
    for (const each of ['Undo', 'Draw a transition', 'Next problem', 'Out, one level up'])
      expect(await sheet.getByText(each, { exact: true }).count()).toBe(1)
    await page.emulateMedia({ media: 'print' })
    await shot(page, 'sheet-print')
    await page.emulateMedia({ media: 'screen' })
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    await page.keyboard.press('F2')
    await page.keyboard.type('?n')
    expect(await sheet.count()).toBe(0)
    expect(await page.getByRole('textbox', { name: 'Title', exact: true }).inputValue()).toBe('?n')
  }, 300_000)
})

describe('the keyboard', () => {
  it('goes round the parts of the page by F6, and back to the drawing by Escape', async () => {
    const { page } = await openDesigner('home-visit')
    await page.locator('.react-flow__node-state').nth(2).focus()
    const start = await focused(page)
    const seen: string[] = []
    for (let step = 0; step < 5; step += 1) {
      await page.keyboard.press('F6')
      seen.push((await focused(page)).split(' ')[0] ?? '')
    }
    expect(new Set(seen)).toEqual(new Set(['header', 'toolbar', 'canvas', 'panel', 'problems']))
    expect(await focused(page)).toBe(start)
    await page.keyboard.press('Alt+Enter')
    await page.waitForFunction(() => document.activeElement?.closest('[data-area=panel]') !== null)
    await shot(page, 'panel-focus')
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.activeElement?.closest('[data-area=canvas]') !== null)
    expect(await focused(page)).toBe(start)
  }, 300_000)

  it('leaves letters to who types, and to who composes Chinese', async () => {
    await app.call('POST', '/api/processes', { definition: blank('by-letters') })
    const { page } = await openDesigner('by-letters')
    await node(page, 'start').focus()
    await page.keyboard.press('Alt+Enter')
    const title = page.getByRole('textbox', { name: /Title/ }).first()
    await title.fill('')
    await title.pressSequentially('ntz1?')
    expect(await title.inputValue()).toBe('ntz1?')
    await node(page, 'start').focus()
    await page.evaluate(() => {
      const composed = new KeyboardEvent('keydown', {
        key: 'n',
        code: 'KeyN',
        bubbles: true,
        isComposing: true,
      })
      document.activeElement?.dispatchEvent(composed)
    })
    expect(await page.locator('.react-flow__node-state').count()).toBe(3)
    // What is barred says why instead of doing nothing.
    await page.keyboard.press('Control+Shift+g')
    await page.getByText('There are no states to set free here.').first().waitFor()
    await shot(page, 'barred')
  }, 300_000)

  it('does, undoes and is told what was done', async () => {
    await app.call('POST', '/api/processes', { definition: blank('by-voice') })
    const { page } = await openDesigner('by-voice')
    const voice = page.locator('[data-voice]')
    await node(page, 'work').focus()
    await page.keyboard.press('Control+d')
    await node(page, 'work2').waitFor()
    expect(await voice.textContent()).toMatch(/^Done: /)
    await page.keyboard.press('Control+z')
    await node(page, 'work2').waitFor({ state: 'detached' })
    expect(await voice.textContent()).toMatch(/^Undone: /)
    await page.keyboard.press('Control+y')
    await node(page, 'work2').waitFor()
    expect(await voice.textContent()).toMatch(/^Done again: /)
  }, 300_000)
})
