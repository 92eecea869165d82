/**
 * Every page, panel and window in both themes: nothing that an automatic check of accessibility calls serious, and
 * nothing that the pages' own policy has to bar.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
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
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

type Found = { id: string; impact: string | null; nodes: { html: string }[] }
/** What is serious or critical, with the first place it was found at. */
async function serious(page: Page, where: string): Promise<string[]> {
  // Evaluated by the debugger, not by the page: its policy allows no text as code.
  await page.evaluate(AXE)
  const { violations }: { violations: Found[] } = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${where}: ${id} ${nodes
          .map(({ html }) => html.slice(0, 160))
          .join(' | ')
          .slice(0, 500)}`,
    )
}

const broken = (id: string): unknown => ({
  id,
  initial: 'start',
  states: {
    start: {
      meta: {
        title: { en: 'Start', zh: '\u5f00\u59cb' },
        checklist: [{ id: 'photo', title: { en: 'Photo' }, required: true, evidence: 'photo' }],
      },
      on: {
        go: [{ target: 'work', guard: { '@expr': 'job.count > 1', '@lang': 'cel' } }, { target: 'nowhere' }],
      },
      after: { soon: { target: 'work' } },
    },
    work: {
      initial: 'one',
      states: { one: {}, memory: { type: 'history' } },
      meta: { title: { en: 'At work' } },
    },
    end: { type: 'final' },
  },
  schemas: {
    context: { properties: { count: { type: 'integer', meta: { title: { en: 'Count' } } } } },
    events: { go: { meta: { title: { en: 'Go' }, roles: ['engineer'] } } },
  },
  delays: { soon: { duration: 'PT20M', meta: { title: { en: 'Soon' }, kind: 'step' } } },
  meta: { title: { en: 'Broken in places', zh: '\u6709\u95ee\u9898\u7684\u6d41\u7a0b' } },
})

/** A day off, far ahead. */
const SUNDAY = '2032-08-01T10:00:00+08:00'
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
/** A draft of a shipped process in which its first state has another title. */
async function saveDraft(process: string): Promise<void> {
  const version = await app.call('GET', `/api/processes/${process}/versions/1`)
  if (!isRecord(version) || !isRecord(version.definition)) throw new Error('no version')
  const { definition } = version
  const [first] = isRecord(definition.states) ? Object.values(definition.states) : []
  if (!isRecord(first) || !isRecord(first.meta)) throw new Error('no state')
  first.meta.title = { en: 'Another title', zh: '\u65b0\u6807\u9898' }
  const response = await fetch(`${app.address}/api/processes/${process}/draft`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${ADMIN_TOKEN}`,
      'content-type': 'application/json',
      'if-none-match': '*',
    },
    body: JSON.stringify({ definition, basedOn: 1 }),
  })
  if (!response.ok) throw new Error(await response.text())
}

const THEMES = ['light', 'dark'] as const
async function open(address: string, colorScheme: (typeof THEMES)[number], signIn = true): Promise<Page> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    colorScheme,
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 900 },
  })
  const violated = await gatherViolations(context)
  onTestFinished(async () => {
    await context.close()
    expect(violated).toEqual([])
  })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(`${app.address}${address}`)
  if (signIn) {
    await page.locator('form input').first().fill(ADMIN_TOKEN)
    await page.keyboard.press('Enter')
    await page.getByRole('navigation').waitFor()
  }
  return page
}
const select = (page: Page, path: string): Promise<void> =>
  page.locator(`.react-flow__node[data-id="s:${path}"]`).focus()
async function command(page: Page, ...typed: string[]): Promise<void> {
  await page.keyboard.press('Control+k')
  for (const text of typed) {
    await page.locator('.palette-input input').waitFor()
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
  }
  await page.locator('.palette-input').waitFor({ state: 'detached' })
}

/** By Escape: the first may close a list within the window. */
async function leave(page: Page): Promise<void> {
  const window = page.getByRole('dialog')
  await page.keyboard.press('Escape')
  await page.waitForTimeout(300)
  if ((await window.count()) > 0) await page.keyboard.press('Escape')
  await window.waitFor({ state: 'detached' })
}

describe.each(THEMES)('in the %s theme', (theme) => {
  it('signing in, setting up, the lists, a process, a job', async () => {
    const job = await app.call('POST', '/api/jobs', { process: 'complaint', fields: { text: 'Too late' } })
    const id = typeof job === 'object' && job !== null && 'id' in job ? String(job.id) : ''
    const found: string[] = []
    const door = await open('/', theme, false)
    await door.locator('form').waitFor()
    found.push(...(await serious(door, 'sign in')))
    await door.goto(`${app.address}/setup`)
    await door.getByRole('heading').first().waitFor()
    found.push(...(await serious(door, 'set up')))
    const page = await open('/', theme)
    await page.getByRole('heading', { level: 1 }).waitFor()
    found.push(...(await serious(page, 'processes')))
    await page.goto(`${app.address}/processes/home-visit`)
    await page.locator('.chart-state').first().waitFor({ timeout: 30_000 })
    found.push(...(await serious(page, 'process')))
    await page.goto(`${app.address}/jobs`)
    await page.getByRole('row').nth(1).waitFor()
    found.push(...(await serious(page, 'jobs')))
    await page.goto(`${app.address}/jobs/board?process=complaint`)
    await page.locator('[data-card]').first().waitFor()
    found.push(...(await serious(page, 'board')))
    await page.goto(`${app.address}/jobs/${id}`)
    await page.locator('.chart-state[data-lit=here]').first().waitFor({ timeout: 30_000 })
    found.push(...(await serious(page, 'job')))
    expect(found).toEqual([])
  }, 300_000)

  it('first steps, people and one of them', async () => {
    const page = await open('/first', theme)
    await page.locator('.fc-steps').waitFor()
    const found = await serious(page, 'first steps')
    await page.goto(`${app.address}/people`)
    await page.getByRole('row').nth(1).waitFor()
    found.push(...(await serious(page, 'people')))
    await page.getByRole('row').nth(1).getByRole('link').click()
    await page.getByRole('main').getByRole('heading', { level: 2 }).first().waitFor()
    found.push(...(await serious(page, 'person')))
    expect(found).toEqual([])
  }, 300_000)

  it('the training room: mine, the library, a scenario, assigning, results', async () => {
    const page = await open('/training', theme)
    await page.locator('[data-scenario]').first().waitFor()
    const found = await serious(page, 'training')
    for (const [path, shown] of [
      ['scenarios', '[data-scenario]'],
      ['scenarios/new', '[role=dialog]'],
      ['scenarios/call-cannot-print', '.edit-form'],
      ['assignments?new=', '[role=dialog]'],
      ['results', '[role=search]'],
      ['join', 'form'],
    ] as const) {
      await page.goto(`${app.address}/training/${path}`)
      await page.locator(shown).first().waitFor()
      found.push(...(await serious(page, path)))
    }
    expect(found).toEqual([])
  }, 300_000)

  it('a rehearsal: its briefing, under way, its score, and a copy of a job played on', async () => {
    const made = await app.call('POST', '/api/training/attempts', {
      scenario: 'site-first-day',
      mode: 'practice',
    })
    const id = typeof made === 'object' && made !== null && 'id' in made ? String(made.id) : ''
    const page = await open(`/training/attempts/${id}`, theme)
    await page.locator('.room-face').first().waitFor()
    const found = await serious(page, 'briefing')
    const what = { do: 'event', type: 'drawings.finish' }
    await app.call('POST', `/api/training/attempts/${id}/steps`, { from: 0, steps: [{ what }] })
    await page.reload()
    await page.locator('.room-choice').first().waitFor()
    await page.locator('.chart-state').first().waitFor()
    found.push(...(await serious(page, 'rehearsal')))
    await app.call('POST', `/api/training/attempts/${id}/finish`, {})
    await page.reload()
    await page.locator('[data-verdict]').waitFor()
    found.push(...(await serious(page, 'score')))
    const job = await app.call('POST', '/api/jobs', { process: 'complaint', fields: { text: 'Too late' } })
    const copied = typeof job === 'object' && job !== null && 'id' in job ? String(job.id) : ''
    await page.goto(`${app.address}/jobs/${copied}/try`)
    await page.locator('.room-choice').first().waitFor()
    await page.locator('.chart-state').first().waitFor()
    found.push(...(await serious(page, 'what if')))
    expect(found).toEqual([])
  }, 300_000)

  it('reviews, the work log, surveys and findings', async () => {
    const person = { id: `reviewed-${theme}`, name: 'Wu', roles: ['engineer'] }
    await app.call('POST', '/api/people', person)
    const text = 'No way on when the part is out of stock'
    await app.call('POST', '/api/findings', { process: 'fault', place: 'open', text, source: 'remark' })
    const page = await open('/reviews', theme)
    await page.getByRole('link', { name: 'Wu' }).first().waitFor()
    const found = await serious(page, 'reviews')
    await page.getByRole('link', { name: 'Wu' }).first().click()
    await page.locator('.review-measures').first().waitFor()
    found.push(...(await serious(page, 'review')))
    for (const name of ['worklog', 'surveys', 'findings']) {
      await page.goto(`${app.address}/${name}`)
      await page.getByRole('main').getByRole('heading').first().waitFor()
      found.push(...(await serious(page, name)))
    }
    await page.getByRole('button', { name: '\u63d0\u51fa\u6539\u8fdb\u610f\u89c1' }).click()
    await page.getByRole('dialog').waitFor()
    found.push(...(await serious(page, 'raising a finding')))
    expect(found).toEqual([])
  }, 300_000)

  it('the hotline between two calls, and with one', async () => {
    const call = await app.call('POST', '/api/jobs', {
      process: 'phone-call',
      fields: { callerNumber: '021-6888 1234' },
    })
    const id = isRecord(call) ? String(call.id) : ''
    const page = await open('/call', theme)
    await page.goto(`${app.address}/call`)
    await page
      .getByRole('link', { name: /021-6888 1234/ })
      .first()
      .waitFor()
    const found = await serious(page, 'call desk')
    await page.goto(`${app.address}/call/${id}`)
    await page.locator('.call-digits').waitFor()
    found.push(...(await serious(page, 'call')))
    expect(found).toEqual([])
  }, 300_000)

  it('assigning: nobody there, a job chosen, why it cannot be given', async () => {
    const person = { id: `engineer-${theme}`, name: 'Li', roles: ['engineer'] }
    const job = await app.call('POST', '/api/jobs', {
      process: 'home-visit',
      fields: { timeWanted: SUNDAY, problem: 'jam', problemKind: 'hardware', severity: 'normal' },
    })
    const id = isRecord(job) ? String(job.id) : ''
    const page = await open('/dispatch', theme)
    await page.locator(`[data-job="${id}"]`).waitFor()
    const found = await serious(page, 'assigning')
    await app.call('POST', '/api/people', person)
    await page.goto(`${app.address}/dispatch?job=${id}`)
    const row = page.locator(`[data-engineer="${person.id}"]`)
    await row.getByRole('button').first().click()
    await page
      .getByRole('dialog')
      .getByRole('spinbutton')
      .or(page.getByRole('dialog').getByRole('list'))
      .first()
      .waitFor()
    found.push(...(await serious(page, 'assigning, why not')))
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    found.push(...(await serious(page, 'assigning, chosen')))
    expect(found).toEqual([])
  }, 300_000)

  it('the designer with each panel and each window', async () => {
    const process = `broken-${theme}`
    await app.call('POST', '/api/processes', { definition: broken(process) })
    const page = await open(`/processes/${process}/design`, theme)
    await page.locator('.canvas .react-flow__node').first().waitFor({ timeout: 30_000 })
    const found: string[] = []
    const look = async (where: string): Promise<void> => {
      found.push(...(await serious(page, where)))
    }
    await look('designer')
    await select(page, 'start')
    await look('state')
    await page.keyboard.press('.')
    await look('transition')
    for (const tab of ['events', 'fields', 'delays', 'settings']) {
      await select(page, 'start')
      await command(
        page,
        {
          events: '\u663e\u793a\u4e8b\u4ef6',
          fields: '\u663e\u793a\u5b57\u6bb5',
          delays: '\u663e\u793a\u5ef6\u65f6',
          settings: '\u663e\u793a\u6d41\u7a0b',
        }[tab] ?? '',
      )
      await look(tab)
    }
    await page.keyboard.press('Control+k')
    await page.locator('.palette-input input').waitFor()
    await look('palette')
    await page.keyboard.press('Escape')
    await select(page, 'start')
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await look('sheet')
    await leave(page)
    await page.keyboard.press('t')
    await page.getByRole('dialog').waitFor()
    await look('connect')
    await leave(page)
    await select(page, 'work')
    await page.keyboard.press('Delete')
    await page.getByRole('dialog').waitFor()
    await look('delete')
    await leave(page)
    await command(page, '\u7248\u672c\u8bb0\u5f55')
    await page.getByRole('dialog').waitFor()
    await look('versions')
    await page.goto(`${app.address}/processes/home-visit/design`)
    await page.locator('.canvas .react-flow__node').first().waitFor({ timeout: 30_000 })
    await look('designer of home-visit')
    expect(found).toEqual([])
  }, 300_000)

  it('publishing, approval, versions, archiving, the text, a file', async () => {
    const process = theme === 'light' ? 'complaint' : 'fault'
    await saveDraft(process)
    const page = await open(`/processes/${process}/design`, theme)
    const dialog = page.getByRole('dialog')
    await page.locator('.canvas .react-flow__node').first().waitFor({ timeout: 30_000 })
    const found: string[] = []
    const look = async (where: string): Promise<void> => {
      // What opens is half seen through at first.
      await page.waitForTimeout(400)
      found.push(...(await serious(page, where)))
    }
    await page.getByRole('button', { name: '\u53d1\u5e03\u2026' }).click()
    await dialog.getByText('\u65b0\u6807\u9898').first().waitFor()
    await look('publish')
    await leave(page)
    await page.getByRole('button', { name: '\u7248\u672c\u8bb0\u5f55' }).click()
    await dialog.getByRole('button').nth(1).waitFor()
    await look('versions with a draft')
    await leave(page)
    for (const [item, where] of [
      ['\u53d1\u5e03\u524d\u5ba1\u6279\u2026', 'approval'],
      ['\u5f52\u6863\u2026', 'archive'],
    ] as const) {
      await page.getByRole('button', { name: '\u66f4\u591a\u64cd\u4f5c', exact: true }).click()
      await page.getByRole('menuitem', { name: item }).click()
      await dialog.getByRole('button').nth(1).waitFor()
      await look(where)
      await leave(page)
    }
    await page.keyboard.press('Control+Shift+E')
    await page.locator('.cm-content .cm-line').nth(3).waitFor()
    await look('text')
    await page.goto(`${app.address}/`)
    await page.getByRole('button', { name: '\u65b0\u5efa\u6d41\u7a0b' }).click()
    await dialog.getByText('\u4ece\u6587\u4ef6\u5bfc\u5165').click()
    await look('file')
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      dialog.getByRole('button', { name: '\u9009\u62e9\u6587\u4ef6\u2026' }).click(),
    ])
    await chooser.setFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{"id": ') })
    await dialog.getByText('\u6587\u4ef6\u4e0d\u5b8c\u6574', { exact: false }).waitFor()
    await look('broken file')
    expect(found).toEqual([])
  }, 300_000)
})
