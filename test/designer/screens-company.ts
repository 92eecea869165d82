/**
 * The pages of whoever looks after the company's data, as `screens.ts` has the others: webhooks, the audit, personal data.
 *
 * Must not: make a job, which the pictures of other pages would show.
 */
import type { TFunction } from 'i18next'
import type { Page } from 'playwright-core'
import type { Pages } from './browser.ts'

type Studio = { page: Page; t: TFunction; app: Pages; signIn(): Promise<void> }

const made = new WeakMap<Pages, Promise<unknown>>()
/** Once a server. Nothing is sent there. */
function webhookOf(app: Pages): Promise<unknown> {
  const known =
    made.get(app) ??
    app.call('POST', '/api/webhooks', {
      url: 'https://hooks.example.com/fieldchart',
      events: ['job.created', 'job.ended'],
      process: 'home-visit',
    })
  made.set(app, known)
  return known
}

/** @param jobs makes the jobs that all pictures have */
export const companyScreens = (jobs: (app: Pages) => Promise<unknown>) =>
  [
    {
      name: 'webhooks',
      async show({ page, app, signIn }: Studio) {
        await signIn()
        await webhookOf(app)
        await page.goto(`${app.address}/webhooks`)
        await page.getByText('https://hooks.example.com/fieldchart').waitFor()
      },
    },
    {
      name: 'audit',
      async show({ page, app, signIn }: Studio) {
        await signIn()
        await webhookOf(app)
        await page.goto(`${app.address}/audit`)
        await page.getByRole('main').getByRole('listitem').nth(1).waitFor()
      },
    },
    {
      name: 'privacy',
      async show({ page, app, signIn, t }: Studio) {
        await signIn()
        await jobs(app)
        await page.goto(`${app.address}/privacy`)
        await page.getByLabel(t('privacy.values')).fill('Printer prints blank pages')
        await page.getByLabel(t('privacy.reason')).fill('R-2026-11')
        await page.getByRole('button', { name: t('privacy.find') }).click()
        await page.getByRole('main').getByRole('table').first().waitFor()
      },
    },
  ] as const
