/** A fresh server as its administrator has it: the sample day, the first steps, and the first people. */
import { readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ADMIN_TOKEN, openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let browser: Browser
let folder = ''
let pictures = ''

beforeAll(async () => {
  folder = await builtPages()
  browser = await openBrowser()
  pictures = await mkdtemp(join(tmpdir(), 'fieldchart-first-'))
}, 180_000)
afterAll(() => browser?.close())

/** A server that nobody used yet. */
async function fresh(): Promise<Pages> {
  const app = await startPages(folder)
  onTestFinished(() => app.stop())
  return app
}
async function open(
  app: Pages,
  path: string,
  options: Parameters<Browser['newContext']>[0] = {},
  secret = ADMIN_TOKEN,
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    ...options,
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(app.address)
  await page.getByRole('textbox').first().fill(secret)
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
const look = (page: Page, name: string) =>
  page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
const overflow = (page: Page): Promise<unknown> =>
  page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
const steps = (page: Page) => page.getByRole('region', { name: 'First steps' })

describe('a fresh server', () => {
  it('offers a sample day; its jobs are marked in the list and on their page; in one click it is gone', async () => {
    const { page, faults } = await open(await fresh(), '/')
    const offer = page.getByRole('region', { name: 'Nothing runs here yet' })
    await offer.waitFor()
    await look(page, 'offer')
    expect(await axe(page)).toEqual([])
    await offer.getByRole('button', { name: 'Make a sample day' }).click()
    await page.getByText('A sample day is here: 40 made-up jobs.').waitFor()
    // What it did is ticked by itself.
    await steps(page).getByRole('checkbox', { name: 'Done: Make a sample day', checked: true }).waitFor()
    await look(page, 'made')

    await page.getByRole('link', { name: 'Jobs', exact: true }).click()
    await page.getByText('A sample day is here: 40 made-up jobs.').waitFor()
    const list = page.getByRole('table')
    await list.getByText('Sample', { exact: true }).first().waitFor()
    const rows = await list.getByRole('row').count()
    expect(await list.getByText('Sample', { exact: true }).count()).toBe(rows - 1)
    await look(page, 'jobs')
    await list.getByRole('link').first().click()
    await page.waitForURL(/\/jobs\/sample-/)
    await page.getByRole('main').getByText('Sample', { exact: true }).first().waitFor()
    await look(page, 'job')

    await page.goBack()
    await page.getByRole('button', { name: 'Remove the sample day' }).click()
    await page.getByText('A sample day is here').waitFor({ state: 'detached' })
    await list.waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Fieldchart' }).first().click()
    await page.getByRole('region', { name: 'Nothing runs here yet' }).waitFor()
    expect(faults).toEqual([])
  }, 300_000)

  it('lists first steps that tick themselves or are ticked, are put away and found again', async () => {
    const { page, faults } = await open(await fresh(), '/')
    const list = steps(page)
    await list.getByText('0 of 6 done').waitFor()
    await list.getByRole('link', { name: 'Look at the home visit' }).click()
    await page.waitForURL(/home-visit/)
    await page.getByRole('link', { name: 'Fieldchart' }).first().click()
    await list.getByText('1 of 6 done').waitFor()
    const norms = list.getByRole('checkbox', { name: 'Done: Read the norm report' })
    await norms.check()
    await list.getByText('2 of 6 done').waitFor()
    await list.getByRole('button', { name: 'Put the list away' }).click()
    await list.waitFor({ state: 'detached' })
    await page.reload()
    await page
      .getByRole('link', { name: /Home visit/ })
      .first()
      .waitFor()
    expect(await list.count()).toBe(0)

    await page.getByRole('button', { name: /Administrator/ }).click()
    await page.getByRole('menuitem', { name: 'First steps' }).click()
    await list.getByText('2 of 6 done').waitFor()
    await list.getByRole('combobox', { name: 'Show the steps of' }).selectOption('Engineer')
    await list.getByRole('link', { name: 'Tick an item of a checklist' }).waitFor()
    expect(await axe(page)).toEqual([])
    expect(faults).toEqual([])
  }, 300_000)

  it('is peopled: somebody is added, certified, given a token, signs in, and is disabled', async () => {
    const app = await fresh()
    const { page, faults } = await open(app, '/people')
    await page.getByRole('button', { name: 'Add a person' }).click()
    const window = page.getByRole('dialog', { name: 'Add a person' })
    await window.getByRole('button', { name: 'Add', exact: true }).click()
    await window.getByText('A name is needed.').waitFor()
    await window.getByRole('textbox', { name: 'Name' }).fill('慕容雪晴')
    await window.getByRole('combobox', { name: 'Roles' }).fill('disp')
    await page.getByRole('option', { name: 'Dispatcher' }).click()
    await window.getByRole('textbox', { name: 'Id' }).fill('Xue')
    await window.getByText(/Only lower-case letters/).waitFor()
    await window.getByRole('textbox', { name: 'Id' }).fill('murong')
    await window.getByRole('button', { name: 'Add', exact: true }).click()
    await page.waitForURL(/\/people\/murong$/)

    const certificates = page.getByRole('region', { name: 'Certificates' })
    await certificates.getByRole('button', { name: 'Add a certificate' }).click()
    await certificates.getByLabel('Valid from').fill('2024-01-01')
    await certificates.getByLabel('Valid until').fill('2023-01-01')
    await certificates.getByText('The end lies before the beginning.').waitFor()
    await certificates.getByLabel('Valid until').fill('2025-01-01')
    await certificates.getByRole('button', { name: 'Save' }).click()
    await certificates.getByText('ran out on Jan 1, 2025').waitFor()
    await look(page, 'person')

    const limits = page.getByRole('region', { name: 'Where the roles hold' })
    await limits.getByRole('button', { name: 'Limit: Dispatcher' }).click()
    await limits.getByRole('button', { name: 'Save the limits' }).click()
    await limits.getByText('Name a process or a region, or remove the limit.').waitFor()
    await limits.getByRole('combobox', { name: 'Only jobs of these processes' }).fill('home')
    await page.getByRole('option', { name: 'Home visit' }).click()
    await page.keyboard.press('Escape')
    await limits.getByRole('combobox', { name: 'Only jobs in these regions' }).fill('浦东')
    await page.keyboard.press('Enter')
    await limits.getByRole('button', { name: 'Save the limits' }).click()
    await expect
      .poll(async () => JSON.stringify(await app.call('GET', '/api/people/murong')))
      .toContain('"limits":[{"role":"dispatcher","processes":["home-visit"],"regions":["浦东"]}]')
    await limits.getByText('浦东').waitFor()
    await look(page, 'limits')

    const tokens = page.getByRole('region', { name: 'Sign-in tokens' })
    await tokens.getByRole('textbox', { name: 'What it is for' }).fill('phone')
    await tokens.getByRole('button', { name: 'Make a token' }).click()
    const token = (await tokens.getByLabel('Token', { exact: true }).textContent()) ?? ''
    expect(token).toMatch(/^fc_/)
    expect(await axe(page)).toEqual([])
    await tokens.getByRole('button', { name: 'I have it' }).click()
    await tokens.getByText(token).waitFor({ state: 'detached' })

    const other = await open(app, '/people/murong', {}, token)
    await other.page.getByRole('heading', { level: 1, name: '慕容雪晴' }).waitFor()
    // A dispatcher reads.
    await other.page.getByText('Home visit; 浦东').waitFor()
    await look(other.page, 'limits-read')
    expect(await other.page.getByRole('button', { name: 'Disable' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Disable' }).click()
    await page.getByText('Disabled', { exact: true }).waitFor()
    await other.page.reload()
    await other.page.getByRole('heading', { name: '慕容雪晴' }).waitFor({ state: 'detached' })

    await page.getByRole('link', { name: 'All people' }).click()
    await page.getByRole('textbox', { name: /Search/ }).fill('慕容')
    await page.getByText('Nobody matches.').waitFor()
    await page.getByLabel('Disabled ones too').check()
    await page.getByRole('link', { name: '慕容雪晴' }).waitFor()
    await page.getByText('Dispatcher (limited)').waitFor()
    expect([...faults, ...other.faults]).toEqual([])
  }, 300_000)

  it('shows a process owner the processes that are not his, to be read', async () => {
    const app = await fresh()
    const owner = { roles: ['process-owner'], limits: [{ role: 'process-owner', processes: ['home-visit'] }] }
    await app.call('POST', '/api/people', { id: 'owner', name: 'Owner', ...owner })
    const made = await app.call('POST', '/api/people/owner/tokens', { name: 'x' })
    const token = typeof made === 'object' && made !== null && 'token' in made ? String(made.token) : ''
    const { page, faults } = await open(app, '/processes/depot-repair/design', {}, token)
    await page.getByText('You may look at this draft, not change it.').waitFor()
    await page.goto(`${app.address}/processes/home-visit/design`)
    await page.locator('.chart-state').first().waitFor()
    expect(await page.getByText('You may look at this draft, not change it.').count()).toBe(0)
    await page.goto(app.address)
    await page.getByRole('link', { name: 'Home visit' }).first().waitFor()
    expect(await page.getByRole('button', { name: 'New process' }).count()).toBe(0)
    expect(faults).toEqual([])
  }, 300_000)

  it('is at home in Chinese, in the dark, on a telephone and on a wide screen', async () => {
    const app = await fresh()
    await app.call('POST', '/api/sample')
    await app.call('PATCH', '/api/people/sample-tom-baker', {
      limits: [
        { role: 'engineer', processes: ['home-visit', 'on-site-residency'], regions: ['浦东', '静安'] },
      ],
    })
    const { page } = await open(app, '/', { locale: 'zh-CN', colorScheme: 'dark' })
    for (const [path, name] of [
      ['/', '样例数据'],
      ['/people', '慕容|张敏'],
      ['/people/sample-tom-baker', '资质证书'],
      ['/first', '新手引导'],
    ] as const) {
      await page.goto(app.address + path)
      await page.getByText(new RegExp(name)).first().waitFor()
      expect([path, await axe(page)]).toEqual([path, []])
      for (const width of [390, 1280, 1920]) {
        await page.setViewportSize({ width, height: 900 })
        expect([path, width, await overflow(page)]).toEqual([path, width, 0])
        await look(page, `zh-dark${path.replaceAll('/', '-')}-${width}`)
      }
    }
  }, 300_000)
})
