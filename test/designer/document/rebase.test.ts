/** Steps put over what others changed: undo and redo go through states that all hold theirs. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Command, CommandStack } from '../../../designer/document/command-stack.ts'
import { type Document, openDocument } from '../../../designer/document/document.ts'
import { at, edit, type Json } from '../../../designer/document/json.ts'
import { decided, mergeDocuments } from '../../../designer/document/merge.ts'
import { homeVisit } from '../../../machines/processes/home-visit/process.ts'

const put = (steps: readonly string[], value: Json | undefined): Command => ({
  name: 'put',
  title: { en: 'Put', zh: '设置' },
  do: (document) => ({ ...document, definition: edit(document.definition, steps, () => value) }),
})

/** Keys of a small document, set or taken away. */
const edits = fc.array(
  fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd'),
    value: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
  }),
  { maxLength: 8 },
)
const done = (document: Document, all: { key: string; value: number | undefined }[]): Document =>
  all.reduce((made, { key, value }) => put([key], value).do(made), document)

describe('a stack put over what others changed', () => {
  it('holds theirs in every state that undo and redo lead to', () => {
    fc.assert(
      fc.property(edits, edits, fc.nat(8), (mine, others, undone) => {
        const base = openDocument({ a: 1, b: 1, c: 1 })
        const theirs = done(base, others)
        const stack = new CommandStack(base)
        for (const { key, value } of mine) stack.execute(put([key], value))
        for (let times = 0; times < undone; times++) stack.undo()
        const { document: merged, conflicts } = mergeDocuments(base, stack.document, theirs)
        const definition = conflicts.reduce((made, each) => decided(made, each, 'theirs'), merged.definition)
        const document = { ...merged, definition }
        stack.rebase(document, { base, theirs })
        expect(stack.document.definition).toEqual(document.definition)
        const changed = ['a', 'b', 'c', 'd'].filter(
          (key) => at(base.definition, key) !== at(theirs.definition, key),
        )
        const look = (): void => {
          for (const key of changed)
            expect(at(stack.document.definition, key)).toBe(at(theirs.definition, key))
        }
        while (stack.undo()) look()
        expect(stack.document.definition).toEqual(theirs.definition)
        while (stack.redo()) look()
      }),
    )
  })

  it('is kept and read back as any other', () => {
    const base = openDocument({ a: 1, b: 1 })
    const stack = new CommandStack(base)
    stack.execute(put(['a'], 2))
    stack.rebase(openDocument({ a: 2, b: 5 }), { base, theirs: openDocument({ a: 1, b: 5 }) })
    const again = CommandStack.restore(stack.document, JSON.parse(JSON.stringify(stack.store())))
    again.undo()
    expect(again.document.definition).toEqual({ a: 1, b: 5 })
  })

  it('takes a long history of a large process in a moment', () => {
    const base = openDocument(homeVisit)
    const stack = new CommandStack(base)
    for (let step = 0; step < 1_000; step++)
      stack.execute(put(['meta', 'settings', 'contactWithin', 'value'], `PT${step}M`))
    const theirs = put(['meta', 'title', 'en'], 'Visit at home').do(base)
    const { document } = mergeDocuments(base, stack.document, theirs)
    const before = performance.now()
    stack.rebase(document, { base, theirs })
    expect(performance.now() - before).toBeLessThan(2_000)
    stack.undo()
    expect(at(stack.document.definition, 'meta', 'title', 'en')).toBe('Visit at home')
  })
})
