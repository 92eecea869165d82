/**
 * Two versions of a draft made one: nothing lost, nothing decided behind anyone's back.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { edit, isAlike, isObject, type Json, member, toJson } from '../../../designer/document/json.ts'
import { decided, merge, mergeDocuments } from '../../../designer/document/merge.ts'
import { canonicalJson } from '../../../machines/definition/hash.ts'
import { child, tokensOf, valueAt } from '../../../machines/definition/pointer.ts'
import { attempted, open, randomCommand, shipped, stackOf } from './kit.ts'

const set = (base: Json, pointer: string, value: Json | undefined): Json =>
  edit(base, tokensOf(pointer), () => value)
/** Places that one side changed, the other did not, and that are not in `merged` as changed. Lists count as one. */
function lost(
  before: Json | undefined,
  idle: Json | undefined,
  changed: Json | undefined,
  merged: Json | undefined,
  pointer = '',
): string[] {
  if (isAlike(before, changed)) return []
  if (isAlike(before, idle)) return isAlike(merged, changed) ? [] : [pointer]
  if (!isObject(before) || !isObject(idle) || !isObject(changed)) return []
  return [...new Set([...Object.keys(before), ...Object.keys(changed)])].flatMap((key) =>
    lost(
      member(before, key),
      member(idle, key),
      member(changed, key),
      member(merged, key),
      child(pointer, key),
    ),
  )
}
const base: Json = {
  a: { x: 1, y: 1 },
  norms: ['A', 'B', 'C'],
  checklist: [
    { id: 'one', n: 1 },
    { id: 'two', n: 2 },
  ],
  ways: [{ t: 'a' }, { t: 'b' }, { t: 'c' }],
}
const both = (mine: [string, Json | undefined], theirs: [string, Json | undefined]) =>
  merge(base, set(base, ...mine), set(base, ...theirs))

describe('merging drafts', () => {
  it.each<[string, [string, Json | undefined], [string, Json | undefined], string, Json]>([
    ['members of one object', ['/a/x', 2], ['/a/y', 3], '/a', { x: 2, y: 3 }],
    ['a change and a removal elsewhere', ['/a/x', 2], ['/a/y', undefined], '/a', { x: 2 }],
    [
      'sets of names',
      ['/norms', ['A', 'C', 'D']],
      ['/norms', ['A', 'B', 'C', 'E']],
      '/norms',
      ['A', 'C', 'D', 'E'],
    ],
    ['the same twice', ['/a/x', 9], ['/a/x', 9], '/a/x', 9],
    [
      'checklists by id',
      [
        '/checklist',
        [
          { id: 'two', n: 2 },
          { id: 'one', n: 5 },
        ],
      ],
      [
        '/checklist',
        [
          { id: 'one', n: 1 },
          { id: 'two', n: 2 },
          { id: 'three', n: 3 },
        ],
      ],
      '/checklist',
      [
        { id: 'two', n: 2 },
        { id: 'one', n: 5 },
        { id: 'three', n: 3 },
      ],
    ],
    [
      'runs that do not touch',
      ['/ways', [{ t: 'new' }, { t: 'a' }, { t: 'b' }, { t: 'c' }]],
      ['/ways/2/t', 'z'],
      '/ways',
      [{ t: 'new' }, { t: 'a' }, { t: 'b' }, { t: 'z' }],
    ],
    [
      'members of one entry',
      ['/ways/1', { t: 'b', g: 1 }],
      ['/ways/1', { t: 'q' }],
      '/ways/1',
      { t: 'q', g: 1 },
    ],
  ])('joins %s', (_what, mine, theirs, pointer, expected) => {
    const { merged, conflicts } = both(mine, theirs)
    expect(conflicts).toEqual([])
    expect(valueAt(merged, pointer).value).toEqual(expected)
  })

  it.each<[string, [string, Json | undefined], [string, Json | undefined], object]>([
    ['two values', ['/a/x', 2], ['/a/x', 3], { pointer: '/a/x', base: 1, mine: 2, theirs: 3 }],
    [
      'a change against a removal',
      ['/a/x', 2],
      ['/a', undefined],
      { pointer: '/a', base: { x: 1, y: 1 }, mine: { x: 2, y: 1 } },
    ],
    [
      'a removal against a change',
      ['/a', undefined],
      ['/a/x', 2],
      { pointer: '/a', base: { x: 1, y: 1 }, theirs: { x: 2, y: 1 } },
    ],
    [
      'two of the same name',
      ['/b', { n: 1 }],
      ['/b', { n: 2 }],
      { pointer: '/b', mine: { n: 1 }, theirs: { n: 2 } },
    ],
    [
      'one entry removed and changed',
      ['/checklist', [{ id: 'two', n: 2 }]],
      ['/checklist/0/n', 7],
      { pointer: '/checklist' },
    ],
    [
      'an entry of a checklist',
      ['/checklist/0/n', 6],
      ['/checklist/0/n', 7],
      { pointer: '/checklist/0/n', base: 1, mine: 6, theirs: 7 },
    ],
    ['runs that touch', ['/ways', [{ t: 'a' }]], ['/ways/1', 5], { pointer: '/ways' }],
  ])('asks about %s', (_what, mine, theirs, expected) => {
    const { merged, conflicts } = both(mine, theirs)
    expect(conflicts).toEqual([expect.objectContaining(expected)])
    const [conflict] = conflicts
    if (conflict === undefined) throw new Error('no conflict')
    expect(valueAt(merged, conflict.pointer).value).toEqual(conflict.mine)
    const theirsTaken = decided(merged, conflict, 'theirs')
    expect(valueAt(theirsTaken, conflict.pointer).value).toEqual(conflict.theirs)
    expect(isAlike(theirsTaken, set(base, ...theirs))).toBe(true)
  })

  it('has no opinion where one side did nothing, and is even-handed where both did other things', () => {
    const json = fc.jsonValue().map((value) => toJson(value))
    const keys = fc.dictionary(fc.stringMatching(/^[a-z_]{1,12}$/), json)
    fc.assert(
      fc.property(json, json, (one, other) => {
        expect(merge(one, other, one)).toEqual({ merged: other, conflicts: [] })
        expect(merge(one, one, other)).toEqual({ merged: other, conflicts: [] })
        expect(merge(one, other, other).merged).toBe(other)
      }),
    )
    fc.assert(
      fc.property(keys, keys, keys, (common, one, other) => {
        const start = toJson({ one: {}, other: {}, common })
        const mine = toJson({ one, other: {}, common })
        const theirs = toJson({ one: {}, other, common })
        const { merged, conflicts } = merge(start, mine, theirs)
        expect(conflicts).toEqual([])
        expect(canonicalJson(merged)).toBe(canonicalJson(merge(start, theirs, mine).merged))
        expect(canonicalJson(merged)).toBe(canonicalJson({ one, other, common }))
      }),
    )
  })

  it('loses nothing of two sessions on a shipped process', () => {
    const die = fc.nat({ max: 1_000_000 })
    const throws = fc.array(fc.record({ command: die, one: die, two: die, three: die }), { maxLength: 5 })
    fc.assert(
      fc.property(fc.constantFrom(...shipped.map(({ id }) => id)), throws, throws, (id, one, other) => {
        const start = open(id)
        const sides = [one, other].map((dice) => {
          const stack = stackOf(id)
          for (const each of dice) attempted(stack, randomCommand(stack.document, each))
          return stack.document
        })
        const [mine = start, theirs = start] = sides
        const { document, conflicts } = mergeDocuments(start, mine, theirs)
        for (const { pointer, mine: held } of conflicts)
          if (held !== undefined) expect(valueAt(document.definition, pointer).value).toEqual(held)
        expect(mergeDocuments(start, theirs, mine).conflicts.length).toBe(conflicts.length)
        const { definition } = document
        expect(lost(start.definition, mine.definition, theirs.definition, definition)).toEqual([])
        expect(lost(start.definition, theirs.definition, mine.definition, definition)).toEqual([])
      }),
      { numRuns: 50 },
    )
  }, 120_000)
})
