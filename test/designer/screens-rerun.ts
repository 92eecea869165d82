/**
 * What the picture of a draft tried with real jobs needs: complaints that are over, and a draft by which one of them would have been refused.
 */
import Type from 'typebox'
import { Check } from 'typebox/value'
import { ADMIN_TOKEN, type Pages } from './browser.ts'

const made = new WeakMap<Pages, Promise<void>>()
/** Once a server. */
export function triedComplaints(app: Pages): Promise<void> {
  const known = made.get(app) ?? make(app)
  made.set(app, known)
  return known
}

const Made = Type.Object({ id: Type.String() })
const Token = Type.Object({ token: Type.String() })
const Version = Type.Object({ definition: Type.Unknown() })

async function make(app: Pages): Promise<void> {
  await app.call('POST', '/api/people', {
    id: 'pic-desk',
    name: '赵强',
    roles: ['front-desk', 'process-owner'],
  })
  const given = await app.call('POST', '/api/people/pic-desk/tokens', { name: 'pictures' })
  if (!Check(Token, given)) throw new Error('no token')
  const send = async (method: string, path: string, body: object, token = given.token): Promise<unknown> => {
    const response = await fetch(app.address + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'if-none-match': '*' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.json()
  }
  for (const [text, isQuality] of [
    ['上门晚了一天，也没有电话通知。', false],
    ['更换后的硬盘一周内再次损坏。', true],
    ['The invoice is wrong.', false],
  ] as const) {
    const job = await send('POST', '/api/jobs', {
      process: 'complaint',
      fields: { text, customerName: '周建国', region: '城西' },
    })
    if (!Check(Made, job)) throw new Error('no job')
    const act = (type: string, payload: object = {}) =>
      send('POST', `/api/jobs/${job.id}/events`, { type, payload })
    await act('complaint.take')
    if (isQuality) {
      await act('quality.refer')
      await act('quality.analysed', { cause: '批次问题', correction: '更换批次' })
    }
    await act('complaint.decide', { decision: 'upheld', decisionText: '道歉并更正。' })
    await act('answer.give', { channel: 'phone' })
    await send('PUT', `/api/jobs/${job.id}/checklist/satisfactionAsked`, {
      evidence: { kind: 'text', text: '满意' },
    })
    await act('customer.accept')
  }
  const version = await app.call('GET', '/api/processes/complaint/versions/1')
  if (!Check(Version, version)) throw new Error('no version')
  const stricter = JSON.stringify(version.definition).replace(
    '"roles":["process-owner","auditor"]',
    '"roles":["auditor"]',
  )
  const draft = { definition: JSON.parse(stricter), basedOn: 1 }
  await send('PUT', '/api/processes/complaint/draft', draft, ADMIN_TOKEN)
}
