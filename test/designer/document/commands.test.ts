/**
 * Each family of commands on a small process: what it does, what follows, what it refuses.
 */
import { describe, expect, it } from 'vitest'
import { copyStates, readClip } from '../../../designer/document/clip.ts'
import { type Command, CommandStack } from '../../../designer/document/command-stack.ts'
import { addItem, changeItem, removeItem, renameItem } from '../../../designer/document/commands/checklist.ts'
import * as declare from '../../../designer/document/commands/declaration.ts'
import { dissolveState } from '../../../designer/document/commands/dissolve.ts'
import * as layout from '../../../designer/document/commands/layout.ts'
import { extractStates, moveStates, setHistoryDefault } from '../../../designer/document/commands/move.ts'
import { duplicateStates, pasteReport, pasteStates } from '../../../designer/document/commands/paste.ts'
import { applyFix, replaceDefinition, setNorms } from '../../../designer/document/commands/process.ts'
import { deleteStates } from '../../../designer/document/commands/remove.ts'
import * as state from '../../../designer/document/commands/state.ts'
import * as way from '../../../designer/document/commands/transition.ts'
import { openDocument } from '../../../designer/document/document.ts'
import { type Json, toJson } from '../../../designer/document/json.ts'
import {
  addedStates,
  canConnect,
  canDissolve,
  canMoveInto,
  lostByKind,
  usesOf,
  whatPointsAt,
} from '../../../designer/document/questions.ts'
import { canonicalJson } from '../../../machines/definition/hash.ts'
import { valueAt } from '../../../machines/definition/pointer.ts'
import { dangling, errorsOf, open, shipped } from './kit.ts'
import { SMALL, small } from './small.ts'

const fresh = (): CommandStack => new CommandStack(openDocument(small()))
const made = (...commands: Command[]): Json => {
  const stack = fresh()
  for (const command of commands) stack.execute(command)
  const done = stack.document.definition
  while (stack.undo());
  expect(JSON.stringify(stack.document.definition)).toBe(JSON.stringify(SMALL))
  return done
}
const see = (definition: Json, pointer: string): unknown => valueAt(definition, pointer).value
const TITLE = { en: 'Anything', zh: '任意' }
const EVENT = { meta: { title: TITLE, roles: ['engineer' as const] } }
const SETTING = { value: 1, title: TITLE }
const why = (...commands: Command[]) => expect(() => made(...commands))

it('starts from a process without a fault', () => {
  expect(errorsOf(small())).toEqual([])
})

describe('states', () => {
  it.each([
    ['atomic', {}],
    ['compound', { initial: 'first' }],
    ['parallel', { type: 'parallel' }],
    ['final', { type: 'final' }],
    ['history', { type: 'history', history: 'shallow' }],
  ] as const)('adds one of kind %s', (kind, expected) => {
    const definition = made(state.addState({ parent: 'work', kind, key: 'fresh', before: 'second' }))
    expect(see(definition, '/states/work/states/fresh')).toMatchObject(expected)
    expect(Object.keys(Object(see(definition, '/states/work/states')))).toEqual([
      'first',
      'fresh',
      'second',
      'ended',
    ])
    expect(errorsOf(definition).filter((error) => !/dead-end|no-end/.test(error))).toEqual([])
  })

  it('makes a plain state a group by giving it its first state, and plain again by taking the last', () => {
    const grouped = made(state.addState({ parent: 'open', key: 'inner' }))
    expect(see(grouped, '/states/open/initial')).toBe('inner')
    const plain = made(state.addState({ parent: 'open', key: 'inner' }), deleteStates(['open.inner']))
    expect(canonicalJson(plain)).toBe(canonicalJson(small()))
  })

  it.each([
    ['done', /final state/],
    ['nowhere', /no state/],
  ])('adds none to %s', (parent, reason) => {
    why(state.addState({ parent })).toThrow(reason)
  })

  it('renames with targets, guards and ids in every form', () => {
    const definition = made(state.renameState('work', 'labours'), state.renameState('labours.second', 'next'))
    expect(see(definition, '/states/open/on/start/0/target')).toBe('labours.next')
    expect(see(definition, '/states/open/on/start/1/target')).toBe('labours')
    expect(see(definition, '/states/labours/states/first/on/go/target')).toBe('next')
    expect(see(definition, '/on/visit.*/0/target')).toBe('#labour.first')
    expect(see(definition, '/on/visit.*/0/guard/params/state')).toBe('labours.next')
    expect(errorsOf(definition)).toEqual([])
  })

  it('changes the kind and says beforehand what that costs', () => {
    const document = openDocument(small())
    expect(lostByKind(document, 'open', 'final')).toEqual(['/states/open/on', '/states/open/after'])
    const definition = made(state.changeKind('open', 'final'))
    expect(Object.keys(Object(see(definition, '/states/open')))).toEqual(['type', 'meta'])
    expect(see(made(state.changeKind('work', 'parallel')), '/states/work/initial')).toBeUndefined()
    const back = made(state.changeKind('work', 'parallel'), state.changeKind('work', 'compound'))
    expect(canonicalJson(back)).toBe(canonicalJson(small()))
    why(state.changeKind('work', 'atomic')).toThrow(/states within/)
    why(state.changeKind('', 'final')).toThrow(/process/)
  })

  it('moves between parents so that every way still leads where it led', () => {
    const definition = made(moveStates(['work.second'], ''))
    expect(see(definition, '/states/work/states/first/on/go/target')).toBe('#small.second')
    expect(see(definition, '/states/open/on/start/0/target')).toBe('second')
    expect(see(definition, '/states/second/on/finish/target')).toBe('work.ended')
    expect(see(definition, '/on/visit.*/0/guard/params/state')).toBe('second')
    expect(dangling(definition)).toEqual([])
  })

  it('gives the old parent another first state, and a taken key another name', () => {
    const definition = made(state.addState({ parent: '', key: 'first' }), moveStates(['work.first'], ''))
    expect(see(definition, '/states/work/initial')).toBe('second')
    expect(see(definition, '/states/first2/on/go/target')).toBe('work.second')
    expect(see(definition, '/on/visit.*/0/target')).toBe('#small.first2')
  })

  it.each<[string[], string, RegExp]>([
    [['work'], 'work.first', /within itself/],
    [['work'], 'work', /within itself/],
    [['open'], 'done', /final/],
    [[''], 'work', /whole process/],
  ])('does not move %j into %s', (paths, parent, reason) => {
    const answer = canMoveInto(openDocument(small()), paths, parent)
    expect(answer.ok).toBe(false)
    why(moveStates(paths, parent)).toThrow(reason)
  })

  it('keeps the place on the canvas when a parent changes', () => {
    const boxes = {
      work: { x: 100, y: 50, width: 300, height: 200 },
      'work.first': { x: 10, y: 20 },
      open: { x: 5, y: 5 },
    }
    const stack = new CommandStack(openDocument(small(), { states: boxes }))
    stack.execute(moveStates(['work.first'], ''))
    expect(stack.document.layout.states.first).toEqual({ x: 110, y: 70 })
    stack.execute(moveStates(['first'], 'work', { positions: { first: { x: 1, y: 2 } } }))
    expect(stack.document.layout.states['work.first']).toEqual({ x: 1, y: 2 })
    stack.execute(extractStates(['open', 'work'], { key: 'all' }))
    const { all, 'all.open': inner } = stack.document.layout.states
    expect([(all?.x ?? 0) + (inner?.x ?? 0), (all?.y ?? 0) + (inner?.y ?? 0)]).toEqual([5, 5])
    stack.execute(dissolveState('all'))
    expect(stack.document.layout.states.open).toMatchObject({ x: 5, y: 5 })
  })
})

describe('deleting', () => {
  it('shows first what points there', () => {
    expect(whatPointsAt(openDocument(small()), ['work.second'])).toEqual([
      { kind: 'transition', pointer: '/states/open/on/start/0/target', from: 'open', to: 'work.second' },
      {
        kind: 'transition',
        pointer: '/states/work/states/first/on/go/target',
        from: 'work.first',
        to: 'work.second',
      },
      { kind: 'guard', pointer: '/on/visit.*/0/guard/params/state', from: '', to: 'work.second' },
    ])
    expect(whatPointsAt(openDocument(small()), ['open']).map(({ kind, to }) => `${kind} ${to}`)).toEqual([
      'transition open',
      'initial open',
      'guard one',
      'expression two',
    ])
  })

  it('takes along what led there, and settles guards that asked for it', () => {
    const definition = made(deleteStates(['work.second']))
    expect(see(definition, '/states/open/on/start')).toEqual([{ target: 'work' }])
    expect(see(definition, '/states/work/states/first/on')).toBeUndefined()
    // Nobody is ever in a state that is gone: the way could never be taken.
    expect(see(definition, '/on/visit.*')).toHaveLength(1)
    expect(dangling(definition)).toEqual([])
  })

  it('leads to another state instead, as asked', () => {
    const definition = made(deleteStates(['work'], 'done'))
    expect(see(definition, '/states/open/on/start/0/target')).toBe('done')
    expect(see(definition, '/states/open/on/start/1/target')).toBe('done')
    expect(dangling(definition)).toEqual([])
    why(deleteStates(['work'], 'work.first')).toThrow(/cannot lead/)
  })

  it('gives the process another first state', () => {
    expect(see(made(deleteStates(['open'])), '/initial')).toBe('work')
    expect(see(made(deleteStates(['open'], 'done')), '/initial')).toBe('done')
  })

  it('no longer asks for items that went with it', () => {
    const guard = '/states/work/states/second/on/finish/guard'
    expect(see(made(deleteStates(['open'])), guard)).toBeUndefined()
    expect(see(made(removeItem('one')), guard)).toBeUndefined()
  })
})

describe('copies', () => {
  it('duplicates with ways among themselves, new ids and items', () => {
    const stack = fresh()
    const { before, after: now } = stack.execute(duplicateStates(['work', 'open']))
    expect(addedStates(before, now)).toEqual(['open2', 'work2', 'work2.first', 'work2.second', 'work2.ended'])
    const { definition } = now
    expect(see(definition, '/states/work2/id')).toBe('labour2')
    expect(see(definition, '/states/open2/on/start/0/target')).toBe('work2.second')
    expect(see(definition, '/states/work2/on/back/target')).toBe('open2')
    expect(see(definition, '/states/work2/onDone/target')).toBe('done')
    expect(see(definition, '/states/open2/meta/checklist/0/id')).toBe('one2')
    expect(see(definition, '/states/work2/states/second/on/finish/guard/params/items')).toEqual(['one2'])
    expect(errorsOf(definition).filter((error) => !error.startsWith('unreachable'))).toEqual([])
  })

  it('takes along to another process what the states need', () => {
    const clip = readClip(JSON.parse(JSON.stringify(copyStates(openDocument(small()), ['open', 'work']))))
    const blank = openDocument({
      id: 'blank',
      initial: 'here',
      states: { here: { meta: { title: { en: 'Here', zh: '这里' } } } },
      schemas: {
        context: { properties: { price: { type: 'boolean' } } },
        events: { go: { meta: { title: { en: 'Other', zh: '其他' }, roles: ['engineer'] } } },
      },
      meta: { title: { en: 'Blank', zh: '空白' } },
    })
    const report = pasteReport(blank, clip)
    expect(report.renamed).toEqual(
      expect.arrayContaining([
        { kind: 'field', from: 'price', to: 'price2' },
        { kind: 'event', from: 'go', to: 'go2' },
      ]),
    )
    expect(report.leftOut).toEqual(['done'])
    const stack = new CommandStack(blank)
    stack.execute(pasteStates(clip, ''))
    const { definition } = stack.document
    expect(see(definition, '/schemas/context/properties/price')).toEqual({ type: 'boolean' })
    expect(see(definition, '/schemas/context/properties/price2/type')).toBe('number')
    expect(see(definition, '/states/open/on/start/0/guard/@expr')).toBe('job.price2 > 5')
    expect(see(definition, '/states/work/states/first/on/go2/target')).toBe('second')
    expect(see(definition, '/states/work/onDone')).toBeUndefined()
    expect(see(definition, '/delays/contact/duration')).toBe('PT30M')
    expect(see(definition, '/states/work/on/back/actions/0/context')).toEqual({
      price2: { '@expr': 'event.price', '@lang': 'cel' },
    })
    expect(dangling(definition)).toEqual([])
    expect(errorsOf(definition).filter((error) => /unknown|expression|duplicate|bad-/.test(error))).toEqual(
      [],
    )
  })

  it.each(shipped)('moves all of $id into a blank process and leaves no name unknown', ({ id }) => {
    const from = open(id)
    const tops = Object.keys(Object(see(from.definition, '/states')))
    const clip = copyStates(from, tops)
    const stack = new CommandStack(
      openDocument({
        id: 'blank',
        states: {},
        schemas: { context: { properties: {} }, events: {} },
        meta: { title: { en: 'Blank', zh: '空白' } },
      }),
    )
    stack.execute(pasteStates(clip, ''))
    const unknown = errorsOf(stack.document.definition).filter((error) =>
      /^(unknown-(?!raise)|expression|duplicate|bad-)/.test(error),
    )
    expect(unknown).toEqual([])
    expect(dangling(stack.document.definition)).toEqual([])
  })

  it.each([null, {}, 'text', { kind: 'fieldchart-states', version: 1, process: 'x', states: [] }])(
    'pastes nothing else: %j',
    (value) => {
      expect(() => readClip(value)).toThrow(/nothing here/)
    },
  )
})

describe('transitions', () => {
  it('connects, orders, leads elsewhere and takes away', () => {
    const start = '/states/open/on/start'
    const added = way.connect({
      source: 'open',
      trigger: { kind: 'on', descriptor: 'start' },
      targets: ['work.first'],
      index: 0,
    })
    expect(see(made(added), `${start}/0/target`)).toBe('work.first')
    expect(see(made(way.moveTransition(`${start}/0`, 1)), `${start}/1/target`)).toBe('work.second')
    expect(see(made(way.reconnect(`${start}/1`, { target: 'work.ended' })), `${start}/1/target`)).toBe(
      'work.ended',
    )
    const other = made(way.reconnect('/states/work/states/first/on/go', { source: 'open' }))
    expect(see(other, '/states/open/on/go/target')).toBe('work.second')
    expect(see(other, '/states/work/states/first/on')).toBeUndefined()
    expect(see(made(way.reconnect(`${start}/1`, { target: null })), `${start}/1`)).toEqual({})
    expect(see(made(way.removeTransitions([`${start}/0`, `${start}/1`])), '/states/open/on')).toBeUndefined()
    expect(see(made(way.setTrigger(`${start}/1`, { kind: 'always' })), '/states/open/always')).toEqual({
      target: 'work',
    })
    why(way.removeTransitions(['/states/open/on/nothing'])).toThrow(/no such transition/)
  })

  it.each<[string, string | undefined, 'done' | undefined, boolean]>([
    ['open', 'done', undefined, true],
    ['done', 'open', undefined, false],
    ['open', '', undefined, false],
    ['open', undefined, 'done', false],
    ['work', undefined, 'done', true],
    ['nowhere', 'open', undefined, false],
  ])('may connect %s to %s: (%s) %s', (source, target, trigger, expected) => {
    expect(canConnect(openDocument(small()), source, target, trigger).ok).toBe(expected)
  })
})

describe('what a process declares', () => {
  it('refuses to remove what is used, and takes the uses along when asked', () => {
    why(declare.removeField('price')).toThrow(/still used/)
    const definition = made(declare.removeField('price', { withUses: true }))
    expect(see(definition, '/meta/summary')).toBeUndefined()
    expect(see(definition, '/states/work/states/first/entry')).toBeUndefined()
    expect(see(definition, '/states/work/on/back')).toEqual({ target: 'open' })
    // A guard is never opened by a removal: it stays, and bars publishing.
    expect(see(definition, '/states/open/on/start/0/guard/@expr')).toBe('job.price > 5')
    expect(errorsOf(definition).some((error) => error.startsWith('expression-unknown-name'))).toBe(true)
  })

  it('removes whom a message told, with the message when nobody is left', () => {
    const definition = made(declare.removeField('worker', { withUses: true }))
    expect(see(definition, '/schemas/context/required')).toBeUndefined()
    expect(see(definition, '/states/open/after')).toBeUndefined()
  })

  it('removes events with transitions and actions, and wildcards that are left with none', () => {
    const definition = made(
      declare.removeEvent('visit.lost', { withUses: true }),
      declare.removeEvent('start', { withUses: true }),
    )
    expect(see(definition, '/on/visit.*')).toBeDefined()
    expect(see(definition, '/states/open/on')).toBeUndefined()
    expect(see(definition, '/states/work/on/note')).toBeUndefined()
    expect(
      see(
        made(
          declare.removeEvent('visit.lost', { withUses: true }),
          declare.removeEvent('visit.booked', { withUses: true }),
        ),
        '/on',
      ),
    ).toBeUndefined()
  })

  it('keeps the ways of a wildcard for an event that leaves it', () => {
    const definition = made(declare.renameEvent('visit.lost', 'lost'))
    expect(see(definition, '/on/lost')).toEqual(see(small(), '/on/visit.*'))
    expect(see(definition, '/on/visit.*')).toEqual(see(small(), '/on/visit.*'))
    const last = made(
      declare.renameEvent('visit.lost', 'lost'),
      declare.renameEvent('visit.booked', 'booked'),
    )
    expect(Object.keys(Object(see(last, '/on')))).toEqual(expect.arrayContaining(['lost', 'booked']))
    expect(see(last, '/on/visit.*')).toBeUndefined()
    expect(errorsOf(last)).toEqual([])
    why(declare.renameEvent('go', 'visit.go')).toThrow(/visit/)
  })

  it('renames delays in “after” and in raised events', () => {
    const definition = made(declare.renameDelay('contact', 'reach'))
    expect(see(definition, '/states/open/after/reach')).toBeDefined()
    expect(see(definition, '/states/work/on/note/actions/0/delay')).toBe('reach')
    expect(
      Object.keys(
        Object(see(made(declare.removeDelay('contact', { withUses: true })), '/states/work/on/note')),
      ),
    ).toEqual([])
  })

  it.each<[string, Command[], string, unknown]>([
    [
      'field',
      [declare.addField('fresh', { type: 'string' }), declare.changeField('fresh', { type: 'number' })],
      '/schemas/context/properties/fresh',
      { type: 'number' },
    ],
    [
      'event',
      [declare.addEvent('fresh', EVENT), declare.changeEvent('fresh', { ...EVENT, required: [] })],
      '/schemas/events/fresh',
      { ...EVENT, required: [] },
    ],
    [
      'payload',
      [declare.addPayload('go', 'fresh', { type: 'string' })],
      '/schemas/events/go/properties/fresh',
      { type: 'string' },
    ],
    [
      'payload removed',
      [declare.removePayload('back', 'price', { withUses: true })],
      '/schemas/events/back/required',
      undefined,
    ],
    [
      'delay',
      [declare.addDelay('fresh', { duration: 'PT1M' }), declare.changeDelay('fresh', { duration: 'PT2M' })],
      '/delays/fresh',
      { duration: 'PT2M' },
    ],
    [
      'setting',
      [declare.addSetting('fresh', SETTING), declare.changeSetting('fresh', { ...SETTING, value: 2 })],
      '/meta/settings/fresh/value',
      2,
    ],
    [
      'setting removed',
      [declare.addSetting('fresh', SETTING), declare.removeSetting('fresh')],
      '/meta/settings/fresh',
      undefined,
    ],
    [
      'certificate',
      [declare.addCertificate('welding', TITLE), declare.changeCertificate('welding', { en: 'W', zh: '焊' })],
      '/meta/certificates/welding',
      { en: 'W', zh: '焊' },
    ],
    [
      'certificate removed',
      [declare.addCertificate('welding', TITLE), declare.removeCertificate('welding')],
      '/meta/certificates/welding',
      undefined,
    ],
    [
      'entry actions',
      [state.setStatePart('open', 'entry', [{ type: '@xstate.assign', context: { price: 1 } }])],
      '/states/open/entry/0/context/price',
      1,
    ],
    [
      'what a transition says',
      [way.setTransitionMeta('/states/open/on/start/1', { waivesChecklist: true })],
      '/states/open/on/start/1/meta/waivesChecklist',
      true,
    ],
    [
      'where history begins',
      [
        state.addState({ parent: 'work', kind: 'history', key: 'past' }),
        setHistoryDefault('work.past', 'work.second'),
      ],
      '/states/work/states/past/target',
      'second',
    ],
  ])('sets a %s', (_what, commands, pointer, expected) => {
    expect(see(made(...commands), pointer)).toEqual(expected)
  })

  it('lists uses', () => {
    const document = openDocument(small())
    expect(usesOf(document, 'field', 'price').map(({ how, pointer }) => `${how} ${pointer}`)).toEqual([
      'reads /states/open/meta/checklist/0/required',
      'reads /states/open/on/start/0/guard',
      'sets /states/work/states/first/entry/0/context/price',
      'sets /states/work/on/back/actions/0/context/price',
      'lists /meta/summary/0',
    ])
    expect(usesOf(document, 'event', 'visit.lost').map(({ name }) => name)).toEqual(['visit.*'])
    expect(usesOf(document, 'payload', 'price', 'back').map(({ how }) => how)).toEqual(['reads', 'lists'])
  })

  it.each(['constructor', '__proto__', 'in', 'Upper', 'a b', ''])('takes no field called “%s”', (name) => {
    why(declare.renameField('price', name)).toThrow(/cannot be/)
  })

  it('changes items, norms and what a fix says', () => {
    const renamed = made(renameItem('two', 'pair'), changeItem('pair', { title: { en: 'Pair', zh: '一对' } }))
    expect(see(renamed, '/on/visit.*/1/guard/@expr')).toBe('!checklist.pair && settings.limit > 3')
    expect(see(renamed, '/states/open/meta/checklist/1')).toEqual({
      title: { en: 'Pair', zh: '一对' },
      id: 'pair',
    })
    why(addItem('open', { id: 'one', title: { en: 'x', zh: 'x' } })).toThrow(/already/)
    expect(see(made(setNorms('/delays/contact', ['HV-02'])), '/delays/contact/meta/norms')).toEqual(['HV-02'])
    const fix = { title: { en: 'Rename', zh: '改名' }, path: '/states/open/on/start', rename: 'go' }
    expect(Object.keys(Object(see(made(applyFix(fix)), '/states/open/on')))).toEqual(['go'])
  })
})

describe('the canvas', () => {
  const boxes = {
    open: { x: 0, y: 0, width: 100, height: 50 },
    work: { x: 120, y: 30, width: 200, height: 100 },
    done: { x: 500, y: 10, width: 40, height: 40 },
  }
  const placed = (command: Command) => {
    const stack = new CommandStack(openDocument(small(), { states: boxes }))
    stack.execute(command)
    return stack.document.layout.states
  }
  const all = ['open', 'work', 'done']
  it('lines up and spreads out', () => {
    expect(Object.values(placed(layout.alignStates(all, 'top'))).map(({ y }) => y)).toEqual([0, 0, 0])
    expect(Object.values(placed(layout.alignStates(all, 'right'))).map(({ x }) => x)).toEqual([440, 340, 500])
    expect(Object.values(placed(layout.alignStates(all, 'middle'))).map(({ y }) => y)).toEqual([40, 15, 45])
    expect(Object.values(placed(layout.distributeStates(all, 'across'))).map(({ x }) => x)).toEqual([
      0, 200, 500,
    ])
    expect(() => placed(layout.distributeStates(['open', 'work'], 'down'))).toThrow(/at least 3/)
    expect(() => placed(layout.alignStates(['open', 'work.first'], 'left'))).toThrow(/side by side/)
  })
  it('folds, resizes, and lets go', () => {
    expect(placed(layout.collapseStates(['work'], true)).work).toEqual({ ...boxes.work, collapsed: true })
    expect(placed(layout.placeStates({ open: { x: 1, y: 2 } })).open).toEqual({ ...boxes.open, x: 1, y: 2 })
    expect(Object.keys(placed(layout.unplaceStates(['open'])))).toEqual(['work', 'done'])
    expect(() => placed(layout.placeStates({ open: { x: Number.NaN, y: 0 } }))).toThrow(/number/)
  })
  it('keeps places through the code view, also of a state that was renamed there', () => {
    const { open: first, ...rest } = SMALL.states
    const renamed = { ...SMALL, initial: 'fresh', states: { fresh: first, ...rest } }
    expect(placed(replaceDefinition(renamed))).toEqual({
      work: boxes.work,
      done: boxes.done,
      fresh: boxes.open,
    })
  })
})

describe('a broken definition', () => {
  it.each<[unknown]>([
    [{}],
    [{ states: 3 }],
    [{ id: 'x', states: { a: null, b: { on: { go: 'a' }, states: [] } } }],
  ])('opens and can be mended: %j', (broken) => {
    const stack = new CommandStack(openDocument(broken, { states: { a: { x: 'no' }, b: 7 } }))
    stack.execute(replaceDefinition(small()))
    expect(stack.document.definition).toEqual(small())
    stack.undo()
    expect(stack.document.definition).toEqual(broken)
    stack.execute(state.addState({ parent: '', key: 'fresh' }))
    expect(see(stack.document.definition, '/states/fresh/meta/title/en')).toBe('New state')
  })
  it('refuses what is no JSON, and what would exhaust the stack', () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`
    expect(() => openDocument(JSON.parse(deep))).toThrow(/deeply/)
    for (const value of [undefined, () => 1, Number.NaN, new Date(0), [undefined]])
      expect(() => openDocument(value)).toThrow(/JSON/)
    expect(toJson(JSON.parse('{"__proto__":{"x":1}}'))).toEqual(JSON.parse('{"__proto__":{"x":1}}'))
  })
  it('says why it cannot dissolve', () => {
    for (const path of ['', 'open', 'done', 'nowhere'])
      expect(canDissolve(openDocument(small()), path).ok).toBe(false)
    expect(canDissolve(openDocument(small()), 'work').ok).toBe(true)
  })
})
