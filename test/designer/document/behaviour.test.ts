/**
 * Regrouping states changes the drawing, not what the process does: both versions run through the same events.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Command, CommandStack } from '../../../designer/document/command-stack.ts'
import { renameField } from '../../../designer/document/commands/declaration.ts'
import { dissolveState } from '../../../designer/document/commands/dissolve.ts'
import { extractStates } from '../../../designer/document/commands/move.ts'
import { renameProcess, renameState } from '../../../designer/document/commands/state.ts'
import { openDocument } from '../../../designer/document/document.ts'
import type { Json } from '../../../designer/document/json.ts'
import type { Definition } from '../../../machines/definition/schema.ts'
import { attempt } from '../../machines/attempt.ts'
import { as, rehearse } from '../../machines/kit.ts'
import { errorsOf } from './kit.ts'
import { SMALL, small } from './small.ts'

const isSound = (definition: Json): definition is Json & Definition => errorsOf(definition).length === 0
const edited = (...commands: Command[]): Definition => {
  const stack = new CommandStack(openDocument(small()))
  for (const command of commands) stack.execute(command)
  const { definition } = stack.document
  expect(errorsOf(definition)).toEqual([])
  if (!isSound(definition)) throw new Error('not sound')
  return definition
}

const EVENTS = Object.keys(SMALL.schemas.events)
const actor = as(['engineer', 'dispatcher'])
const payloads: Record<string, Record<string, unknown>> = { back: { price: 9 } }

/** What a person sees of each step: taken or not, the state's own key, the price. */
function trace(definition: Definition, events: readonly string[]): unknown[] {
  const job = rehearse(definition, { worker: 'somebody' }, actor)
  return events.map((type) => [
    type,
    attempt(job, type, payloads[type] ?? {}, actor),
    job.active.map((path) => path.split('.').at(-1)),
    job.status,
    job.fields.price ?? job.fields.amount,
  ])
}

describe('regrouping', () => {
  it.each<[string, Command[]]>([
    ['extracting two states', [extractStates(['open', 'work'])]],
    ['extracting states within', [extractStates(['work.first', 'work.second'])]],
    ['extracting one', [extractStates(['work.second'], { key: 'inner' })]],
    ['dissolving a parent with an end in it', [dissolveState('work')]],
    ['extracting and dissolving', [extractStates(['open', 'work'], { key: 'all' }), dissolveState('all')]],
    [
      'dissolving from the outside in',
      [extractStates(['open', 'work'], { key: 'all' }), dissolveState('all.work'), dissolveState('all')],
    ],
    [
      'renaming',
      [renameProcess('other'), renameState('work', 'labour-time'), renameField('price', 'amount')],
    ],
  ])(
    '%s leaves behaviour as it was',
    (_what, commands) => {
      const regrouped = edited(...commands)
      fc.assert(
        fc.property(fc.array(fc.constantFrom(...EVENTS), { minLength: 1, maxLength: 10 }), (events) => {
          expect(trace(regrouped, events)).toEqual(trace(SMALL, events))
        }),
        {
          numRuns: 60,
          examples: [
            [['start', 'go', 'again', 'back', 'start', 'finish']],
            [['start', 'go', 'visit.lost', 'note']],
          ],
        },
      )
    },
    120_000,
  )
})
