/** The page around the drawing as a person works it: approval, what changed on the drawing, impact, others at once. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ADMIN_TOKEN, openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'

let browser: Browser
let folder: string
let app: Pages

beforeAll(async () => {
  folder = await builtPages()
  browser = await openBrowser()
  app = await startPages(folder)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

type Look = { token?: string; locale?: string; width?: number; dark?: boolean }
type Opened = { page: Page; context: BrowserContext; faults: string[] }

/** A browser of its own, signed in at an address; `faults` gathers what the console complains of. */
async function open(path: string, look: Look = {}): Promise<Opened> {
  const { token = ADMIN_TOKEN, locale = 'en-GB', width = 1280, dark = false } = look
  const context = await browser.newContext({
    locale,
    viewport: { width, height: width > 1500 ? 1080 : 800 },
    colorScheme: dark ? 'dark' : 'light',
    acceptDownloads: true,
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(message.text())
  })
  await page.goto(app.address + path)
  await page.locator('input[name=token]').fill(token)
  await page.locator('form button[type=submit]').click()
  await page.getByRole('navigation').waitFor()
  return { page, context, faults }
}

/** To be looked at, where a folder is named. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES
  if (folder === undefined) return
  await page.waitForTimeout(700)
  await page.screenshot({ path: `${folder}/${name}.png` })
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Somebody who can sign in; answers with the token. */
async function person(id: string, name: string, ...roles: string[]): Promise<string> {
  await app.call('POST', '/api/people', { id, name, roles })
  const made = await app.call('POST', `/api/people/${id}/tokens`, { name: 'browser' })
  if (!isRecord(made) || typeof made.token !== 'string') throw new Error('no token')
  return made.token
}

/** The definition of a shipped process with some texts in it replaced. */
async function altered(process: string, ...changes: [string, string][]): Promise<unknown> {
  const version = await app.call('GET', `/api/processes/${process}/versions/1`)
  const text = changes.reduce((all, [from, to]) => {
    if (!all.includes(from)) throw new Error(`no ${from}`)
    return all.replace(from, to)
  }, JSON.stringify(version))
  const read: unknown = JSON.parse(text)
  if (!isRecord(read)) throw new Error('no version')
  return read.definition
}

/** A save by somebody at another place. `revision` 0: the first. */
async function saveDraft(
  process: string,
  revision: number,
  definition: unknown,
  token = ADMIN_TOKEN,
): Promise<void> {
  const condition = revision === 0 ? { 'if-none-match': '*' } : { 'if-match': `"${revision}"` }
  const response = await fetch(`${app.address}/api/processes/${process}/draft`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...condition },
    body: JSON.stringify({ definition, basedOn: 1 }),
  })
  if (!response.ok) throw new Error(await response.text())
}

const drawn = (page: Page): Promise<void> => page.locator('.chart-state').first().waitFor({ timeout: 30_000 })
const sooner: [string, string] = ['"answerReminder":{"value":"PT20H"', '"answerReminder":{"value":"PT18H"']

describe('approval', () => {
  it('is set, asked for, given by another, lost by a change, given again; then the version is published', async () => {
    const li = await person('li-wei', '李伟（华东区域现场服务流程负责人）', 'process-owner')
    await saveDraft('complaint', 0, await altered('complaint', sooner))
    const first = await open('/processes/complaint/design')
    const { page } = first
    await drawn(page)
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Approval before publishing…' }).click()
    const setting = page.getByRole('dialog', { name: /^Approval before publishing/ })
    await setting.getByRole('radio', { name: /^A second person/ }).check()
    await picture(page, 'approval-setting')
    await setting.getByRole('button', { name: 'Set' }).click()
    await setting.getByText('In force now').waitFor()
    await setting.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Waits for 1 approval' }).click()
    const dialog = page.getByRole('dialog', { name: 'Publish Complaint' })
    await dialog.getByText('Someone who may publish must agree, other than Administrator.').waitFor()
    expect(await dialog.getByRole('button', { name: 'Waits for 1 approval' }).isDisabled()).toBe(true)
    const link = await dialog.getByLabel('Ask them: send this link').inputValue()
    await picture(page, 'approval-asked')

    const second = await open(new URL(link).pathname + new URL(link).search, { token: li, locale: 'zh-CN' })
    const review = second.page.getByRole('dialog', { name: '发布：投诉' })
    await review.getByText('请您审批。').waitFor()
    await review.getByLabel('审批意见').fill('同意提前提醒')
    await picture(second.page, 'approval-given-zh')
    await review.getByRole('button', { name: '同意', exact: true }).click()
    await review.getByText('审批已全部通过。').waitFor()

    // Seen by the first at once, without asking.
    await dialog.getByText('同意提前提醒').waitFor()
    await dialog.getByRole('button', { name: 'Publish', exact: true }).waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Publish…' }).waitFor()

    const changed = await altered('complaint', [sooner[0], sooner[1].replace('18', '16')])
    await saveDraft('complaint', 1, changed)
    await page.getByText(/was changed after 李伟.* had spoken: approval starts again/).waitFor()
    await page.getByRole('button', { name: 'Waits for 1 approval' }).waitFor()
    await picture(page, 'approval-voided')
    await review.getByText('待审批').waitFor()
    await review.getByRole('button', { name: '同意', exact: true }).click()
    await page.getByRole('button', { name: 'Publish…' }).click()
    await dialog.getByLabel('What changes, and why').fill('Answered sooner')
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click()
    await dialog.getByText('Version 2 is published.', { exact: false }).waitFor()
    expect([...first.faults, ...second.faults]).toEqual([])
  }, 300_000)
})

describe('what changed', () => {
  const words = (en: string, zh: string) => ({ meta: { title: { en, zh } } })
  const delivery = {
    id: 'delivery',
    initial: 'called',
    schemas: {
      context: { properties: {} },
      events: {
        go: {
          properties: {},
          required: [],
          meta: { title: { en: 'Go on', zh: '继续' }, roles: ['administrator'] },
        },
      },
    },
    delays: { contact: { duration: 'PT30M', ...words('Contact deadline', '联系客户时限') } },
    meta: { title: { en: 'Delivery', zh: '备件配送' } },
    states: {
      called: {
        ...words('Called', '已派单'),
        on: { go: { target: 'loading' } },
        after: { contact: { target: 'late' } },
      },
      late: { ...words('Late', '已超时'), on: { go: { target: 'loading' } } },
      loading: { ...words('Loading', '装车中'), on: { go: { target: 'done' } } },
      done: { type: 'final', ...words('Done', '已完成') },
    },
  }

  it('is seen in sentences and marked on the drawings, with what it means for running jobs', async () => {
    await app.call('POST', '/api/processes', { definition: delivery })
    await app.call('POST', '/api/processes/delivery/draft/publish', { note: 'First' })
    const started: string[] = []
    for (const _turn of [1, 2, 3]) {
      const job = await app.call('POST', '/api/jobs', { process: 'delivery', fields: {} })
      if (isRecord(job)) started.push(String(job.id))
    }
    await app.call('POST', `/api/jobs/${started[0]}/events`, { type: 'go' })
    const text = JSON.stringify(delivery)
      .replace(
        '"loading":{"meta":{"title":{"en":"Loading","zh":"装车中"}}',
        '"packing":{"meta":{"title":{"en":"Packing of spare parts","zh":"备件打包与装车"}}',
      )
      .replaceAll('"target":"loading"', '"target":"packing"')
      .replace('"on":{"go":{"target":"done"}}', '"on":{"go":{"target":"done"}},"tags":["new"]')
      .replace('PT30M', 'PT20M')
    await saveDraft('delivery', 0, JSON.parse(text))
    for (const look of [
      { locale: 'en-GB', width: 1280 },
      { locale: 'zh-CN', width: 1920, dark: true },
    ]) {
      const name = look.locale.slice(0, 2)
      const { page, faults } = await open('/processes/delivery/design', look)
      await drawn(page)
      await page.getByRole('button', { name: /^(Publish…|发布…)$/ }).click()
      const dialog = page.getByRole('dialog', { name: /^(Publish Delivery|发布：备件配送)$/ })
      await dialog
        .getByText(/30 minutes.*20 minutes|30 分钟.*20 分钟/)
        .first()
        .waitFor()
      const rows = dialog.getByRole('table').getByRole('row')
      await rows
        .filter({ hasText: /Called|已派单/ })
        .getByText(/30 minutes → 20 minutes|30 分钟 → 20 分钟/)
        .waitFor()
      await rows
        .filter({ hasText: /Loading|装车中/ })
        .getByText(/needs a state|需要指定/)
        .waitFor()
      await picture(page, `publish-sentences-${name}`)
      await dialog.getByText(/^(Side by side|并排显示)$/).click()
      await dialog.locator('.chart-state[data-mark=removed]').first().waitFor({ timeout: 30_000 })
      await dialog.locator('.chart-state[data-mark=added]').first().waitFor()
      expect(await dialog.locator('.chart-edge[data-mark=changed]').count()).toBeGreaterThan(0)
      // In sight, within its drawing: not merely somewhere.
      const frame = await dialog.locator('.chart').last().boundingBox()
      const added = await dialog.locator('.chart-state[data-mark=added]').boundingBox()
      expect(added?.x).toBeGreaterThan(frame?.x ?? Number.NaN)
      expect((added?.x ?? Number.NaN) + (added?.width ?? 0)).toBeLessThan(
        (frame?.x ?? 0) + (frame?.width ?? 0),
      )
      await picture(page, `publish-drawings-${name}`)
      if (name === 'en') {
        const [jobs] = await Promise.all([
          page.context().waitForEvent('page'),
          dialog.getByRole('link', { name: '2: show the jobs in Called' }).click(),
        ])
        await jobs.getByText('2 jobs').waitFor()
        const state = jobs.getByRole('combobox', { name: 'State', exact: true })
        await expect.poll(() => state.inputValue(), { timeout: 30_000 }).toBe('Called')
        await picture(jobs, 'jobs-narrowed')
        await jobs.getByLabel('Clear: State').click()
        await jobs.getByText('3 jobs').waitFor()
      }
      expect(faults).toEqual([])
    }
  }, 300_000)

  it('is compared between any two versions, whose authors have names', async () => {
    const { page, faults } = await open('/processes/delivery/design', { locale: 'zh-CN' })
    await drawn(page)
    await page.getByRole('button', { name: '版本记录' }).click()
    const dialog = page.getByRole('dialog', { name: /^版本记录/ })
    await dialog.getByRole('cell', { name: 'Administrator' }).waitFor()
    await dialog.getByRole('link', { name: '3', exact: true }).waitFor()
    await dialog.getByText(/30 分钟.*20 分钟/).waitFor()
    await picture(page, 'versions-zh')
    await dialog.getByRole('button', { name: '将第 1 版恢复到草稿' }).click()
    await page.getByText('草稿已恢复为第 1 版', { exact: false }).waitFor()
    await page.getByRole('button', { name: '没有可发布的修改' }).waitFor()
    expect(faults).toEqual([])
  }, 300_000)
})

describe('a process', () => {
  const scxml = `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" name="gate" initial="shut">
    <state id="shut"><transition event="open" cond="x.y()" target="wide"/></state>
    <state id="wide"><onentry><script>beep()</script></onentry><transition event="close" target="shut"/></state>
    <state id="lost"/>
  </scxml>`

  it('comes in from a file, after what was not carried over was shown', async () => {
    const { page, faults } = await open('/')
    await page.getByRole('button', { name: 'New process' }).click()
    const dialog = page.getByRole('dialog', { name: 'New process' })
    await dialog.getByText('From a file').click()
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      dialog.getByRole('button', { name: 'Choose a file…' }).click(),
    ])
    await chooser.setFiles({ name: 'gate.scxml', mimeType: 'application/xml', buffer: Buffer.from(scxml) })
    await dialog.getByText(/3 states · \d+ things were not carried over or were guessed/).waitFor()
    await dialog.locator('.chart-state').first().waitFor({ timeout: 30_000 })
    await picture(page, 'import-preview')
    expect(await app.call('GET', '/api/processes/gate').catch(() => 'absent')).toBe('absent')
    await dialog.getByRole('textbox', { name: 'Id' }).fill('delivery-gate')
    await dialog.getByRole('button', { name: 'Create and design' }).click()
    await page.waitForURL('**/processes/delivery-gate/design')
    await drawn(page)
    expect(faults).toEqual([])
  }, 300_000)

  it('comes in by dropping a file on the list; one that cannot be read is refused in words', async () => {
    const { page, faults } = await open('/', { locale: 'zh-CN' })
    await page.getByRole('button', { name: '新建流程' }).waitFor()
    const drop = (name: string, text: string): Promise<void> =>
      page.evaluate(
        ([fileName, content]) => {
          const carried = new DataTransfer()
          carried.items.add(new File([content ?? ''], fileName ?? ''))
          const how = { bubbles: true, cancelable: true, dataTransfer: carried }
          document.body.dispatchEvent(new DragEvent('dragover', how))
          document.body.dispatchEvent(new DragEvent('drop', how))
        },
        [name, text],
      )
    await drop('broken.json', '{"id": ')
    const dialog = page.getByRole('dialog', { name: '新建流程' })
    await dialog.getByText('无法读取该文件。').waitFor()
    await picture(page, 'import-broken-zh')
    await drop('home-visit.json', JSON.stringify(await altered('home-visit')))
    await dialog.getByText('文件内容已全部导入。', { exact: false }).waitFor()
    expect(await dialog.getByRole('textbox', { name: '流程编号' }).inputValue()).toBe('home-visit-2')
    await picture(page, 'import-whole-zh')
    expect(faults).toEqual([])
  }, 300_000)

  it('goes out in every form', async () => {
    const { page, faults } = await open('/processes/fault')
    await drawn(page)
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'SCXML' }).waitFor()
    await picture(page, 'exports')
    const links = await page.getByRole('menuitem').all()
    const addresses = await Promise.all(links.map((link) => link.getAttribute('href')))
    const forms = addresses.filter((address) => address !== null)
    expect(forms).toHaveLength(9)
    for (const address of forms) {
      const response = await page.request.get(app.address + address)
      expect([address, response.status()]).toEqual([address, 200])
    }
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'SCXML' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('fault-v1.scxml')
    expect(faults).toEqual([])
  }, 300_000)

  it('is archived after it was said what that means, and taken into use again', async () => {
    const { page, faults } = await open('/processes/delivery')
    await drawn(page)
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Archive…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Archive Delivery' })
    await dialog.getByText('3 running jobs go on to their end, with all their deadlines.').waitFor()
    await picture(page, 'archive')
    await dialog.getByRole('button', { name: 'Archive', exact: true }).click()
    await page.getByText(/^Archived .*: no new job can be started/).waitFor()
    await page.goto(`${app.address}/processes/delivery/design`)
    await page.getByRole('button', { name: 'Archived', exact: true }).waitFor()
    await page.goto(app.address)
    await page.getByRole('link', { name: 'Home visit', exact: true }).waitFor()
    expect(await page.getByRole('link', { name: 'Delivery', exact: true }).count()).toBe(0)
    await page.getByText('Archived (1)').click()
    await picture(page, 'archived-list')
    await page.getByRole('link', { name: 'Delivery', exact: true }).click()
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Use again' }).click()
    await page.getByText(/^Archived .*: no new job/).waitFor({ state: 'detached' })
    expect(faults).toEqual([])
  }, 300_000)
})

describe('two browsers at one draft', () => {
  it('see each other and each other’s changes at once, and undo only their own', async () => {
    const chen = await person('chen', 'Chen Jing', 'process-owner')
    const first = await open('/processes/fault/design')
    const second = await open('/processes/fault/design', { token: chen })
    await drawn(first.page)
    await first.page.getByText('Also here: Chen Jing').waitFor()
    await second.page.getByText('Also here: Administrator').waitFor()
    const title = (page: Page) => page.getByLabel('Title (English)')
    await title(first.page).fill('Fault, north')
    await title(first.page).press('Tab')
    // At once, with the name of him who did it, and without asking.
    await second.page
      .getByText('Changes that Administrator saved meanwhile were taken in.', { exact: false })
      .waitFor()
    expect(await title(second.page).inputValue()).toBe('Fault, north')
    const chinese = second.page.getByLabel('Title (中文)')
    await chinese.fill('故障（北区）')
    await chinese.press('Tab')
    await first.page
      .getByText('Changes that Chen Jing saved meanwhile were taken in.', { exact: false })
      .waitFor()
    await first.page.getByRole('button', { name: 'What changed' }).click()
    const told = first.page.getByRole('dialog', { name: 'What Chen Jing changed' })
    await told.getByText('故障（北区）', { exact: false }).waitFor()
    await picture(first.page, 'taken-in')
    await told.getByRole('button', { name: 'Close' }).click()
    await first.page.getByRole('button', { name: 'Undo', exact: true }).click()
    await second.page.waitForFunction(() =>
      [...document.querySelectorAll('input')].some((input) => input.value === 'Fault'),
    )
    expect(await chinese.inputValue()).toBe('故障（北区）')
    expect(await first.page.getByLabel('Title (中文)').inputValue()).toBe('故障（北区）')
    expect([...first.faults, ...second.faults]).toEqual([])
  }, 300_000)
})
