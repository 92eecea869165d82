import { describe, expect, it } from 'vitest'
import { leavesOf, waysFrom, waysTo } from '../../../designer/desk/ways.ts'
import { eventsOf } from '../../../designer/jobs/job-list-events.ts'
import type { Definition } from '../../../machines/definition/schema.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'

const text = (en: string) => ({ en, zh: en })
const event = (roles: ('dispatcher' | 'engineer')[]) => ({ meta: { title: text('x'), roles } })
/** Everything that an event's end may depend on. */
const WORK: Definition = {
  id: 'work',
  initial: 'open',
  on: { cancel: { target: '.cancelled' } },
  states: {
    open: { on: { go: { target: 'busy' }, judge: { target: 'choice' }, note: {}, fork: { target: 'both' } } },
    choice: {
      always: [
        { guard: { '@expr': 'job.n > 1', '@lang': 'cel' }, target: 'busy.late' },
        { target: 'cancelled' },
      ],
    },
    busy: {
      initial: 'early',
      on: { pause: { target: 'rest' } },
      states: {
        early: { on: { later: { target: 'late' } } },
        late: { on: { end: { target: 'over' } } },
        over: { type: 'final' },
        was: { type: 'history' },
      },
      onDone: { target: 'closed' },
    },
    rest: { on: { back: { target: 'busy.was' } } },
    both: {
      type: 'parallel',
      states: {
        left: { initial: 'a', states: { a: {}, b: {} } },
        right: { initial: 'c', states: { c: {} } },
      },
    },
    closed: { type: 'final' },
    cancelled: { type: 'final' },
  },
  schemas: {
    context: { properties: { n: { type: 'integer', default: 0, meta: { title: text('n') } } } },
    events: {
      go: event(['dispatcher']),
      cancel: event(['dispatcher', 'engineer']),
      judge: event(['engineer']),
    },
  },
  meta: { title: text('Work') },
}

describe('ways on the board', () => {
  const to = (active: string[], path: string) => waysTo(WORK, active, path)
  it('lead where a target begins, from the state itself and from those around it', () => {
    expect(to(['open'], 'busy.early')).toEqual([{ event: 'go', surely: true }])
    expect(to(['open'], 'busy')).toContainEqual({ event: 'go', surely: true })
    expect(to(['busy.late'], 'rest')).toEqual([{ event: 'pause', surely: true }])
    expect(to(['busy.late'], 'cancelled')).toEqual([{ event: 'cancel', surely: true }])
    expect(to(['open'], 'closed')).toEqual([])
  })
  it('are not sure where conditions lead on', () => {
    expect(to(['open'], 'busy.late')).toEqual([{ event: 'judge', surely: false }])
    expect(to(['open'], 'cancelled')).toEqual([
      { event: 'judge', surely: false },
      { event: 'cancel', surely: true },
    ])
  })
  it('go on from the end of a group, into each region, and back to where it was', () => {
    expect(to(['busy.late'], 'closed')).toEqual([{ event: 'end', surely: false }])
    expect(to(['open'], 'both.left.a')).toEqual([{ event: 'fork', surely: false }])
    expect(to(['open'], 'both.right.c')).toEqual([{ event: 'fork', surely: false }])
    expect(to(['rest'], 'busy.early')).toEqual([{ event: 'back', surely: true }])
  })
  it('lead nowhere for an event that keeps the state, or from a state that is gone', () => {
    expect(waysFrom(WORK, ['open']).find((way) => way.event === 'note')?.ends).toEqual([])
    expect(waysTo(WORK, ['gone'], 'busy')).toEqual([])
  })
  it('have every resting state of a definition as a column, in its order', () => {
    expect(leavesOf(WORK).map(({ path }) => path)).toEqual([
      'open',
      'choice',
      'busy.early',
      'busy.late',
      'busy.over',
      'rest',
      'both.left.a',
      'both.left.b',
      'both.right.c',
      'closed',
      'cancelled',
    ])
  })
  it.each(SHIPPED.map((definition) => [definition.id, definition] as const))(
    'of a %s reach an end from every state that is none',
    (_id, definition) => {
      const leaves = leavesOf(definition)
      const ends = leaves.filter(({ kind, parent }) => kind === 'final' && parent?.path === '')
      expect(ends.length).toBeGreaterThan(0)
      for (const { path, kind } of leaves)
        if (kind !== 'final') expect([path, waysFrom(definition, [path]).length > 0]).toEqual([path, true])
    },
  )
})

describe('events for several jobs', () => {
  const job = (state: string, status = 'active') => ({ job: { active: [state], status }, definition: WORK })
  it('are those that one may send and that a state takes, with how many they fit', () => {
    const jobs = [job('open'), job('open'), job('rest'), job('closed', 'done')]
    expect(eventsOf(jobs, ['dispatcher']).map(({ type, count }) => [type, count])).toEqual([
      ['cancel', 3],
      ['go', 2],
    ])
    expect(eventsOf(jobs, ['engineer']).map(({ type }) => type)).toEqual(['cancel', 'judge'])
    expect(eventsOf(jobs, [])).toEqual([])
  })
})
