/** The canvas as people work on it: a small process drawn from blank by mouse, and another by keyboard alone. */

import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import Type from 'typebox'
import { Check } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Definition } from '../../machines/definition/schema.ts'
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

const blank = (id: string): unknown => ({
  id,
  initial: 'start',
  states: { start: { meta: { title: { en: 'Start', zh: '开始' } } } },
  schemas: { context: { properties: {} }, events: {} },
  meta: { title: { en: 'Small process', zh: '小流程' } },
})

type Opened = { page: Page; faults: string[] }
async function openDesigner(id: string, options: { locale?: string; width?: number } = {}): Promise<Opened> {
  const { locale = 'en-GB', width = 1280 } = options
  const context = await browser.newContext({ locale, viewport: { width, height: 1000 } })
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

async function draftOf(page: Page, id: string): Promise<Definition> {
  // Saved by itself within two seconds of the last change.
  await page.waitForTimeout(2600)
  const { definition } = readAs(await app.call('GET', `/api/processes/${id}/draft`))
  return definition
}
const Draft = Type.Object({ definition: Type.Unsafe<Definition>(Type.Object({ id: Type.String() })) })
function readAs(body: unknown): { definition: Definition } {
  if (!Check(Draft, body)) throw new Error('no draft')
  return body
}
const shot = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: join(SHOTS, `${name}.png`) })
}

type Box = { x: number; y: number; width: number; height: number }
async function boxOf(page: Page, path: string): Promise<Box> {
  const box = await page.locator(`.react-flow__node[data-id="s:${path}"]`).boundingBox()
  if (box === null) throw new Error(`${path} is not drawn`)
  return box
}
async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 6 })
  await page.mouse.move(to.x, to.y, { steps: 6 })
  await page.mouse.up()
}
const undoAll = async (page: Page, title: RegExp): Promise<number> => {
  const button = page.getByRole('button', { name: title }).first()
  for (let count = 0; ; count += 1) {
    if (!(await button.isEnabled())) return count
    await button.click()
  }
}

describe('the canvas', () => {
  it('draws a small process from blank by mouse, takes all back and does it again', async () => {
    await app.call('POST', '/api/processes', { definition: blank('by-mouse') })
    const { page, faults } = await openDesigner('by-mouse')
    const start = await boxOf(page, 'start')
    // From the edge of the state into the empty: a transition and its state in one.
    await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
    await drag(
      page,
      { x: start.x + start.width / 2, y: start.y + start.height },
      { x: start.x + 60, y: start.y + 190 },
    )
    await page.getByLabel('Title of the new state').fill('On site')
    await page.getByLabel('Title of the event').fill('Engineer arrives')
    await page.getByRole('button', { name: 'Draw', exact: true }).click()
    await page.locator('.react-flow__node[data-id="s:state"]').waitFor()
    // A double click in the empty: a state, its title typed where it stands.
    const site = await boxOf(page, 'state')
    await page.mouse.dblclick(site.x + 330, site.y + 20)
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Too late')
    await page.keyboard.press('Enter')
    await page.locator('.react-flow__node[data-id="s:state2"]').waitFor()
    // From one state onto another: after some time.
    const late = await boxOf(page, 'state2')
    await page.mouse.move(site.x + site.width / 2, site.y + site.height / 2)
    await drag(
      page,
      { x: site.x + site.width, y: site.y + site.height / 2 },
      { x: late.x + 14, y: late.y + late.height / 2 },
    )
    await page.getByText('Time', { exact: true }).click()
    await page.getByLabel('How long').fill('20')
    await page.getByRole('button', { name: 'Draw', exact: true }).click()
    await page.getByText('after 20 minutes').first().waitFor()
    // A checklist in the panel.
    await page.mouse.click(site.x + 12, site.y + site.height / 2)
    await page.getByRole('button', { name: 'Add an item' }).click()
    await page.getByLabel('Title (English)').nth(1).fill('Photo of the nameplate')
    await shot(page, 'mouse')
    const drawn = await draftOf(page, 'by-mouse')
    expect(Object.keys(drawn.states)).toEqual(['start', 'state', 'state2'])
    expect(drawn.states.start?.on).toEqual({ 'engineer-arrives': { target: 'state' } })
    expect(drawn.states.state?.meta?.title).toEqual({ en: 'On site' })
    expect(drawn.states.state?.meta?.checklist).toMatchObject([{ title: { en: 'Photo of the nameplate' } }])
    expect(Object.values(drawn.states.state?.after ?? {})).toEqual([{ target: 'state2' }])
    expect(Object.values(drawn.delays ?? {})).toMatchObject([{ duration: 'PT20M' }])

    const steps = await undoAll(page, /^Undo/)
    expect(steps).toBeGreaterThan(4)
    expect(await draftOf(page, 'by-mouse')).toEqual(blank('by-mouse'))
    expect(await undoAll(page, /^Redo/)).toBe(steps)
    expect(await draftOf(page, 'by-mouse')).toEqual(drawn)
    expect(faults).toEqual([])
  }, 300_000)

  it('draws the like by keyboard alone', async () => {
    await app.call('POST', '/api/processes', { definition: blank('by-keys') })
    const { page, faults } = await openDesigner('by-keys')
    await page.locator('.react-flow__node[data-id="s:start"]').focus()
    await page.keyboard.press('F2')
    await page.keyboard.type('Called')
    await page.keyboard.press('Enter')
    // A new state beside it, then a transition to it and one to a state made with it.
    await page.keyboard.press('n')
    await page.keyboard.type('On site')
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('t')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('On site')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByLabel('Title of the event').focus()
    await page.keyboard.type('Engineer arrives')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.locator('.chart-label', { hasText: 'Engineer arrives' }).waitFor()
    await shot(page, 'keys')
    const drawn = await draftOf(page, 'by-keys')
    expect(drawn.states.start?.meta?.title).toMatchObject({ en: 'Called' })
    expect(drawn.states.start?.on).toEqual({ 'engineer-arrives': { target: 'state' } })
    expect(faults).toEqual([])
  }, 300_000)

  it('keeps the other states where they are when one is moved, and finds by text', async () => {
    const { page } = await openDesigner('home-visit', { width: 1920 })
    await shot(page, 'home-visit-1920')
    const nodes = page.locator('.react-flow__node-state')
    const placesNow = (): Promise<string[]> =>
      nodes.evaluateAll((all) =>
        all.map(
          (node) =>
            `${node.getAttribute('data-id')} ${node instanceof HTMLElement ? node.style.transform : ''}`,
        ),
      )
    const before = await placesNow()
    await page.locator('.canvas').focus()
    await page.keyboard.press('Control+f')
    await page.getByRole('textbox', { name: 'Search the drawing' }).fill('arriv')
    await page.getByText(/^1 of \d+$/).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('z')
    await shot(page, 'home-visit-found')
    await page.keyboard.press('Alt+ArrowRight')
    await page.waitForTimeout(300)
    const after = await placesNow()
    const changed = after.filter((place) => !before.includes(place))
    expect(after).toHaveLength(before.length)
    expect(changed.length).toBeLessThan(6)
  }, 300_000)

  it('is drawn in Chinese as in English', async () => {
    const { page } = await openDesigner('home-visit', { locale: 'zh-CN' })
    await page
      .locator('.react-flow__node-state')
      .nth(3)
      .click({ position: { x: 8, y: 8 } })
    await page.waitForTimeout(500)
    await shot(page, 'home-visit-zh-1280')
  }, 300_000)
})
