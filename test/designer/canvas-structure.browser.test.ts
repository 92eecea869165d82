/** The structure of a drawing as people work on it: sizes, folding, a group alone, snapping, layouts of a part. */

import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import Type from 'typebox'
import { Check } from 'typebox/value'
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

const titled = (en: string, zh: string, more: object = {}): object => ({
  meta: { title: { en, zh } },
  ...more,
})
const repair = (id: string): unknown => ({
  id,
  initial: 'called',
  states: {
    called: titled('Called', '已来电', { on: { go: { target: 'work' } } }),
    work: titled('On site', '现场作业', {
      initial: 'check',
      on: { stop: { target: 'closed' } },
      states: {
        check: titled('Check', '检查', { on: { go: { target: 'mend' } } }),
        mend: titled('Mend', '维修', { on: { go: { target: '#closed' }, wait: { target: 'pause' } } }),
        pause: titled('Wait for parts', '等待备件', { on: { go: { target: 'mend' } } }),
      },
    }),
    closed: titled('Closed', '已结束', { id: 'closed', type: 'final' }),
  },
  schemas: {
    context: { properties: {} },
    events: Object.fromEntries(
      ['go', 'stop', 'wait'].map((name) => [
        name,
        { meta: { title: { en: name, zh: name }, roles: ['engineer'] } },
      ]),
    ),
  },
  meta: { title: { en: 'Repair', zh: '维修流程' } },
})
const LAYOUT = {
  states: {
    called: { x: 60, y: 60 },
    work: { x: 60, y: 180 },
    'work.check': { x: 40, y: 70 },
    'work.mend': { x: 40, y: 190 },
    'work.pause': { x: 240, y: 190 },
    closed: { x: 60, y: 560 },
  },
}

type Opened = { page: Page; faults: string[] }
async function openDesigner(
  id: string,
  {
    layout = LAYOUT,
    locale = 'en-GB',
    width = 1280,
    dark = false,
  }: { layout?: object; locale?: string; width?: number; dark?: boolean } = {},
): Promise<Opened> {
  await app.call('POST', '/api/processes', { definition: repair(id), layout })
  const context = await browser.newContext({
    locale,
    viewport: { width, height: 1000 },
    colorScheme: dark ? 'dark' : 'light',
  })
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
const Place = Type.Object({
  x: Type.Number(),
  y: Type.Number(),
  width: Type.Optional(Type.Number()),
  height: Type.Optional(Type.Number()),
  collapsed: Type.Optional(Type.Boolean()),
})
const Draft = Type.Object({
  definition: Type.Unknown(),
  layout: Type.Object({ states: Type.Record(Type.String(), Place) }),
})
async function draftOf(page: Page, id: string): Promise<Type.Static<typeof Draft>> {
  // Saved by itself within two seconds of the last change.
  await page.waitForTimeout(2600)
  const draft = await app.call('GET', `/api/processes/${id}/draft`)
  if (!Check(Draft, draft)) throw new Error('no draft')
  return draft
}
const shot = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: join(SHOTS, `structure-${name}.png`) })
}
const node = (page: Page, path: string) => page.locator(`.react-flow__node[data-id="s:${path}"]`)
type Box = { x: number; y: number; width: number; height: number }
async function boxOf(page: Page, path: string): Promise<Box> {
  const box = await node(page, path).boundingBox()
  if (box === null) throw new Error(`${path} is not drawn`)
  return box
}
const middle = ({ x, y, width, height }: Box): { x: number; y: number } => ({
  x: x + width / 2,
  y: y + height / 2,
})
async function undoAll(page: Page): Promise<number> {
  const button = page.getByRole('button', { name: /^Undo/ }).first()
  for (let count = 0; ; count += 1) {
    if (!(await button.isEnabled())) return count
    await button.click()
  }
}
/** Beside its title a group is taken hold of as such. */
const select = async (page: Page, path: string): Promise<void> => {
  await node(page, path).click({ position: { x: 5, y: 5 } })
}

describe('a group, by mouse', () => {
  it('is pulled larger by its corner and back to its content, each a step', async () => {
    const { page, faults } = await openDesigner('sizes')
    await select(page, 'work')
    const before = await boxOf(page, 'work')
    const inner = await boxOf(page, 'work.check')
    const grip = middle(
      (await page.locator('.canvas-size[data-grip="se"]').boundingBox()) ?? expect.fail('grip'),
    )
    await page.mouse.move(grip.x, grip.y)
    await page.mouse.down()
    await page.mouse.move(grip.x + 90, grip.y + 40, { steps: 5 })
    await shot(page, 'resizing')
    await page.mouse.up()
    const after = await boxOf(page, 'work')
    expect(after.width).toBeGreaterThan(before.width + 70)
    expect(after.height).toBeGreaterThan(before.height + 20)
    expect(await boxOf(page, 'work.check')).toEqual(inner)
    expect((await draftOf(page, 'sizes')).layout.states.work?.width).toBeGreaterThan(300)
    await page.locator('.canvas-size[data-grip="se"]').dblclick()
    expect((await boxOf(page, 'work')).width).toBeCloseTo(before.width, 0)
    // Its left edge: what lies in it stays.
    const edge =
      (await page.locator('.canvas-size[data-grip="w"]').first().boundingBox()) ?? expect.fail('edge')
    await page.mouse.move(middle(edge).x, middle(edge).y)
    await page.mouse.down()
    await page.mouse.move(middle(edge).x - 60, middle(edge).y, { steps: 5 })
    await page.mouse.up()
    expect((await boxOf(page, 'work')).x).toBeLessThan(before.x - 40)
    expect((await boxOf(page, 'work.check')).x).toBeCloseTo(inner.x, 0)
    expect(await undoAll(page)).toBe(3)
    expect((await draftOf(page, 'sizes')).layout).toEqual(LAYOUT)
    expect(faults).toEqual([])
  }, 300_000)

  it('is folded to one box whose ways end at its border, and opened by what is looked for in it', async () => {
    const { page, faults } = await openDesigner('folding')
    await page.getByRole('button', { name: 'Fold the group' }).click()
    await node(page, 'work.check').waitFor({ state: 'detached' })
    await shot(page, 'folded')
    expect(await node(page, 'work').getAttribute('aria-label')).toContain('states within: 3')
    const labels = await page.locator('.chart-label').allInnerTexts()
    expect(labels.map((text) => text.trim()).toSorted()).toEqual(['go', 'go', 'stop'])
    expect((await draftOf(page, 'folding')).layout.states.work).toMatchObject({
      x: 60,
      y: 180,
      collapsed: true,
    })
    await page.locator('.canvas').focus()
    await page.keyboard.press('Control+f')
    await page.getByRole('textbox', { name: 'Search the drawing' }).fill('parts')
    await node(page, 'work.pause').waitFor()
    await page.keyboard.press('Escape')
    await select(page, 'called')
    await node(page, 'work.pause').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Unfold the group' }).click()
    await node(page, 'work.pause').waitFor()
    expect(faults).toEqual([])
  }, 300_000)

  it('is shown alone with what is around it as stubs; the address keeps it, and it is worked on as ever', async () => {
    const { page, faults } = await openDesigner('alone')
    await page.getByRole('button', { name: 'Show the group alone' }).first().click()
    const trail = page.getByRole('navigation', { name: 'Where this group lies' })
    await trail.waitFor()
    expect(new URL(page.url()).searchParams.get('in')).toBe('work')
    for (const path of ['called', 'closed'])
      expect(await node(page, path).locator('[data-stub="true"]').count(), path).toBe(1)
    await page.reload()
    await trail.waitFor({ timeout: 30_000 })
    await shot(page, 'alone')
    const check = await boxOf(page, 'work.check')
    await page.mouse.dblclick(check.x + 190, check.y + 8)
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Measure')
    await page.keyboard.press('Enter')
    await node(page, 'work.state').waitFor()
    await trail.getByRole('button', { name: 'Repair' }).click()
    await trail.waitFor({ state: 'detached' })
    await node(page, 'work.state').waitFor()
    const { layout } = await draftOf(page, 'alone')
    expect(layout.states).toMatchObject(LAYOUT.states)
    // A stub leads to where its state is at home.
    await page.goBack()
    await trail.waitFor()
    await node(page, 'closed').dblclick()
    await trail.waitFor({ state: 'detached' })
    expect(faults).toEqual([])
  }, 300_000)

  it('has states that snap to each other while they are dragged, unless Alt is held', async () => {
    const { page } = await openDesigner('snapping')
    const from = middle(await boxOf(page, 'closed'))
    const called = await boxOf(page, 'called')
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    // A drag begins where the mouse has gone a little way.
    await page.mouse.move(from.x, from.y + 4)
    await page.mouse.move(from.x + 100, from.y + 30, { steps: 5 })
    expect(await page.locator('.canvas-guide').count()).toBe(0)
    await page.mouse.move(from.x + 3, from.y + 30, { steps: 5 })
    await page.locator('.canvas-guide').first().waitFor({ state: 'attached' })
    await shot(page, 'snapping')
    await page.mouse.up()
    expect((await boxOf(page, 'closed')).x).toBeCloseTo(called.x, 0)
    const again = middle(await boxOf(page, 'closed'))
    await page.mouse.move(again.x, again.y)
    await page.mouse.down()
    await page.keyboard.down('Alt')
    await page.mouse.move(again.x, again.y + 4)
    await page.mouse.move(again.x + 40, again.y + 10, { steps: 5 })
    await page.mouse.move(again.x + 5, again.y + 10, { steps: 5 })
    expect(await page.locator('.canvas-guide').count()).toBe(0)
    await page.mouse.up()
    await page.keyboard.up('Alt')
    expect((await boxOf(page, 'closed')).x).toBeGreaterThan(called.x + 3)
  }, 300_000)
})

describe('a group, by keyboard alone', () => {
  it('is sized, folded, shown alone and left, and all is taken back', async () => {
    const { page, faults } = await openDesigner('keys')
    const before = await boxOf(page, 'work')
    await node(page, 'work').focus()
    for (let times = 0; times < 4; times += 1) await page.keyboard.press('Alt+Shift+ArrowRight')
    expect((await boxOf(page, 'work')).width).toBeGreaterThan(before.width + 20)
    await page.keyboard.press('Alt+Shift+ArrowLeft')
    await page.keyboard.press('-')
    await node(page, 'work.check').waitFor({ state: 'detached' })
    // Enter goes in, which opens it as long as one is there; Escape comes out.
    await page.keyboard.press('Enter')
    await node(page, 'work.check').waitFor()
    await page.keyboard.press('Escape')
    await node(page, 'work.check').waitFor({ state: 'detached' })
    await page.keyboard.press('+')
    await node(page, 'work.check').waitFor()
    await page.keyboard.press('Control+Enter')
    await page.waitForURL(/in=work/)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Alt+ArrowRight')
    await page.keyboard.press('Control+Shift+Enter')
    await page.waitForURL((url) => !url.searchParams.has('in'))
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-id'))).toBe('s:work')
    await page.keyboard.press('Alt+Minus')
    await node(page, 'work.check').waitFor({ state: 'detached' })
    await page.keyboard.press('Alt+Shift+Equal')
    const { layout } = await draftOf(page, 'keys')
    expect(layout.states['work.check']?.x).toBe(48)
    expect(await undoAll(page)).toBeGreaterThan(6)
    expect((await draftOf(page, 'keys')).layout).toEqual(LAYOUT)
    expect(faults).toEqual([])
  }, 300_000)

  it('is arranged without the rest, and so is what nobody has placed', async () => {
    const { 'work.pause': _, closed: __, ...known } = LAYOUT.states
    const { page, faults } = await openDesigner('parts', {
      layout: { states: { ...known, 'work.mend': { x: 44, y: 74 } } },
    })
    const called = await boxOf(page, 'called')
    const check = await boxOf(page, 'work.check')
    await page.locator('.canvas').focus()
    await page.keyboard.press('Alt+Shift+L')
    await page.getByText('Done: Arrange what is new').waitFor({ state: 'attached' })
    expect(await boxOf(page, 'called')).toEqual(called)
    expect(await boxOf(page, 'work.check')).toEqual(check)
    const { layout } = await draftOf(page, 'parts')
    expect(layout.states['work.mend']).toEqual({ x: 44, y: 74 })
    expect(Object.keys(layout.states).toSorted()).toEqual(Object.keys(LAYOUT.states).toSorted())
    await node(page, 'work').focus()
    await page.keyboard.press('Alt+L')
    await page.getByText('Done: Arrange the selection').waitFor({ state: 'attached' })
    await page.waitForTimeout(300)
    const mend = await boxOf(page, 'work.mend')
    const moved = await boxOf(page, 'work.check')
    expect(mend.y >= moved.y + moved.height || moved.y >= mend.y + mend.height).toBe(true)
    expect(await boxOf(page, 'called')).toEqual(called)
    await shot(page, 'parts')
    expect(faults).toEqual([])
  }, 300_000)
})

it('says so where a layout cannot be made, and leaves all in its place', async () => {
  const { page, faults } = await openDesigner('stuck')
  await page.route('**/elk-worker*', (route) => route.abort())
  const places = (): Promise<string[]> =>
    page
      .locator('.react-flow__node-state')
      .evaluateAll((all) => all.map((one) => (one instanceof HTMLElement ? one.style.transform : '')))
  const before = await places()
  await page.getByRole('button', { name: 'Arrange the whole drawing' }).first().click()
  await page.getByText('The drawing could not be arranged. Nothing was moved.').waitFor()
  expect(await places()).toEqual(before)
  await page.unroute('**/elk-worker*')
  await page.getByRole('button', { name: 'Arrange the whole drawing' }).first().click()
  await expect.poll(places, { timeout: 30_000 }).not.toEqual(before)
  expect(faults).toEqual([])
}, 180_000)

it('is told in Chinese and in the dark as well', async () => {
  const { page } = await openDesigner('chinese', { locale: 'zh-CN', dark: true, width: 1920 })
  await page.getByRole('button', { name: '单独显示该分组' }).first().click()
  await page.getByRole('navigation', { name: '当前分组所在位置' }).waitFor()
  await page.waitForTimeout(400)
  await shot(page, 'zh-dark-1920')
}, 180_000)
