/** Payloads typed into forms. */
import { describe, expect, it } from 'vitest'
import { formOf, payloadOf, typedDefaults } from '../../../designer/jobs/payload.ts'
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

  it('can enter most events of the shipped processes', () => {
    const events = SHIPPED.flatMap((definition) => Object.values(definition.schemas.events))
    const whole = events.filter((event) => formOf(event).complete)
    expect(whole.length / events.length).toBeGreaterThan(0.8)
  })
})
