/**
 * The training room from end to end: a trainer writes a lesson and assigns it; his trainee fails it, practises, passes, and may now do
 * what a real job refused him; a draft that breaks the lesson is shown doing so before it is published; a forged score counts for nothing.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import Type from 'typebox'
import { Parse } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { scenarios as safety } from '../../machines/processes/site-safety/scenarios.ts'
import type { Step } from '../../machines/simulate/scenario.ts'
import { openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

const Token = Type.Object({ token: Type.String() })
const Made = Type.Object({ id: Type.String() })
const Scenario = Type.Object({
  revision: Type.Integer(),
  scenario: Type.Object({
    title: Type.Object({ en: Type.String() }),
    briefing: Type.Object({ en: Type.String() }),
    runs: Type.Object({}),
  }),
})
/** Where pictures go to be looked at. */
const PICTURES = process.env.TRAINING_PICTURES
const LESSON = 'site-first-day'

let browser: Browser
let app: Pages
const tokens = new Map<string, string>()

beforeAll(async () => {
  const folder = await builtPages()
  browser = await openBrowser()
  app = await startPages(folder)
  for (const [id, name, roles] of [
    ['zhou', '周敏', ['trainer']],
    ['li', '李伟', ['engineer']],
    ['sun', '孙伟', ['safety-officer', 'dispatcher']],
    ['lee', 'Sarah Lee', ['process-owner']],
  ] as const) {
    await app.call('POST', '/api/people', { id, name, roles: [...roles] })
    tokens.set(id, Parse(Token, await app.call('POST', `/api/people/${id}/tokens`, { name: 'walk' })).token)
  }
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function sit(
  person: string,
  path: string,
): Promise<{ page: Page; faults: string[]; context: BrowserContext }> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(app.address)
  await page.locator('input[name=token]').fill(tokens.get(person) ?? '')
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').first().waitFor()
  await page.goto(app.address + path)
  return { page, context, faults }
}
async function as(person: string, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(app.address + path, {
    method,
    headers: { authorization: `Bearer ${tokens.get(person)}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}
const look = async (page: Page, name: string): Promise<void> => {
  if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png` })
}
const choice = (page: Page, key: string) => page.locator(`[data-choice="${key}"]`)
const keyOf = ({ what }: Step): string => {
  switch (what.do) {
    case 'event':
      return `event ${what.type}`
    case 'tick':
      return `tick ${what.item}`
    case 'move':
      return `move ${what.move}`
    default:
      throw new Error(`no button does ${what.do}`)
  }
}

/** The model way by the buttons of the page. What somebody else has to do first is waited for. */
async function goThrough(page: Page, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const button = choice(page, keyOf(step))
    for (let waits = 0; waits < 8 && (await button.count()) === 0; waits++) {
      await page.getByRole('button', { name: 'Until something happens' }).click()
      await page.waitForTimeout(200)
    }
    await button.click()
    if (step.what.do === 'tick' && step.what.evidence?.text !== undefined) {
      await page.getByRole('textbox').last().fill(step.what.evidence.text)
      await page.getByRole('button', { name: 'Do it' }).click()
    }
  }
}

/** What is assigned, begun after it was said what an examination means. */
async function examined(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /: First morning at our site$|First morning at our site/ })
    .first()
    .click()
  await page
    .getByRole('dialog')
    .getByRole('button')
    .filter({ hasText: /[Bb]egin|[Ss]tart/ })
    .first()
    .click()
  await page.waitForURL(/\/training\/attempts\//)
}

describe('the training room', () => {
  let job = ''
  const begins = async (): Promise<Response> =>
    as('li', 'POST', `/api/jobs/${job}/events`, { type: 'training.show' })

  it('bars a real job for want of a certificate', async () => {
    const made = await as('sun', 'POST', '/api/jobs', { process: 'site-safety', fields: { site: '1号厂房' } })
    job = Parse(Made, await made.json()).id
    const drilled = { evidence: { kind: 'text', text: '2026-02-10' } }
    for (const [item, body] of [
      ['emergencyMeasures', {}],
      ['emergencyDrill', drilled],
    ] as const)
      expect((await as('li', 'PUT', `/api/jobs/${job}/checklist/${item}`, body)).status).toBe(200)
    const refused = await begins()
    expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('safety-training')])
  })

  it('lets a trainer write the lesson and assign it', async () => {
    const { page, faults } = await sit('zhou', `/training/scenarios/${LESSON}`)
    await page.getByLabel('Title (English)').fill('First morning at our site')
    await page
      .getByLabel('Briefing (English)')
      .fill('Eight o’clock at the gate. Bring yourself as far as the work area.')
    await page.keyboard.press('Control+s')
    await page
      .getByRole('status')
      .filter({ hasText: /^Saved$/ })
      .waitFor()
    await expect.poll(() => page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true)
    const kept = Parse(Scenario, await app.call('GET', `/api/training/scenarios/${LESSON}`))
    expect(kept).toMatchObject({ revision: 2, scenario: { title: { en: 'First morning at our site' } } })

    await page.goto(`${app.address}/training/assignments?new=${LESSON}`)
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('People', { exact: true }).first().click()
    await page.getByRole('option', { name: '李伟' }).first().click()
    await page.keyboard.press('Tab')
    await dialog.getByText('Examination', { exact: true }).first().click()
    await look(page, '1-assign')
    await dialog.getByRole('button', { name: 'Assign', exact: true }).click()
    await page.getByText('0 of 1 passed').waitFor()
    expect(faults).toEqual([])
  })

  it('fails the trainee at once by a critical fault', async () => {
    const { page, faults } = await sit('li', '/training')
    await page.getByText('First morning at our site').first().waitFor()
    await look(page, '2-mine')
    await examined(page)
    await page.getByRole('button', { name: /^Start/ }).click()
    await choice(page, 'move slip-in').click()
    await page.locator('[data-critical]').waitFor()
    await look(page, '3-failed')
    expect((await begins()).status).toBe(409)
    expect(faults).toEqual([])
  })

  it('lets him practise with steps back and a branch', async () => {
    const { page, faults } = await sit('li', '/training')
    await page.getByPlaceholder('Search by title, tag or norm').fill('First morning')
    const card = page.locator(`[data-scenario="${LESSON}"]`)
    await card.getByRole('button', { name: /^Practise/ }).click()
    await page.waitForURL(/\/training\/attempts\//)
    await page.getByRole('button', { name: /^Start/ }).click()
    await choice(page, 'move slip-in').click()
    await page.locator('[data-line="fault"]').first().waitFor()
    await page.keyboard.press('b')
    await expect.poll(() => page.locator('[data-line="fault"]').count()).toBe(0)
    await choice(page, 'move listen').click()
    await page.getByRole('tab', { name: 'Moments' }).click()
    await expect.poll(() => page.locator('.room-moment').count()).toBeGreaterThan(2)
    await look(page, '4-branches')
    expect(faults).toEqual([])
  })

  it('passes him, gives him the certificate, and the real job lets him begin', async () => {
    const { page, faults } = await sit('li', '/training')
    await examined(page)
    await page.getByRole('button', { name: /^Start/ }).click()
    const model = safety.find(({ id }) => id === LESSON)?.runs['by-the-book']?.steps ?? []
    await goThrough(page, model)
    await page.locator('[data-verdict]').waitFor()
    await look(page, '5-passed')
    expect(await page.locator('[data-verdict]').getAttribute('data-verdict')).toBe('passed')
    const me = await app.call('GET', '/api/people/li')
    expect(me).toMatchObject({ certificates: [{ kind: 'safety-training' }] })
    expect((await begins()).status).toBe(200)
    expect(faults).toEqual([])
  })

  it('shows a draft breaking the lesson before it is published', async () => {
    const { page, faults } = await sit('lee', '/processes/site-safety/design')
    await page.locator('.chart-state').first().waitFor()
    const latest = Parse(
      Type.Object({ definition: Type.Unknown() }),
      await app.call('GET', '/api/processes/site-safety/versions/1'),
    )
    // The owner takes the gear off the list, in the text beside the drawing.
    const lax = JSON.stringify(latest.definition, (key, value) =>
      key === 'checklist' && Array.isArray(value)
        ? value.map((item) =>
            ['helmet', 'shoes', 'goggles', 'gloves'].includes(item.id) ? { ...item, required: false } : item,
          )
        : value,
    )
    const saved = await fetch(`${app.address}/api/processes/site-safety/draft`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${tokens.get('lee')}`,
        'content-type': 'application/json',
        'if-none-match': '*',
      },
      body: JSON.stringify({ definition: JSON.parse(lax), basedOn: 1 }),
    })
    expect(saved.status).toBeLessThan(300)
    await page.reload()
    await page.locator('.chart-state').first().waitFor()
    await page.getByRole('button', { name: 'Publish…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('First morning at our site').first().waitFor()
    await look(page, '6-broken-scenario')
    expect(faults).toEqual([])
  })

  it('refuses a forged score, and keeps the attempt as void', async () => {
    const made = await as('li', 'POST', '/api/training/attempts', { scenario: LESSON, mode: 'examination' })
    const { id } = Parse(Made, await made.json())
    await as('li', 'POST', `/api/training/attempts/${id}/steps`, {
      from: 0,
      steps: [{ what: { do: 'move', move: 'slip-in' } }],
    })
    const forged = await as('li', 'POST', `/api/training/attempts/${id}/finish`, {
      claimed: { points: 100, passed: true },
    })
    expect([forged.status, await forged.json()]).toMatchObject([422, { code: 'attempt-forged' }])
    expect(await app.call('GET', `/api/training/attempts/${id}`)).toMatchObject({ status: 'void' })
  })
})
