/** The pages as people use them: a real browser, the built pages, the real server. */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { CLIENT, startProvider } from '../server/access/provider.ts'
import { ADMIN_TOKEN, gatherViolations, openBrowser, type Pages, startPages } from './browser.ts'
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

type Opened = { page: Page; context: BrowserContext; faults: string[]; violated: string[] }

/** A page of its own; `faults` gathers what the console complains of, `violated` what the policy barred. */
async function open(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Opened> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    ...options,
  })
  onTestFinished(() => context.close())
  const violated = await gatherViolations(context)
  const page = await context.newPage()
  // A step that does not come fails by its own name, before the test's time is up.
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    // A browser logs each 401; being asked to sign in is no fault.
    if (message.type() === 'error' && !message.text().includes('401')) faults.push(message.text())
  })
  await page.goto(path.startsWith('http') ? path : app.address + path)
  return { page, context, faults, violated }
}

async function signIn(page: Page, token = ADMIN_TOKEN): Promise<void> {
  await page.getByLabel('Access token', { exact: false }).first().fill(token)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation').waitFor()
}

type Violation = { id: string; nodes: { html: string }[] }
async function axe(page: Page): Promise<string[]> {
  // Evaluated by the debugger, not by the page: its policy allows no text as code.
  await page.evaluate(AXE)
  const result: { violations: Violation[] } = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )
  return result.violations.map(
    (each) =>
      `${each.id}: ${each.nodes
        .map((node) => node.html)
        .join(' | ')
        .slice(0, 300)}`,
  )
}

const visit = (problem: string) => ({
  process: 'home-visit',
  fields: {
    timeWanted: new Date(Date.now() + 48 * 3_600_000).toISOString(),
    problem,
    problemKind: 'hardware',
    severity: 'normal',
  },
})
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
async function createJob(body: unknown): Promise<string> {
  const job = await app.call('POST', '/api/jobs', body)
  if (!isRecord(job) || typeof job.id !== 'string') throw new Error('no job came back')
  return job.id
}

describe('the door', () => {
  it('makes the first administrator from the one-time link, shows the token once, and signs in with it', async () => {
    const fresh = await startPages(folder, { administrator: false })
    onTestFinished(() => fresh.stop())
    const { page, context, faults } = await open(`${fresh.address}/setup#token=${fresh.server.setUpSecret}`)
    await page.getByLabel('Your name').fill('Zhang Wei')
    await page.getByRole('button', { name: 'Create administrator' }).click()
    const token = (await page.getByTestId('token').textContent()) ?? ''
    expect(token).toMatch(/^fc_/)
    expect(page.url()).not.toContain('token=')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('link', { name: 'Home visit', exact: true }).waitFor()
    expect(await context.storageState().then(({ origins }) => JSON.stringify(origins))).not.toContain(token)

    await page.getByRole('button', { name: 'Signed in as Zhang Wei' }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await signIn(page, token)
    await page.getByRole('link', { name: 'Home visit', exact: true }).waitFor()

    await page.goto(`${fresh.address}/setup#token=${fresh.server.setUpSecret}`)
    await page.reload()
    await page.getByLabel('Your name').fill('Someone else')
    await page.getByRole('button', { name: 'Create administrator' }).click()
    await page.getByRole('alert').waitFor()
    expect(faults.filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([])
  })

  it('refuses a wrong token in the reader’s words, with the code', async () => {
    const { page } = await open('/', { locale: 'zh-CN' })
    await page.locator('input[name=token]').fill('not-a-token')
    await page.getByRole('button', { name: '登录', exact: true }).click()
    const alert = page.getByRole('alert')
    expect(await alert.textContent()).toMatch(/[\u4e00-\u9fff]/)
    expect(await alert.locator('code').textContent()).toBe('unauthenticated')
  })

  it('leads on to the address one came to', async () => {
    const { page } = await open('/jobs?status=active')
    await signIn(page)
    await page.getByRole('heading', { name: 'Jobs' }).waitFor()
    expect(page.url()).toContain('/jobs?status=active')
  })
})

describe('the door of an organisation with its own accounts', () => {
  it('leads to the provider and back to where one came to, and out of both', async () => {
    let own: Pages | undefined
    const provider = await startProvider(() => own?.address ?? '', { host: 'localhost' })
    const environment = {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_ROLES_CLAIM: 'realm_access.roles',
      OIDC_ROLES: 'desk=dispatcher',
      OIDC_NAME: 'staff account|\u5458\u5de5\u8d26\u53f7',
    }
    const started = await startPages(folder, { environment })
    own = started
    onTestFinished(() => started.stop())
    provider.account = { sub: 'a-17', name: 'Li Na', roles: ['desk'] }
    const { page, violated } = await open(`${started.address}/jobs?status=active`, { locale: 'zh-CN' })
    const button = page.getByRole('link', { name: '\u4f7f\u7528\u5458\u5de5\u8d26\u53f7\u767b\u5f55' })
    await button.waitFor()
    expect(await axe(page)).toEqual([])
    await button.click()
    await page.getByRole('navigation').waitFor()
    expect(page.url()).toBe(`${started.address}/jobs?status=active`)
    await page.getByRole('button', { name: /Li Na/ }).click()
    await page.getByRole('menuitem', { name: '\u9000\u51fa\u767b\u5f55' }).click()
    await page.waitForURL(new RegExp(`^${provider.issuer}/session/end`))
    await page.locator('button[name=logout]').click()
    await page.waitForURL(`${started.address}/`)
    await button.waitFor()
    provider.account = undefined
    await button.click()
    await page.getByRole('heading', { name: '\u7edf\u4e00\u767b\u5f55\u672a\u6210\u529f' }).waitFor()
    expect(await axe(page)).toEqual([])
    await page.getByRole('link', { name: '\u8fd4\u56de\u767b\u5f55\u9875' }).click()
    await button.waitFor()
    expect(violated).toEqual([])
  })
})

describe('a person made by his first sign-in', () => {
  it('is joined to the one that was here before, on his page', async () => {
    await app.call('POST', '/api/people', { id: 'na', name: 'Li Na (before)', roles: ['engineer'] })
    await app.call('POST', '/api/people', { id: 'twin', name: 'Li Na', roles: [] })
    const account = { issuer: 'https://login.example/', subject: 'a-17' }
    await app.call('PATCH', '/api/people/twin', { account })
    const { page, faults } = await open('/people/twin')
    await signIn(page)
    const part = page.getByRole('region', { name: 'Account of the organisation' })
    await part.getByText('a-17').waitFor()
    await part.getByRole('combobox', { name: 'The same person as' }).click()
    await page.getByRole('option', { name: 'Li Na (before)' }).click()
    expect(await axe(page)).toEqual([])
    await part.getByRole('button', { name: 'Join' }).click()
    await page.waitForURL(`${app.address}/people/na`)
    await part.getByText('a-17').waitFor()
    expect(await app.call('GET', '/api/people/na')).toMatchObject({ account, disabled: false })
    const twin = await app.call('GET', '/api/people/twin')
    expect(twin).toMatchObject({ disabled: true })
    expect(twin).not.toHaveProperty('account')
    expect(faults).toEqual([])
  })
})

describe('what people write', () => {
  const HOSTILE =
    'Ha <img src=x onerror="hit=1"><script>hit=1</script><svg onload="hit=1"> [x](javascript:hit=1)'
  const text = { en: HOSTILE, zh: HOSTILE }
  const definition = {
    id: 'hostile',
    initial: 'start',
    states: {
      start: {
        description: 'javascript:hit=1',
        meta: { title: text, description: text, checklist: [{ id: 'item', title: text, evidence: 'text' }] },
        on: { go: { target: 'end', description: HOSTILE, meta: { waivesChecklist: true } } },
      },
      end: { type: 'final', meta: { title: text } },
    },
    schemas: {
      context: { properties: { what: { type: 'string', meta: { title: text } } } },
      events: { go: { meta: { title: text, roles: ['administrator'] } } },
    },
    meta: { title: text, description: text, summary: ['what'] },
  }

  it('is shown as it was written and runs nowhere, and nothing else would run either', async () => {
    await app.call('POST', '/api/people', { id: 'hostile', name: HOSTILE, roles: ['engineer'] })
    await app.call('POST', '/api/findings', {
      process: 'fault',
      place: 'open',
      text: HOSTILE,
      source: 'remark',
    })
    await app.call('POST', '/api/processes', { definition })
    const job = await createJob({ process: 'complaint', fields: { text: HOSTILE } })
    await app.call('POST', `/api/jobs/${job}/notes`, { text: `${HOSTILE} noted` })
    const { page, violated } = await open('/')
    await signIn(page)
    for (const path of [
      '/',
      '/processes/hostile',
      '/processes/hostile/design',
      '/jobs?text=onerror',
      `/jobs/${job}`,
      '/people',
      '/people/hostile',
      '/findings',
    ]) {
      await page.goto(app.address + path)
      await page.getByText('onerror="hit=1"', { exact: false }).first().waitFor()
      expect([path, await page.evaluate('typeof hit')]).toEqual([path, 'undefined'])
      expect([path, await page.locator('a[href^="javascript:" i]').count()]).toEqual([path, 0])
    }
    expect(violated).toEqual([])
    // As if a page had let it through after all.
    await page.evaluate(`
      const script = document.createElement('script')
      script.textContent = 'window.hit = 1'
      const link = document.createElement('a')
      link.href = 'javascript:window.hit=1'
      const far = document.createElement('script')
      far.src = 'https://evil.example/x.js'
      document.body.append(script, link, far)
      document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.hit=1">')
      link.click()
    `)
    await expect.poll(() => violated.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(4)
    expect(await page.evaluate('typeof hit')).toBe('undefined')
    expect(violated.every((what) => what.startsWith('script-src'))).toBe(true)
  })

  it('is barred by a policy that the page of the API keeps, too', async () => {
    const { page, faults, violated } = await open('/api/docs')
    await page.getByText('/api/me', { exact: true }).first().waitFor()
    expect(faults).toEqual([])
    // A library in it asks whether it may make code of text, is told no, and does without.
    expect(violated.filter((what) => what !== 'script-src eval at /api/docs')).toEqual([])
  })
})

describe('the processes', () => {
  it('are all listed, and each is drawn', async () => {
    const { page, faults } = await open('/')
    await signIn(page)
    const names = [
      'Home visit',
      'Phone call (hotline)',
      'Depot repair',
      'On-site residency',
      'Site safety',
      'Complaint',
      'Fault',
    ]
    for (const name of names) await page.getByRole('link', { name, exact: true }).waitFor()
    for (const name of names) {
      await page.getByRole('link', { name, exact: true }).click()
      await page.getByRole('region', { name: `Drawing of ${name}` }).waitFor()
      await page.locator('.chart-state').first().waitFor({ timeout: 30_000 })
      expect(await page.locator('.chart-edge').count()).toBeGreaterThan(10)
      await page.goBack()
    }
    expect(faults).toEqual([])
  }, 300_000)

  it('tell a state’s details to the keyboard, and close on Escape', async () => {
    const { page } = await open('/processes/complaint')
    await signIn(page)
    const state = page.getByRole('group', { name: 'State: Recorded' })
    await state.waitFor({ timeout: 30_000 })
    await state.focus()
    await page.keyboard.press('Enter')
    const details = page.getByRole('complementary', { name: 'Details' })
    await details.getByRole('heading', { name: 'Recorded' }).waitFor()
    await details.getByRole('heading', { name: 'Ways out' }).waitFor()
    await page.keyboard.press('Escape')
    await details.waitFor({ state: 'detached' })
  })

  it('tell a norm’s rule on hover', async () => {
    const { page } = await open('/processes/complaint')
    await signIn(page)
    const chip = page.locator('.chart-chip[data-kind=norm]').first()
    await chip.waitFor({ timeout: 30_000 })
    await chip.hover()
    expect(await page.getByRole('tooltip').textContent()).toMatch(/^[A-Z]{2}-\d\d\s+\w+/)
  })

  it('show a broken or empty draft in words instead of hanging', async () => {
    const draft = {
      id: 'broken',
      states: { a: { on: { go: { target: 'nowhere' } }, always: 7 } },
      meta: { title: { en: 'Broken', zh: '残缺' } },
    }
    await app.call('POST', '/api/processes', { definition: draft })
    const { page, faults } = await open('/processes/broken')
    await signIn(page)
    await page.locator('.chart-row[data-icon=warning]').waitFor({ timeout: 30_000 })
    await app.call('POST', '/api/processes', {
      definition: { id: 'hollow', states: {}, meta: { title: { en: 'Hollow', zh: '空' } } },
    })
    await page.goto(`${app.address}/processes/hollow`)
    await page.getByText('This process has no states yet.').waitFor()
    expect(faults).toEqual([])
  })
})

describe('the jobs', () => {
  it('appear live when an app creates one, and change live', async () => {
    const { page, faults } = await open('/jobs?text=orange')
    await signIn(page)
    await page.getByText('No job matches these filters.').waitFor()
    const id = await createJob(visit('The orange light blinks'))
    const row = page.getByRole('row', { name: /orange light/ })
    await row.waitFor()
    expect(await row.textContent()).toContain('Active')

    await row.getByRole('link').click()
    await page.getByRole('heading', { level: 1, name: /Home visit/ }).waitFor()
    await page.locator('.chart-state[data-lit=here]').first().waitFor({ timeout: 30_000 })
    await app.call('POST', `/api/jobs/${id}/notes`, { text: 'The customer called again' })
    await page.getByText('Note: The customer called again').waitFor()
    expect(faults).toEqual([])
  })

  it('tell what is open, send it, and tell what is barred and why', async () => {
    await app.call('POST', '/api/people', { id: 'dora', name: 'Dora', roles: ['dispatcher'] })
    const made = await app.call('POST', '/api/people/dora/tokens', { name: 'test' })
    const token = isRecord(made) && typeof made.token === 'string' ? made.token : ''
    const id = await createJob(visit('A green light'))
    const { page } = await open(`/jobs/${id}`)
    await signIn(page, token)
    const barred = page.locator('[data-event]', { hasText: 'Barred' })
    await barred.first().waitFor()
    expect(await barred.first().getByRole('listitem').count()).toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Send “Cancel the visit”' }).click()
    await page.getByRole('textbox').last().fill('No longer needed')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('This job has ended').waitFor()
    await page.getByText('Cancelled').first().waitFor()
  })

  it('are filtered, and go on a page at a time', async () => {
    for (let index = 0; index < 55; index += 1)
      await createJob({ process: 'complaint', fields: { text: `Grievance ${index}` } })
    const { page } = await open('/jobs')
    await signIn(page)
    await page.getByRole('textbox', { name: 'Search jobs' }).fill('grievance')
    await page.getByText('55 jobs').waitFor()
    expect(await page.getByRole('row').count()).toBe(51)
    await page.getByRole('button', { name: 'Show more' }).click()
    await page.getByRole('row').nth(55).waitFor()
    await page.getByRole('combobox', { name: 'Deadline' }).click()
    await page.getByRole('option', { name: 'Overdue only' }).click()
    await page.getByText('No job matches these filters.').waitFor()
    await page.reload()
    await page.getByText('No job matches these filters.').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByRole('row').nth(5).waitFor()
  })

  it('that are overdue are told so in words and colour, and a manual clock is told', async () => {
    const manual = await startPages(folder, { manualClock: true })
    onTestFinished(() => manual.stop())
    await manual.call('POST', '/api/jobs', { process: 'complaint', fields: { text: 'Too late' } })
    const { page } = await open(`${manual.address}/jobs`, { colorScheme: 'dark' })
    await signIn(page)
    await page.getByText(/Manual clock: time stands still at .*2026/).waitFor()
    await manual.call('POST', '/api/clock', { advance: 'P3D' })
    await page
      .getByText(/overdue$/)
      .first()
      .waitFor({ timeout: 15_000 })
    expect(await axe(page)).toEqual([])
  })
})

describe('language and theme', () => {
  it('follow the browser, are switched, and are remembered', async () => {
    const { page } = await open('/', { locale: 'zh-CN', colorScheme: 'dark' })
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark')
    await page.locator('input[name=token]').fill(ADMIN_TOKEN)
    await page.getByRole('button', { name: '登录', exact: true }).click()
    await page.getByRole('heading', { name: '流程' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
    await page.getByText('English', { exact: true }).click()
    await page.getByRole('heading', { name: 'Processes' }).waitFor()
    await page.getByRole('button', { name: 'Switch to the light theme' }).click()
    await page.reload()
    await page.getByRole('heading', { name: 'Processes' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('light')
  })
})

describe('every page', () => {
  it.each(['light', 'dark'] as const)(
    'is free of axe’s complaints in the %s theme',
    async (colorScheme) => {
      const id = await createJob(visit('A lamp'))
      const { page } = await open('/', { colorScheme })
      await page.locator('input[name=token]').waitFor()
      expect(await axe(page)).toEqual([])
      await signIn(page)
      await page.getByRole('link', { name: 'Fault', exact: true }).waitFor()
      expect(await axe(page)).toEqual([])
      await page.goto(`${app.address}/processes/fault`)
      await page.locator('.chart-state').first().waitFor({ timeout: 30_000 })
      expect(await axe(page)).toEqual([])
      await page.getByRole('group', { name: 'State: Diagnosing' }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('complementary', { name: 'Details' }).waitFor()
      expect(await axe(page)).toEqual([])
      await page.goto(`${app.address}/jobs`)
      await page.getByRole('row').nth(1).waitFor()
      expect(await axe(page)).toEqual([])
      await page.goto(`${app.address}/jobs/${id}`)
      await page.locator('.chart-state[data-lit=here]').first().waitFor({ timeout: 30_000 })
      await page.getByText('Job started').waitFor()
      expect(await axe(page)).toEqual([])
    },
    90_000,
  )

  it('keeps everything within reach on a telephone', async () => {
    const { page } = await open('/', { viewport: { width: 390, height: 844 } })
    await signIn(page)
    await page.getByRole('button', { name: 'Signed in as Administrator' }).click()
    await page.getByRole('menu').getByText('中文').click()
    await page.getByRole('heading', { name: '流程' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.getByRole('menuitem', { name: '规范' }).waitFor()
  })

  it('loads the first without the drawing, in under 350 KB compressed', async () => {
    const { page } = await open('/')
    await signIn(page)
    await page.getByRole('link', { name: 'Fault', exact: true }).waitFor()
    const loaded: { name: string; size: number }[] = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter((entry) => entry.name.includes('/assets/'))
        .map((entry) => ({
          name: entry.name,
          size: 'encodedBodySize' in entry ? Number(entry.encodedBodySize) : 0,
        })),
    )
    expect(loaded.length).toBeGreaterThan(1)
    expect(
      loaded.some(({ name }) => /chart-|elk/.test(name) && !/lazy/.test(name) && !/model/.test(name)),
    ).toBe(false)
    expect(loaded.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(350_000)
  })
})
