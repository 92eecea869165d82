/** Scenarios as tests of a draft, as a process owner meets them before publishing. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { siteSafety } from '../../machines/processes/site-safety/process.ts'
import { ADMIN_TOKEN, openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

let browser: Browser
let app: Pages

beforeAll(async () => {
  const folder = await builtPages()
  browser = await openBrowser()
  app = await startPages(folder, { manualClock: true })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function open(locale: string, dark = false): Promise<Page> {
  const context = await browser.newContext({
    locale,
    viewport: { width: 1280, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(`${app.address}/processes/site-safety/design`)
  await page.locator('input[name=token]').fill(ADMIN_TOKEN)
  await page.locator('form button[type=submit]').click()
  await page.locator('.chart-state').first().waitFor()
  return page
}
async function picture(page: Page, part: Locator, name: string): Promise<void> {
  const folder = process.env.PICTURES
  if (folder === undefined) return
  await part.scrollIntoViewIfNeeded()
  await page.waitForTimeout(700)
  await page.screenshot({ path: `${folder}/${name}.png` })
}

/** The shipped process with its text changed, as the draft. */
async function draft(change: (text: string) => string): Promise<void> {
  const path = `${app.address}/api/processes/site-safety/draft`
  const authorization = `Bearer ${ADMIN_TOKEN}`
  const present = await fetch(path, { headers: { authorization } })
  const etag = present.headers.get('etag')
  const response = await fetch(path, {
    method: 'PUT',
    headers: {
      authorization,
      'content-type': 'application/json',
      ...(etag === null ? { 'if-none-match': '*' } : { 'if-match': etag }),
    },
    body: JSON.stringify({ definition: JSON.parse(change(JSON.stringify(siteSafety))), basedOn: 1 }),
  })
  if (!response.ok) throw new Error(await response.text())
}
const GEAR = ['helmet', 'shoes', 'goggles', 'gloves']
/** Nobody asks after the gear any more. */
const lax = (text: string): string =>
  JSON.stringify(
    JSON.parse(text, (key, value) =>
      key === 'checklist' && Array.isArray(value)
        ? value.map((item) => (GEAR.includes(item.id) ? { ...item, required: false } : item))
        : value,
    ),
  )
const renamed = (text: string): string => text.replaceAll('"equipment.fault"', '"equipment.defect"')

describe('scenarios before publishing', () => {
  it('are told with what the draft changes, and bar publishing where the owner asks for it', async () => {
    await draft(lax)
    const page = await open('en-GB')
    await page.getByRole('button', { name: 'Publish…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Changed by this draft').first().waitFor()
    const changed = dialog.getByRole('listitem').filter({ hasText: 'Changed by this draft' })
    await changed.filter({ hasText: 'No longer broken' }).first().waitFor()
    const rule = dialog.getByRole('switch', { name: /Publish only where all/ })
    await picture(page, rule, 'tested-en')
    await rule.click()
    await dialog.getByText(/Publishing is refused until/).waitFor()
    await dialog.getByText(/asked for it on/).waitFor()
    await dialog.getByLabel('What changes, and why').fill('The gear is checked at the gate now')
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
    await dialog.getByText('Scenarios of the process come out otherwise').waitFor()
    await picture(page, rule, 'tested-barred-en')
    const [scenario] = await Promise.all([
      page.context().waitForEvent('page'),
      changed.getByRole('link').first().click(),
    ])
    await scenario.waitForURL(/\/training\/scenarios\/site-/)
    await scenario.close()
    await rule.click()
    await dialog.getByText(/took it back on/).waitFor()
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
    await dialog.getByText('Version 2 is published').waitFor()
  }, 180_000)

  it('say in Chinese what cannot run any more', async () => {
    await draft(renamed)
    const page = await open('zh-CN', true)
    await page.getByRole('button', { name: '发布…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('无法运行').first().waitFor()
    const told = dialog.getByRole('listitem').filter({ hasText: '无法运行' }).first()
    expect(await told.textContent()).toContain('没有事件“equipment.fault”')
    await picture(page, dialog.getByRole('switch'), 'tested-zh')
  }, 120_000)
})
