/** Where a problem leads, and what people call the place. */
import { describe, expect, it } from 'vitest'
import { placeName, selectedAt } from '../../../designer/design/places.ts'
import type { Json } from '../../../designer/document/json.ts'

const definition: Json = {
  id: 'visit',
  initial: 'open',
  schemas: { events: { take: { meta: { title: { en: 'Take', zh: '接单' } } } } },
  delays: { late: { duration: 'PT30M', meta: { title: { en: 'Late', zh: '超时' } } } },
  states: {
    open: {
      initial: 'new',
      meta: { title: { en: 'Open', zh: '处理中' } },
      states: {
        new: { on: { take: [{ target: 'new' }, { target: 'gone' }] }, after: { late: { target: 'new' } } },
      },
    },
  },
}

describe('a place in a definition', () => {
  it('is the innermost transition or state around the pointer', () => {
    const inner = '/states/open/states/new'
    expect(selectedAt(definition, `${inner}/on/take/1/target`)).toEqual({
      kind: 'transition',
      pointer: `${inner}/on/take/1`,
    })
    expect(selectedAt(definition, `${inner}/meta/checklist/0`)).toEqual({ kind: 'state', path: 'open.new' })
    expect(selectedAt(definition, '/states/open/meta')).toEqual({ kind: 'state', path: 'open' })
  })

  it('is the process, or the place itself, where it is in no state', () => {
    expect(selectedAt(definition, '')).toEqual({ kind: 'state', path: '' })
    expect(selectedAt(definition, '/delays/late/duration')).toEqual({
      kind: 'place',
      pointer: '/delays/late/duration',
    })
  })

  it('is called by its title in both languages, or by its key', () => {
    expect(placeName(definition, '/states/open/initial')).toEqual({ en: 'Open', zh: '处理中' })
    expect(placeName(definition, '/states/open/states/new/on/take/0')).toEqual({
      en: 'new › Take',
      zh: 'new › 接单',
    })
    expect(placeName(definition, '/states/open/states/new/after/late')).toEqual({
      en: 'new › Late',
      zh: 'new › 超时',
    })
    expect(placeName(definition, '/delays/late/duration')).toEqual({ en: 'Late', zh: '超时' })
    expect(placeName(definition, '/initial')).toBeUndefined()
  })

  it('is found in what is no definition, without a throw', () => {
    for (const broken of [null, 7, [], { states: 3 }, { states: { a: null } }, { schemas: [] }]) {
      expect(selectedAt(broken, '/states/a/on/x').kind).toMatch(/state|place|transition/)
      expect(() => placeName(broken, '/schemas/events/x')).not.toThrow()
    }
  })
})
