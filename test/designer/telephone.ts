/**
 * How an engineer's thumb works the telephone page, for tests.
 *
 * Promises: a press waits until it would count; nothing is confirmed before the one before it was taken or kept.
 */
import type { Page } from 'playwright-core'

/** One red point. */
export const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

/** What stands at the top of how far it is sent. */
export const sign = (page: Page) => page.locator('.work-sign')
/** The big button at the bottom, once a thumb may press it. */
export async function step(page: Page, type: string): Promise<void> {
  await page.locator(`[data-next="${type}"][data-steady="true"]:not([disabled])`).tap()
}
/** Fills in the sheet, by the names of its inputs; `#` before what is chosen from a list. */
export async function fill(page: Page, values: Record<string, string>): Promise<void> {
  const sheet = page.getByRole('dialog')
  for (const [name, value] of Object.entries(values)) {
    const input = sheet.getByLabel(name)
    if (value.startsWith('#')) {
      await input.first().tap()
      await page.getByRole('option', { name: value.slice(1) }).tap()
    } else await input.fill(value)
  }
  await sheet.locator('button[type=submit]').tap()
  await sheet.waitFor({ state: 'detached' })
}
/** Whichever button does it: the big one, or one in the lists, which always asks. */
export async function go(page: Page, type: string, values?: Record<string, string>): Promise<void> {
  const listed = page.locator(`[data-event="${type}"]`)
  const ready = page.locator(`[data-next="${type}"][data-steady="true"]:not([disabled])`)
  await listed.or(ready).first().waitFor()
  if ((await listed.count()) > 0) {
    await listed.tap()
    await fill(page, values ?? {})
  } else {
    await ready.tap()
    if (values !== undefined) await fill(page, values)
  }
  // While it is being done the button stays, and cannot be pressed.
  await listed.or(page.locator(`[data-next="${type}"]`)).waitFor({ state: 'detached' })
}
/** Draws with a finger's path on the pad. */
async function draw(page: Page): Promise<void> {
  const pad = page.locator('[data-signature-pad]')
  await pad.evaluate((each) => each.scrollIntoView({ block: 'center' }))
  const box = await pad.boundingBox()
  if (box === null) throw new Error('no pad')
  await page.mouse.move(box.x + 40, box.y + 60)
  await page.mouse.down()
  for (const [x, y] of [
    [90, 20],
    [130, 80],
    [190, 30],
    [240, 70],
  ] as const)
    await page.mouse.move(box.x + x, box.y + y, { steps: 4 })
  await page.mouse.up()
  await page.getByText('Signed', { exact: true }).waitFor()
}
const OPEN = /^Confirm “/
/** The item that is to be confirmed next, as the page is at this moment. */
async function firstOpen(page: Page): Promise<string | undefined> {
  const open = page.locator('[data-item]').filter({ has: page.getByRole('button', { name: OPEN }) })
  const [first] = await open.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-item')))
  return first ?? undefined
}
/** Confirms every open item, as each wants it. */
export async function confirmAll(page: Page): Promise<void> {
  const confirm = page.getByRole('button', { name: 'Confirm', exact: true })
  for (;;) {
    // Each is seen to be taken, or kept, before the next; what is still being sent may change what is to be confirmed.
    await sign(page).filter({ hasNotText: 'Sending' }).waitFor()
    const item = await firstOpen(page)
    if (item === undefined) return
    const same = page.locator(`[data-item="${item}"]`)
    await same.getByRole('button', { name: OPEN }).first().tap()
    const kind = await Promise.race([
      same
        .locator('.fc-tick[data-done="true"]')
        .waitFor()
        .then(() => 'none'),
      same
        .locator('textarea')
        .waitFor()
        .then(() => 'text'),
      same
        .locator('[data-signature-pad]')
        .waitFor()
        .then(() => 'signature'),
    ])
    if (kind === 'text') await same.locator('textarea').fill('As agreed')
    if (kind === 'signature') {
      await same.getByLabel('Name of who signs').fill('Wang Fang')
      await draw(page)
    }
    if (kind !== 'none') await confirm.tap()
    await same.locator('.fc-tick[data-done="true"]').waitFor()
  }
}
