/** What a process owner does in a day: shortens a deadline under running jobs, and finds the breach in the report. */
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What his pages show, and where. */
type Day = {
  address: string
  customer: string
  versionOf(job: string): Promise<number>
  look(page: Page, name: string): Promise<void>
}

/** The owner: a shorter deadline, published, and the running jobs moved to it after a trial. */
export async function shortenAndMove(day: Day, page: Page, other: string): Promise<void> {
  await page.goto(`${day.address}/processes/home-visit/design`)
  await page.locator('.chart-state').first().waitFor()
  await page.getByRole('tab', { name: 'Delays' }).click()
  await page.getByRole('button', { name: 'Contact the customer' }).click()
  const length = page
    .getByRole('complementary', { name: 'Properties' })
    .getByRole('textbox', { name: 'How long' })
  await length.first().fill('20')
  await page.getByRole('toolbar', { name: 'Tools' }).getByText('Saved', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Publish…' }).click()
  const publish = page.getByRole('dialog', { name: 'Publish Home visit' })
  await publish
    .getByText(/30 minutes.*20 minutes/)
    .first()
    .waitFor()
  await publish.getByLabel('What changes, and why').fill('Customers waited too long for our call')
  await publish.getByRole('button', { name: 'Publish', exact: true }).click()
  await publish.getByText('Version 2 is published.', { exact: false }).waitFor()
  await day.look(page, '7-published')
  await publish.getByRole('link', { name: 'Move 1 running job of version 1' }).click()

  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByText('Would move: 1').waitFor()
  expect(await day.versionOf(other)).toBe(1)
  await day.look(page, '8-move-tried')
  await page.getByRole('button', { name: 'Move 1 job' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Move 1 job' }).click()
  await page.getByText('Moved: 1').waitFor()
  expect(await day.versionOf(other)).toBe(2)
  await page.goto(`${day.address}/jobs/${other}`)
  await page
    .getByText(/^Moved to version 2,/)
    .first()
    .waitFor()
  await day.look(page, '9-job-moved')
}

/** From the number in the report to the job behind it. */
export async function findBreach(day: Day, page: Page, job: string): Promise<void> {
  await page.goto(`${day.address}/norms`)
  const table = page.getByRole('table', { name: 'Norms met, late, broken and not applicable' })
  const late = table.getByRole('row').filter({ hasText: 'HV-02' })
  await late.waitFor()
  await day.look(page, '10-norms')
  await late.getByRole('button', { name: /(Late|Broken), 1$/ }).click()
  const behind = page.getByRole('dialog').getByRole('link')
  await behind.first().waitFor()
  // Whose it was is hidden from one who does not work with customers.
  expect(await page.getByRole('dialog').textContent()).not.toContain(day.customer)
  await behind.click()
  await page.waitForURL(`${day.address}/jobs/${job}`)
  await page.getByText(/HV-02/).first().waitFor()
  await day.look(page, '11-job-with-breach')
}
