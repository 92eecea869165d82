import { describe, expect, it } from 'vitest'
import { createMachine } from 'xstate'
import type { Definition, StateNode, Transition } from '../../../machines/definition/schema.ts'
import { ancestorsOf, buildTree, isBelow, resolveTarget } from '../../../machines/definition/tree.ts'

const text = { en: 'x', zh: '甲' }
const state = (more: StateNode = {}): StateNode => ({ meta: { title: text }, ...more })
const go = (target: string | string[], more: Omit<Transition, 'target'> = {}): Transition => ({
  target,
  ...more,
})

const definition: Definition = {
  id: 'call',
  initial: 'talking',
  states: {
    talking: state({
      initial: 'hold',
      on: { 'call.end': go('closing'), '*': [go('.hold'), go(['nowhere', '#closed'])] },
      after: { tooLong: go('closing.survey') },
      onDone: go('#call.closing.survey'),
      states: {
        hold: state({ always: go('listen') }),
        listen: state({ on: { up: go('#closed') } }),
        back: state({ type: 'history', history: 'deep', target: 'listen' }),
      },
    }),
    closing: state({ initial: 'survey', states: { survey: state({}) } }),
    lines: state({ type: 'parallel', states: { one: state({}), two: state({}) } }),
    over: state({ id: 'closed', type: 'final' }),
  },
  on: { cancel: go('.over'), odd: go('over') },
  schemas: { context: { properties: {} }, events: {} },
  meta: { title: text },
}

describe('buildTree', () => {
  const tree = buildTree(definition)
  const at = (path: string) => {
    const node = tree.byPath.get(path)
    if (node === undefined) throw new Error(`no state ${path}`)
    return node
  }

  it('lists every state, parents first, in document order', () => {
    expect(tree.nodes.map((node) => [node.path, node.kind, node.depth])).toEqual([
      ['', 'compound', 0],
      ['talking', 'compound', 1],
      ['talking.hold', 'atomic', 2],
      ['talking.listen', 'atomic', 2],
      ['talking.back', 'history', 2],
      ['closing', 'compound', 1],
      ['closing.survey', 'atomic', 2],
      ['lines', 'parallel', 1],
      ['lines.one', 'atomic', 2],
      ['lines.two', 'atomic', 2],
      ['over', 'final', 1],
    ])
    expect(at('talking.hold').pointer).toBe('/states/talking/states/hold')
    expect(tree.byId.get('closed')).toBe(at('over'))
    expect(tree.byId.get('call')).toBe(tree.root)
    expect(at('talking').initial).toBe(at('talking.hold'))
    expect(at('talking.back').historyDefault).toBe(at('talking.listen'))
  })

  it('gives each transition with its trigger, pointer and targets', () => {
    const told = tree.nodes.flatMap((node) =>
      node.transitions.map((t) => [t.pointer, t.index, t.targets.map((target) => target.path), t.unresolved]),
    )
    expect(told).toEqual([
      ['/on/cancel', 0, ['over'], []],
      ['/on/odd', 0, [], ['over']],
      ['/states/talking/on/call.end', 0, ['closing'], []],
      ['/states/talking/on/*/0', 0, ['talking.hold'], []],
      ['/states/talking/on/*/1', 1, ['over'], ['nowhere']],
      ['/states/talking/after/tooLong', 0, ['closing.survey'], []],
      ['/states/talking/onDone', 0, ['closing.survey'], []],
      ['/states/talking/states/hold/always', 0, ['talking.listen'], []],
      ['/states/talking/states/listen/on/up', 0, ['over'], []],
    ])
    expect(at('talking').transitions.map((t) => t.trigger)).toEqual([
      { kind: 'on', descriptor: 'call.end' },
      { kind: 'on', descriptor: '*' },
      { kind: 'on', descriptor: '*' },
      { kind: 'after', delay: 'tooLong' },
      { kind: 'done' },
    ])
  })

  it('reads targets as XState does', () => {
    const nodes = ['talking', 'talking.hold', 'closing', 'over', '']
    const targets = [
      'closing',
      'closing.survey',
      '.hold',
      'listen',
      '#closed',
      '#call.talking.hold',
      '#call',
      '#no',
    ]
    for (const path of nodes) {
      for (const target of [...targets, '.over', 'toString', '#call.toString', 'over']) {
        const ours = resolveTarget(tree, at(path), target)
        expect([path, target, ours === undefined ? 'none' : ours.path]).toEqual([
          path,
          target,
          xstateReads(path, target),
        ])
      }
    }
  })

  it('knows what lies below what', () => {
    expect(ancestorsOf(at('talking.hold')).map((node) => node.path)).toEqual(['talking', ''])
    expect(isBelow(at('talking.hold'), tree.root)).toBe(true)
    expect(isBelow(at('talking'), at('talking'))).toBe(false)
    expect(isBelow(at('talking.hold'), at('closing'))).toBe(false)
  })
})

/** What XState itself makes of a target: the path of the state, or `none` where it refuses. */
function xstateReads(path: string, target: string): string {
  const plain = (at: string): object => {
    const kids: Record<string, string[]> = {
      '': ['talking', 'closing', 'lines', 'over'],
      talking: ['hold', 'listen'],
      closing: ['survey'],
      lines: ['one', 'two'],
    }
    const names = kids[at] ?? []
    return {
      ...(at === 'over' ? { id: 'closed' } : {}),
      ...(names.length > 0 ? { initial: names[0] } : {}),
      ...(at === path ? { on: { probe: { target } } } : {}),
      states: Object.fromEntries(names.map((name) => [name, plain(at === '' ? name : `${at}.${name}`)])),
    }
  }
  try {
    const machine = createMachine({ id: 'call', ...plain('') })
    const node =
      path === '' ? machine.root : path.split('.').reduce((at, key) => at.states[key] ?? at, machine.root)
    const found = node.transitions.get('probe')?.[0]?.target?.[0]
    return found === undefined ? 'none' : found.path.join('.')
  } catch {
    return 'none'
  }
}

describe('buildTree on broken definitions', () => {
  it.each([
    ['no states', { id: 'x' }],
    ['states that are not states', { id: 'x', states: { a: 1, b: null, c: [] } }],
    [
      'transitions that are not transitions',
      { id: 'x', states: { a: { on: { go: 3 }, always: [null], after: 1 } } },
    ],
    ['targets that are not text', { id: 'x', states: { a: { on: { go: { target: [1, {}] } } } } }],
  ])('leaves gaps: %s', (_name, broken) => {
    const take = (value: Definition) => buildTree(value).nodes.length
    expect(Reflect.apply(take, undefined, [broken])).toBeGreaterThan(0)
  })

  it('does not overflow on deep nesting', () => {
    let node: StateNode = {}
    for (let depth = 0; depth < 5_000; depth++) node = { states: { a: node } }
    const tree = buildTree({ ...definition, states: { a: node } })
    expect(tree.nodes.length).toBe(5_002)
  })
})
