/**
 * Two small processes with all that must outlive a kill: a count of marks, a timer that is armed again and again, a
 * message to a person, and linked jobs that end by a timer of their own and report back through the outbox.
 */
import type { Definition, Transition } from '../../../machines/definition/schema.ts'
import { assign, cel, notify, text, toRole } from '../../../machines/processes/author.ts'
import { event, processOf } from '../../machines/advance/fixtures.ts'

const count = (field: string) => assign({ [field]: cel(`job.${field} + 1`) })
const counter = (en: string) => ({ type: 'integer' as const, default: 0, meta: { title: text(en, en) } })
const marked = event(['administrator'], {
  properties: { mark: { type: 'string', maxLength: 40, meta: { title: text('Mark', '标记') } } },
  required: ['mark'],
})
const step = (duration: string): NonNullable<Definition['delays']>[string] => ({
  duration,
  meta: { title: text('Step', '步骤'), kind: 'step' },
})

const anywhere: Record<string, Transition> = {
  mark: { actions: [count('marks')] },
  send: { actions: [{ type: 'startJob', params: { process: 'errand-leaf', link: 'leaf', onEnd: 'back' } }] },
  back: { actions: [count('backs')] },
}

/** `mark` counts, `wake` arms the timer anew, `send` starts a linked job; every event carries a mark of its own. */
export const ROOT: Definition = processOf(
  {
    resting: { on: { ...anywhere, wake: { target: 'waiting' } } },
    waiting: {
      on: { ...anywhere, wake: { target: 'waiting', reenter: true } },
      after: {
        beat: {
          target: 'resting',
          actions: [notify([toRole('administrator')], text('It beat.', '时间到。'))],
        },
      },
    },
  },
  {
    id: 'errand-root',
    delays: { beat: step('PT0.4S') },
    schemas: {
      context: {
        properties: {
          mark: { type: 'string', maxLength: 40, meta: { title: text('Mark', '标记') } },
          marks: counter('Marks'),
          backs: counter('Backs'),
        },
      },
      events: {
        mark: marked,
        wake: marked,
        send: marked,
        back: event(['system'], { properties: { status: { type: 'string' }, fields: { type: 'object' } } }),
      },
    },
  },
)

/** Ends by itself. */
export const LEAF: Definition = processOf(
  { busy: { after: { done: { target: 'ended' } } }, ended: { type: 'final' } },
  {
    id: 'errand-leaf',
    delays: { done: step('PT0.3S') },
    schemas: { context: { properties: {} }, events: {} },
  },
)
