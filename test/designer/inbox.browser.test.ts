/** The inbox as a dispatcher has it: the bell, the list, reading, and what comes in while he looks; and the webhooks, for administrators. */
import { readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import Type from 'typebox'
import { Check } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Definition } from '../../machines/definition/schema.ts'
import { breach, notify, remind, text, toField, toRole } from '../../machines/processes/author.ts'
import type { Scenario } from '../../machines/simulate/scenario.ts'
import { answering, receive } from '../server/webhooks/receiver.ts'
import { ADMIN_TOKEN, openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const event = (en: string, zh: string) => ({
  meta: { title: text(en, zh), roles: ['administrator' as const, 'dispatcher' as const] },
})
/** A visit that tells of everything. */
const VISIT: Definition = {
  id: 'visit',
  initial: 'agreed',
  states: {
    agreed: {
      meta: { title: text('Appointment agreed', '已约定上门时间') },
      on: {
        late: {
          actions: [
            notify(
              [toRole('dispatcher')],
              text(
                'The engineer will be late.',
                '工程师将晚到，请及时联系客户说明情况并确认是否需要改约其他时间。',
              ),
              'HV-02',
            ),
          ],
        },
        nudge: {
          actions: [
            remind([toField('engineer'), toRole('dispatcher')], text('Call the customer.', '请致电客户。')),
          ],
        },
        missed: { actions: [breach('HV-02')] },
      },
    },
  },
  schemas: {
    context: {
      properties: {
        customer: { type: 'string', meta: { title: text('Customer', '客户') } },
        engineer: { type: 'string', format: 'person', meta: { title: text('Engineer', '工程师') } },
      },
    },
    events: {
      late: event('Late', '晚到'),
      nudge: event('Nudge', '提醒'),
      missed: event('Missed', '错过'),
    },
  },
  meta: { title: text('Home visit', '上门服务'), summary: ['customer'], assignee: 'engineer' },
}
/** What is assigned; its message has no job. */
const LATE_CALL: Scenario = {
  id: 'late-call',
  process: 'visit',
  title: text('The engineer is late', '工程师晚到了，客户正在等'),
  briefing: text('A customer waits.', '客户正在等。'),
  difficulty: 'easy',
  tags: [],
  seed: 1,
  start: {
    now: '2026-03-02T01:00:00.000Z',
    fields: {},
    trainee: { name: text('Gu', '小顾'), roles: ['dispatcher'] },
  },
  cast: {},
  happens: [],
  moves: [],
  rubric: { norms: { 'HV-02': 10 }, critical: [], passMark: 60 },
  runs: {},
}
const Made = Type.Object({ id: Type.String() })
const Token = Type.Object({ token: Type.String() })
const Listed = Type.Object({ webhooks: Type.Array(Made) })

let browser: Browser
let app: Pages
let token = ''
let job = ''
let pictures = ''

const tell = (...types: string[]) =>
  types.reduce<Promise<unknown>>(
    (before, type) => before.then(() => app.call('POST', `/api/jobs/${job}/events`, { type })),
    Promise.resolve(),
  )
/** A dispatcher; his token. */
async function employ(id: string, name: string): Promise<string> {
  await app.call('POST', '/api/people', { id, name, roles: ['dispatcher'] })
  const made = await app.call('POST', `/api/people/${id}/tokens`, { name: 'desk' })
  if (!Check(Token, made)) throw new Error('no token came back')
  return made.token
}
/** As `expect.poll`, with the patience that a page on a busy machine needs. */
const soon = <T>(get: () => Promise<T>) => expect.poll(get, { timeout: 15_000 })

beforeAll(async () => {
  const folder = await builtPages()
  browser = await openBrowser()
  app = await startPages(folder, {
    shipped: [VISIT],
    environment: { WEBHOOK_PRIVATE_ADDRESSES: 'true' },
  })
  pictures = await mkdtemp(join(tmpdir(), 'fieldchart-inbox-'))
  token = await employ('zhou', '周敏')
  const fields = { customer: '浦东新区张江高科技园区 蔡女士' }
  const visit = await app.call('POST', '/api/jobs', { process: 'visit', fields })
  if (Check(Made, visit)) job = visit.id
  await tell('nudge', 'late', 'missed', 'late')
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function open(
  path: string,
  options: Parameters<Browser['newContext']>[0] = {},
  secret = token,
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    ...options,
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(app.address)
  await page.getByRole('textbox').first().fill(secret)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').waitFor()
  await page.goto(app.address + path)
  return { page, faults }
}
type Violation = { id: string; nodes: { html: string }[] }
async function axe(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const result: { violations: Violation[] } = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}
const look = (page: Page, name: string) => page.screenshot({ path: join(pictures, `${name}.png`) })

describe('the inbox', () => {
  it('is read: the bell and the title count, a job is opened, and what comes in appears by itself', async () => {
    const { page, faults } = await open('/')
    const bell = page.getByRole('link', { name: /Inbox/ })
    await page.getByRole('link', { name: 'Inbox, 4 unread messages' }).waitFor()
    await soon(() => page.title()).toMatch(/^\(4\) /)
    await bell.click()
    const rows = page.getByRole('list', { name: 'Messages, the unread first' }).getByRole('listitem')
    await soon(() => rows.count()).toBe(4)
    await look(page, 'en')

    const late = rows.filter({ hasText: 'The engineer will be late.' })
    await late.first().getByRole('button', { name: 'Mark as read' }).click()
    await page.getByRole('link', { name: 'Inbox, 3 unread messages' }).waitFor()
    // It stays where it is, so that the eye does not lose its place.
    await late.first().getByRole('button', { name: 'Mark as unread' }).click()
    await page.getByRole('link', { name: 'Inbox, 4 unread messages' }).waitFor()

    await page.locator('label').filter({ hasText: 'Breaches' }).click()
    await soon(() => rows.count()).toBe(1)
    expect(await rows.first().textContent()).toContain('Norm HV-02 was broken')
    await rows.first().getByRole('link', { name: 'Home visit' }).click()
    await page.waitForURL(/\/jobs\//)
    await page.getByRole('link', { name: 'Inbox, 3 unread messages' }).waitFor()
    await page.goBack()
    await page.locator('label').filter({ hasText: 'Unread only' }).click()
    await page.getByText('There are none of these').waitFor()
    await page.getByRole('button', { name: 'Show all' }).click()
    await soon(() => rows.count()).toBe(4)

    await tell('nudge')
    await soon(() => rows.count()).toBe(5)
    await page.getByRole('link', { name: 'Inbox, 4 unread messages' }).waitFor()
    await page.getByRole('button', { name: 'Mark all as read' }).click()
    await page.getByRole('link', { name: 'Inbox, 0 unread messages' }).waitFor()
    await soon(() => page.title()).toBe('Inbox · Fieldchart')
    expect(faults).toEqual([])
  }, 300_000)

  it('is at home in Chinese, in the dark, on a telephone and on a wide screen', async () => {
    const lin = await employ('lin', '林晓')
    await tell('missed', 'late', 'nudge')
    const { page } = await open('/inbox', { locale: 'zh-CN', colorScheme: 'dark' }, lin)
    await page.getByRole('link', { name: '收件箱，3 条未读消息' }).waitFor()
    await page.getByText('请致电客户。').first().waitFor()
    expect(await axe(page)).toEqual([])
    for (const width of [390, 1280, 1920]) {
      await page.setViewportSize({ width, height: 844 })
      await look(page, `zh-dark-${width}`)
      const wider = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
      expect([width, wider]).toEqual([width, 0])
    }
    const light = await open('/inbox', { viewport: { width: 390, height: 844 } }, lin)
    await light.page.getByText('Call the customer.').first().waitFor()
    await look(light.page, 'en-390')
    expect(await axe(light.page)).toEqual([])
  }, 300_000)

  it('tells what is assigned for training, and leads there', async () => {
    const gu = await employ('gu', '顾晨')
    await app.call('POST', '/api/training/scenarios', { scenario: LATE_CALL })
    const dueAt = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString()
    const assigned = { scenario: LATE_CALL.id, mode: 'practice', people: ['gu'], roles: [], dueAt }
    await app.call('POST', '/api/training/assignments', assigned)
    const { page, faults } = await open(
      '/inbox',
      { locale: 'zh-CN', viewport: { width: 390, height: 844 } },
      gu,
    )
    const row = page
      .getByRole('listitem')
      .filter({ hasText: /请在 [\d-]{10} [\d:]{5} 前完成练习“工程师晚到了，客户正在等”。/ })
    await row.waitFor()
    await look(page, 'zh-training-390')
    await row.getByRole('link', { name: '查看我的训练' }).click()
    await page.waitForURL(/\/training$/)
    await page.getByRole('link', { name: '收件箱，0 条未读消息' }).waitFor()
    expect(faults).toEqual([])
  }, 300_000)
})

describe('the webhooks', () => {
  it('are made, with a secret shown once, tested, and their dead messages sent again', async () => {
    const { page, faults } = await open('/webhooks', {}, ADMIN_TOKEN)
    let status = 410
    const { url, received } = await receive((response) => answering(status)(response))
    await page.getByRole('button', { name: 'Add a webhook' }).click()
    await page.getByRole('textbox', { name: 'Address' }).fill(url)
    await page.getByRole('checkbox', { name: 'A job starts' }).check()
    await page.getByRole('combobox', { name: 'Process' }).click()
    await page.getByRole('option', { name: 'Home visit' }).click()
    await look(page, 'webhook-new')
    await page.getByRole('button', { name: 'Create' }).click()
    await soon(() => page.getByLabel('Secret', { exact: true }).textContent()).toMatch(/^whsec_.{40,}/)
    await look(page, 'webhook-secret')
    await page.getByRole('button', { name: 'I have it' }).click()
    expect(await page.getByText('whsec_').count()).toBe(0)

    await app.call('POST', '/api/jobs', { process: 'visit', fields: { customer: '蔡女士' } })
    await page.getByText('1 message could not be delivered').waitFor()
    await page.getByRole('button', { name: 'Show them' }).click()
    await page.getByText('the receiver answered that it is gone for good (410)', { exact: true }).waitFor()
    expect(await axe(page)).toEqual([])
    await look(page, 'webhook-dead')
    await page.getByRole('button', { name: 'Change', exact: true }).click()
    // Somebody else changes another part of it meanwhile.
    const listed = async (): Promise<unknown> => app.call('GET', '/api/webhooks')
    const list = await listed()
    if (!Check(Listed, list)) throw new Error('no list of webhooks')
    await app.call('PATCH', `/api/webhooks/${list.webhooks[0]?.id}`, { process: null })
    await page.getByRole('checkbox', { name: 'A version is published' }).check()
    await page.getByRole('textbox', { name: 'Address' }).fill('nonsense')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('alert', { name: 'Webhooks cannot be sent to this address' }).waitFor()
    await page.getByRole('textbox', { name: 'Address' }).fill(url)
    await look(page, 'webhook-change')
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('button', { name: 'Change', exact: true }).waitFor()
    const after = await listed()
    expect(after).toMatchObject({
      webhooks: [{ url, events: expect.arrayContaining(['process.published']) }],
    })
    expect(after).not.toHaveProperty('webhooks.0.process')
    status = 204
    await page.getByRole('switch').click({ force: true })
    await page.getByRole('button', { name: 'Send all again' }).click()
    await page.getByText('1 message could not be delivered').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Send a test' }).click()
    await page.getByText('The test message was taken.').waitFor()
    expect(received).toHaveLength(3)
    await page.getByRole('button', { name: 'New secret' }).click()
    await page.getByText('The former secret signs, too').waitFor()
    expect(faults).toEqual([])

    const zh = await open('/webhooks', { locale: 'zh-CN', colorScheme: 'dark' }, ADMIN_TOKEN)
    await zh.page.getByRole('button', { name: '添加 Webhook' }).click()
    await zh.page.getByRole('button', { name: '更换密钥' }).waitFor()
    expect(await axe(zh.page)).toEqual([])
    await zh.page.screenshot({ path: join(pictures, 'webhook-zh.png'), fullPage: true })
  })
})
