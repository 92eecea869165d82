/** Finding scenarios in the library. */
import { describe, expect, it } from 'vitest'
import { found, healthOf, ordered, tagsOf } from '../../../designer/training/desk/find.ts'
import type { ScenarioSummary } from '../../../machines/wire/training.ts'

const made = (id: string, more: Partial<ScenarioSummary> = {}): ScenarioSummary => ({
  id,
  revision: 1,
  process: 'phone-call',
  title: { en: id, zh: id },
  difficulty: 'medium',
  tags: [],
  norms: [],
  runs: 1,
  errors: 0,
  shipped: false,
  updatedAt: '2026-03-02T00:00:00.000Z',
  updatedBy: 'trainer',
  ...more,
})
const angry = made('angry', {
  title: { en: 'An angry caller', zh: '\u751f\u6c14\u7684\u5ba2\u6237' },
  tags: ['hotline', 'temper'],
  norms: ['PC-01'],
  difficulty: 'hard',
})
const visit = made('visit', { process: 'home-visit', tags: ['hotline'], difficulty: 'easy' })
const nothing = { words: '', process: null, difficulty: null, tag: null, health: null }
const ids = (list: readonly ScenarioSummary[]): string[] => list.map(({ id }) => id)

describe('a search of the library', () => {
  it('finds by words of either language, by tag, and by a norm’s number or text', () => {
    for (const words of ['angry CALLER', '\u751f\u6c14', 'temper', 'pc-01', 'three rings'])
      expect(ids(found([angry, visit], { ...nothing, words })), words).toEqual(['angry'])
    expect(found([angry, visit], { ...nothing, words: 'angry visit' })).toEqual([])
  })

  it('finds by what a tag of the shipped scenarios is called in either language', () => {
    const leaving = made('leaving', { tags: ['on-duty'] })
    for (const words of ['on duty', '\u503c\u73ed', 'on-duty'])
      expect(ids(found([angry, leaving], { ...nothing, words })), words).toEqual(['leaving'])
  })

  it('narrows by process, difficulty, tag and health, all at once', () => {
    const failing = new Set(['visit'])
    expect(ids(found([angry, visit], { ...nothing, tag: 'hotline', difficulty: 'easy' }))).toEqual(['visit'])
    expect(ids(found([angry, visit], { ...nothing, process: 'phone-call' }))).toEqual(['angry'])
    expect(ids(found([angry, visit], { ...nothing, health: 'failing' }, failing))).toEqual(['visit'])
  })

  it('calls a scenario faulty before failing, and untested without a run', () => {
    const failing = new Set(['a'])
    expect(healthOf(made('a', { errors: 2 }), failing)).toBe('faulty')
    expect(healthOf(made('a'), failing)).toBe('failing')
    expect(healthOf(made('b', { runs: 0 }), failing)).toBe('untested')
    expect(healthOf(made('b'), failing)).toBe('sound')
  })

  it('orders by difficulty with the easy first, and the most used tags first', () => {
    expect(ids(ordered([angry, visit], 'difficulty', ({ id }) => id, 'en'))).toEqual(['visit', 'angry'])
    expect(tagsOf([angry, visit])).toEqual(['hotline', 'temper'])
  })
})
