/**
 * What changed, in sentences: complete, in its place, and without what merely follows.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Command } from '../../../designer/document/command-stack.ts'
import { CommandStack } from '../../../designer/document/command-stack.ts'
import { addItem, moveItem } from '../../../designer/document/commands/checklist.ts'
import * as declare from '../../../designer/document/commands/declaration.ts'
import { moveStates } from '../../../designer/document/commands/move.ts'
import { setRoles, setValue } from '../../../designer/document/commands/process.ts'
import { deleteStates } from '../../../designer/document/commands/remove.ts'
import { addState, renameState } from '../../../designer/document/commands/state.ts'
import { connect, moveTransition, reconnect } from '../../../designer/document/commands/transition.ts'
import { differences } from '../../../designer/document/diff.ts'
import { openDocument } from '../../../designer/document/document.ts'
import { toJson } from '../../../designer/document/json.ts'
import { canonicalJson } from '../../../machines/definition/hash.ts'
import { valueAt } from '../../../machines/definition/pointer.ts'
import { attempted, open, randomCommand, shipped, stackOf } from './kit.ts'
import { small } from './small.ts'

const said = (...commands: Command[]) => {
  const stack = new CommandStack(openDocument(small()))
  const before = stack.document.definition
  for (const command of commands) stack.execute(command)
  return differences(before, stack.document.definition)
}
const sentences = (...commands: Command[]): string[] =>
  said(...commands).flatMap(({ sentence, kind, pointer }) => [`${kind} ${pointer}`, sentence.en, sentence.zh])

describe('differences in sentences', () => {
  it('says a deadline in words, in both languages', () => {
    expect(sentences(setValue('/delays/contact/duration', 'PT20M'))).toEqual([
      'changed /delays/contact/duration',
      '“Contact deadline”: 30 minutes to 20 minutes',
      '“联系时限”：由 30 分钟改为 20 分钟',
    ])
  })

  it('says roles by their names, in both languages', () => {
    expect(said(setRoles('go', ['engineer'])).map(({ sentence }) => sentence.zh)).toEqual([
      '“继续”：可操作角色由调度员、工程师改为工程师',
    ])
  })

  it.each<[string, Command[], string[]]>([
    [
      'a new state',
      [addState({ parent: '', key: 'paused', title: { en: 'Paused', zh: '暂停' } })],
      ['State “Paused” added'],
    ],
    [
      'a state that is gone, with its way',
      [deleteStates(['work.second'])],
      [
        'Transition The process on “visit.*” removed',
        'Transition “Open” on “Start” removed',
        'Transition “First” on “Go on” removed',
        'State “Second” removed',
      ],
    ],
    [
      'a renamed state, once',
      [renameState('work', 'labour')],
      ['State “Work”: key “work” renamed to “labour”'],
    ],
    [
      'a renamed field, once',
      [declare.renameField('price', 'amount')],
      ['Field “price” renamed to “amount”'],
    ],
    ['a renamed event, once', [declare.renameEvent('go', 'go.on')], ['Event “go” renamed to “go.on”']],
    ['a moved state', [moveStates(['done'], 'work')], ['State “Done” moved from The process to “Work”']],
    [
      'a new way',
      [connect({ source: 'open', trigger: { kind: 'always' }, targets: ['done'] })],
      ['Transition “Open” at once added'],
    ],
    [
      'another target',
      [reconnect('/states/open/on/start/1', { target: 'done' })],
      ['“Open” on “Start” now leads to “Done”'],
    ],
    [
      'another order',
      [moveTransition('/states/open/on/start/1', 0)],
      ['“Open”: order of its transitions changed'],
    ],
    ['who may', [setRoles('go', ['engineer'])], ['“Go on”: who may do it Dispatcher, Engineer to Engineer']],
    [
      'a new item',
      [addItem('open', { id: 'third', title: { en: 'Third', zh: '三' } })],
      ['Checklist item “Third” added'],
    ],
    ['another order of items', [moveItem('one', 1)], ['“Open”: order of the checklist changed']],
    ['what a job needs', [declare.setFieldRequired('price', true)], ['“Price” is needed to start a job']],
    [
      'a condition',
      [setValue('/states/open/on/start/0/guard', { '@expr': 'job.price > 7', '@lang': 'cel' })],
      ['“Open” on “Start”: condition job.price > 5 to job.price > 7'],
    ],
  ])('says %s', (_what, commands, expected) => {
    expect(said(...commands).map(({ sentence }) => sentence.en)).toEqual(expected)
  })

  it('says nothing of versions that are alike, and something of all others', () => {
    expect(differences(small(), toJson(JSON.parse(canonicalJson(small()))))).toEqual([])
    const other = setValue('/states/open/on/start/1/target', '#small.work')
    expect(said(other).map(({ sentence }) => sentence.en)).toEqual([
      'It is written in another way, and means the same',
    ])
  })

  it('is complete, and points to places that are there', () => {
    const die = fc.nat({ max: 1_000_000 })
    const throws = fc.array(fc.record({ command: die, one: die, two: die, three: die }), {
      minLength: 1,
      maxLength: 4,
    })
    fc.assert(
      fc.property(fc.constantFrom(...shipped.map(({ id }) => id)), throws, (id, dice) => {
        const stack = stackOf(id)
        for (const each of dice) attempted(stack, randomCommand(stack.document, each))
        const before = open(id).definition
        const after = stack.document.definition
        const found = differences(before, after)
        expect(found.length === 0).toBe(canonicalJson(before) === canonicalJson(after))
        for (const { kind, pointer, sentence } of found) {
          expect(valueAt(kind === 'removed' ? before : after, pointer).found, `${kind} ${pointer}`).toBe(true)
          expect(`${sentence.en}${sentence.zh}`).not.toMatch(/undefined|\[object|“”/)
        }
      }),
      { numRuns: 60 },
    )
  }, 120_000)

  it.each([
    [null],
    [[]],
    [{}],
    [{ states: 7, schemas: [], meta: 'x', delays: null }],
    [{ states: { a: null, b: { on: 3 } } }],
  ])('reads broken definitions: %j', (broken) => {
    expect(differences(small(), toJson(broken)).length).toBeGreaterThan(0)
    expect(differences(toJson(broken), small()).length).toBeGreaterThan(0)
  })
})
