/** A draft tried with real jobs before it is published, and the way from a job to a scenario, as a process owner goes them. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ADMIN_TOKEN, openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let app: Pages
let owner = ''
/** Answered after ten minutes, after five hours, and with a quality analysis by the process owner. */
const jobs = { quick: '', late: '', analysed: '' }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
const textAt = (value: unknown, name: string): string => {
  const found = isRecord(value) ? value[name] : undefined
  if (typeof found !== 'string') throw new Error(`no ${name}`)
  return found
}

async function send(
  token: string,
  method: string,
  path: string,
  body: unknown,
  headers = {},
): Promise<unknown> {
  const response = await fetch(app.address + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
  return response.json()
}
async function person(id: string, name: string, ...roles: string[]): Promise<string> {
  await app.call('POST', '/api/people', { id, name, roles })
  return textAt(await app.call('POST', `/api/people/${id}/tokens`, { name: 'browser' }), 'token')
}

beforeAll(async () => {
  const folder = await builtPages()
  browser = await openBrowser()
  app = await startPages(folder, { manualClock: true })
  const desk = await person('zhao', '\u8d75\u5f3a', 'front-desk')
  owner = await person('lee', 'Sarah Lee', 'process-owner', 'trainer')
  const act = (token: string, job: string, type: string, payload: object = {}) =>
    send(token, 'POST', `/api/jobs/${job}/events`, { type, payload })
  const complained = async (text: string, wait: string, isQuality: boolean): Promise<string> => {
    const fields = { text, customerName: '\u5468\u5efa\u56fd', region: '\u57ce\u897f' }
    const id = textAt(await send(desk, 'POST', '/api/jobs', { process: 'complaint', fields }), 'id')
    await act(desk, id, 'complaint.take')
    await app.call('POST', '/api/clock', { advance: wait })
    if (isQuality) {
      await act(desk, id, 'quality.refer')
      await act(owner, id, 'quality.analysed', { cause: 'wear', correction: 'replaced' })
    }
    await act(desk, id, 'complaint.decide', { decision: 'upheld', decisionText: 'sorry' })
    await act(desk, id, 'answer.give', { channel: 'phone' })
    await send(desk, 'PUT', `/api/jobs/${id}/checklist/satisfactionAsked`, {
      evidence: { kind: 'text', text: 'content' },
    })
    await act(desk, id, 'customer.accept')
    return id
  }
  jobs.quick = await complained('late by a day', 'PT10M', false)
  jobs.late = await complained('the invoice is wrong', 'PT5H', false)
  jobs.analysed = await complained('it broke again', 'PT10M', true)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function open(path: string, token: string, locale: string, dark = false): Promise<Page> {
  const context = await browser.newContext({
    locale,
    viewport: { width: 1280, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(app.address + path)
  await page.locator('input[name=token]').fill(token)
  await page.locator('form button[type=submit]').click()
  await page.getByRole('navigation').first().waitFor()
  return page
}
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES
  if (folder === undefined) return
  await page.waitForTimeout(700)
  await page.screenshot({ path: `${folder}/${name}.png` })
}

type Found = { id: string; impact: string | null; nodes: { html: string }[] }
async function axe(page: Page): Promise<string[]> {
  // Evaluated by the debugger, not by the page: its policy allows no text as code.
  await page.evaluate(AXE)
  const { violations }: { violations: Found[] } = await page.evaluate(
    'axe.run(document.querySelector("[role=dialog]") ?? document, { resultTypes: ["violations"] })',
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}

/** The shipped complaint with some of its text replaced, saved as the draft. */
async function draft(...changes: [string, string][]): Promise<void> {
  const version = await app.call('GET', '/api/processes/complaint/versions/1')
  const definition: unknown = isRecord(version) ? version.definition : undefined
  const text = changes.reduce((all, [from, to]) => {
    if (!all.includes(from)) throw new Error(`no ${from}`)
    return all.replace(from, to)
  }, JSON.stringify(definition))
  const present = await fetch(`${app.address}/api/processes/complaint/draft`, {
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
  })
  const condition = present.ok ? { 'if-match': present.headers.get('etag') ?? '' } : { 'if-none-match': '*' }
  await send(
    ADMIN_TOKEN,
    'PUT',
    '/api/processes/complaint/draft',
    { definition: JSON.parse(text), basedOn: 1 },
    condition,
  )
}

describe('a draft tried with real jobs', () => {
  it('tells which would have been refused and which would have broken a norm, with the way to each', async () => {
    await draft(
      ['"answerWithin":{"value":"P1D"', '"answerWithin":{"value":"PT4H"'],
      ['"answerReminder":{"value":"PT20H"', '"answerReminder":{"value":"PT3H"'],
      ['"roles":["process-owner","auditor"]', '"roles":["auditor"]'],
    )
    const page = await open('/processes/complaint/design', owner, 'en-GB')
    await page.locator('.chart-state').first().waitFor()
    await page.getByRole('button', { name: 'Publish…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Publish Complaint' })
    await dialog.getByRole('button', { name: 'Try with real jobs' }).click()
    await dialog.getByText('3 jobs tried, 1 of them with the same outcome.').waitFor()
    await dialog.getByText('1 would have been refused something that was done.').waitFor()
    await dialog.getByText('GN-07: broken in 1 job that kept it.').waitFor()
    const rows = dialog.getByRole('table', { name: 'Jobs that would have gone otherwise' }).getByRole('row')
    await rows.nth(2).waitFor()
    const told = await rows.allInnerTexts()
    expect(told[1]).toContain(jobs.analysed)
    expect(told[1]).toMatch(/Refused[\s\S]*Quality analysis/)
    expect(told[2]).toContain(jobs.late)
    expect(told[2]).toContain('GN-07 would have been broken')
    expect(told).toHaveLength(3)
    await dialog.getByRole('heading', { name: 'Try with real jobs' }).scrollIntoViewIfNeeded()
    await picture(page, 'rerun-en')
    expect(await axe(page)).toEqual([])
    const [other] = await Promise.all([
      page.context().waitForEvent('page'),
      dialog.getByRole('link', { name: jobs.late }).click(),
    ])
    await other.getByText('sorry').first().waitFor()
  }, 120_000)

  it('is told in Chinese, and says so where nothing changes', async () => {
    const page = await open('/processes/complaint/design', owner, 'zh-CN', true)
    const dialog = page.getByRole('dialog')
    const trial = '\u7528\u771f\u5b9e\u5de5\u5355\u8bd5\u7b97'
    const tried = async (): Promise<void> => {
      await page.locator('.chart-state').first().waitFor()
      await page.getByRole('button', { name: '\u53d1\u5e03\u2026' }).click()
      await dialog.getByRole('button', { name: trial }).click()
      await dialog.getByText('\u5171\u8bd5\u7b97 3 \u4e2a\u5de5\u5355').waitFor()
      await dialog.getByRole('heading', { name: trial }).scrollIntoViewIfNeeded()
    }
    await tried()
    await dialog.getByText('\u88ab\u62d2\u7edd', { exact: true }).waitFor()
    await picture(page, 'rerun-zh-dark')
    expect(await axe(page)).toEqual([])
    await draft(['"answerReminder":{"value":"PT20H"', '"answerReminder":{"value":"PT19H"'])
    await page.reload()
    await tried()
    await dialog.getByText('\u7ed3\u679c\u5747\u4e0e\u5b9e\u9645\u4e00\u81f4').waitFor()
    expect(
      await dialog
        .getByRole('table', { name: '\u7ed3\u679c\u4e0e\u5b9e\u9645\u4e0d\u540c\u7684\u5de5\u5355' })
        .count(),
    ).toBe(0)
    await picture(page, 'rerun-zh-dark-same')
  }, 120_000)
})

describe('a scenario of a job', () => {
  it('is a click away on the page of the job, for who may make one', async () => {
    const page = await open(`/jobs/${jobs.analysed}`, owner, 'en-GB')
    const link = page.getByRole('link', { name: 'Make a scenario of it' })
    await link.waitFor()
    await picture(page, 'job-make-scenario')
    expect(await link.getAttribute('href')).toBe(`/training/scenarios?fromJob=${jobs.analysed}`)
    const other = await open(`/jobs/${jobs.analysed}`, ADMIN_TOKEN, 'en-GB')
    await other.getByRole('link', { name: 'Make a scenario of it' }).waitFor()
    const desk = await person('wang', '\u738b\u78ca', 'engineer')
    const third = await open(`/jobs/${jobs.analysed}`, desk, 'en-GB')
    await third.getByRole('button', { name: 'Raise a finding' }).waitFor()
    expect(await third.getByRole('link', { name: 'Make a scenario of it' }).count()).toBe(0)
  }, 120_000)
})
