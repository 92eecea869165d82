/** What is drawn of a process: groups folded, one group alone with stubs for what lies outside. */
import { describe, expect, it } from 'vitest'
import { foldedNow, followed, shownFor, viewOf } from '../../../designer/canvas/view.ts'
import { chartGraph } from '../../../machines/drawing/graph.ts'
import { estimateWidth } from '../../../machines/drawing/metrics.ts'
import { readChart } from '../../../machines/drawing/model.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { process, wordsFor } from '../../machines/drawing/charts.ts'

const sample = process({
  open: { on: { go: { target: 'work.done' } } },
  work: {
    initial: 'first',
    on: { again: { target: 'work', reenter: true }, skip: { target: '.done' }, note: {} },
    states: {
      first: { on: { next: { target: 'deep' }, leave: { target: '#sample.closed' }, mark: {} } },
      deep: { initial: 'a', states: { a: { on: { leave: { target: '#sample.closed' } } }, b: {} } },
      done: {},
    },
  },
  closed: { type: 'final' },
})
const model = readChart(sample)
const ways = (view: { model: typeof model }): string[] =>
  view.model.transitions.map(({ source, targets }) => `${source}>${targets.join('+')}`)

describe('a folded group', () => {
  const view = viewOf(model, '', new Set(['work']))

  it('is one box that counts what lies in it', () => {
    expect([...view.model.states.keys()]).toEqual(['', 'open', 'work', 'closed'])
    expect(view.model.states.get('work')).toMatchObject({ children: [], holds: 5 })
  })
  it('ends what leads into it and out of it at its border, and keeps to itself what stays within', () => {
    expect(ways(view)).toEqual(['open>work', 'work>work', 'work>', 'work>closed', 'work>closed'])
  })
  it('keeps the pointers of its transitions, so that they can be changed', () => {
    const pointers = new Set(model.transitions.map(({ pointer }) => pointer))
    expect(view.model.transitions.every(({ pointer }) => pointers.has(pointer))).toBe(true)
  })
  it('folds within another one', () => {
    const inner = viewOf(model, '', new Set(['work.deep']))
    expect(ways(inner)).toContain('work.first>work.deep')
    expect(ways(inner)).toContain('work.deep>closed')
    expect(shownFor('work.deep.a', new Set(['work', 'work.deep']))).toBe('work')
  })
  it('opens while something in it is selected, and where it is shown alone', () => {
    const stored = ['work', 'work.deep', 'gone', 'open']
    expect([...foldedNow(model, stored, [], [], '')]).toEqual(['work', 'work.deep'])
    expect([...foldedNow(model, stored, ['work.first'], [], '')]).toEqual(['work.deep'])
    expect([...foldedNow(model, stored, ['work'], [], '')]).toEqual(['work', 'work.deep'])
    expect([...foldedNow(model, stored, [], [], 'work')]).toEqual(['work.deep'])
    expect([...foldedNow(model, stored, [], [], 'work.deep')]).toEqual([])
    const way = (pointer: string) => model.transitions.filter((each) => each.pointer === pointer)
    expect([...foldedNow(model, stored, [], way('/states/work/states/first/on/next'), '')]).toEqual([
      'work.deep',
    ])
    expect([...foldedNow(model, stored, [], way('/states/work/states/first/on/leave'), '')]).toContain('work')
    expect([...foldedNow(model, stored, [], way('/states/work/on/again'), '')]).toContain('work')
    expect([...foldedNow(model, stored, [], way('/states/work/on/skip'), '')]).not.toContain('work')
  })
})

describe('a group shown alone', () => {
  it('has a stub for each state that a way of its leads to or comes from', () => {
    const view = viewOf(model, 'work', new Set())
    expect([...view.stubs]).toEqual(['closed', 'open'])
    expect(view.model.states.get('')?.children).toEqual(['work', 'closed', 'open'])
    expect(view.model.states.get('closed')).toMatchObject({ stub: true, kind: 'final' })
    expect(ways(view)).toEqual([
      'open>work.done',
      'work>work',
      'work>work.done',
      'work>',
      'work.first>work.deep',
      'work.first>closed',
      'work.first>',
      'work.deep.a>closed',
    ])
  })
  it('may lie deep, and what is around it is outside', () => {
    const view = viewOf(model, 'work.deep', new Set())
    expect([...view.stubs]).toEqual(['closed', 'work.first'])
    expect(view.model.states.get('work.deep')).toMatchObject({ parent: '', region: false })
    expect(view.model.states.has('work')).toBe(false)
  })
  it('that is gone is the whole', () => {
    expect(viewOf(model, 'gone', new Set()).home).toBe('')
  })
})

describe('every shipped process', () => {
  it('is drawn with any of its groups folded or alone, and each line has both its ends', () => {
    for (const definition of SHIPPED) {
      const words = wordsFor(definition)
      const groups = [...words.model.states.values()].filter(
        ({ path, children }) => path !== '' && children.length > 0,
      )
      for (const { path } of groups)
        for (const view of [viewOf(words.model, path, new Set()), viewOf(words.model, '', new Set([path]))]) {
          const graph = chartGraph(view.model, words, estimateWidth)
          const known = new Set([...graph.boxes.keys(), ...graph.marks.keys()])
          for (const { source, target } of graph.edges.values())
            expect([known.has(source), known.has(target)], `${definition.id} ${path}`).toEqual([true, true])
        }
    }
  })
})

describe('a group that was shown alone', () => {
  const named = (top: string, inner: string): typeof model =>
    readChart(
      process({
        open: {},
        [top]: { initial: 'a', states: { a: {}, [inner]: { initial: 'b', states: { b: {}, c: {} } } } },
        closed: { type: 'final' },
      }),
    )
  const before = named('work', 'deep')

  it('is found under its new key, and under the new key of a group around it', () => {
    expect(followed('work.deep', before, named('work', 'deeper'))).toBe('work.deeper')
    expect(followed('work.deep', before, named('labour', 'deep'))).toBe('labour.deep')
    expect(followed('work.deep', before, before)).toBe('work.deep')
  })
  it('is not taken for another one once it is gone', () => {
    const gone = readChart(process({ open: {}, closed: { type: 'final' } }))
    expect(followed('work.deep', before, gone)).toBeUndefined()
    const another = readChart(process({ open: {}, closed: {}, late: { type: 'final' } }))
    expect(followed('work.deep', before, another)).toBeUndefined()
  })
})
