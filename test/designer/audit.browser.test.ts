/** The audit as an administrator and an auditor read it: sentences, details, filters, pages, and the head to take away. */
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Definition } from '../../machines/definition/schema.ts'
import { text } from '../../machines/processes/author.ts'
import { ADMIN_TOKEN, openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const VISIT: Definition = {
  id: 'visit',
  initial: 'agreed',
  states: { agreed: { meta: { title: text('Appointment agreed', '已约定上门时间') } } },
  schemas: {
    context: {
      properties: {
        customerName: {
          type: 'string',
          maxLength: 100,
          meta: { title: text('Customer', '客户'), personal: true },
        },
      },
    },
    events: {},
  },
  meta: { title: text('Home visit', '上门服务') },
}

let browser: Browser
let app: Pages
let pictures = ''

/** As `expect.poll`, with the patience that a page on a busy machine needs. */
const soon = <T>(get: () => Promise<T>) => expect.poll(get, { timeout: 15_000 })

async function change(method: string, path: string, body: object, reason?: string): Promise<void> {
  await fetch(app.address + path, {
    method,
    headers: {
      authorization: `Bearer ${ADMIN_TOKEN}`,
      'content-type': 'application/json',
      ...(reason === undefined ? {} : { 'x-reason': encodeURIComponent(reason) }),
    },
    body: JSON.stringify(body),
  })
}

beforeAll(async () => {
  const folder = await builtPages()
  browser = await openBrowser()
  app = await startPages(folder, { shipped: [VISIT], manualClock: true })
  pictures = await mkdtemp(join(tmpdir(), 'fieldchart-audit-pages-'))
  await change('POST', '/api/people', { id: 'zhang', name: '张三', roles: ['engineer'] })
  for (let at = 0; at < 60; at += 1)
    await change('PATCH', '/api/people/zhang', { regions: [at % 2 === 0 ? '浦东' : '徐汇'] })
  await change('PATCH', '/api/people/admin', { name: '李伟' })
  await change('PATCH', '/api/people/zhang', { roles: ['engineer', 'dispatcher'] }, '接替周敏，见三月排班')
  await change('POST', '/api/people', { id: 'zhang', name: '张三', roles: [] })
  await change('POST', '/api/people/zhang/tokens', { name: 'van' })
  await change('POST', '/api/webhooks', { url: 'https://hooks.example.com/a', events: ['job.ended'] })
  await change('POST', '/api/clock', { advance: 'PT12H' })
  await change('PUT', '/api/processes/visit/archived', { archived: true })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function open(
  path: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(app.address)
  await page.getByRole('textbox').first().fill(ADMIN_TOKEN)
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
const entries = (page: Page) =>
  page.getByRole('region', { name: /^Changes, newest first$|^改动记录，最新在前$/ }).getByRole('listitem')

describe('the page of the audit', () => {
  it('tells in sentences who did what and what came of it, more where it is asked for, and narrows down', async () => {
    const { page, faults } = await open('/processes')
    await page.getByRole('button', { name: 'Reports' }).click()
    await page.getByRole('menuitem', { name: 'Audit' }).click()
    const given = entries(page).filter({ hasText: '李伟 gave 张三 the role Dispatcher' })
    await given.waitFor()
    expect(await given.textContent()).toContain('接替周敏，见三月排班')
    const told = await entries(page).allTextContents()
    expect(told[0]).toContain('李伟 archived Home visit')
    expect(told[1]).toContain('李伟 moved the clock from')
    expect(told[2]).toContain('李伟 added a webhook to hooks.example.com')
    expect(told[3]).toContain('李伟 made a token for 张三')
    expect(told[4]).toContain('李伟 added 张三, without a role')
    expect(told[4]).toContain('Failed')

    await given.getByRole('button', { name: /^Details of entry/ }).click()
    await given.getByText('It was written down before it began').waitFor()
    await look(page, 'en-1280')
    expect(await axe(page)).toEqual([])
    await given.getByRole('button', { name: 'Only about 张三' }).click()
    await soon(() => entries(page).filter({ hasText: 'webhook' }).count()).toBe(0)

    // Fifty a page, there and back.
    const place = page.getByRole('navigation', { name: 'Pages' })
    await place.getByRole('button', { name: 'Older' }).click()
    await entries(page).filter({ hasText: '李伟 added 张三 as Engineer' }).waitFor()
    expect(await place.getByRole('button', { name: 'Oldest' }).isDisabled()).toBe(true)
    await page.goBack()
    await given.waitFor()
    await page.getByLabel('From').fill('2031-01-01')
    await page.getByText('No entry matches').waitFor()
    await page.getByRole('button', { name: 'Clear the filter' }).first().click()

    // From an entry to the person, and what is done there, and why, back to the audit.
    await given.getByRole('button', { name: /^Details of entry/ }).click()
    await given.getByRole('link', { name: 'Open 张三' }).click()
    await page.getByLabel('Reason (optional)').fill('Left on 1 March, 已交还工具')
    await page.getByRole('button', { name: 'Disable' }).click()
    await page.getByRole('button', { name: 'Let sign in again' }).waitFor()
    await look(page, 'person')
    await page.goto(`${app.address}/audit`)
    const barred = entries(page).filter({ hasText: '李伟 barred 张三 from signing in' })
    await barred.getByText('Reason: Left on 1 March, 已交还工具').waitFor()
    expect(faults).toEqual([])
  }, 300_000)

  it('gives the head of the chain to take away, and says in Chinese what it is for', async () => {
    const { page, faults } = await open('/audit', {
      locale: 'zh-CN',
      colorScheme: 'dark',
      viewport: { width: 1920, height: 1080 },
    })
    // One that a crash cut off.
    await page.route('**/api/audit/changes?*', async (route) => {
      const answer = await route.fetch()
      const body = await answer.text()
      await route.fulfill({ response: answer, body: body.replace('"outcome":"done"', '"outcome":"cut-off"') })
    })
    await page.reload()
    await entries(page).filter({ hasText: '李伟授予张三调度员角色' }).waitFor()
    expect(await entries(page).first().textContent()).toContain('已中断')
    await entries(page).first().getByRole('button').click()
    await page.getByText('服务器在写入结果之前停止').waitFor()
    await look(page, 'zh-dark-1920')
    expect(await axe(page)).toEqual([])

    const head = page.getByRole('region', { name: '记录链的末端' })
    const { n, hash } = JSON.parse(JSON.stringify(await app.call('GET', '/api/audit/head')))
    await head.getByRole('button', { name: '复制' }).click()
    await head.getByRole('button', { name: '已复制' }).waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${n}:${hash}`)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      head.getByRole('button', { name: '下载' }).click(),
    ])
    expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toMatchObject({ n, hash })
    expect(faults).toEqual([])
  }, 300_000)
})

/** A job of 王伟 that is over, if it is called off; its id. */
async function visitOf(name: string, isOver: boolean): Promise<string> {
  const made = await fetch(`${app.address}/api/jobs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ process: 'visit', fields: { customerName: name } }),
  })
  const { id }: { id: string } = JSON.parse(await made.text())
  await change('POST', `/api/jobs/${id}/notes`, { text: `${name} 要求先打电话` })
  if (isOver) await change('POST', `/api/jobs/${id}/cancel`, { reason: `${name} 取消` })
  return id
}

describe('the page of personal data', () => {
  beforeAll(() => change('PUT', '/api/processes/visit/archived', { archived: false }))

  it('finds a person’s jobs, gives a copy, erases what is over, and says so everywhere', async () => {
    const over = await visitOf('王伟', true)
    await visitOf('王伟', false)
    await visitOf('别人', true)
    const { page, faults } = await open('/processes', { acceptDownloads: true })
    await page.getByRole('button', { name: 'Desk' }).click()
    await page.getByRole('menuitem', { name: 'Personal data' }).click()
    await page.getByRole('button', { name: 'Find' }).click()
    await page.getByText('Say whose data is meant').waitFor()
    await page.getByText('A case number is needed.').waitFor()
    await page.getByRole('textbox', { name: 'What stands in the personal fields' }).fill('王伟')
    const reason = page.getByRole('textbox', { name: 'Case number' })
    await reason.fill('王伟 asked')
    await page.keyboard.press('Enter')
    await page.getByText('The reason tells of the person.').waitFor()
    await reason.fill('case 7')
    await page.keyboard.press('Enter')
    await page.getByText('2 jobs: 1 can be erased, 1 still open.').waitFor()
    await look(page, 'privacy-found-1280')
    expect(await axe(page)).toEqual([])
    expect(page.url()).not.toContain(encodeURIComponent('王伟'))
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save a copy for them' }).click()
    expect(await readFile(await (await saved).path(), 'utf8')).toContain('王伟 要求先打电话')

    await page.getByRole('button', { name: 'Erase 1 job' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    expect(await dialog.getByRole('button', { name: 'Erase 1 job' }).isDisabled()).toBe(true)
    await dialog.getByRole('checkbox').check()
    await look(page, 'privacy-sure-1280')
    await dialog.getByRole('button', { name: 'Erase 1 job' }).click()
    await page.getByText('1 job erased').waitFor()
    await page.getByText('1 job is still open: end it, then ask again.').waitFor()
    await look(page, 'privacy-done-1280')

    const keeps = page.getByRole('textbox', { name: 'Home visit' })
    await keeps.fill('730')
    await page.getByRole('button', { name: 'Save for Home visit' }).click()
    await page.getByText(/^set by/).waitFor()
    await page.goto(`${app.address}/jobs/${over}`)
    await page.getByText(/^Personal data in this job was erased on/).waitFor()
    await soon(() => page.getByText('Personal data erased').count()).toBeGreaterThan(0)
    await look(page, 'privacy-job-1280')
    await page.goto(`${app.address}/audit`)
    await entries(page).filter({ hasText: 'kept for 730 days' }).waitFor()
    await entries(page).filter({ hasText: 'erased the personal data of 1 job' }).waitFor()
    expect(faults).toEqual([])
  }, 120_000)

  it.each([
    ['zh-CN', 'dark', 390],
    ['zh-CN', 'light', 1920],
  ] as const)(
    'speaks %s, %s, at %i px',
    async (locale, colorScheme, width) => {
      await visitOf('李四', true)
      const { page } = await open('/privacy', { locale, colorScheme, viewport: { width, height: 844 } })
      await page.getByRole('textbox', { name: '个人信息字段中的内容' }).fill('李四')
      await page.getByRole('textbox', { name: '受理编号' }).fill('2026-118')
      await page.getByRole('button', { name: '查找' }).click()
      await page.getByText(/张工单：/).waitFor()
      await look(page, `privacy-${locale}-${colorScheme}-${width}`)
      expect(await axe(page)).toEqual([])
      const overflows = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
      expect(overflows).toBe(false)
    },
    120_000,
  )
})
