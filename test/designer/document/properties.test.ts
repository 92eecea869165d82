/**
 * Whatever a person does, in whatever order: it can be taken back to the letter, done again, and survives a reload.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CommandStack } from '../../../designer/document/command-stack.ts'
import { openDocument } from '../../../designer/document/document.ts'
import { isSame, toJson } from '../../../designer/document/json.ts'
import { canonicalJson } from '../../../machines/definition/hash.ts'
import { attempted, dangling, open, randomCommand, shipped } from './kit.ts'

const die = fc.nat({ max: 1_000_000 })
const dice = fc.record({ command: die, one: die, two: die, three: die })
const session = fc.record({
  process: fc.constantFrom(...shipped.map(({ id }) => id)),
  throws: fc.array(dice, { minLength: 1, maxLength: 25 }),
  reload: fc.nat({ max: 25 }),
})
const reloaded = (stack: CommandStack): CommandStack =>
  CommandStack.restore(
    openDocument(
      JSON.parse(JSON.stringify(stack.document.definition)),
      JSON.parse(JSON.stringify(stack.document.layout)),
    ),
    JSON.parse(JSON.stringify(stack.store())),
  )
const written = (stack: CommandStack): string => JSON.stringify(stack.document)

describe('a session of edits', () => {
  it.each(shipped)('opens and saves $id as it is', (definition) => {
    const stack = new CommandStack(openDocument(definition))
    expect(canonicalJson(stack.document.definition)).toBe(canonicalJson(definition))
    expect(JSON.stringify(stack.document.definition)).toBe(JSON.stringify(definition))
  })

  it('undoes to the letter, redoes to the letter, over a reload in the middle', () => {
    fc.assert(
      fc.property(session, ({ process, throws, reload }) => {
        let stack = new CommandStack(open(process))
        const start = written(stack)
        const seen = [start]
        throws.forEach((each, index) => {
          if (index === reload) stack = reloaded(stack)
          const before = stack.document
          const text = written(stack)
          // Letters typed in a row would be one step.
          stack.seal()
          const isDone = attempted(stack, randomCommand(before, each))
          if (!isDone) expect(stack.document).toBe(before)
          expect(JSON.stringify(before)).toBe(text)
          expect(isSame(toJson(stack.document.definition), stack.document.definition)).toBe(true)
          if (written(stack) !== text) seen.push(written(stack))
        })
        const end = written(stack)
        const back = [end]
        while (stack.undo()) back.push(written(stack))
        expect(back.toReversed()).toEqual(seen)
        expect(written(stack)).toBe(start)
        stack = reloaded(stack)
        while (stack.redo());
        expect(written(stack)).toBe(end)
      }),
      { numRuns: 50 },
    )
  }, 120_000)

  it('never leaves a name of a state that leads nowhere', () => {
    fc.assert(
      fc.property(session, ({ process, throws }) => {
        const stack = new CommandStack(open(process))
        for (const each of throws) {
          const command = randomCommand(stack.document, each)
          attempted(stack, command)
          expect(dangling(stack.document.definition), command.name).toEqual([])
        }
      }),
      { numRuns: 50 },
    )
  }, 120_000)
})
