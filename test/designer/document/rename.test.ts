/**
 * Everything in every shipped process gets another name, and the validator finds nothing that did not follow.
 */
import { describe, expect, it } from 'vitest'
import { CommandStack } from '../../../designer/document/command-stack.ts'
import { renameItem } from '../../../designer/document/commands/checklist.ts'
import {
  renameDelay,
  renameEvent,
  renameField,
  renamePayload,
  renameSetting,
} from '../../../designer/document/commands/declaration.ts'
import { renameProcess, renameState } from '../../../designer/document/commands/state.ts'
import { openDocument, treeOf } from '../../../designer/document/document.ts'
import { at, keysOf } from '../../../designer/document/json.ts'
import { difference } from '../../../designer/document/patch.ts'
import { referencesIn } from '../../../designer/document/references.ts'
import { mapNames } from '../../../machines/expression/names.ts'
import { errorsOf, open, shipped, stackOf } from './kit.ts'

/** Every name put through `change`, by one command each. */
function renameAll(stack: CommandStack, change: (name: string) => string): void {
  const names = (...place: string[]): string[] => keysOf(at(stack.document.definition, ...place))
  for (const name of names('schemas', 'context', 'properties')) stack.execute(renameField(name, change(name)))
  for (const name of names('schemas', 'events')) {
    for (const inner of names('schemas', 'events', name, 'properties'))
      stack.execute(renamePayload(name, inner, change(inner)))
    stack.execute(renameEvent(name, change(name)))
  }
  for (const name of names('delays')) stack.execute(renameDelay(name, change(name)))
  for (const name of names('meta', 'settings')) stack.execute(renameSetting(name, change(name)))
  for (const { kind, how, name } of referencesIn(stack.document.definition))
    if (kind === 'item' && how === 'declares') stack.execute(renameItem(name, change(name)))
  for (const { path, key, parent } of treeOf(stack.document.definition).nodes.toReversed())
    if (parent !== undefined) stack.execute(renameState(path, change(key)))
}

describe('renaming', () => {
  it.each(shipped)(
    'is followed everywhere in $id, and back again',
    ({ id }) => {
      const stack = stackOf(id)
      renameAll(stack, (name) => `${name}9x`)
      const { definition } = stack.document
      expect(JSON.stringify(definition)).not.toBe(JSON.stringify(open(id).definition))
      expect(errorsOf(definition)).toEqual([])
      renameAll(stack, (name) => name.replace(/9x$/, ''))
      expect(difference(open(id).definition, stack.document.definition)).toEqual([])
    },
    120_000,
  )

  it('follows the process id through targets and own jobs', () => {
    const stack = stackOf('home-visit')
    stack.execute(renameProcess('visit-at-home'))
    const text = JSON.stringify(stack.document.definition)
    expect(text).not.toMatch(/"#home-visit[."]/)
    expect(errorsOf(stack.document.definition)).toEqual([])
  })

  it('takes the place on the canvas along', () => {
    const { definition } = open('fault')
    const [first] = treeOf(definition).root.children
    if (first === undefined) throw new Error('no state')
    const inner = first.children[0]?.path ?? first.path
    const boxes = { [first.path]: { x: 5, y: 6, collapsed: true }, [inner]: { x: 1, y: 2 } }
    const stack = new CommandStack(openDocument(definition, { states: boxes }))
    stack.execute(renameState(first.path, 'another'))
    const moved = inner.replace(first.path, 'another')
    expect(stack.document.layout.states).toEqual({
      another: boxes[first.path],
      ...(moved === 'another' ? {} : { [moved]: boxes[inner] }),
    })
    stack.undo()
    expect(stack.document.layout.states).toEqual(boxes)
  })

  it.each([
    ['constructor', /cannot be a key/],
    ['__proto__', /cannot be a key/],
    ['a.b', /cannot be a key/],
    ['', /cannot be a key/],
    ['cancelled', /already/],
  ])('refuses “%s” for a state', (key, why) => {
    const stack = stackOf('fault')
    const other = treeOf(stack.document.definition).root.children.find((node) => node.key !== 'cancelled')
    expect(() => stack.execute(renameState(other?.path ?? '', key))).toThrow(why)
    expect(stack.canUndo).toBe(false)
  })
})

describe('names in expressions', () => {
  const job = (text: string): string =>
    mapNames(text, (variable, name) => (variable === 'job' && name === 'a' ? 'b' : name))
  it.each([
    ['job.a > 1 && has(job.a)', 'job.b > 1 && has(job.b)'],
    ['job["a"] == r"job.a"', 'job["b"] == r"job.a"'],
    ['job . a + event.a', 'job . b + event.a'],
    ['job.aa + job.a.a', 'job.aa + job.b.a'],
    ['job.list.all(job, job.a == 1) && job.a', 'job.list.all(job, job.a == 1) && job.b'],
    ['job.list.map(x, x + job.a)', 'job.list.map(x, x + job.b)'],
    ['// job.a\njob.a', '// job.a\njob.b'],
    ['"\\"job.a" + job.a', '"\\"job.a" + job.b'],
    ['job.a >', 'job.a >'],
    ["'中文 😀' == job.a", "'中文 😀' == job.b"],
    ['{"a": job.a}["a"]', '{"a": job.b}["a"]'],
    ['(job).a', '(job).b'],
  ])('%s', (text, expected) => {
    expect(job(text)).toBe(expected)
  })
})
