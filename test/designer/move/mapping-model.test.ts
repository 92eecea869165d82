import { describe, expect, it } from 'vitest'
import { questionsOf, withoutEmpty } from '../../../designer/move/mapping-model.ts'
import { typedValue } from '../../../designer/move/typed-value.ts'
import { FIRST, SECOND } from './fixtures.ts'

const paths = (places: readonly { path: string }[]): string[] => places.map(({ path }) => path)

describe('what is asked before jobs move', () => {
  it('leaves out what keeps its name and asks for the rest', () => {
    const asked = questionsOf(FIRST, SECOND)
    expect(paths(asked.same)).toEqual(['waiting'])
    expect(paths(asked.states)).toEqual(['packing'])
    expect(asked.fields.map(({ name }) => name)).toEqual(['remark'])
    expect(asked.wanted.map(({ name }) => name)).toEqual(['weight'])
    expect(asked.offer.states).toBeUndefined()
  })

  it('lets jobs begin in each new region, and go anywhere but to the end', () => {
    const asked = questionsOf(FIRST, SECOND)
    expect(asked.offer.regions).toEqual({
      'wrapping.box': 'wrapping.box',
      'wrapping.papers': 'wrapping.papers',
    })
    expect(paths(asked.regions[1]?.within ?? [])).toEqual(['wrapping.papers', 'wrapping.papers.printing'])
    expect(paths(asked.targets)).not.toContain('sent')
  })

  it('offers a state that only has another key', () => {
    const { packing, ...rest } = FIRST.states
    if (packing === undefined) throw new Error('no state')
    const renamed = { ...FIRST, states: { ...rest, boxing: packing } }
    expect(questionsOf(FIRST, renamed).offer).toEqual({ states: { packing: 'boxing' } })
  })

  it('asks nothing of two versions that name all alike', () => {
    const asked = questionsOf(FIRST, FIRST)
    expect([asked.states, asked.regions, asked.fields, asked.items, asked.delays]).toEqual([
      [],
      [],
      [],
      [],
      [],
    ])
    expect(asked.offer).toEqual({})
  })

  it('sends no list that says nothing', () => {
    expect(withoutEmpty({ states: {}, fields: { remark: null }, timers: 'keep' })).toEqual({
      fields: { remark: null },
      timers: 'keep',
    })
  })
})

describe('a value typed for a new field', () => {
  it('is of the field’s type, or an expression, or none', () => {
    expect(typedValue(' 2.5 ', { type: 'number' })).toBe(2.5)
    expect(typedValue('2.5', { type: 'integer' })).toBeUndefined()
    expect(typedValue('heavy', { type: 'number' })).toBeUndefined()
    expect(typedValue('true', { type: 'boolean' })).toBe(true)
    expect(typedValue('007', { type: 'string' })).toBe('007')
    expect(typedValue('= job.customer', { type: 'string' })).toEqual({
      '@expr': 'job.customer',
      '@lang': 'cel',
    })
  })
})
