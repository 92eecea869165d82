/**
 * The pages that are looked at, and how one gets there.
 *
 * Promises: in order; each starts from wherever the one before left the page, and goes by the words of its language.
 */
import type { TFunction } from 'i18next'
import type { Page } from 'playwright-core'
import Type from 'typebox'
import { Check } from 'typebox/value'
import type { Pages } from './browser.ts'

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
    name: 'job',
    async show({ page, app, signIn }) {
      await signIn()
      const [id = ''] = await jobsOf(app)
      await page.goto(`${app.address}/jobs/${id}`)
      await drawn(page)
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
]
