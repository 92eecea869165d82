/** The hotline as its agent has it: from the ringing to the booked visit without a mouse, and late with what follows. */
import { readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import Type from 'typebox'
import { Check } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const Made = Type.Object({ id: Type.String() })
const Token = Type.Object({ token: Type.String() })
const Calls = Type.Object({
  jobs: Type.Array(
    Type.Object({
      id: Type.String(),
      process: Type.String(),
      active: Type.Array(Type.String()),
      fields: Type.Record(Type.String(), Type.Unknown()),
      breaches: Type.Array(Type.Object({ norm: Type.String() })),
    }),
  ),
})

const History = Type.Object({
  entries: Type.Array(
    Type.Object({
      command: Type.Object({ kind: Type.String(), type: Type.Optional(Type.String()) }),
    }),
  ),
})

let browser: Browser
let folder = ''
let pictures = ''

beforeAll(async () => {
  folder = await builtPages()
  browser = await openBrowser()
  pictures = await mkdtemp(join(tmpdir(), 'fieldchart-call-'))
}, 180_000)
afterAll(() => browser?.close())

/** A server at half past nine on a Monday, with an agent. */
async function hotline(): Promise<{ app: Pages; tokens: string[] }> {
  const app = await startPages(folder, { manualClock: true })
  onTestFinished(() => app.stop())
  const tokens: string[] = []
  for (const [id, name] of [
    ['wu', '吴静'],
    ['ma', '马丽娜'],
  ]) {
    await app.call('POST', '/api/people', { id, name, roles: ['hotline-agent'] })
    const made = await app.call('POST', `/api/people/${id}/tokens`, { name: 'desk' })
    if (!Check(Token, made)) throw new Error('no token came back')
    tokens.push(made.token)
  }
  return { app, tokens }
}
const pass = (app: Pages, seconds: number) => app.call('POST', '/api/clock', { advance: `PT${seconds}S` })
async function callsOf(app: Pages, process: string) {
  const found = await app.call('GET', `/api/jobs?process=${process}&sort=-createdAt`)
  if (!Check(Calls, found)) throw new Error('no jobs came back')
  return found.jobs
}

async function open(
  app: Pages,
  token = '',
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 900 },
    ...options,
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(app.address)
  await page.getByRole('textbox').first().fill(token)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').waitFor()
  await page.goto(`${app.address}/call`)
  return { page, faults }
}
const look = (page: Page, name: string) =>
  page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
type Violation = { id: string; nodes: { html: string }[] }
async function axe(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const result: { violations: Violation[] } = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
}
const state = (page: Page, title: string) =>
  page.locator('#call-state').getByText(title, { exact: true }).waitFor()
const press = (page: Page, ...keys: string[]) =>
  keys.reduce<Promise<void>>((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
/** Which entry of the file, or part of the page, has the keyboard. */
const focused = (page: Page) =>
  expect.poll(() => page.evaluate('document.activeElement?.name || document.activeElement?.id || ""'), {
    timeout: 30_000,
  })

describe('the hotline', () => {
  it('takes a call from ringing to a booked visit by the keyboard alone', async () => {
    const { app, tokens } = await hotline()
    const known = {
      customerName: '蔡文静',
      customerPhone: '13800138000',
      customerAddress: '浦东新区张江高科技园区碧波路 888 号 5 号楼 1203 室',
      region: 'Pudong',
    }
    const earlier = await app.call('POST', '/api/jobs', {
      process: 'home-visit',
      fields: {
        ...known,
        problem: '打印机卡纸',
        problemKind: 'hardware',
        severity: 'normal',
        timeWanted: '2026-03-03T02:00:00Z',
      },
    })
    if (!Check(Made, earlier)) throw new Error('no visit')
    const { page, faults } = await open(app, tokens[0])
    await page.getByRole('textbox', { name: 'Your badge number' }).waitFor()
    await page.keyboard.press('Tab')
    await page.getByRole('textbox', { name: 'Your badge number' }).focus()
    await page.keyboard.type('0417')
    await page.getByRole('button', { name: 'New call' }).focus()
    await look(page, '1-desk')

    await press(page, 'n')
    await state(page, 'Hotline is ringing')
    await page.getByText('Ring 1 of 3').first().waitFor()
    await pass(app, 6)
    await page.getByText('Ring 2 of 3').first().waitFor()
    // Told once a ring to who listens.
    await expect.poll(() => page.locator('[data-heard]').textContent()).toBe('Ring 2 of 3')
    await look(page, '2-ringing')
    await press(page, '1')
    await state(page, 'Greeting')
    await page.getByText(/my number is 0417/).waitFor()
    // Barred until it was said, in words.
    await press(page, '1')
    await page
      .locator('[data-step="greeting.done"]')
      .getByText(/Company and badge number named/)
      .waitFor()
    await look(page, '3-greeting')
    await press(page, 'a')
    await page.getByRole('checkbox', { name: /Company and badge number named/, checked: true }).waitFor()
    await press(page, '1')

    await state(page, 'Customer file')
    await focused(page).toBe('customerName')
    await page.keyboard.type('蔡')
    await press(page, 'Tab', 'Tab')
    await page.keyboard.type('1380')
    // What was typed outlives a reload.
    await page.reload()
    await expect.poll(() => page.getByRole('textbox', { name: 'Phone' }).inputValue()).toBe('1380')
    await page.getByText('1 job found').waitFor()
    await press(page, 'Escape', '/', 'ArrowDown')
    await expect.poll(() => page.evaluate('document.activeElement?.dataset.found')).toBe(earlier.id)
    await look(page, '4-found')
    expect(await axe(page)).toEqual([])
    await press(page, 'Enter')
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Address' }).inputValue())
      .toBe(known.customerAddress)
    expect(await page.getByRole('textbox', { name: 'Customer', exact: true }).inputValue()).toBe('蔡文静')
    await press(page, 'Enter')

    await state(page, 'Request and guidance')
    await focused(page).toBe('call-state')
    await press(page, '5')
    await page.locator('[data-step="outcome.visit"]').getByRole('list').waitFor()
    await press(page, '2')
    await page.getByRole('textbox', { name: 'Problem' }).waitFor()
    await page.keyboard.type('新打印机打印空白页，重启后仍然如此')
    await look(page, '5-request')
    await press(page, 'Control+Enter')
    await page
      .locator(
        '[data-step="outcome.visit"][data-open="true"], [data-step="outcome.visit"] [data-open="true"]',
      )
      .waitFor()

    // The e-mail is told in passing, and records itself.
    await press(page, 'c')
    await focused(page).toBe('customerEmail')
    await page.keyboard.type('cai@example.com')
    await page.locator('[data-file="same"]').waitFor()
    expect((await callsOf(app, 'phone-call'))[0]?.fields).toMatchObject({ customerEmail: 'cai@example.com' })

    await press(page, 'Escape', '5')
    await page.getByLabel('Visit wanted at').waitFor()
    await page.keyboard.type('03/03/2026')
    await press(page, 'Tab')
    await page.keyboard.type('14:30')
    await look(page, '6-visit')
    expect(await axe(page)).toEqual([])
    await press(page, 'Control+Enter')
    await state(page, 'Closing')
    const booked = page.locator('[data-booked="home-visit"]')
    await booked.getByText(/First deadline: Arrive at the customer/).waitFor()
    await booked.getByText(/Wanted for Mar 3, 2026, 2:30\sPM/).waitFor()
    await look(page, '7-closing')
    expect(await axe(page)).toEqual([])
    // Faster than the wire: the second press waits for the first, and a third is the second again.
    await press(page, 'a', '1', '1')
    await state(page, 'Waiting for the caller to hang up')
    await press(page, '0')
    await state(page, 'Ended')
    await expect.poll(() => page.evaluate('document.activeElement?.textContent')).toContain('Next call')
    await look(page, '8-ended')

    const [call] = await callsOf(app, 'phone-call')
    expect(call?.breaches).toEqual([])
    expect(call?.fields).toMatchObject({
      badge: '0417',
      outcome: 'visit',
      customerName: '蔡文静',
      agent: 'wu',
    })
    const history = await app.call('GET', `/api/jobs/${call?.id}/history`)
    if (!Check(History, history)) throw new Error('no history')
    expect(history.entries.map(({ command }) => command.type ?? command.kind)).toEqual([
      'start',
      'answer',
      'tick',
      'greeting.done',
      'customer.record',
      'request.record',
      'customer.record',
      'outcome.visit',
      'tick',
      'closing.done',
      'caller.hungUp',
    ])
    const visits = await callsOf(app, 'home-visit')
    expect(visits).toHaveLength(2)
    expect(visits.map(({ fields }) => fields.timeWanted)).toContain('2026-03-03T06:30:00.000Z')
    await page.goto(`${app.address}/call`)
    await page
      .getByRole('region', { name: 'Your calls today' })
      .getByRole('link', { name: '蔡文静' })
      .waitFor()
    expect(faults).toEqual([])
  }, 300_000)

  it('tells what was broken, asks before more is, and lets one agent have a call', async () => {
    const { app, tokens } = await hotline()
    const rung = await app.call('POST', '/api/jobs', {
      process: 'phone-call',
      fields: { callerNumber: '021-6888 1234' },
    })
    if (!Check(Made, rung)) throw new Error('no call')
    const { page, faults } = await open(app, tokens[0], { locale: 'zh-CN', colorScheme: 'dark' })
    const other = await open(app, tokens[1])
    await page.getByRole('link', { name: '接入来电：021-6888 1234' }).waitFor()
    await press(page, '1')
    await state(page, '服务热线响铃')
    await pass(app, 16)
    await page
      .locator('[data-broken]')
      .getByText(/PC-01：三声铃响内接听/)
      .waitFor()
    await page.locator('[data-level="over"]').waitFor()
    await expect.poll(() => page.locator('[data-heard]').textContent()).toMatch(/^第 4 声.*已超时/)
    await look(page, '9-late')
    expect(await axe(page)).toEqual([])
    await press(page, '1')
    await state(page, '问候')
    await other.page.goto(`${app.address}/call/${rung.id}`)
    await other.page.getByText('吴静 is on this call.').waitFor()
    await press(page, 'a')
    await page.getByRole('checkbox', { name: /已报公司名称/, checked: true }).waitFor()
    // Late, so an apology is owed as well.
    await press(page, '1')
    await page
      .locator('[data-step="greeting.done"]')
      .getByText(/已就接听迟缓致歉/)
      .waitFor()
    await press(page, 's')
    await page.getByRole('checkbox', { name: /已就接听迟缓致歉/, checked: true }).waitFor()
    await press(page, '1')
    await state(page, '顾客档案')
    await focused(page).toBe('customerName')
    await page.keyboard.type('欧阳')
    expect(await page.getByRole('textbox', { name: '电话', exact: true }).inputValue()).toBe('021-6888 1234')
    await press(page, 'Enter')
    await state(page, '了解诉求与指导')

    await page.setViewportSize({ width: 390, height: 844 })
    await look(page, '9-talk-390')
    await page.setViewportSize({ width: 1280, height: 900 })
    await press(page, '3')
    await page.getByRole('textbox', { name: '告知客户的等待原因' }).waitFor()
    await page.keyboard.type('查询保修期')
    await press(page, 'Control+Enter')
    await state(page, '等待计时中')
    await pass(app, 6)
    await page.locator('[data-level="soon"]').waitFor()
    await press(page, '1')
    await page.locator('[data-level="calm"]').waitFor()
    await pass(app, 11)
    await page.locator('[data-broken]').getByText(/PC-05/).waitFor()
    await look(page, '10-hold')
    await press(page, '3')
    await state(page, '了解诉求与指导')

    // An agent does not hang up by a slip of the finger.
    await press(page, 'x')
    await page.getByRole('alertdialog').getByText(/PC-10/).waitFor()
    await look(page, '11-doubt')
    expect(await axe(page)).toEqual([])
    await press(page, 'Escape')
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    await press(page, '0')
    await page.getByRole('alertdialog').getByText('此通来电将因此流失，没有处理结果。').waitFor()
    await press(page, 'Enter')
    await state(page, '客户放弃来电')
    expect((await callsOf(app, 'phone-call'))[0]?.breaches.map(({ norm }) => norm)).toEqual([
      'PC-01',
      'PC-05',
    ])
    for (const width of [390, 1280, 1920]) {
      await page.setViewportSize({ width, height: 900 })
      await look(page, `12-zh-dark-${width}`)
      const wider = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
      expect([width, wider]).toEqual([width, 0])
    }
    expect([...faults, ...other.faults]).toEqual([])
  }, 300_000)
})
