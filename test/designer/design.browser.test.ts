/** The designer as a process owner uses it: open, change, see it saved, come back, publish; two at one draft. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ADMIN_TOKEN, openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let folder: string
let app: Pages

beforeAll(async () => {
  folder = await builtPages()
  browser = await openBrowser()
  app = await startPages(folder)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

type Opened = { page: Page; context: BrowserContext; faults: string[] }

/** A browser of its own, signed in at an address; `faults` gathers what the console complains of. */
async function open(path: string, locale = 'en-GB'): Promise<Opened> {
  const context = await browser.newContext({ locale, viewport: { width: 1280, height: 800 } })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    // A browser logs every refusal; a missing draft and a stale save are answers, no faults.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(message.text())
  })
  await page.goto(app.address + path)
  await page.locator('input[name=token]').fill(ADMIN_TOKEN)
  await page.locator('form button[type=submit]').click()
  await page.getByRole('navigation').waitFor()
  return { page, context, faults }
}

async function axe(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const result: { violations: { id: string; nodes: { html: string }[] }[] } = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

const saved = (page: Page): Promise<void> =>
  page.getByRole('toolbar', { name: 'Tools' }).getByText('Saved', { exact: true }).waitFor()
const drawn = (page: Page): Promise<void> => page.locator('.chart-state').first().waitFor({ timeout: 30_000 })

type Draft = { revision: number; definition: Record<string, unknown> }
const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && 'revision' in value && 'definition' in value
async function draftOf(process: string): Promise<Draft> {
  const draft = await app.call('GET', `/api/processes/${process}/draft`)
  if (!isDraft(draft)) throw new Error('no draft')
  return draft
}

/** The definition of a shipped process with some texts in it replaced. */
async function altered(process: string, ...changes: [string, string][]): Promise<unknown> {
  const version = await app.call('GET', `/api/processes/${process}/versions/1`)
  const text = changes.reduce((all, [from, to]) => {
    if (!all.includes(from)) throw new Error(`no ${from}`)
    return all.replace(from, to)
  }, JSON.stringify(version))
  const read: unknown = JSON.parse(text)
  if (typeof read !== 'object' || read === null || !('definition' in read)) throw new Error('no version')
  return read.definition
}

/** A save by somebody at another place. `revision` 0: the first. */
async function saveDraft(process: string, revision: number, definition: unknown): Promise<void> {
  const condition = revision === 0 ? { 'if-none-match': '*' } : { 'if-match': `"${revision}"` }
  const response = await fetch(`${app.address}/api/processes/${process}/draft`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json', ...condition },
    body: JSON.stringify({ definition, basedOn: 1 }),
  })
  if (!response.ok) throw new Error(await response.text())
}

const undoButton = (page: Page) => page.getByRole('button', { name: 'Undo', exact: true })
const problemList = (page: Page) => page.getByRole('region', { name: 'Problems' })

describe('the designer', () => {
  it('saves what is mended, takes it back after a reload, and publishes it with what changed', async () => {
    await saveDraft(
      'home-visit',
      0,
      await altered(
        'home-visit',
        ['"contactWithin":{"value":"PT30M"', '"contactWithin":{"value":"PT20M"'],
        ['"target":"travelling"', '"target":"traveling"'],
      ),
    )
    const { page, faults } = await open('/processes/home-visit/design')
    await drawn(page)
    const problems = problemList(page)
    await problems.getByText('1 error').waitFor()
    await page.getByRole('button', { name: '1 error bars publishing' }).waitFor()
    await problems.getByRole('button', { name: 'Use “travelling”' }).click()
    await problems.getByText('No problems found.').waitFor()
    await saved(page)
    expect(JSON.stringify(await draftOf('home-visit'))).not.toContain('"traveling"')

    await page.reload()
    await saved(page)
    await undoButton(page).click()
    await problems.getByText('1 error').waitFor()
    await page.keyboard.press('Control+Shift+Z')
    await problems.getByText('No problems found.').waitFor()
    await page.keyboard.press('Control+S')
    await saved(page)

    await page.getByRole('button', { name: 'Publish…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Publish Home visit' })
    await dialog.getByText(/30 minutes.*20 minutes/).waitFor()
    expect(await axe(page)).toEqual([])
    await dialog.getByLabel('What changes, and why').fill('Customers are called sooner')
    await dialog.getByRole('button', { name: 'Publish' }).click()
    await dialog.getByText('Version 2 is published.', { exact: false }).waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await page.getByRole('button', { name: 'Published: version 2' }).waitFor()

    await page.getByRole('button', { name: 'Versions' }).click()
    const versions = page.getByRole('dialog', { name: 'Versions of Home visit' })
    await versions.getByText('Customers are called sooner').waitFor()
    await versions.getByText('No difference.').waitFor()
    await versions.getByRole('button', { name: 'Take version 1 into the draft' }).click()
    await page.getByText('Version 1 is in the draft now.', { exact: false }).waitFor()
    await saved(page)
    await undoButton(page).click()
    await page.getByRole('button', { name: 'Published: version 2' }).waitFor()
    expect(faults).toEqual([])
  }, 300_000)

  it('leads from a problem to its place, and is free of axe’s complaints in both languages', async () => {
    await saveDraft('fault', 0, await altered('fault', ['"norms":["', '"norms":["XX-99","']))
    for (const locale of ['en-GB', 'zh-CN']) {
      const { page, faults } = await open('/processes/fault/design', locale)
      await drawn(page)
      await page
        .getByRole('region', { name: /^(Problems|问题)$/ })
        .locator('li button')
        .first()
        .click()
      expect(await axe(page)).toEqual([])
      expect(faults).toEqual([])
    }
  }, 300_000)

  it('begins a process from blank, and one as a copy', async () => {
    const { page, faults } = await open('/')
    await page.getByRole('button', { name: 'New process' }).click()
    const dialog = page.getByRole('dialog', { name: 'New process' })
    await dialog.getByLabel('Name in English').fill('Loan of a device')
    expect(await dialog.getByLabel('Id').inputValue()).toBe('loan-of-a-device')
    await dialog.getByLabel('Name in Chinese').fill('设备借用')
    expect(await axe(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Create and design' }).click()
    await page.getByRole('heading', { name: 'Loan of a device', level: 1 }).waitFor()
    await drawn(page)

    await page.goto(app.address)
    await page.getByRole('button', { name: 'New process' }).click()
    await dialog.getByRole('combobox', { name: 'Begin with' }).click()
    await page.getByRole('option', { name: 'A copy of Complaint' }).click()
    await dialog.getByLabel('Name in English').fill('Complaint')
    await dialog.getByText('There is a process of this id.').waitFor()
    await dialog.getByLabel('Name in English').fill('Praise')
    await dialog.getByRole('button', { name: 'Create and design' }).click()
    await page.getByRole('heading', { name: 'Praise', level: 1 }).waitFor()
    await problemList(page).getByText('No problems found.').waitFor()
    expect(faults).toEqual([])
  }, 300_000)
})

describe('two browsers at one draft', () => {
  const misspelt = () =>
    altered(
      'complaint',
      ['"target":"examining"', '"target":"examinin"'],
      ['"target":"qualityAnalysis"', '"target":"qualityAnalysi"'],
    )

  it('lose nothing: what does not touch is brought together, what touches is asked', async () => {
    await saveDraft('complaint', 0, await misspelt())
    const first = await open('/processes/complaint/design')
    const second = await open('/processes/complaint/design')
    await second.page.getByText('Also here: Administrator').waitFor()
    await problemList(first.page).getByRole('button', { name: 'Use “examining”' }).click()
    await saved(first.page)
    await problemList(second.page).getByRole('button', { name: 'Use “qualityAnalysis”' }).click()
    await second.page.getByText('saved meanwhile were taken in', { exact: false }).waitFor()
    await problemList(second.page).getByText('No problems found.').waitFor()
    await saved(second.page)
    const mended = await draftOf('complaint')
    expect(mended.definition).toEqual(await altered('complaint'))

    // Now the same place, while the second is cut off.
    await saveDraft('complaint', mended.revision, await misspelt())
    await second.page.reload()
    const fix = problemList(second.page).getByRole('button', { name: 'Use “examining”' })
    await fix.waitFor()
    await second.context.setOffline(true)
    const { revision } = await draftOf('complaint')
    await saveDraft(
      'complaint',
      revision,
      await altered('complaint', ['"target":"examining"', '"target":"decided"']),
    )
    await fix.click()
    await second.page.getByText('Offline: kept in this browser').waitFor()
    await second.context.setOffline(false)
    const dialog = second.page.getByRole('dialog', { name: /changed the same/ })
    await dialog.getByText('examinin', { exact: true }).waitFor()
    await dialog.getByText('decided', { exact: true }).waitFor()
    expect(await axe(second.page)).toEqual([])
    expect(JSON.stringify(await draftOf('complaint'))).toContain('"target":"decided"')
    await dialog.getByRole('button', { name: 'Decide later' }).last().click()
    await second.page.getByRole('button', { name: 'Others changed the same: decide' }).click()
    await dialog.getByText('Mine', { exact: true }).first().click()
    await dialog.getByRole('button', { name: 'Bring together and save' }).click()
    await saved(second.page)
    expect((await draftOf('complaint')).definition).toEqual(await altered('complaint'))
    expect([
      ...first.faults,
      ...second.faults.filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED')),
    ]).toEqual([])
  }, 300_000)
})
