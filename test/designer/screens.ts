/**
 * The pages that are looked at, and how one gets there.
 *
 * Promises: in order; each starts from wherever the one before left the page, and goes by the words of its language.
 */
import type { TFunction } from 'i18next'
import type { Page } from 'playwright-core'
import Type from 'typebox'
import { Check } from 'typebox/value'
import { ADMIN_TOKEN, type Pages } from './browser.ts'
import { companyScreens } from './screens-company.ts'
import { triedComplaints } from './screens-rerun.ts'

type Studio = {
  page: Page
  t: TFunction
  /** A server with the shipped processes, and one that nobody has set up. */
  app: Pages
  fresh: Pages
  signIn(): Promise<void>
}
type Screen = { name: string; show(studio: Studio): Promise<void> }

const drawn = (page: Page): Promise<void> => page.locator('.chart-state').first().waitFor({ timeout: 30_000 })

/** Ids of the jobs that the pictures show, made once a server. */
const made = new WeakMap<Pages, Promise<string[]>>()
const Made = Type.Object({ id: Type.String() })
function jobsOf(app: Pages): Promise<string[]> {
  const known = made.get(app) ?? makeJobs(app)
  made.set(app, known)
  return known
}
async function makeJobs(app: Pages): Promise<string[]> {
  const ids: string[] = []
  const problems = [
    '硬盘异响，无法开机',
    'Printer prints blank pages',
    '每周三下午断网',
    'Laptop overheats and shuts down',
  ]
  for (const [index, problem] of problems.entries()) {
    const job = await app.call('POST', '/api/jobs', {
      process: 'home-visit',
      fields: {
        timeWanted: new Date(Date.now() + (24 + index) * 3_600_000).toISOString(),
        problem,
        problemKind: 'hardware',
        severity: 'normal',
      },
    })
    if (Check(Made, job)) ids.push(job.id)
  }
  return ids
}

const found = new WeakMap<Pages, Promise<unknown>>()
function findingOf(app: Pages): Promise<unknown> {
  const text = '验机不通过后应先通知客户，再继续维修。'
  const finding = { process: 'fault', place: 'open', text, source: 'complaint' }
  const known = found.get(app) ?? app.call('POST', '/api/findings', finding)
  found.set(app, known)
  return known
}

const crews = new WeakMap<Pages, Promise<void>>()
function engineersOf(app: Pages): Promise<void> {
  const known = crews.get(app) ?? makeEngineers(app)
  crews.set(app, known)
  return known
}
async function makeEngineers(app: Pages): Promise<void> {
  const crew = [
    ['pic-li', '李伟', '浦东', '2099-01-01'],
    ['pic-ouyang', '欧阳晓明（高级工程师）', '浦西', '2026-01-01'],
    ['pic-fischer', 'Johanna Fischer', '浦东', '2099-01-01'],
  ] as const
  for (const [id, name, region, until] of crew) {
    await app.call('POST', '/api/people', { id, name, roles: ['engineer'], regions: [region] })
    await app.call('PUT', `/api/people/${id}/certificates/product-training`, {
      validFrom: '2025-01-01T00:00:00Z',
      validUntil: `${until}T00:00:00Z`,
    })
  }
}

export const SCREENS: readonly Screen[] = [
  {
    name: 'set-up',
    async show({ page, fresh }) {
      await page.goto(`${fresh.address}/setup#token=${fresh.server.setUpSecret}`)
      await page.locator('form').waitFor()
    },
  },
  {
    name: 'sign-in',
    async show({ page, app }) {
      await page.goto(app.address)
      await page.locator('input[name=token]').waitFor()
    },
  },
  {
    name: 'processes',
    async show({ page, app, signIn }) {
      await signIn()
      await page.goto(app.address)
      await page.getByRole('main').getByRole('link').first().waitFor()
    },
  },
  {
    name: 'process',
    async show({ page, app, signIn }) {
      await signIn()
      await page.goto(`${app.address}/processes/home-visit`)
      await drawn(page)
    },
  },
  {
    name: 'jobs',
    async show({ page, app, signIn }) {
      await signIn()
      await jobsOf(app)
      await page.goto(`${app.address}/jobs`)
      await page.getByRole('table').waitFor()
    },
  },
  {
    name: 'board',
    async show({ page, app, signIn }) {
      await signIn()
      await jobsOf(app)
      await page.goto(`${app.address}/jobs/board?process=home-visit`)
      await page.locator('[data-card]').first().waitFor()
    },
  },
  {
    name: 'job',
    async show({ page, app, signIn }) {
      await signIn()
      const [id = ''] = await jobsOf(app)
      await page.goto(`${app.address}/jobs/${id}`)
      await drawn(page)
    },
  },
  {
    name: 'job-past',
    async show({ page, app, signIn, t }) {
      await signIn()
      const [, id = ''] = await jobsOf(app)
      await app.call('POST', `/api/jobs/${id}/notes`, { text: '钥匙在门卫处 / the porter has the key' })
      await page.goto(`${app.address}/jobs/${id}`)
      await drawn(page)
      await page.getByRole('slider').focus()
      await page.keyboard.press('Home')
      await page.getByRole('button', { name: t('jobPage.past.now') }).waitFor()
    },
  },
  {
    name: 'design',
    async show({ page, app, signIn }) {
      await signIn()
      await page.goto(`${app.address}/processes/home-visit/design`)
      await drawn(page)
    },
  },
  {
    name: 'design-transition',
    async show({ page, app, signIn, t }) {
      await openDesign(page, app, signIn)
      await page.locator('.chart-label').first().dispatchEvent('click')
      await page.getByText(t('chart.guard')).first().waitFor()
    },
  },
  {
    name: 'design-text',
    async show({ page, app, signIn, t }) {
      await openDesign(page, app, signIn)
      await page.getByRole('button', { name: t('code.button') }).click()
      await page.locator('.cm-content').first().waitFor()
      await page.waitForTimeout(1200)
    },
  },
  {
    name: 'design-commands',
    async show({ page, app, signIn }) {
      await openDesign(page, app, signIn)
      await page.keyboard.press('Control+k')
      await page.locator('.palette-input input').waitFor()
    },
  },
  {
    name: 'design-keys',
    async show({ page, app, signIn }) {
      await openDesign(page, app, signIn)
      await page.locator('.react-flow__node-state').nth(1).focus()
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'design-versions',
    async show({ page, app, signIn, t }) {
      await openDesign(page, app, signIn)
      await page.getByRole('button', { name: t('design.versions.button') }).click()
      await page.getByRole('dialog').waitFor()
      await page.waitForTimeout(500)
    },
  },
  {
    name: 'design-publish',
    async show({ page, app, signIn, t }) {
      await signIn()
      await shorten(app)
      await page.goto(`${app.address}/processes/fault/design`)
      await drawn(page)
      await page.getByRole('button', { name: t('design.publish.ready') }).click()
      await page.getByRole('dialog').waitFor()
      await page.waitForTimeout(500)
    },
  },
  {
    name: 'design-scenarios',
    async show({ page, app, signIn, t }) {
      await signIn()
      await handOver(app)
      await page.goto(`${app.address}/processes/depot-repair/design`)
      await drawn(page)
      await page.getByRole('button', { name: t('design.publish.ready') }).click()
      const dialog = page.getByRole('dialog')
      const part = dialog.locator('section', { has: page.getByRole('heading', { name: t('tested.title') }) })
      await part.getByRole('status').waitFor()
      await part.evaluate((section) => section.scrollIntoView({ block: 'start' }))
    },
  },
  {
    name: 'design-rerun',
    async show({ page, app, signIn, t }) {
      await signIn()
      await triedComplaints(app)
      await page.goto(`${app.address}/processes/complaint/design`)
      await drawn(page)
      await page.getByRole('button', { name: t('design.publish.ready') }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('button', { name: t('rerun.begin') }).click()
      await dialog.getByRole('table', { name: t('rerun.table') }).waitFor()
    },
  },
  {
    name: 'new-process',
    async show({ page, app, signIn, t }) {
      await signIn()
      await page.goto(app.address)
      await page.getByRole('button', { name: t('design.create.button') }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'life',
    async show({ page, app, signIn }) {
      await signIn()
      await jobsOf(app)
      await page.goto(`${app.address}/processes/home-visit/life`)
      await drawn(page)
    },
  },
  {
    name: 'norms',
    async show({ page, app, signIn }) {
      await signIn()
      await jobsOf(app)
      await page.goto(`${app.address}/norms`)
      await page.getByRole('main').getByRole('heading').first().waitFor()
      await page.waitForTimeout(800)
    },
  },
  {
    name: 'call-desk',
    async show({ page, app, signIn, t }) {
      await signIn()
      await ringingOf(app)
      await page.goto(`${app.address}/call`)
      await page.getByRole('heading', { name: t('call.ringing') }).waitFor()
    },
  },
  {
    name: 'call',
    async show({ page, app, signIn }) {
      await signIn()
      await page.goto(`${app.address}/call/${await ringingOf(app)}`)
      await page.locator('.call-digits').waitFor()
    },
  },
  {
    name: 'dispatch',
    async show({ page, app, signIn }) {
      await signIn()
      const [, , , id = ''] = await jobsOf(app)
      await engineersOf(app)
      await page.goto(`${app.address}/dispatch?job=${id}`)
      await page.locator('.dispatch-ghost').first().waitFor()
    },
  },
  {
    name: 'first',
    async show({ page, app, signIn }) {
      await signIn()
      await page.goto(`${app.address}/first`)
      await page.locator('.fc-steps').waitFor()
    },
  },
  {
    name: 'people',
    async show({ page, app, signIn }) {
      await signIn()
      await page.goto(`${app.address}/people`)
      await page.getByRole('row').nth(1).waitFor()
    },
  },
  {
    name: 'person',
    async show({ page, app, signIn }) {
      await signIn()
      await page.goto(`${app.address}/people`)
      await page.getByRole('row').nth(1).getByRole('link').click()
      await page.getByRole('main').getByRole('heading', { level: 2 }).first().waitFor()
    },
  },
  {
    name: 'inbox',
    async show({ page, app, signIn }) {
      await signIn()
      await page.goto(`${app.address}/inbox`)
      await page.getByRole('main').getByRole('heading').first().waitFor()
    },
  },
  {
    name: 'work',
    async show({ page, app, signIn }) {
      await signIn()
      await page.goto(`${app.address}/work`)
      await page.locator('.work-sign').waitFor()
      await page.getByRole('main').getByRole('heading').first().waitFor()
    },
  },
  {
    name: 'work-job',
    async show({ page, app, signIn }) {
      await signIn()
      const [id = ''] = await jobsOf(app)
      await page.goto(`${app.address}/work/${id}`)
      await page.locator('.work-next').waitFor()
    },
  },
  ...(
    [
      ['training', '/training', '[data-scenario]'],
      ['training-scenarios', '/training/scenarios', '[data-scenario]'],
      ['training-scenario', '/training/scenarios/call-cannot-print', '.edit-form'],
      ['training-assignments', '/training/assignments?new=call-cannot-print', '[role=dialog]'],
      ['training-results', '/training/results', '[role=search]'],
    ] as const
  ).map(
    ([name, path, shown]): Screen => ({
      name,
      async show({ page, app, signIn }) {
        await signIn()
        await page.goto(app.address + path)
        await page.locator(shown).first().waitFor()
      },
    }),
  ),
  {
    name: 'reviews',
    async show({ page, app, signIn }) {
      await signIn()
      await engineersOf(app)
      await page.goto(`${app.address}/reviews`)
      await page.getByRole('link', { name: '李伟' }).waitFor()
    },
  },
  {
    name: 'review',
    async show({ page, app, signIn }) {
      await signIn()
      await engineersOf(app)
      await page.goto(`${app.address}/reviews/2026-Q4/pic-ouyang`)
      await page.locator('.review-measures').first().waitFor()
    },
  },
  {
    name: 'findings',
    async show({ page, app, signIn }) {
      await signIn()
      await findingOf(app)
      await page.goto(`${app.address}/findings`)
      await page.getByRole('article').first().waitFor()
    },
  },
  ...companyScreens(jobsOf),
  {
    name: 'training-briefing',
    async show({ page, app, signIn }) {
      await signIn()
      await page.goto(`${app.address}/training/attempts/${await attemptOf(app)}`)
      await page.locator('.room-face').first().waitFor()
    },
  },
  {
    name: 'training-room',
    async show({ page, app, signIn }) {
      await signIn()
      await page.goto(`${app.address}/training/attempts/${await attemptOf(app, true)}`)
      await page.locator('.room-choice').first().waitFor()
      await drawn(page)
    },
  },
  {
    name: 'training-score',
    async show({ page, app, signIn }) {
      await signIn()
      await page.goto(`${app.address}/training/attempts/${await countedOf(app)}`)
      await page.locator('[data-verdict]').waitFor()
    },
  },
  {
    name: 'what-if',
    async show({ page, app, signIn }) {
      await signIn()
      const [id = ''] = await jobsOf(app)
      await page.goto(`${app.address}/jobs/${id}/try`)
      await drawn(page)
    },
  },
  {
    name: 'move',
    async show({ page, app, signIn }) {
      await signIn()
      await page.goto(`${app.address}/processes/home-visit/move`)
      await page.getByRole('main').getByRole('heading').first().waitFor()
    },
  },
]

/** A practice: not begun, begun with a fault, or counted. */
async function practice(app: Pages, ...whats: object[]): Promise<string> {
  const made = await app.call('POST', '/api/training/attempts', {
    scenario: 'site-first-day',
    mode: 'practice',
  })
  if (!Check(Made, made)) throw new Error('no attempt')
  const steps = whats.map((what, index) => ({ after: `PT${20 + index}S`, what }))
  if (steps.length > 0) await app.call('POST', `/api/training/attempts/${made.id}/steps`, { from: 0, steps })
  return made.id
}
const BEGUN = [
  { do: 'tick', item: 'emergencyMeasures' },
  { do: 'tick', item: 'emergencyDrill', evidence: { kind: 'text', text: '2026-02-10' } },
  { do: 'event', type: 'training.show' },
  { do: 'move', move: 'slip-in' },
]
const attempts = new WeakMap<Pages, { fresh: Promise<string>; begun: Promise<string> }>()
function attemptOf(app: Pages, isBegun = false): Promise<string> {
  const known = attempts.get(app) ?? { fresh: practice(app), begun: practice(app, ...BEGUN) }
  attempts.set(app, known)
  return isBegun ? known.begun : known.fresh
}
const counted = new WeakMap<Pages, Promise<string>>()
function countedOf(app: Pages): Promise<string> {
  const known =
    counted.get(app) ??
    practice(app, ...BEGUN).then(async (id) => {
      await app.call('POST', `/api/training/attempts/${id}/finish`, {})
      return id
    })
  counted.set(app, known)
  return known
}

/** Calls that ring, one a server. */
const ringing = new WeakMap<Pages, Promise<string>>()
function ringingOf(app: Pages): Promise<string> {
  const known = ringing.get(app) ?? ring(app)
  ringing.set(app, known)
  return known
}
async function ring(app: Pages): Promise<string> {
  const call = await app.call('POST', '/api/jobs', {
    process: 'phone-call',
    fields: { callerNumber: '021-6888 1234' },
  })
  return Check(Made, call) ? call.id : ''
}

async function openDesign(page: Page, app: Pages, signIn: () => Promise<void>): Promise<void> {
  await signIn()
  await page.goto(`${app.address}/processes/home-visit/design`)
  await drawn(page)
}

const Read = Type.Object({ definition: Type.Unknown(), revision: Type.Optional(Type.Integer()) })
const shortened = new WeakMap<Pages, Promise<void>>()
/** A draft of the fault process in which something changed. */
function shorten(app: Pages): Promise<void> {
  const known = shortened.get(app) ?? saveShortened(app)
  shortened.set(app, known)
  return known
}
const saveShortened = (app: Pages): Promise<void> =>
  saveDraft(app, 'fault', (text) => {
    const delay = /"PT(\d+)([MH])"/.exec(text)
    if (delay === null) throw new Error('no delay to shorten')
    return text.replace(delay[0], `"PT${Number(delay[1]) + 5}${delay[2]}"`)
  })

const handedOver = new WeakMap<Pages, Promise<void>>()
/** A draft of the depot repair in which other people take the machine in: known runs of its scenarios come out otherwise. */
function handOver(app: Pages): Promise<void> {
  const receive = /("machine\.receive":\{(?:(?!"roles").)*"roles":\[)[^\]]*\]/
  const known =
    handedOver.get(app) ??
    saveDraft(app, 'depot-repair', (text) => {
      const [head = '', tail = ''] = text.split(/(?<="events":)/)
      if (!receive.test(tail)) throw new Error('nobody takes a machine in')
      return head + tail.replace(receive, '$1"stock-keeper"]')
    })
  handedOver.set(app, known)
  return known
}

/** A draft made of the first version's text. */
async function saveDraft(app: Pages, process: string, change: (text: string) => string): Promise<void> {
  const version = await app.call('GET', `/api/processes/${process}/versions/1`)
  if (!Check(Read, version)) throw new Error('no version')
  const definition: unknown = JSON.parse(change(JSON.stringify(version.definition)))
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
