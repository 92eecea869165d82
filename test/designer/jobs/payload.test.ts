/** Payloads typed into forms. */
import { describe, expect, it } from 'vitest'
import { faultsOf, formOf, knownTo, payloadOf, typedDefaults } from '../../../designer/jobs/payload.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'

const schema = {
  type: 'object',
  properties: {
    reason: { type: 'string' },
    amount: { type: 'number' },
    agreed: { type: 'boolean' },
    at: { type: 'string', format: 'date-time' },
    serials: { type: 'array', items: { type: 'string' } },
    windows: { type: 'array', items: { type: 'object' } },
  },
  required: ['reason'],
}

describe('a form', () => {
  it('asks for what it can enter and leaves the rest', () => {
    const form = formOf(schema)
    expect(form.inputs.map((input) => input.name)).toEqual(['reason', 'amount', 'agreed', 'at', 'serials'])
    expect(form.complete).toBe(true)
    expect(formOf({ ...schema, required: ['windows'] }).complete).toBe(false)
  })

  it('sends typed values as JSON and nothing for what was left empty', () => {
    const form = formOf(schema)
    expect(payloadOf(form, typedDefaults(form))).toEqual({})
    const typed = { reason: 'Ill', amount: '12.5', agreed: true, at: '2026-03-02T09:30', serials: ['A1'] }
    expect(payloadOf(form, typed)).toEqual({
      reason: 'Ill',
      amount: 12.5,
      agreed: true,
      at: new Date('2026-03-02T09:30').toISOString(),
      serials: ['A1'],
    })
  })

  it('says no to a required yes-or-no, and leaves nonsense to the server to refuse', () => {
    const form = formOf({
      properties: { agreed: { type: 'boolean' }, n: { type: 'number' } },
      required: ['agreed'],
    })
    expect(payloadOf(form, { agreed: false, n: 'many' })).toEqual({ agreed: false, n: 'many' })
  })

  it('is whole whatever schema comes', () => {
    for (const odd of [undefined, null, 7, [], { properties: { a: null, b: 7, c: { type: 3 } } }])
      expect(formOf(odd).inputs).toEqual([])
  })

  it('can enter every event that a person may send in the shipped processes', () => {
    const events = SHIPPED.flatMap((definition) =>
      Object.entries(definition.schemas.events)
        .filter(([, event]) => event.meta.roles.some((role) => role !== 'system'))
        .map(([type, event]) => ({ type: `${definition.id} ${type}`, event })),
    )
    expect(events.filter(({ event }) => !formOf(event).complete).map(({ type }) => type)).toEqual([])
  })

  it('takes groups and lists of groups, and says what each still wants', () => {
    const form = formOf({
      properties: {
        parts: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            properties: { part: { type: 'string', minLength: 1 }, count: { type: 'integer', minimum: 1 } },
            required: ['part', 'count'],
          },
        },
        agreed: { type: 'boolean' },
      },
      required: ['parts', 'agreed'],
    })
    expect(form.complete).toBe(true)
    const empty = typedDefaults(form)
    expect(faultsOf(form, empty).map(({ pointer }) => pointer)).toEqual(['/parts', '/agreed'])
    const half = {
      parts: [
        { part: 'Fuse', count: '0' },
        { part: '', count: '2' },
      ],
      agreed: false,
    }
    expect(faultsOf(form, half).map(({ pointer }) => pointer)).toEqual(['/parts/0/count', '/parts/1/part'])
    const whole = { parts: [{ part: 'Fuse', count: '2' }], agreed: false }
    expect(faultsOf(form, whole)).toEqual([])
    expect(payloadOf(form, whole)).toEqual({ parts: [{ part: 'Fuse', count: 2 }], agreed: false })
  })

  it('begins with what the job knows under the same name and title, and with nothing else', () => {
    const titled = (en: string, zh: string) => ({ type: 'string' as const, meta: { title: { en, zh } } })
    const form = formOf({
      properties: { phone: titled('Phone', '电话'), problem: titled('Problem', '存在的问题') },
    })
    const fields = { phone: titled('Phone', '电话'), problem: titled('Problem', '问题描述') }
    const job = { phone: '010-5550101', problem: 'It does not start' }
    expect(typedDefaults(form, knownTo(form, job, fields))).toEqual({ phone: '010-5550101', problem: '' })
  })

  it('shows a known moment in local time and sends the same moment back', () => {
    const form = formOf({ properties: { at: { type: 'string', format: 'date-time' } } })
    const typed = typedDefaults(form, { at: '2026-03-02T09:30:00.000Z' })
    expect(payloadOf(form, typed)).toEqual({ at: '2026-03-02T09:30:00.000Z' })
  })
})
