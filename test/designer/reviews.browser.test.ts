/** Reviews, the work log, surveys and findings, as a manager, an agent and an owner use them. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import Type from 'typebox'
import { Parse } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ADMIN_TOKEN, openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const Made = Type.Object({ id: Type.String() })
const Token = Type.Object({ token: Type.String() })
/** Where pictures go to be looked at. */
const PICTURES = process.env.REVIEW_PICTURES
const PERIOD = '2026-Q1'

let browser: Browser
let app: Pages
const tokens: Record<string, string> = {}
let call: string

beforeAll(async () => {
  const folder = await builtPages()
  browser = await openBrowser()
  app = await startPages(folder, { manualClock: true })
  await work()
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function as(person: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${app.address}${path}`, {
    method,
    headers: { authorization: `Bearer ${tokens[person]}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json()
}

/** Calls of Li’s: one in time, one answered late, one with a grave breach and a bad rating. */
async function work(): Promise<void> {
  const crew = [
    ['li', '李娜', 'hotline-agent'],
    ['ouyang', '欧阳晓明（高级工程师）', 'engineer'],
    ['owner', 'Johanna Fischer', 'process-owner'],
  ] as const
  for (const [id, name, role] of crew) {
    await app.call('POST', '/api/people', { id, name, roles: [role] })
    tokens[id] = Parse(Token, await app.call('POST', `/api/people/${id}/tokens`, { name: 'desk' })).token
  }
  await app.call('PUT', '/api/people/li/certificates/product-training', {
    validFrom: '2025-01-01T00:00:00Z',
    validUntil: '2026-01-01T00:00:00Z',
  })
  const ring = async (customerName: string): Promise<string> => {
    const made = await as('li', 'POST', '/api/jobs', { process: 'phone-call', fields: { customerName } })
    return Parse(Made, made).id
  }
  const answer = (id: string): Promise<unknown> =>
    as('li', 'POST', `/api/jobs/${id}/events`, { type: 'answer' })
  await answer(await ring('宏达机械'))
  const late = await ring('长江电子仪器设备制造有限公司')
  await app.call('POST', '/api/clock', { advance: 'PT2M' })
  await answer(late)
  call = await ring('东海物流')
  await answer(call)
  await as('li', 'POST', `/api/jobs/${call}/notes`, { text: '客户要求周五前回电' })
  await app.call('POST', `/api/jobs/${call}/breaches`, {
    norm: 'PC-08',
    severity: 'critical',
    note: '言语不当',
  })
  await app.call('POST', `/api/jobs/${call}/rating`, { score: 1, comment: '态度很差' })
}

type Opened = { page: Page; faults: string[] }
type Look = Parameters<Browser['newContext']>[0]
async function open(person: string, path: string, look: Look = {}): Promise<Opened> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...look,
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(app.address + path)
  await page.locator('input[name=token]').fill(person === 'admin' ? ADMIN_TOKEN : (tokens[person] ?? ''))
  await page.locator('button[type=submit]').click()
  await page.getByRole('main').waitFor()
  return { page, faults }
}
const picture = async (page: Page, name: string): Promise<void> => {
  if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
}

type Violation = { id: string; impact: string | null; nodes: { html: string }[] }
async function serious(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const { violations }: { violations: Violation[] } = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
}

describe('a review', () => {
  it('is looked at and decided by a manager, and answered by whom it is about', async () => {
    const { page, faults } = await open('owner', '/reviews')
    const table = page.getByRole('table', { name: 'Reviews of the period' })
    await table.getByRole('row', { name: /李娜.*Strict handling.*Open/ }).waitFor()
    await picture(page, 'reviews')
    await table.getByRole('link', { name: '李娜' }).click()
    await page.getByRole('heading', { name: 'Review of 李娜', level: 1 }).waitFor()
    const satisfaction = page.getByRole('region', { name: 'Satisfaction' })
    await satisfaction.getByText('1.0 of 5').waitFor()
    await page.getByText('Because: a critical breach.').waitFor()
    await page.getByRole('table', { name: 'What it comes from' }).getByText('Critical breach').waitFor()
    await picture(page, 'review')

    await page.getByRole('radio', { name: 'Nothing special' }).click()
    await page.getByLabel('What was found and agreed').fill('Talked it over; a call-back was made.')
    const save = page.getByRole('button', { name: 'Record the decision' })
    expect(await save.isDisabled()).toBe(true)
    await page.getByLabel('Why this is milder than the rule proposes').fill('The customer took it back.')
    await save.click()
    await page.getByText('Johanna Fischer decided: Nothing special').waitFor()
    await page.getByText('The customer took it back.').waitFor()
    expect(faults).toEqual([])

    const own = await open('li', '/reviews', { viewport: { width: 390, height: 844 } })
    await own.page.getByRole('heading', { name: 'My review', level: 1 }).waitFor()
    await own.page.getByText('Talked it over; a call-back was made.').waitFor()
    await picture(own.page, 'review-390')
    await own.page.getByLabel('Your answer').fill('I will stay calm.')
    await own.page.getByRole('button', { name: 'Send the answer' }).click()
    await own.page.getByText('李娜 answered').waitFor()
    expect(await own.page.getByRole('button', { name: 'Decide anew' }).count()).toBe(0)
    await own.page.goto(`${app.address}/reviews/${PERIOD}/ouyang`)
    await own.page.getByText('You may not do this').waitFor()
    expect(own.faults).toEqual([])

    await page.getByRole('link', { name: 'All reviews' }).click()
    await table.getByRole('row', { name: /李娜.*answered/ }).waitFor()
  })

  it('tells of another who decided meanwhile, and keeps what was typed', async () => {
    const { page } = await open('owner', `/reviews/${PERIOD}/ouyang`)
    await page.getByLabel('What was found and agreed').fill('In order.')
    const other = await fetch(`${app.address}/api/reviews/${PERIOD}/ouyang/decisions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${ADMIN_TOKEN}`,
        'content-type': 'application/json',
        'if-match': '"0"',
      },
      body: JSON.stringify({ follow: 'reward', note: 'Well done.' }),
    })
    expect(other.status).toBe(201)
    await page.getByRole('button', { name: 'Record the decision' }).click()
    await page.getByText('Somebody else said something meanwhile.').waitFor()
    await page.getByText('Well done.').waitFor()
    expect(await page.getByLabel('What was found and agreed').inputValue()).toBe('In order.')
    await page.getByRole('button', { name: 'Record the decision' }).click()
    await page.getByText('Johanna Fischer decided').waitFor()
  })

  it('reads well in Chinese and in the dark', async () => {
    const look = { locale: 'zh-CN', colorScheme: 'dark' } as const
    const { page } = await open('owner', `/reviews/${PERIOD}/li`, look)
    await page.getByRole('heading', { name: '李娜的考核' }).waitFor()
    await page.getByText('规则建议：从严处理').waitFor()
    expect(await serious(page)).toEqual([])
    await picture(page, 'review-zh-dark')
    await page.goto(`${app.address}/reviews?period=${PERIOD}`)
    await page.getByRole('link', { name: '李娜' }).waitFor()
    expect(await serious(page)).toEqual([])
    await picture(page, 'reviews-zh-dark')
  })
})

describe('the work log', () => {
  it('is one’s own day, job by job; another’s for those entitled', async () => {
    const { page, faults } = await open('li', '/worklog')
    const log = page.getByRole('table', { name: 'Work log' })
    await log.getByText('客户要求周五前回电').waitFor()
    expect(await log.getByRole('row').count()).toBe(8)
    expect(await page.getByRole('combobox', { name: 'Person' }).count()).toBe(0)
    await picture(page, 'worklog')
    await page.getByRole('button', { name: 'The day before' }).click()
    await page.getByText('Nothing done on jobs on this day').waitFor()
    expect(faults).toEqual([])

    const entitled = await open('owner', '/worklog?person=li', {
      locale: 'zh-CN',
      viewport: { width: 390, height: 844 },
    })
    await entitled.page.getByRole('heading', { name: '李娜的工作日志' }).waitFor()
    // A process owner does not work with customers: what was said of them is hidden, and said to be.
    await entitled.page.getByText('对您的角色隐藏').first().waitFor()
    expect(await entitled.page.getByText('客户要求周五前回电').count()).toBe(0)
    expect(await serious(entitled.page)).toEqual([])
    await picture(entitled.page, 'worklog-390-zh')
  })
})

describe('surveys', () => {
  it('are recorded by keyboard, shown, and withdrawn with a reason', async () => {
    const { page, faults } = await open('owner', `/surveys?period=${PERIOD}`)
    await page.getByRole('button', { name: 'Record a survey' }).click()
    await page.keyboard.type('宏达机械')
    const dialog = page.getByRole('dialog')
    for (const aspect of ['Quality 4 of 5', 'Speed 5 of 5', 'Attitude 3 of 5'])
      await dialog.getByRole('radio', { name: aspect }).press(' ')
    await dialog.getByLabel('In the customer’s words').fill('来得很快')
    expect(await serious(page)).toEqual([])
    await picture(page, 'survey-form')
    await dialog.getByRole('button', { name: 'Record', exact: true }).click()
    const survey = page.getByRole('article').filter({ hasText: '宏达机械' })
    await survey.getByText('来得很快').waitFor()
    await picture(page, 'surveys')
    await survey.getByRole('button', { name: 'Withdraw' }).click()
    await page.getByLabel('Why it does not count').fill('Taken down twice')
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
    await survey.getByText('Withdrawn: Taken down twice').waitFor()
    expect(faults).toEqual([])
  })
})

describe('a finding', () => {
  it('is raised on a job, seen on the drawing, and answered by publishing', async () => {
    const agent = await open('li', `/jobs/${call}`)
    await agent.page.getByRole('button', { name: 'Raise a finding' }).click()
    const dialog = agent.page.getByRole('dialog')
    await dialog.getByLabel('What is wrong, or what would be better').fill('No way back to the greeting')
    await picture(agent.page, 'finding-form')
    await dialog.getByRole('button', { name: 'Raise', exact: true }).click()
    await dialog.getByText('The finding was raised.').waitFor()
    expect(agent.faults).toEqual([])

    const { page, faults } = await open('owner', '/findings')
    const finding = page.getByRole('article').filter({ hasText: 'No way back to the greeting' })
    await finding.getByRole('link', { name: 'The job' }).waitFor()
    expect(await serious(page)).toEqual([])
    await picture(page, 'findings')
    await finding.getByRole('link', { name: 'In the designer' }).click()
    const state = page.locator('.react-flow__node.selected .chart-state[data-path="greeting"]')
    await state.locator('.chart-found').waitFor()
    await picture(page, 'finding-drawn')

    await publishWith('No way back to the greeting', page)
    await page.goto(`${app.address}/findings?status=answered`)
    await finding.getByText(/Answered by version 2/).waitFor()
    expect(faults).toEqual([])
  })
})

/** Another title, and the finding ticked in the window before publishing. */
async function publishWith(text: string, page: Page): Promise<void> {
  const Version = Type.Object({ definition: Type.Record(Type.String(), Type.Unknown()) })
  const latest = Parse(Version, await app.call('GET', '/api/processes/phone-call/versions/1'))
  const definition = { ...latest.definition, description: 'Corrected' }
  const saved = await fetch(`${app.address}/api/processes/phone-call/draft`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${tokens.owner}`,
      'content-type': 'application/json',
      'if-none-match': '*',
    },
    body: JSON.stringify({ definition, basedOn: 1 }),
  })
  expect(saved.status).toBe(200)
  await page.reload()
  await page.getByRole('button', { name: 'Publish…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('checkbox', { name: text }).check()
  await dialog.getByLabel('What changes, and why').fill('A way back')
  await picture(page, 'finding-publish')
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
  await dialog.getByText(/Version 2/).waitFor()
}
