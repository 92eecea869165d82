/** The trainer's desk as a trainer uses it: writing a scenario, trying it, assigning it, watching a live session, reading results. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Locator, Page } from 'playwright-core'
import Type from 'typebox'
import { Check } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ADMIN_TOKEN, openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const Token = Type.Object({ token: Type.String() })
const Scenario = Type.Object({
  revision: Type.Integer(),
  scenario: Type.Object({
    title: Type.Object({ en: Type.String() }),
    cast: Type.Object({}),
    happens: Type.Array(Type.Unknown()),
    moves: Type.Array(Type.Object({ text: Type.Object({ en: Type.Optional(Type.String()) }) })),
    rubric: Type.Object({ passMark: Type.Integer(), norms: Type.Record(Type.String(), Type.Integer()) }),
    runs: Type.Record(Type.String(), Type.Object({ steps: Type.Array(Type.Unknown()) })),
  }),
})
/** Where pictures go to be looked at. */
const PICTURES = process.env.DESK_PICTURES

let browser: Browser
let app: Pages
const tokens: Record<string, string> = { admin: ADMIN_TOKEN }

beforeAll(async () => {
  const folder = await builtPages()
  browser = await openBrowser()
  app = await startPages(folder)
  const crew = [
    ['zhou', '\u5468\u654f\uff08\u57f9\u8bad\u5e08\uff09', 'trainer'],
    ['li', '\u674e\u5a1c', 'hotline-agent'],
    ['ouyang', '\u6b27\u9633\u6653\u660e\uff08\u9ad8\u7ea7\u5de5\u7a0b\u5e08\uff09', 'hotline-agent'],
  ] as const
  for (const [id, name, role] of crew) {
    await app.call('POST', '/api/people', { id, name, roles: [role] })
    const made = await app.call('POST', `/api/people/${id}/tokens`, { name: 'desk' })
    if (Check(Token, made)) tokens[id] = made.token
  }
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

type Look = Parameters<Browser['newContext']>[0]
async function open(person: string, path: string, how: Look = {}): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...how,
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(app.address + path)
  await page.locator('input[name=token]').fill(tokens[person] ?? '')
  await page.keyboard.press('Enter')
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
async function kept(id: string) {
  const view = await app.call('GET', `/api/training/scenarios/${id}`)
  if (!Check(Scenario, view)) throw new Error(JSON.stringify(view).slice(0, 400))
  return view
}
const section = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Parts of the scenario' }).getByRole('button', { name }).click()
/** One of a list that opens at an input. */
async function choose(within: Locator, label: string, option: string | RegExp): Promise<void> {
  await within.getByLabel(label, { exact: true }).first().click()
  await within.page().getByRole('option', { name: option }).first().click()
}
async function answer(page: Page): Promise<void> {
  await page.locator('[data-choice="event answer"]').click()
  await page.getByLabel('Badge number').fill('8021')
  await page.getByRole('button', { name: 'Do it' }).click()
}
const form = (page: Page) => page.locator('.edit-form')
const saved = (page: Page) =>
  page
    .getByRole('status')
    .filter({ hasText: /^Saved$/ })
    .waitFor()

describe('a trainer', () => {
  it('writes a scenario from nothing, undoes, tries it, keeps the run, and saves it', async () => {
    const { page, faults } = await open('zhou', '/training/scenarios')
    await page.getByRole('row', { name: /The printer will not print/ }).waitFor()
    expect(await serious(page)).toEqual([])
    await page.getByRole('link', { name: 'New scenario' }).click()
    const dialog = page.getByRole('dialog')
    await choose(dialog, 'Process', 'Phone call (hotline)')
    await dialog.getByLabel('Title (English)').fill('A wrong number')
    await dialog.getByRole('button', { name: 'Create and write it' }).click()
    await page.getByRole('heading', { level: 1, name: 'A wrong number' }).waitFor()

    await page.getByLabel('Briefing (English)').fill('The telephone rings. You are badge 8021.')
    await section(page, 'People')
    await page.getByRole('button', { name: 'Add a person' }).click()
    const person = page.locator('[data-pointer="/cast/customer"]')
    await person.getByLabel('Name (English)').fill('Mr Qian')
    await section(page, 'What happens')
    await page.getByRole('button', { name: 'Add something that happens' }).click()
    await page.getByLabel('Words (English)').fill('Hello? Is that the pizza place?')
    await page.getByRole('button', { name: /^After 5 minutes: Mr Qian: Hello/ }).waitFor()
    await section(page, 'Choices')
    await page.getByRole('button', { name: 'Add a choice' }).click()
    await page.getByLabel('What the trainee says or does (English)').fill('Laugh at him')
    await choose(form(page), 'Breaks the norms', /^PC-08/)
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: /^Laugh at him · PC-08/ }).waitFor()
    await section(page, 'Scoring')
    await page.getByRole('button', { name: /Take the norms of this process/ }).click()
    await page.getByRole('row', { name: /^PC-01/ }).waitFor()
    await picture(page, 'edit-scoring')

    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('No norm counts yet.').waitFor()
    await page.keyboard.press('Control+Shift+z')
    await page.getByRole('row', { name: /^PC-01/ }).waitFor()
    await page.keyboard.press('Control+s')
    await saved(page)
    const first = await kept('a-wrong-number')
    expect(Object.keys(first.scenario.cast)).toEqual(['customer'])
    expect(first.scenario.happens).toHaveLength(1)
    expect(first.scenario.rubric.norms['PC-01']).toBe(10)

    await page.getByRole('button', { name: 'Preview run' }).click()
    await answer(page)
    await page.getByRole('button', { name: 'Keep as a known run' }).click()
    await page.getByText(/^\d steps?$/).waitFor()
    await page.getByText('As expected').waitFor()
    expect(await serious(page)).toEqual([])
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await saved(page)
    expect(Object.values((await kept('a-wrong-number')).scenario.runs)[0]?.steps[0]).toMatchObject({
      what: { do: 'event', type: 'answer' },
    })
    expect(faults).toEqual([])
  })

  it('writes in the text what the form shows at once, is told what is wrong, and is led there', async () => {
    const { page, faults } = await open('zhou', '/training/scenarios/call-cannot-print')
    await page.getByText('As JSON').click()
    const text = page.locator('.cm-content')
    await text.waitFor()
    await text.getByText('"The printer will not print"').dblclick()
    await page.keyboard.press('Home')
    await page.keyboard.press('Shift+End')
    await page.keyboard.insertText('"en": "The printer has stopped",')
    await expect.poll(() => page.getByLabel('Title (English)').inputValue()).toBe('The printer has stopped')
    await section(page, 'What happens')
    const cards = page.locator('.edit-form section[data-pointer^="/happens/"]')
    await cards.first().getByRole('button').first().click()
    await choose(form(page), 'When', 'On entering a state')
    await page
      .locator('.edit-side')
      .getByText(/^Problems/)
      .click()
    await section(page, 'People')
    await page.locator('section[data-pointer^="/cast/"]').first().getByRole('button').last().click()
    await page.locator('.edit-problem[data-severity=error]').first().click()
    await page.getByRole('heading', { level: 2, name: 'People' }).waitFor({ state: 'detached' })
    await expect
      .poll(() => page.evaluate('document.activeElement?.closest("[data-pointer]") !== null'))
      .toBe(true)
    await picture(page, 'edit-problem')
    expect(faults).toEqual([])
  })

  it('loses nothing where another saved in between, nor by going away', async () => {
    const id = 'call-on-hold'
    const { page, faults } = await open('zhou', `/training/scenarios/${id}`)
    await page.getByLabel('Title (English)').fill('Mine')
    await page
      .getByRole('link', { name: /Scenarios$/ })
      .first()
      .click()
    await page.getByRole('dialog').getByRole('button', { name: 'Stay here' }).click()
    await page.waitForTimeout(500)
    page.once('dialog', (asked) => void asked.accept())
    await page.reload()
    await page.getByText('Changes that you had not saved are back.').waitFor()
    const { revision, scenario } = await kept(id)
    const response = await fetch(`${app.address}/api/training/scenarios/${id}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${ADMIN_TOKEN}`,
        'content-type': 'application/json',
        'if-match': `"${revision}"`,
      },
      body: JSON.stringify({ scenario: { ...scenario, title: { en: 'Theirs', zh: '\u5bf9\u65b9' } } }),
    })
    expect(response.status).toBe(200)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog
      .getByText(/"Mine"/)
      .first()
      .waitFor()
    await dialog
      .getByText(/"Theirs"/)
      .first()
      .waitFor()
    await picture(page, 'stale')
    expect(await serious(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Go on with theirs' }).click()
    await page.getByRole('heading', { level: 1, name: 'Theirs' }).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('heading', { level: 1, name: 'Mine' }).waitFor()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await saved(page)
    expect((await kept(id)).scenario.title.en).toBe('Mine')
    expect(faults).toEqual([])
  })

  it('assigns a scenario, which each finds under his training and begins there', async () => {
    const { page, faults } = await open('zhou', '/training/assignments')
    await page.getByText('Nothing is assigned yet.').waitFor()
    await page.getByRole('button', { name: 'Assign a scenario' }).click()
    const dialog = page.getByRole('dialog')
    await choose(dialog, 'Scenario', /^The machine room rings/)
    await choose(dialog, 'People', '\u674e\u5a1c')
    await page.keyboard.press('Tab')
    await dialog.getByLabel('A word to them').fill('\u5468\u4e94\u524d\u5b8c\u6210')
    await picture(page, 'assign')
    await dialog.getByRole('button', { name: 'Assign', exact: true }).click()
    await page.getByText('0 of 1 passed').click()
    await page.getByRole('row', { name: /\u674e\u5a1c.*Not begun/ }).waitFor()
    expect(await serious(page)).toEqual([])

    const trainee = await open('li', '/training', { viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
    await trainee.page.getByText('\u5468\u4e94\u524d\u5b8c\u6210').waitFor()
    await picture(trainee.page, 'mine-390')
    expect(await serious(trainee.page)).toEqual([])
    const width = await trainee.page.evaluate('document.documentElement.scrollWidth')
    expect(width).toBeLessThanOrEqual(390)
    await trainee.page.getByRole('button', { name: /^\u5f00\u59cb/ }).click()
    await trainee.page.waitForURL(/\/training\/attempts\//)
    await page.reload()
    await page.getByText('0 of 1 passed').click()
    await page.getByRole('row', { name: /\u674e\u5a1c.*Under way/ }).waitFor()
    // On a telephone each row is a block, whichever page was opened first.
    await page.setViewportSize({ width: 390, height: 844 })
    const cell = page.locator('.fc-people tbody td').first()
    expect(await cell.evaluate((one) => getComputedStyle(one).display)).toBe('block')
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.getByRole('button', { name: 'Take back' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click()
    await page.getByText('Nothing that was assigned is left to do.').waitFor()
    expect([...faults, ...trainee.faults]).toEqual([])
  })

  it('opens a live session, watches who joins, and throws something in', async () => {
    const { page, faults } = await open('zhou', '/training/scenarios')
    await page.getByRole('button', { name: /More for .The third time this month/ }).click()
    await page.getByRole('menuitem', { name: 'Open a live session' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Open a live session' }).click()
    await page.waitForURL(/\/training\/sessions\//)
    await page.getByText('Nobody has joined yet.').waitFor()
    const code = (await page.locator('.session-code').textContent()) ?? ''
    const trainee = await open('ouyang', '/training/join')
    await trainee.page.getByLabel('Code of a live session').fill(code.toLowerCase())
    await trainee.page.keyboard.press('Enter')
    await trainee.page.waitForURL(/\/training\/attempts\//)
    await page.getByRole('button', { name: /\u6b27\u9633\u6653\u660e/ }).waitFor()
    await trainee.page.getByRole('button', { name: 'Start', exact: true }).click()
    await answer(trainee.page)
    await page.getByRole('button', { name: /\u6b27\u9633\u6653\u660e.*[1-9] step/s }).waitFor()
    await page.locator('.chart-state').first().waitFor()
    const talk = page.getByRole('log')
    await talk
      .getByText(/^\u6b27\u9633\u6653\u660e/)
      .first()
      .waitFor()
    expect(await talk.getByText('You', { exact: true }).count()).toBe(0)
    await page.getByLabel('Words (English)').fill('Are you still there?')
    await page
      .getByRole('region', { name: 'Throw in' })
      .getByRole('button', { name: 'Throw in', exact: true })
      .click()
    await page.getByText(/^Thrown in/).waitFor()
    await trainee.page.getByText('Are you still there?').first().waitFor()
    await picture(page, 'session')
    expect(await serious(page)).toEqual([])
    await page.getByRole('button', { name: 'End the session' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End the session' }).click()
    await page.getByText(/This session is over/).waitFor()
    expect([...faults, ...trainee.faults]).toEqual([])
  })

  it('makes a scenario of a job, copies one, and deletes what is not wanted', async () => {
    const job = await app.call('POST', '/api/jobs', { process: 'complaint', fields: { text: 'Too late' } })
    if (!Check(Type.Object({ id: Type.String() }), job)) throw new Error('no job')
    const { page, faults } = await open('zhou', `/training/scenarios?fromJob=${job.id}`)
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Make the scenario' }).click()
    await dialog.getByText(/the same states as the job|another course/).waitFor()
    await picture(page, 'from-job')
    await dialog.getByRole('button', { name: 'Keep it and open it' }).click()
    await page.getByRole('navigation', { name: 'Parts of the scenario' }).waitFor()
    expect(page.url()).not.toContain('fromJob')

    await page.goto(`${app.address}/training/scenarios?q=PC-01&level=easy`)
    const rows = page.getByRole('row', { name: /The printer/ })
    await expect.poll(() => rows.count()).toBe(1)
    await rows.getByRole('button', { name: /^More for/ }).click()
    await page.getByRole('menuitem', { name: 'Make a copy' }).click()
    await page.waitForURL(/call-cannot-print-2$/)
    await page.goto(`${app.address}/training/scenarios?q=PC-01&level=easy`)
    await expect.poll(() => rows.count()).toBe(2)
    await page
      .locator('[data-scenario=call-cannot-print-2]')
      .getByRole('button', { name: /^More for/ })
      .click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await expect.poll(() => rows.count()).toBe(1)
    expect(faults).toEqual([])
  })

  it('reads who did what, which norms fail, and what was never practised', async () => {
    const attempt = await app.call('POST', '/api/training/attempts', {
      scenario: 'call-cannot-print',
      mode: 'practice',
    })
    if (!Check(Type.Object({ id: Type.String() }), attempt)) throw new Error('no attempt')
    await app.call('POST', `/api/training/attempts/${attempt.id}/steps`, {
      from: 0,
      steps: [{ after: 'PT7S', what: { do: 'event', type: 'answer' } }, { what: { do: 'give-up' } }],
    })
    await app.call('POST', `/api/training/attempts/${attempt.id}/finish`, {})
    const { page, faults } = await open('zhou', '/training/results?process=phone-call')
    await page
      .getByRole('table', { name: 'By person' })
      .getByRole('row', { name: /Administrator/ })
      .waitFor()
    await page.getByText(/^Never practised/).waitFor()
    await page.locator('.chart-state').first().waitFor()
    await picture(page, 'results')
    expect(await serious(page)).toEqual([])
    await page.getByRole('button', { name: 'Administrator' }).last().click()
    await page.getByRole('heading', { name: /^Attempts of/ }).waitFor()
    expect(page.url()).toContain('person=')
    expect(faults).toEqual([])
  })
})
