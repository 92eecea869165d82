/** The table and the board as a dispatcher works them: by keyboard, by mouse, on many jobs at once. */
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import Type from 'typebox'
import { Check } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Definition } from '../../machines/definition/schema.ts'
import { assign, cel, text } from '../../machines/processes/author.ts'
import { SHIPPED } from '../../machines/processes/index.ts'
import { openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const roles = ['administrator' as const, 'dispatcher' as const]
const short = { type: 'string' as const, maxLength: 200 }
/** A visit: a payload, a guard, an item that bars, two ways to the same state. */
const VISIT: Definition = {
  id: 'visit',
  initial: 'booked',
  states: {
    booked: {
      meta: { title: text('Booked', '已预约') },
      on: {
        leave: { target: 'under-way' },
        'send.other': { target: 'under-way' },
        drop: { target: 'dropped' },
      },
      after: { start: { target: 'booked' } },
    },
    'under-way': {
      meta: { title: text('Under way', '前往途中') },
      on: { arrive: { target: 'on-site', actions: [assign({ plate: cel('event.plate') })] } },
    },
    'on-site': {
      meta: {
        title: text('On site', '现场处理'),
        checklist: [
          {
            id: 'signed',
            title: text('Signed by the customer', '客户已签字'),
            roles,
            evidence: 'none',
            required: true,
            norms: ['GN-09'],
          },
        ],
      },
      on: { close: { target: 'closed' } },
    },
    closed: { type: 'final', meta: { title: text('Closed', '已完成') } },
    dropped: { type: 'final', tags: ['cancelled'], meta: { title: text('Dropped', '已放弃') } },
  },
  delays: {
    start: { duration: 'PT4H', meta: { title: text('To set out', '出发时限'), kind: 'deadline' } },
  },
  schemas: {
    context: {
      properties: {
        customerName: { ...short, meta: { title: text('Customer', '客户姓名') } },
        serialNumber: { ...short, meta: { title: text('Serial number', '机器序列号') } },
        customerPhone: { ...short, meta: { title: text('Phone', '电话') } },
        problem: { ...short, meta: { title: text('Problem', '问题描述') } },
        plate: { ...short, meta: { title: text('Number plate', '车牌号') } },
        engineer: { type: 'string', format: 'person', meta: { title: text('Engineer', '工程师') } },
        region: { ...short, meta: { title: text('Region', '所属区域') } },
      },
    },
    events: {
      leave: { meta: { title: text('Set out', '出发'), roles } },
      'send.other': { meta: { title: text('Somebody else sets out', '由他人出发'), roles } },
      drop: { meta: { title: text('Drop', '放弃'), roles } },
      arrive: {
        properties: { plate: { ...short, minLength: 1, meta: { title: text('Number plate', '车牌号') } } },
        required: ['plate'],
        meta: { title: text('Arrive', '到达'), roles },
      },
      close: { meta: { title: text('Close', '完成'), roles } },
    },
  },
  meta: {
    title: text('Visit', '上门'),
    summary: ['customerName', 'problem'],
    assignee: 'engineer',
    region: 'region',
  },
}

const Made = Type.Object({ id: Type.String() })
const Token = Type.Object({ token: Type.String() })
const Detail = Type.Object({ status: Type.String(), active: Type.Array(Type.String()) })

let browser: Browser
let app: Pages
let token = ''
let pictures = ''
const jobs: string[] = []

const NAMES = ['浦东新区张江高科技园区综合服务中心 蔡女士', '王先生', 'Green Valley Ltd.', '李女士', '赵先生']
const PROBLEMS = ['打印机卡纸', 'Laptop overheats', '笔记本蓝屏死机，反复重启，资料未备份']

const soon = <T>(get: () => Promise<T>) => expect.poll(get, { timeout: 30_000 })
async function stateOf(id: string): Promise<string> {
  const job = await app.call('GET', `/api/jobs/${id}`)
  return Check(Detail, job) ? job.active.join() : ''
}

async function homeVisit(): Promise<string> {
  const made = await app.call('POST', '/api/jobs', {
    process: 'home-visit',
    fields: {
      customerName: '蔡女士',
      timeWanted: new Date(Date.now() + 86_400_000).toISOString(),
      problem: '硬盘异响，无法开机',
      problemKind: 'hardware',
      severity: 'normal',
    },
  })
  return Check(Made, made) ? made.id : ''
}

beforeAll(async () => {
  const folder = await builtPages()
  browser = await openBrowser()
  app = await startPages(folder, { shipped: [VISIT, ...SHIPPED] })
  pictures = await mkdtemp(join(tmpdir(), 'fieldchart-desk-'))
  await app.call('POST', '/api/people', { id: 'zhou', name: '周敏', roles: ['dispatcher'] })
  await app.call('POST', '/api/people', { id: 'chen', name: '陈志强', roles: ['engineer'] })
  const made = await app.call('POST', '/api/people/zhou/tokens', { name: 'desk' })
  if (Check(Token, made)) token = made.token
  for (let n = 0; n < 64; n += 1) {
    const fields = {
      customerName: `${NAMES[n % NAMES.length]}${n}`,
      serialNumber: `SN${String(n).padStart(4, '0')}`,
      customerPhone: `138-0013-${String(8000 + n)}`,
      problem: PROBLEMS[n % PROBLEMS.length],
      ...(n % 3 === 0 ? { engineer: 'chen' } : {}),
      ...(n % 4 === 0 ? { region: '浦东' } : {}),
    }
    const job = await app.call('POST', '/api/jobs', { process: 'visit', fields })
    if (Check(Made, job)) jobs.push(job.id)
  }
  for (const [n, id] of jobs.entries()) {
    if (n % 5 === 1) await app.call('POST', `/api/jobs/${id}/events`, { type: 'leave' })
    if (n % 10 === 1)
      await app.call('POST', `/api/jobs/${id}/events`, { type: 'arrive', payload: { plate: 'A1' } })
  }
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function open(
  path: string,
  options: Parameters<Browser['newContext']>[0] = {},
  by = token,
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 860 },
    reducedMotion: 'reduce',
    ...options,
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(app.address)
  await page.getByRole('textbox').first().fill(by)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').first().waitFor()
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
const rows = (page: Page) => page.locator('tbody tr[data-row]')
const card = (page: Page, id: string) => page.locator(`[data-card="${id}"]`)
const column = (page: Page, path: string) => page.locator(`section[data-state="${path}"]`)

describe('the table', () => {
  it('is searched, walked and selected by keyboard, and acts on many jobs with a result for each', async () => {
    const { page, faults } = await open('/jobs?process=visit&sort=createdAt')
    await soon(() => rows(page).count()).toBe(50)
    await look(page, 'table-en')
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: /^Active\s*64$/ }).waitFor()
    await page.getByRole('checkbox', { name: 'Select all jobs shown' }).click()
    await page.getByRole('button', { name: 'Select all 64' }).click()
    await page.getByText('64 jobs selected').waitFor()
    await page.getByRole('button', { name: 'Note…' }).click()
    await page.keyboard.type('The road is closed today')
    await page.getByRole('dialog').getByRole('button', { name: 'Add the note' }).click()
    await page.getByText('64 jobs done').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    await page.getByText('64 jobs selected').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Show more' }).click()
    await soon(() => rows(page).count()).toBe(64)

    // By serial number, by telephone without its dashes, by two Chinese characters.
    await page.locator('body').press('/')
    for (const [typed, count] of [
      ['SN0042', 1],
      ['13800138042', 1],
      ['卡纸', 22],
    ] as const) {
      await page.keyboard.press('Control+a')
      await page.keyboard.type(typed)
      await soon(() => rows(page).count()).toBe(count)
    }
    expect(new URL(page.url()).searchParams.get('text')).toBe('卡纸')

    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('x')
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Shift+ArrowDown')
    await page.getByText('3 jobs selected').waitFor()
    await look(page, 'table-selected')
    await page.getByRole('button', { name: 'Suspend…' }).click()
    await page.keyboard.type('customers are away')
    await page.getByRole('dialog').getByRole('button', { name: 'Suspend', exact: true }).click()
    await page.getByText('3 jobs done').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    // Six are selected, three of them rest: these are refused, and told why.
    await page.goto(`${app.address}/jobs?process=visit&text=${encodeURIComponent('卡纸')}&sort=createdAt`)
    await rows(page).first().getByRole('checkbox').click()
    await rows(page)
      .nth(5)
      .getByRole('checkbox')
      .click({ modifiers: ['Shift'] })
    await page.getByText('6 jobs selected').waitFor()
    await page.getByRole('button', { name: 'Send an event…' }).click()
    await page.getByRole('combobox', { name: 'Event' }).click()
    await page.getByRole('option', { name: /^Drop \(/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('3 jobs refused; they are as they were:').waitFor()
    await look(page, 'bulk-refused')
    await page.getByRole('button', { name: 'Keep only the refused ones selected' }).click()
    await page.getByText('3 jobs selected').waitFor()
    await page.getByRole('button', { name: 'Resume…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Resume', exact: true }).click()
    await page.getByText('3 jobs done').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()

    await rows(page).first().getByRole('link').focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/jobs\/[^?]+$/)
    expect(faults).toEqual([])
  }, 300_000)

  it('has the columns one chooses, keeps views, and is had as a sheet', async () => {
    const { page, faults } = await open('/jobs?process=visit')
    await soon(() => rows(page).count()).toBe(50)
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('button', { name: 'Show Serial number' }).click()
    await page.getByRole('button', { name: 'Serial number: further left' }).click()
    await page.getByRole('button', { name: 'Hide Status' }).click()
    await look(page, 'columns')
    await page.keyboard.press('Escape')
    const headings = page.getByRole('columnheader')
    await soon(() => headings.allTextContents()).toContain('Serial number')
    expect(await headings.allTextContents()).not.toContain('Status')
    await page.getByRole('button', { name: 'Assignee' }).or(page.getByPlaceholder('Anybody')).first().click()
    await page.getByRole('option', { name: '陈志强' }).click()
    await soon(() => rows(page).count()).toBe(22)

    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('textbox', { name: 'Keep this view as' }).fill('陈工的单')
    await page.getByRole('button', { name: 'Keep', exact: true }).click()
    await page.getByRole('link', { name: '陈工的单' }).waitFor()
    await look(page, 'views')
    await page.goto(`${app.address}/jobs`)
    await page.getByRole('button', { name: 'Views' }).click()
    await page.getByRole('link', { name: '陈工的单' }).click()
    await soon(() => rows(page).count()).toBe(22)
    await soon(() => headings.allTextContents()).toContain('Serial number')

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Sheet (CSV)' }).click(),
    ])
    const sheet = await readFile(await download.path(), 'utf8')
    expect(sheet.split('\r\n')).toHaveLength(24)
    expect(sheet.split('\r\n')[0]).toContain('Serial number')
    expect(sheet).toContain('陈志强')
    expect(faults).toEqual([])
  }, 300_000)

  it('shows what another does while one looks', async () => {
    const { page } = await open('/jobs?process=visit&status=active')
    await soon(() => rows(page).count()).toBe(50)
    const job = await app.call('POST', '/api/jobs', {
      process: 'visit',
      fields: { customerName: '新来的客户' },
    })
    await page.getByText('新来的客户').waitFor()
    if (Check(Made, job)) await app.call('POST', `/api/jobs/${job.id}/events`, { type: 'drop' })
    await page.getByText('新来的客户').waitFor({ state: 'detached' })
  }, 120_000)
})

describe('the board', () => {
  it('moves a job on by dragging: what leads there is offered with its form, what does not says why', async () => {
    const { page, faults } = await open('/jobs/board?process=visit')
    const [booked = '', underWay = '', onSite = ''] = [jobs[2], jobs[6], jobs[11]]
    await column(page, 'booked').getByRole('heading', { name: 'Booked' }).waitFor()
    await look(page, 'board-en')

    // Two events lead there: one is chosen.
    await card(page, booked).dragTo(column(page, 'under-way'))
    await page.getByRole('dialog').getByRole('radio', { name: 'Set out' }).click()
    await look(page, 'board-drop')
    await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click()
    await page.getByText('“Set out” was accepted.').waitFor()
    await column(page, 'under-way').locator(`[data-card="${booked}"]`).waitFor()
    expect(await stateOf(booked)).toBe('under-way')

    // One leads there, with a payload.
    await card(page, underWay).dragTo(column(page, 'on-site'))
    await page.getByRole('dialog').getByLabel('Number plate').fill('沪A·88888')
    await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click()
    await column(page, 'on-site').locator(`[data-card="${underWay}"]`).waitFor()

    // Barred by an open item; and no way back.
    await card(page, onSite).dragTo(column(page, 'closed'))
    await page.getByText('What leads there is barred now:').waitFor()
    await page
      .getByRole('dialog')
      .getByText(/Signed by the customer/)
      .waitFor()
    await look(page, 'board-barred')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await card(page, onSite).dragTo(column(page, 'booked'))
    await page.getByText('No event leads from here to “Booked”.').waitFor()
    await page.keyboard.press('Escape')
    expect(faults).toEqual([])
  }, 300_000)

  it('of many states shows those with jobs, and while a card is dragged the others that it may go to', async () => {
    const id = await homeVisit()
    const { page, faults } = await open('/jobs/board?process=home-visit')
    // It is in three states at once, and stands in each.
    await soon(() => card(page, id).count()).toBe(3)
    expect(await page.locator('section[data-state]').count()).toBe(3)
    await page.getByRole('button', { name: /^Show \d+ empty states$/ }).click()
    await soon(() => page.locator('section[data-state]').count()).toBeGreaterThan(30)
    await page.getByRole('button', { name: 'Hide empty states' }).click()
    await soon(() => page.locator('section[data-state]').count()).toBe(3)

    await card(page, id).first().hover()
    await page.mouse.down()
    await page.mouse.move(500, 500, { steps: 4 })
    const place = page.locator('[data-tray=cancelled]')
    await place.waitFor()
    await look(page, 'board-tray')
    await place.hover()
    await place.hover()
    await page.mouse.up()
    await page.getByRole('dialog', { name: '蔡女士: to “Cancelled”' }).waitFor()
    await look(page, 'board-cancel')
    await page.getByRole('dialog').getByRole('textbox').first().fill('booked twice')
    await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click()
    await soon(() => card(page, id).count()).toBe(0)
    expect(await stateOf(id)).toBe('cancelled')
    expect(faults).toEqual([])
  }, 120_000)

  it('moves a job on by keyboard', async () => {
    const { page } = await open('/jobs/board?process=visit')
    const id = jobs[4] ?? ''
    await card(page, id).getByRole('button').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Dropped' }).waitFor()
    expect(await page.getByRole('menuitem').allTextContents()).toEqual([
      'Open the job',
      'Under way',
      'Dropped',
    ])
    await page.getByRole('menuitem', { name: 'Dropped' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Send' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('“Drop” was accepted.').waitFor()
    await card(page, id).waitFor({ state: 'detached' })
    expect(await stateOf(id)).toBe('dropped')
  }, 120_000)
})

describe('for whom customers are hidden', () => {
  it('both and the job say so where a name would stand, and nothing asks for what he may not', async () => {
    const fields = { customerName: '蔡女士', customerPhone: '138-0000-1234', problem: '硬盘异响' }
    const made = await app.call('POST', '/api/jobs', { process: 'depot-repair', fields })
    const id = Check(Made, made) ? made.id : ''
    await app.call('POST', `/api/jobs/${id}/notes`, { text: '蔡女士要求下午来' })
    await app.call('POST', `/api/jobs/${id}/suspend`, { reason: '蔡女士出差' })
    await app.call('POST', '/api/people', { id: 'sun', name: '孙审计', roles: ['auditor'] })
    const key = await app.call('POST', '/api/people/sun/tokens', { name: 'desk' })
    const his = Check(Token, key) ? key.token : ''
    const { page, faults } = await open('/jobs?process=depot-repair', { locale: 'zh-CN' }, his)
    const refused: string[] = []
    page.on('response', (answer) => {
      if (answer.status() >= 400) refused.push(`${answer.status()} ${answer.url()}`)
    })
    for (const [name, path] of [
      ['hidden-table', '/jobs?process=depot-repair&columns=customer,state,f.customerPhone,f.problem'],
      ['hidden-board', '/jobs/board?process=depot-repair'],
      ['hidden-job', `/jobs/${id}`],
      ['hidden-inbox', '/inbox'],
      ['hidden-norms', '/norms'],
    ] as const) {
      await page.goto(app.address + path)
      await page.getByRole('heading').first().waitFor()
      if (!/inbox|norms/.test(name)) await page.getByText('对您的角色隐藏').first().waitFor()
      if (name === 'hidden-job') await page.getByText('备注：对您的角色隐藏').scrollIntoViewIfNeeded()
      await look(page, name)
      expect([name, await axe(page)]).toEqual([name, []])
      expect([name, (await page.content()).includes('蔡女士')]).toEqual([name, false])
    }
    await page.goto(`${app.address}/jobs`)
    await rows(page).first().waitFor()
    expect(await page.getByRole('textbox', { name: '搜索' }).count()).toBe(0)
    expect([refused, faults]).toEqual([[], []])
  }, 120_000)
})

describe('both', () => {
  it('are at home in Chinese, in the dark, on a telephone and on a wide screen', async () => {
    await homeVisit()
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await open('/jobs?process=visit&overdue=true&region=x', {
        locale: 'zh-CN',
        colorScheme,
      })
      await page.getByRole('button', { name: '清除筛选' }).last().waitFor()
      await look(page, `none-${colorScheme}`)
      for (const [name, path] of [
        ['table', '/jobs?process=visit'],
        ['board', '/jobs/board?process=visit'],
        ['board-home', '/jobs/board?process=home-visit'],
      ] as const) {
        await page.goto(app.address + path)
        await page.locator('tr[data-row], section[data-state]').first().waitFor()
        expect([name, colorScheme, await axe(page)]).toEqual([name, colorScheme, []])
        if (name === 'table') await rows(page).first().getByRole('checkbox').click()
        await page.getByRole('button', { name: '更多筛选' }).click()
        await page.getByRole('combobox', { name: '客户' }).waitFor()
        await look(page, `${name}-more-${colorScheme}`)
        expect([name, colorScheme, await axe(page)]).toEqual([name, colorScheme, []])
        await page.keyboard.press('Escape')
        for (const width of [390, 1280, 1920]) {
          await page.setViewportSize({ width, height: 860 })
          await look(page, `${name}-${colorScheme}-${width}`)
          const wider = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')
          expect([name, width, wider]).toEqual([name, width, 0])
        }
      }
    }
  }, 300_000)
})
