/**
 * The designer with a process of 300 states and 600 transitions: opened, dragged in, undone, typed in, laid out.
 *
 * Prints each figure as a ratio to its limit. A drag is held to what the page's own thread works for a frame, for the
 * frames that are shown depend on what else the machine does and whether it has a graphics card: they are told beside
 * it, as a share of those of an empty page under the same mouse. Each is taken several times: the median counts.
 * `npm run bench:canvas`.
 */
import type { Browser, CDPSession, Page } from 'playwright-core'
import { ADMIN_TOKEN, openBrowser, type Pages, startPages } from '../test/designer/browser.ts'
import { builtPages } from '../test/designer/built-pages.ts'
import { largeProcess } from '../test/machines/large-process.ts'
import { type Observed, observe } from './page-watch.ts'

const ROUNDS = 3
const LIMITS = {
  /** From navigation to a drawing that can be worked on. */
  openMs: 2000,
  framesPerSecond: 50,
  /** From a key to what it shows. */
  answerMs: 200,
  /** The page does not answer while something runs on its thread. */
  blockMs: 200,
} as const

const print = (line: string) => process.stdout.write(`${line}\n`)
const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
const times = async <T>(count: number, work: () => Promise<T>): Promise<T[]> => {
  const found: T[] = []
  for (let round = 0; round < count; round += 1) found.push(await work())
  return found
}

const broken: string[] = []
function report(name: string, values: readonly number[], limit: number): void {
  const middle = median(values)
  const ratio = middle / limit
  const [low, high] = [Math.min(...values) / limit, Math.max(...values) / limit]
  print(`${name.padEnd(46)} ${ratio.toFixed(2)}  (${low.toFixed(2)} to ${high.toFixed(2)}) of the limit`)
  if (ratio > 1) broken.push(name)
}

async function signedIn(browser: Browser, app: Pages): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })
  await context.addInitScript(observe)
  const page = await context.newPage()
  await page.goto(`${app.address}/processes`)
  await page.locator('form input').first().fill(ADMIN_TOKEN)
  await page.keyboard.press('Enter')
  await page.getByRole('heading').first().waitFor()
  await page.locator('form input').first().waitFor({ state: 'detached' })
  return page
}

async function open(page: Page, app: Pages, id: string): Promise<number> {
  // Nothing is kept of the draft: each opening is a first one.
  await page.goto(`${app.address}/healthz`)
  await page.goto(`${app.address}/processes/${id}/design`)
  await page.locator('.canvas .react-flow__node').first().waitFor({ timeout: 60_000 })
  const at = await page.evaluate(() => window.observed.drawn)
  // What comes after the first drawing is no part of it, and should not disturb what is measured next.
  await page.waitForTimeout(1500)
  return at
}

/** Which states may be dragged. */
const STEP = '.chart-state[data-kind="atomic"]'
const PHASE = '.chart-state[data-kind="compound"]:not([data-root="true"], [data-path*="."])'
type Spot = { x: number; y: number }
/** A step of the process, or a group of steps, with room around it. */
async function stateInView(page: Page, kind: string): Promise<Spot> {
  const boxes = await page.evaluate(
    (wanted) =>
      [...document.querySelectorAll('.react-flow__node-state')].flatMap((node) => {
        const { x, y, width, height } = node.getBoundingClientRect()
        const isIt = node.querySelector(wanted) !== null
        // Near its upper left corner: on the middle of a group there may lie something else.
        const at = { x: x + Math.min(width / 2, 6), y: y + Math.min(height / 2, 6) }
        return isIt && x > 200 && y > 150 && x < 700 && y < 550 ? [at] : []
      }),
    kind,
  )
  const [box] = boxes
  if (box === undefined) throw new Error('no state is in view')
  return box
}

/** Drags for three seconds, round and round. */
async function drag(page: Page, from: Spot, metrics: CDPSession): Promise<Dragged> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + 8, from.y + 8, { steps: 4 })
  await page.evaluate(() => window.observed.start())
  const before = await worked(metrics)
  const begun = performance.now()
  let moves = 0
  for (; performance.now() - begun < 3000; moves += 1)
    await page.mouse.move(from.x + 90 * Math.sin(moves / 25), from.y + 60 * Math.cos(moves / 25))
  const after = await worked(metrics)
  const { frames, gap, ms } = await page.evaluate(() => window.observed.stop())
  await page.mouse.move(from.x, from.y, { steps: 3 })
  await page.mouse.up()
  await page.waitForTimeout(600)
  return {
    rate: (frames * 1000) / ms,
    gap,
    all: (after.all - before.all) / moves,
    script: (after.script - before.script) / moves,
  }
}
/** `all` and `script`: what the page's thread itself worked for each move of the mouse, in ms. */
type Dragged = { rate: number; gap: number; all: number; script: number }

/** The work of the page's thread so far, in ms; time in which it had to wait for a processor is left out. */
async function worked(metrics: CDPSession): Promise<{ all: number; script: number }> {
  const { metrics: found } = await metrics.send('Performance.getMetrics')
  const of = (name: string): number => 1000 * (found.find((each) => each.name === name)?.value ?? 0)
  return { all: of('TaskDuration'), script: of('ScriptDuration') }
}
const watch = async (page: Page): Promise<CDPSession> => {
  const metrics = await page.context().newCDPSession(page)
  await metrics.send('Performance.enable', { timeDomain: 'threadTicks' })
  return metrics
}

/** How long the page took to answer, by its own account (Event Timing). */
async function answers(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => window.observed.start())
  await act()
  await page.waitForTimeout(400)
  return (await page.evaluate(() => window.observed.stop())).answer
}

function reportDrags(name: string, drags: readonly Dragged[], empty: number): void {
  const frame = 1000 / LIMITS.framesPerSecond
  report(
    `${name}: work for a frame`,
    drags.map(({ all }) => all),
    frame,
  )
  const shares = (of: (drag: Dragged) => number): string => median(drags.map(of)).toFixed(2)
  print(`  script alone, of a frame's time                ${shares(({ script }) => script / frame)}`)
  print(`  longest gap, of a frame's time                 ${shares(({ gap }) => gap / frame)}`)
  print(`  frames, of those of an empty page              ${shares(({ rate }) => rate / empty)}`)
  print(
    `  frames, of ${LIMITS.framesPerSecond} a second                        ${shares(({ rate }) => rate / LIMITS.framesPerSecond)}`,
  )
}

async function emptyRate(browser: Browser, page: Page): Promise<number> {
  const blank = await browser.newPage()
  await blank.addInitScript(observe)
  await blank.goto('data:text/html,<body style="height:100vh">')
  const metrics = await watch(blank)
  const rates = await times(ROUNDS, async () => (await drag(blank, { x: 400, y: 300 }, metrics)).rate)
  await blank.close()
  await page.bringToFront()
  return median(rates)
}

async function measure(browser: Browser, app: Pages): Promise<void> {
  // This browser remembers how a drawing looked: each first opening wants a process of its own.
  const fresh = Array.from({ length: ROUNDS }, (_, round) => `cold${round}`)
  const create = (id: string) => app.call('POST', '/api/processes', { definition: largeProcess({ id }) })
  for (const id of [...fresh, 'placed']) await create(id)
  const page = await signedIn(browser, app)
  // The server has had the seconds that a person takes from a list to a process.
  for (const id of fresh) await app.call('GET', `/api/processes/${id}/drawing?language=en`)
  const cold: number[] = []
  for (const id of fresh) cold.push(await open(page, app, id))
  report('opened, never placed by anyone', cold, LIMITS.openMs)
  const atOnce: number[] = []
  for (const id of fresh) {
    await create(`${id}-now`)
    atOnce.push(await open(page, app, `${id}-now`))
  }
  report('opened in the moment that it came in', atOnce, LIMITS.openMs)
  const arrange = page.getByRole('button', { name: 'Arrange the whole drawing' }).first()
  await open(page, app, 'placed')
  const blocks = await times(ROUNDS, async () => {
    await page.evaluate(() => window.observed.start())
    await arrange.click()
    await page.waitForTimeout(6000)
    return (await page.evaluate(() => window.observed.stop())).block
  })
  report('longest block while it is laid out', blocks, LIMITS.blockMs)
  // Saved by itself by now, with its places.
  report('opened with its places', await times(ROUNDS, () => open(page, app, 'placed')), LIMITS.openMs)
  const metrics = await watch(page)
  const empty = await emptyRate(browser, page)
  reportDrags('a state dragged', await dragged(page, metrics), empty)
  const undo = await times(ROUNDS, () => answers(page, () => page.keyboard.press('Control+z')))
  const redo = await times(ROUNDS, () => answers(page, () => page.keyboard.press('Control+y')))
  report('undone', undo, LIMITS.answerMs)
  report('done again', redo, LIMITS.answerMs)
  const field = page.locator('aside input:visible').first()
  await field.click()
  const typed = await times(ROUNDS, () => answers(page, () => page.keyboard.type('quick', { delay: 60 })))
  report('a letter typed in the panel', typed, LIMITS.answerMs)
  await page.locator('.react-flow__controls-button').nth(2).click()
  await page.waitForTimeout(500)
  reportDrags('a state dragged with the whole in view', await dragged(page, metrics), empty)
  reportDrags('a phase of 25 states dragged so', await dragged(page, metrics, PHASE), empty)
  await page.context().close()
}

async function dragged(page: Page, metrics: CDPSession, kind = STEP): Promise<Dragged[]> {
  const spot = await stateInView(page, kind)
  return times(ROUNDS, () => drag(page, spot, metrics))
}

declare global {
  interface Window {
    observed: Observed
  }
}

const folder = await builtPages()
const app = await startPages(folder, { shipped: [] })
// Without a graphics card a browser draws by itself; here it would otherwise emulate one, ten times as slowly.
const browser = await openBrowser(['--disable-gpu'])
try {
  await measure(browser, app)
} finally {
  await browser.close()
  await app.stop()
}
if (broken.length > 0) {
  print(`over the limit: ${broken.join('; ')}`)
  process.exitCode = 1
}
