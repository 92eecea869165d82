/** Conditions as a process owner writes them: rows by mouse and by keyboard, text with its errors, tried; and delays. */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import Type from 'typebox'
import { Check } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Definition, Guard } from '../../machines/definition/schema.ts'
import { cel, text } from '../../machines/processes/author.ts'
import { ADMIN_TOKEN, openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

let browser: Browser
let app: Pages

/** Looked at after a run. */
const SHOTS = join(tmpdir(), 'fieldchart-shots')

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  browser = await openBrowser()
  app = await startPages(await builtPages())
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

const loan = (id: string, condition?: string): Definition => ({
  id,
  initial: 'asked',
  states: {
    asked: {
      meta: { title: text('Asked', '已申请') },
      on: {
        'loan.agree': { target: 'lent', ...(condition === undefined ? {} : { guard: cel(condition) }) },
      },
      after: { answerBy: { target: 'late' } },
    },
    lent: { type: 'final', meta: { title: text('Lent', '已借出') } },
    late: { type: 'final', tags: ['failed'], meta: { title: text('Too late', '已超时') } },
  },
  delays: {
    answerBy: {
      duration: 'PT30M',
      calendar: 'working',
      meta: { title: text('Answer the customer', '答复客户'), kind: 'step' },
    },
  },
  schemas: {
    context: {
      properties: {
        warranty: {
          type: 'string',
          enum: ['in-house', 'expired'],
          meta: {
            title: text('Warranty', '保修类型'),
            options: { 'in-house': text('In-house', '厂内保修'), expired: text('Expired', '已过保') },
          },
        },
        quoteAccepted: { type: 'boolean', meta: { title: text('Quote accepted', '已接受报价') } },
        price: { type: 'number', meta: { title: text('Price', '价格') } },
        appointment: {
          type: 'string',
          format: 'date-time',
          meta: { title: text('Appointment', '预约时间') },
        },
      },
    },
    events: { 'loan.agree': { meta: { title: text('Loan is agreed', '同意借用'), roles: ['dispatcher'] } } },
  },
  meta: {
    title: text('Loan', '借用'),
    certificates: { electrical: text('Electrical work', '电工作业') },
  },
})

/** The designer with a new process of that id. `condition`: of its transition. */
async function openLoan(id: string, condition?: string): Promise<{ page: Page; faults: string[] }> {
  await app.call('POST', '/api/processes', { definition: loan(id, condition) })
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 1000 } })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(`${app.address}/processes/${id}/design`)
  await page.locator('form input').first().fill(ADMIN_TOKEN)
  await page.keyboard.press('Enter')
  await page.locator('.canvas .react-flow__node').first().waitFor({ timeout: 30_000 })
  return { page, faults }
}

const Draft = Type.Object({ definition: Type.Unsafe<Definition>(Type.Object({ id: Type.String() })) })
async function draftOf(page: Page, id: string): Promise<Definition> {
  // Saved by itself within two seconds of the last change.
  await page.waitForTimeout(2600)
  const draft = await app.call('GET', `/api/processes/${id}/draft`)
  if (!Check(Draft, draft)) throw new Error('no draft')
  return draft.definition
}
async function guardOf(page: Page, id: string): Promise<Guard | undefined> {
  const way = (await draftOf(page, id)).states.asked?.on?.['loan.agree']
  return Array.isArray(way) ? undefined : way?.guard
}
const shot = (page: Page, name: string): Promise<unknown> =>
  page.screenshot({ path: join(SHOTS, `${name}.png`) })

const agreed = (page: Page): Locator => page.locator('.chart-label', { hasText: 'Loan is agreed' }).first()
async function choose(page: Page, field: Locator, option: string): Promise<void> {
  await field.click()
  await page.getByRole('option', { name: option }).first().click()
}
/** Chooses from a list without a mouse. */
async function byKeys(page: Page, field: Locator, option: string): Promise<void> {
  await field.focus()
  await page.keyboard.press('ArrowDown')
  const chosen = page.locator('[role=option][data-combobox-selected]', { hasText: option })
  await page.getByRole('option', { name: option, exact: true }).waitFor()
  for (let tries = 0; tries < 12 && (await chosen.count()) === 0; tries += 1)
    await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}
/** The word of the switch between the two ways of showing a condition. */
const viewAs = (page: Page, view: 'Rows' | 'Text'): Locator =>
  page.getByRole('radiogroup', { name: 'Show the condition as' }).getByText(view, { exact: true })
const row = (page: Page, name: string): Locator => page.getByRole('group', { name }).last()

describe('a condition', () => {
  it('is put together of rows by mouse, and tried', async () => {
    const { page, faults } = await openLoan('by-mouse')
    await agreed(page).click()
    await page.getByRole('button', { name: 'Add the first condition' }).click()
    const fresh = row(page, 'New condition')
    await choose(page, fresh.getByRole('combobox', { name: 'What is asked about' }), 'Warranty')
    // Half made: kept, and no guard yet; also not when another thing was looked at.
    await page.getByText('Not complete: it is not asked yet.').waitFor()
    await page.locator('.react-flow__node[data-id="s:asked"]').click({ position: { x: 8, y: 8 } })
    await agreed(page).click()
    expect(await guardOf(page, 'by-mouse')).toBeUndefined()
    await choose(page, fresh.getByRole('combobox', { name: 'Value' }), 'In-house')
    await page.getByRole('button', { name: 'Add a condition' }).click()
    await choose(page, fresh.getByRole('combobox', { name: 'What is asked about' }), 'Quote accepted')
    await page.getByText('Warranty is In-house AND Quote accepted').waitFor()
    expect(await guardOf(page, 'by-mouse')).toEqual({
      '@expr': "job.warranty == 'in-house' && job.quoteAccepted",
      '@lang': 'cel',
    })

    await page.getByRole('button', { name: 'Try it' }).click()
    const trial = page.getByRole('region', { name: 'Try the condition' })
    await trial.getByText('True', { exact: true }).waitFor()
    await choose(page, trial.getByRole('combobox', { name: 'Quote accepted' }), 'No')
    await trial.getByText('False', { exact: true }).waitFor()
    await row(page, 'Quote accepted').getByText('✗ does not hold, and decides').waitFor()
    await row(page, 'Warranty is In-house').getByText('✓ holds', { exact: true }).waitFor()
    await shot(page, 'condition-tried')

    expect(faults).toEqual([])
  }, 300_000)

  it('is written as text with completion and its errors under the letters, and shown as rows', async () => {
    const { page, faults } = await openLoan('as-text', "job.warranty == 'in-house' && job.quoteAccepted")
    await agreed(page).click()
    await page.getByRole('button', { name: 'Try it' }).click()
    const trial = page.getByRole('region', { name: 'Try the condition' })
    await choose(page, trial.getByRole('combobox', { name: 'Quote accepted' }), 'No')
    await viewAs(page, 'Text').click()
    const editor = page.getByRole('textbox', { name: 'Only if' })
    await editor.waitFor()
    await page.locator('.cel-lit-false', { hasText: 'job.quoteAccepted' }).waitFor()
    await editor.click()
    await page.keyboard.press('Control+End')
    await page.keyboard.type(' && job.pri')
    await page.getByRole('listbox').getByText('Price · double').waitFor()
    // The list takes no key in its first instant, lest somebody accept what he has not seen.
    await page.waitForTimeout(150)
    await page.keyboard.press('Enter')
    await page.keyboard.type(' > "x"')
    // Under its letters, and in words.
    await page.locator('.cm-lintRange-error').first().waitFor()
    await page.locator('.panel-error').first().waitFor()
    await shot(page, 'condition-error')
    for (let letters = 0; letters < 3; letters += 1) await page.keyboard.press('Backspace')
    await page.keyboard.type('100.0')
    await page.locator('.cm-lintRange-error').first().waitFor({ state: 'detached' })
    await viewAs(page, 'Rows').click()
    await page.getByText('Warranty is In-house AND Quote accepted AND Price is more than 100').waitFor()

    // What no row can say is told with its place, and shown as text.
    await viewAs(page, 'Text').click()
    await editor.click()
    await page.keyboard.press('Control+A')
    await page.keyboard.type('job.price * 2.0 > 10.0')
    await page.getByText('calculating with “*” has no row', { exact: false }).waitFor()
    expect(await page.getByRole('radio', { name: 'Rows' }).isDisabled()).toBe(true)
    for (
      let steps = 0;
      steps < 9 && (await page.getByRole('radio', { name: 'Rows' }).isDisabled());
      steps += 1
    )
      await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await viewAs(page, 'Rows').click()
    await page.getByText('Price is more than 100', { exact: false }).first().waitFor()
    expect(faults).toEqual([])
  }, 300_000)

  it('is put together in groups by keyboard alone', async () => {
    const { page, faults } = await openLoan('by-keys')
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key)
    }
    // To the way out of the first state, and from there into its panel.
    await page.locator('.react-flow__node[data-id="s:asked"]').focus()
    await press('.')
    const add = page.getByRole('button', { name: 'Add the first condition' })
    await add.waitFor()
    await add.focus()
    await press('Enter')
    // The new row has the focus; its list is searched by typing.
    await page.keyboard.type('pri')
    await press('ArrowDown', 'Enter', 'Tab', 'Tab', 'Tab')
    await byKeys(page, page.getByRole('combobox', { name: 'What is asked of it' }), 'is more than')
    await press('Tab')
    await page.keyboard.type('100')
    await row(page, 'Price is more than 100').waitFor()
    await page.getByRole('button', { name: 'Other…' }).focus()
    await press('Enter')
    await page.getByRole('menuitem', { name: 'Somebody holds a certificate' }).focus()
    await press('Enter')
    await page.getByRole('combobox', { name: 'Certificate', exact: true }).focus()
    await page.keyboard.type('Elec')
    await press('ArrowDown', 'Enter')
    await byKeys(
      page,
      page.getByRole('combobox', { name: 'How the rows are joined' }),
      'At least one of these holds',
    )
    await shot(page, 'condition-keys')
    expect(await guardOf(page, 'by-keys')).toEqual({
      type: 'or',
      params: {
        guards: [
          { '@expr': 'job.price > 100.0', '@lang': 'cel' },
          { type: 'qualified', params: { certificate: 'electrical' } },
        ],
      },
    })
    // Tab leaves the text as it leaves any other field.
    await page.getByRole('radio', { name: 'Text' }).focus()
    await press('Space')
    const editor = page.getByRole('textbox', { name: 'Expression' })
    await editor.focus()
    await press('Tab')
    expect(await editor.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(false)
    expect(faults).toEqual([])
  }, 300_000)
})

describe('a delay', () => {
  it('is made shorter, and says what it comes to', async () => {
    const { page, faults } = await openLoan('delay')
    await page.locator('.chart-label', { hasText: 'after 30 minutes' }).first().click()
    await page.getByText('entered Friday 17:50: moves on Monday 9:20').waitFor()
    await page.getByRole('textbox', { name: 'How long' }).fill('20')
    await page.getByText('entered Friday 17:50: moves on Monday 9:10').waitFor()
    await page.getByLabel('Entered at').fill('2026-03-06T17:55')
    await page.getByText('entered Friday 17:55: moves on Monday 9:15').waitFor()
    await choose(page, page.getByRole('combobox', { name: 'Counts from' }), 'Appointment')
    await page.getByText(/^counted from Friday 17:50: moves on Monday 9:10$/).waitFor()
    await shot(page, 'delay-preview')
    const { delays } = await draftOf(page, 'delay')
    expect(delays?.answerBy).toMatchObject({
      duration: 'PT20M',
      calendar: 'working',
      from: { '@expr': 'job.appointment', '@lang': 'cel' },
    })
    expect(faults).toEqual([])
  }, 300_000)
})
