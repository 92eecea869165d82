/** A drawing of 300 states seen as a whole: its lines are few shapes, and each can still be chosen; nearer, all is there. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { largeProcess } from '../machines/large-process.ts'
import { ADMIN_TOKEN, openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

let browser: Browser
let app: Pages

beforeAll(async () => {
  const folder = await builtPages()
  browser = await openBrowser()
  app = await startPages(folder, { shipped: [] })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function open(id: string): Promise<{ page: Page; faults: string[]; close(): Promise<void> }> {
  await app.call('POST', '/api/processes', { definition: largeProcess({ id }) })
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(`${app.address}/processes/${id}/design`)
  await page.locator('form input').first().fill(ADMIN_TOKEN)
  await page.keyboard.press('Enter')
  await page.locator('.canvas .react-flow__node').first().waitFor()
  return { page, faults, close: () => context.close() }
}
/** The whole in view. */
async function showAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Fit the whole drawing' }).first().click()
  await page.locator('.chart-far-still').waitFor()
}

it('shows all transitions from far off, lets one be chosen, and shows them with their words from near by', async () => {
  const { page, faults, close } = await open('large')
  await page.getByText('This drawing is large: here it begins.').waitFor()
  expect(await page.locator('.chart-far').count()).toBe(0)
  await showAll(page)
  await page.getByText('This drawing is large: here it begins.').waitFor({ state: 'detached' })
  await page.waitForFunction(() => document.querySelectorAll('.react-flow__node-state').length >= 300)
  expect(await page.locator('.react-flow__edge').count()).toBe(0)
  // A place on a line that nothing lies over.
  const spot = await page.evaluate(() => {
    const reach = document.querySelector<SVGPathElement>('.chart-far-reach')
    const matrix = reach?.getScreenCTM()
    if (reach === null || matrix === null || matrix === undefined) return undefined
    const length = reach.getTotalLength()
    for (let part = 0.05; part < 1; part += 0.01) {
      const { x, y } = reach.getPointAtLength(length * part).matrixTransform(matrix)
      if (document.elementFromPoint(x, y) === reach) return { x, y }
    }
    return undefined
  })
  if (spot === undefined) throw new Error('no line can be reached')
  await page.mouse.click(spot.x, spot.y)
  await page.locator('.chart-far [data-chosen="true"] .chart-far-line').first().waitFor({ state: 'attached' })
  const nearer = page.getByRole('button', { name: 'Zoom in' }).first()
  while ((await page.locator('.chart-far').count()) > 0) await nearer.click()
  await page.locator('.react-flow__edge').first().waitFor({ state: 'attached' })
  await page.locator('.chart-label').first().waitFor({ state: 'attached' })
  expect(faults).toEqual([])
  await close()
}, 300_000)

it('has its lines where they were when the page is opened again', async () => {
  const { page, faults, close } = await open('again')
  const lines = (): Promise<(string | null)[]> =>
    page
      .locator('.chart-far-still .chart-far-line')
      .evaluateAll((all) => all.map((one) => one.getAttribute('d')))
  // Placed by a change that is saved, the states stand where they stood; where lines ran is not saved with them.
  await page.getByRole('button', { name: 'Arrange the whole drawing' }).first().click()
  await page
    .getByText(/^Done: /)
    .first()
    .waitFor({ state: 'attached' })
  await showAll(page)
  const before = await lines()
  expect(before.join('').length).toBeGreaterThan(10_000)
  // Kept once nothing has changed for a while.
  await page.waitForTimeout(2500)
  await page.reload()
  await page.locator('.canvas .react-flow__node').first().waitFor()
  await showAll(page)
  expect(await lines()).toEqual(before)
  expect(faults).toEqual([])
  await close()
}, 300_000)

it('shows every line once while a state is dragged, and when it is let go or put back', async () => {
  const { page, faults, close } = await open('dragged')
  await showAll(page)
  const lines = (where = '.chart-far'): Promise<number> =>
    page
      .locator(`${where} .chart-far-line`)
      .evaluateAll((all) =>
        all.reduce((sum, one) => sum + (one.getAttribute('d')?.match(/M/g) ?? []).length, 0),
      )
  const all = await lines()
  expect(all).toBeGreaterThan(500)
  const box = await page.locator('.react-flow__node-state:has([data-path="p3.s2"])').boundingBox()
  if (box === null) throw new Error('the state is not in view')
  const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + 30, from.y + 20, { steps: 6 })
  await page.waitForFunction(
    () => document.querySelector('.chart-far:not(.chart-far-still) .chart-far-line') !== null,
  )
  expect(await lines('.chart-far-still')).toBeLessThan(all)
  expect(await lines()).toBe(all)
  await page.mouse.move(from.x, from.y, { steps: 6 })
  await page.mouse.up()
  await page.waitForFunction(
    () => document.querySelector('.chart-far:not(.chart-far-still) .chart-far-line') === null,
  )
  expect(await lines('.chart-far-still')).toBe(all)
  expect(faults).toEqual([])
  await close()
}, 300_000)

/** Where everything of the whole drawing is. */
async function drawn(page: Page, fit: string): Promise<string[]> {
  await page.getByRole('button', { name: fit }).first().click()
  await page.locator('.chart-far-still').waitFor()
  await page.waitForFunction(() => document.querySelectorAll('.react-flow__node-state').length >= 300)
  return page.evaluate(() => [
    ...[...document.querySelectorAll<HTMLElement>('.react-flow__node')].map(
      ({ dataset, style }) => `${dataset.id} ${style.transform} ${style.width} ${style.height}`,
    ),
    ...[...document.querySelectorAll('.chart-far-still .chart-far-line')].map(
      (line) => line.getAttribute('d') ?? '',
    ),
  ])
}

it.each([
  ['en-GB', 'Fit the whole drawing'],
  ['zh-CN', '显示全图'],
])(
  'is drawn as the server laid it out, which is as the page would have (%s)',
  async (locale, fit) => {
    const id = `offered-${locale.toLowerCase()}`
    await app.call('POST', '/api/processes', { definition: largeProcess({ id }) })
    await app.call('GET', `/api/processes/${id}/drawing?language=${locale.slice(0, 2)}`)
    const open = async (isOffered: boolean): Promise<{ lines: string[]; laidOut: boolean }> => {
      const context = await browser.newContext({ locale, viewport: { width: 1280, height: 900 } })
      const page = await context.newPage()
      let laidOut = false
      page.on('request', (request) => {
        laidOut ||= request.url().includes('elk-worker')
      })
      if (!isOffered) await page.route('**/drawing?*', (route) => route.fulfill({ status: 204 }))
      await page.goto(`${app.address}/processes/${id}/design`)
      await page.locator('form input').first().fill(ADMIN_TOKEN)
      await page.keyboard.press('Enter')
      await page.locator('.canvas .react-flow__node').first().waitFor()
      const lines = await drawn(page, fit)
      await context.close()
      return { lines, laidOut }
    }
    const [offered, own] = [await open(true), await open(false)]
    expect([offered.laidOut, own.laidOut]).toEqual([false, true])
    expect(own.lines.join('').length).toBeGreaterThan(10_000)
    expect(offered.lines).toEqual(own.lines)
    // It was shown, and nobody has moved anything.
    expect(await app.call('GET', `/api/processes/${id}/draft`)).not.toHaveProperty('layout')
  },
  300_000,
)
