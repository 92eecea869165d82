/**
 * The timers of a state, and which of them are others in the next version.
 *
 * Promises: a figure that stands in the settings and not in the delay counts as the delay's own: changing
 * `settings.contactWithin` changes every delay that reads it.
 * Must not: work out when a timer falls due; that depends on the job.
 */
import Type, { type Static } from 'typebox'
import { own } from '../definition/check-value.ts'
import { canonicalJson } from '../definition/hash.ts'
import { type Definition, Delay, Expression, Setting, Text } from '../definition/schema.ts'
import { ancestorsOf, type TreeNode } from '../definition/tree.ts'

const closed = { additionalProperties: false } as const

/** A delay with the settings it reads. */
const TimerTerms = Type.Object(
  {
    duration: Delay.properties.duration,
    from: Type.Optional(Expression),
    calendar: Type.Optional(Type.String()),
    kind: Type.Optional(Type.String()),
    /** By name, where an expression reads them. */
    settings: Type.Optional(Type.Record(Type.String(), Setting.properties.value)),
  },
  closed,
)
type TimerTerms = Static<typeof TimerTerms>

/** `before` is missing for a timer that is new, `after` for one that is no longer there. */
export const TimerChange = Type.Object(
  {
    delay: Type.String(),
    title: Type.Optional(Text),
    before: Type.Optional(TimerTerms),
    after: Type.Optional(TimerTerms),
  },
  closed,
)
export type TimerChange = Static<typeof TimerChange>

/** By the delay's name. */
export type Timers = ReadonlyMap<string, { terms: TimerTerms; title: Text | undefined }>

/** Whatever may be armed while a job rests in this state: its own timers and those of all states around it. */
export function timersOf(definition: Definition, state: TreeNode): Timers {
  const timers = new Map<string, { terms: TimerTerms; title: Text | undefined }>()
  for (const { node, transitions } of [state, ...ancestorsOf(state)]) {
    const armed = transitions.flatMap(({ trigger }) => (trigger.kind === 'after' ? [trigger.delay] : []))
    const raised = (node.entry ?? []).flatMap((action) =>
      action.type === '@xstate.raise' && action.delay !== undefined ? [action.delay] : [],
    )
    for (const name of [...armed, ...raised]) {
      const delay = own(definition.delays, name)
      if (delay !== undefined)
        timers.set(name, { terms: termsOf(definition, delay), title: delay.meta?.title })
    }
  }
  return timers
}

function termsOf(definition: Definition, { duration, from, calendar, meta }: Delay): TimerTerms {
  const texts = [duration, from].flatMap((part) => (typeof part === 'object' ? [part['@expr']] : []))
  const settings = settingsIn(texts.join('\n'), definition)
  return {
    duration,
    ...(from === undefined ? {} : { from }),
    ...(calendar === undefined ? {} : { calendar }),
    ...(meta?.kind === undefined ? {} : { kind: meta.kind }),
    ...(Object.keys(settings).length === 0 ? {} : { settings }),
  }
}

/** A name that only stands in a text of the expression may be among them: one figure too many does no harm. */
function settingsIn(text: string, { meta }: Definition): Record<string, Setting['value']> {
  const names = new Set(
    [...text.matchAll(/\bsettings\s*(?:\.\s*(\w+)|\[\s*["'](\w+)["']\s*\])/g)].map(
      ([, dotted, quoted]) => dotted ?? quoted ?? '',
    ),
  )
  return Object.fromEntries(
    [...names].sort().flatMap((name) => {
      const setting = own(meta.settings, name)
      return setting === undefined ? [] : [[name, setting.value] as const]
    }),
  )
}

/** The timers that are not the same in both, those of the old version first. */
export function changedTimers(old: Timers, next: Timers): TimerChange[] {
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((delay) => {
    const before = old.get(delay)
    const after = next.get(delay)
    if (before && after && canonicalJson(before.terms) === canonicalJson(after.terms)) return []
    const title = after?.title ?? before?.title
    return [
      {
        delay,
        ...(title === undefined ? {} : { title }),
        ...(before === undefined ? {} : { before: before.terms }),
        ...(after === undefined ? {} : { after: after.terms }),
      },
    ]
  })
}
