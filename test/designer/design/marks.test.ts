/** Marks on a drawing: what changed is seen where it acts. */
import { describe, expect, it } from 'vitest'
import { marksOf } from '../../../designer/design/marks.ts'
import { differences } from '../../../designer/document/diff.ts'
import type { Json } from '../../../designer/document/json.ts'
import { toJson } from '../../../designer/document/json.ts'

const cel = (text: string) => ({ '@expr': text, '@lang': 'cel' })
const base = {
  id: 'visit',
  initial: 'called',
  schemas: { context: { properties: {} }, events: { go: { meta: { title: { en: 'Go' } } } } },
  delays: {
    contact: { duration: cel('settings.contactWithin') },
    arrive: { duration: 'PT2H' },
  },
  meta: { title: { en: 'Visit' }, settings: { contactWithin: { value: 'PT30M' } } },
  states: {
    called: {
      on: { go: { target: 'there' } },
      after: { contact: { target: 'late' }, arrive: { target: 'late' } },
    },
    there: { initial: 'work', states: { work: { on: { go: { target: 'done' } } }, done: { type: 'final' } } },
    late: { on: { go: { target: 'there', guard: cel('settings["contactWithin"] != null') } } },
  },
}
function marks(change: (text: string) => string) {
  const [before, after]: Json[] = [toJson(base), toJson(JSON.parse(change(JSON.stringify(base))))]
  const found = marksOf(before ?? null, after ?? null, differences(before ?? null, after ?? null))
  return { before: Object.fromEntries(found.before), after: Object.fromEntries(found.after) }
}

describe('marks of a change', () => {
  it('show a setting at the transitions whose deadline or condition reads it', () => {
    expect(marks((text) => text.replace('PT30M', 'PT20M'))).toEqual({
      before: {},
      after: { '/states/called/after/contact': 'changed', '/states/late/on/go': 'changed' },
    })
  })

  it('show a delay at the transitions that wait for it', () => {
    expect(marks((text) => text.replace('PT2H', 'PT3H')).after).toEqual({
      '/states/called/after/arrive': 'changed',
    })
  })

  it('show what is gone on the old drawing, with all that was in it', () => {
    const found = marks((text) =>
      text.replace(/"there":\{.*?"final"\}\}\},/, '').replaceAll('"target":"there"', '"target":"late"'),
    )
    expect(found.before).toMatchObject({
      there: 'removed',
      'there.work': 'removed',
      'there.done': 'removed',
      '/states/there/states/work/on/go': 'removed',
    })
    expect(found.after).not.toHaveProperty('there')
  })

  it('show what is new, and a state that changed on both', () => {
    const found = marks((text) =>
      text
        .replace('"late":{', '"late":{"tags":["urgent"],')
        .replace('"states":{"called"', '"states":{"fresh":{"on":{"go":{"target":"late"}}},"called"'),
    )
    expect(found.after).toEqual({ fresh: 'added', '/states/fresh/on/go': 'added', late: 'changed' })
    expect(found.before).toEqual({ late: 'changed' })
  })

  it('are none for what is drawn nowhere, and for what is no definition', () => {
    expect(marks((text) => text.replace('"en":"Visit"', '"en":"Call"')).after).toEqual({})
    expect(marksOf(null, toJson(base), differences(null, toJson(base)))).toEqual({
      before: new Map(),
      after: new Map(),
    })
  })
})
