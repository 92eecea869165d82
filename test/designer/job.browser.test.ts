/** The job page in a real browser: a home visit worked on it, every kind of form and evidence, its past, two people at once. */

import { readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import Type from 'typebox'
import { Parse } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { homeVisit } from '../../machines/processes/home-visit/process.ts'
import { openBrowser, type Pages, startPages } from './browser.ts'
import { builtPages } from './built-pages.ts'
import { SITE_CHECK } from './jobs/fixtures.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const Made = Type.Object({ id: Type.String() })
const Token = Type.Object({ token: Type.String() })
const Seen = Type.Object({
  seq: Type.Integer(),
  active: Type.Array(Type.String()),
  fields: Type.Record(Type.String(), Type.Unknown()),
  checklist: Type.Record(
    Type.String(),
    Type.Object({ by: Type.String(), evidence: Type.Optional(Type.Record(Type.String(), Type.Unknown())) }),
  ),
  items: Type.Array(Type.Object({ id: Type.String(), evidence: Type.String(), done: Type.Boolean() })),
})

let browser: Browser
let app: Pages
let pictures: string
/** Of the one who works the visit, holding the roles of all who stand at the door. */
let token: string

beforeAll(async () => {
  const folder = await builtPages()
  browser = await openBrowser()
  app = await startPages(folder, { shipped: [homeVisit, SITE_CHECK], manualClock: true })
  pictures = process.env.JOB_PICTURES ?? (await mkdtemp(join(tmpdir(), 'fieldchart-job-')))
  await app.call('POST', '/api/people', {
    id: 'lin',
    name: '欧阳林小明',
    roles: ['engineer', 'dispatcher', 'customer', 'administrator'],
  })
  token = Parse(Token, await app.call('POST', '/api/people/lin/tokens', { name: 'test' })).token
}, 180_000)
afterAll(async () => {
  await browser?.close()
  await app?.stop()
})

async function open(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(app.address + path)
  await page.locator('input[name=token]').fill(token)
  await page.locator('button[type=submit]').click()
  await page.getByRole('navigation').first().waitFor()
  return page
}
const picture = (page: Page, name: string) =>
  page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })

type Violation = { id: string; nodes: { html: string }[] }
async function axe(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const result: { violations: Violation[] } = await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

/** As the engineer's own app would do it. */
async function as(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${app.address}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response.json()
}
const seen = async (job: string) => Parse(Seen, await as('GET', `/api/jobs/${job}`))
const send = (job: string, type: string, payload: Record<string, unknown> = {}) =>
  as('POST', `/api/jobs/${job}/events`, { type, payload })
async function tickAll(job: string): Promise<void> {
  for (const { id, evidence, done } of (await seen(job)).items) {
    if (done) continue
    const given =
      evidence === 'none'
        ? {}
        : {
            evidence:
              evidence === 'signature'
                ? { kind: evidence, signedBy: 'Wang Fang' }
                : { kind: evidence, text: 'done' },
          }
    await as('PUT', `/api/jobs/${job}/checklist/${id}`, given)
  }
}

/** A plain picture, larger than what is sent. */
function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'ascii'), data])
    const head = Buffer.alloc(4)
    head.writeUInt32BE(data.length)
    const foot = Buffer.alloc(4)
    foot.writeUInt32BE(crc32(body))
    return Buffer.concat([head, body, foot])
  }
  const size = Buffer.alloc(13)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  size.set([8, 2, 0, 0, 0], 8)
  const rows = Buffer.alloc((width * 3 + 1) * height, 0x7a)
  for (let row = 0; row < height; row += 1) rows[row * (width * 3 + 1)] = 0
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
const PHOTO = { name: 'machine.png', mimeType: 'image/png', buffer: png(3000, 1800) }

async function drawSignature(page: Page): Promise<void> {
  const pad = page.locator('[data-signature-pad]')
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (box === null) throw new Error('no pad')
  await page.mouse.move(box.x + 30, box.y + 60)
  await page.mouse.down()
  for (const [x, y] of [
    [60, 20],
    [90, 80],
    [120, 30],
    [170, 70],
  ] as const)
    await page.mouse.move(box.x + x, box.y + y, { steps: 4 })
  await page.mouse.up()
}

/** To where the customer signs the solution. */
async function visitAtSigning(): Promise<string> {
  const wanted = '2026-03-02T15:00:00+08:00'
  const { id } = Parse(
    Made,
    await as('POST', '/api/jobs', {
      process: 'home-visit',
      fields: {
        timeWanted: wanted,
        problem: '台式机无法开机，按下电源键后风扇转一下就停',
        problemKind: 'hardware',
        severity: 'normal',
        region: 'east',
        distanceBand: 'near',
        customerName: '呼和浩特市赛罕区长江精密电子仪器有限责任公司',
        customerAddress: '12 Garden Road',
        customerPhone: '010-5550101',
        purchaseDate: '2025-06-01',
      },
    }),
  )
  await send(id, 'assign', { engineer: 'lin' })
  await send(id, 'call.start')
  await tickAll(id)
  await send(id, 'time.agreed', { time: wanted })
  await send(id, 'parts.none-needed')
  await send(id, 'order.release')
  await tickAll(id)
  await send(id, 'set.out')
  await send(id, 'arrive')
  await tickAll(id)
  await send(id, 'visit.begin', { personInCharge: 'Wang Fang' })
  await tickAll(id)
  await send(id, 'fault.diagnosed', {
    diagnosis: 'Power supply failed',
    cause: 'manufacture',
    damageByPeople: 'None',
    serialNumber: 'SN-1',
  })
  await tickAll(id)
  await send(id, 'explanation.done')
  return id
}

describe('a home visit on the page', () => {
  it('is worked: a form of every step, the customer’s signature, what was added', async () => {
    const id = await visitAtSigning()
    const page = await open(`/jobs/${id}`)
    await page.locator('.chart-state[data-lit=here]').first().waitFor()
    expect(await page.locator('.chart-state[data-been]').count()).toBeGreaterThan(5)
    await picture(page, 'visit-en-1280')

    await page.getByRole('button', { name: 'Send “Free remedy chosen”' }).click()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('Please fill this in.').first().waitFor()
    await page.getByRole('radio', { name: 'Repair', exact: true }).check()
    await page.getByRole('textbox', { name: 'Plan' }).fill('Replace the power supply')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('“Free remedy chosen” was accepted.').waitFor()

    const item = page.locator('[data-item=solutionSignature]')
    await item.getByRole('button', { name: /^Confirm/ }).click()
    const confirm = item.getByRole('button', { name: 'Confirm', exact: true })
    expect(await confirm.isDisabled()).toBe(true)
    await item.getByRole('textbox', { name: 'Name of who signs' }).fill('王芳')
    await drawSignature(page)
    await item.getByText('Signed', { exact: true }).waitFor()
    await picture(page, 'visit-signature-en-1280')
    await confirm.click()
    await item.getByText(/^Confirmed by 欧阳林小明/).waitFor()
    await item.getByRole('img', { name: /^Signature of/ }).waitFor()
    const evidence = (await seen(id)).checklist.solutionSignature?.evidence
    expect(evidence).toMatchObject({ kind: 'signature', signedBy: '王芳' })
    expect(String(evidence?.file)).toMatch(/^[0-9a-f]{64}$/)

    await page.getByRole('button', { name: 'Send “Customer signs the solution”' }).click()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('“Customer signs the solution” was accepted.').waitFor()

    await page.getByRole('button', { name: 'Note', exact: true }).click()
    await page.getByRole('textbox', { name: 'What others should know' }).fill('The dog bites')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Kept: Note').waitFor()
    await page.getByText('Note: The dog bites').waitFor()
    await page.getByRole('button', { name: 'Rating', exact: true }).click()
    await page.getByRole('radio', { name: /Very satisfied/ }).check()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('5 of 5').first().waitFor()
    await page.getByRole('button', { name: 'Correct data' }).click()
    await page.getByRole('textbox', { name: 'Phone' }).fill('010-5550199')
    await page.getByRole('textbox', { name: 'Why it is corrected' }).fill('wrong number')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Kept: Correct data').waitFor()
    expect((await seen(id)).fields).toMatchObject({ customerPhone: '010-5550199' })
    await page.getByRole('button', { name: 'Complaint', exact: true }).click()
    await page.getByRole('textbox', { name: 'What the customer complains of' }).fill('Too late')
    await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  })

  it('can be looked at as it was, by the keyboard, and in the words of its reader', async () => {
    const id = await visitAtSigning()
    const page = await open(`/jobs/${id}`)
    await page.locator('.chart-state[data-lit=here]').first().waitFor()
    const slider = page.getByRole('slider', { name: 'Moment in the history' })
    const taken = page.locator('.chart-edge[data-been]')
    expect(await taken.count()).toBeGreaterThan(5)
    await slider.focus()
    await page.keyboard.press('Home')
    await page.getByText(/You see the job as it was on .*after “Job started”/).waitFor()
    await page
      .locator('.chart-state[data-lit=here][data-path="beforeVisit.arrangement.booked.routed"]')
      .waitFor()
    await expect.poll(() => taken.count()).toBeLessThan(3)
    const facts = page.getByRole('region', { name: 'Fields' })
    expect(await facts.getByText('Power supply failed').count()).toBe(0)
    await page.keyboard.press('ArrowRight')
    await page
      .getByText(/after “Assign/)
      .first()
      .waitFor()
    expect(await slider.getAttribute('aria-valuetext')).toContain('2 of')
    await picture(page, 'visit-past-en-1280')
    expect(await axe(page)).toEqual([])
    await page.keyboard.press('End')
    await facts.getByText('Power supply failed').waitFor()
    expect(await page.getByText(/You see the job as it was/).count()).toBe(0)

    for (const [name, options] of [
      ['visit-zh-1280', { locale: 'zh-CN' }],
      [
        'visit-zh-1920-dark',
        { locale: 'zh-CN', colorScheme: 'dark', viewport: { width: 1920, height: 1080 } },
      ],
      ['visit-zh-390', { locale: 'zh-CN', viewport: { width: 390, height: 844 } }],
    ] as const) {
      const other = await open(`/jobs/${id}`, options)
      await other.locator('.chart-state[data-lit=here]').first().waitFor()
      await other
        .getByText('可以发送')
        .or(other.getByText('目前可做'))
        .or(other.getByRole('slider'))
        .first()
        .waitFor()
      await picture(other, name)
      expect(await other.evaluate('document.documentElement.scrollWidth')).toBe(
        options.viewport?.width ?? 1280,
      )
    }
  })
})

const check = async (): Promise<string> =>
  Parse(Made, await as('POST', '/api/jobs', { process: 'site-check', fields: { customer: 'Bright Foods' } }))
    .id

describe('forms and evidence', () => {
  it('ask for every kind of data, and keep a photo made small', async () => {
    const id = await check()
    const page = await open(`/jobs/${id}`)
    const photo = page.locator('[data-item=before]')
    await photo.getByRole('button', { name: 'Confirm “Photo before work”' }).click()
    await photo.locator('input[type=file]').setInputFiles(PHOTO)
    await photo.getByRole('img', { name: 'The photo as it will be sent' }).waitFor()
    await photo.getByRole('button', { name: 'Confirm', exact: true }).click()
    await photo.getByText(/^Confirmed by/).waitFor()
    const file = String((await seen(id)).checklist.before?.evidence?.file)
    const kept = await fetch(`${app.address}/api/evidence/${file}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(kept.headers.get('content-type')).toBe('image/jpeg')

    const serial = page.locator('[data-item=serial]')
    await serial.getByRole('button', { name: 'Confirm “Serial number read”' }).click()
    await serial.getByRole('textbox', { name: 'Serial number' }).fill('SN-42')
    await page.keyboard.press('Enter')
    await serial.getByText('SN-42').waitFor()
    await serial.getByRole('button', { name: /^Take back/ }).click()
    await serial.getByRole('button', { name: /^Confirm/ }).waitFor()

    await page.getByRole('button', { name: 'Send “Finish the check”' }).click()
    await page.getByRole('radio', { name: 'In order' }).check()
    await page.getByRole('radio', { name: 'Yes' }).check()
    await page.getByRole('spinbutton', { name: 'Time worked (minutes)' }).fill('45')
    await page.getByLabel('Next check').fill('2026-04-01')
    await page.getByLabel('Left at').fill('2026-03-02T16:30')
    await page.getByRole('combobox', { name: 'Second person' }).click()
    await page.getByRole('option', { name: /欧阳林小明/ }).click()
    await page.getByRole('textbox', { name: 'Allow for' }).fill('3')
    await page.getByRole('button', { name: 'Parts used: add an entry' }).click()
    await page.getByRole('textbox', { name: 'Part', exact: true }).fill('Fuse')
    await page.getByRole('spinbutton', { name: 'How many' }).fill('2')
    await page
      .getByRole('combobox', { name: 'Seen' })
      .or(page.getByRole('textbox', { name: 'Seen' }))
      .first()
      .fill('dust')
    await page.keyboard.press('Enter')
    await picture(page, 'forms-en-1280')
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('“Finish the check” was accepted.').waitFor()
    expect((await seen(id)).fields).toMatchObject({
      result: 'fine',
      agreed: true,
      minutes: 45,
      nextCheck: '2026-04-01',
      second: 'lin',
      allow: 'PT3H',
      parts: [{ part: 'Fuse', count: 2 }],
      seen: ['dust'],
    })
  })

  it('keep what is typed when another acts on the job, and say what he did', async () => {
    const id = await check()
    const page = await open(`/jobs/${id}`)
    await page.getByRole('button', { name: 'Send “Put it off”' }).click()
    await page.getByRole('textbox', { name: 'Reason' }).fill('The gate is locked')
    await app.call('POST', `/api/jobs/${id}/notes`, { text: 'Key is with the porter' })
    await page.getByRole('alert').getByText('Note: Key is with the porter').waitFor()
    expect(await page.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe('The gate is locked')
    await app.call('POST', `/api/jobs/${id}/suspend`, { reason: 'strike' })
    await page.getByText('“Put it off” cannot be sent as the job stands now.', { exact: false }).waitFor()
    await page.getByText(/Suspended since/).waitFor()
    expect(await page.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe('The gate is locked')
    await picture(page, 'overtaken-en-1280')
    expect(await axe(page)).toEqual([])
    await app.call('POST', `/api/jobs/${id}/resume`, {})
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('“Put it off” was accepted.').waitFor()
    expect((await seen(id)).fields).toMatchObject({ reason: 'The gate is locked' })
  })

  it('fit a telephone, with the name signed by the keyboard', async () => {
    const id = await check()
    const page = await open(`/jobs/${id}`, {
      locale: 'zh-CN',
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    })
    const item = page.locator('[data-item=signed]')
    await item.getByRole('button', { name: '确认「客户签字」' }).click()
    await item.getByRole('textbox', { name: '签名人姓名' }).fill('欧阳林小明')
    await item.getByText('键入姓名').click()
    await item.getByRole('img', { name: '姓名将如此呈现' }).waitFor()
    await picture(page, 'signature-zh-390')
    expect(await axe(page)).toEqual([])
    await item.getByRole('button', { name: '确认', exact: true }).click()
    await item.getByText(/确认$/).first().waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  })
})
