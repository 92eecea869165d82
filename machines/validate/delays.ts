/**
 * Delays: a length that means something, a calendar that is there, and somebody who waits for them.
 *
 * Must not: compute when something is due (`time/`).
 */
import { own } from '../definition/check-value.ts'
import { child } from '../definition/pointer.ts'
import type { Delay } from '../definition/schema.ts'
import { roughLength } from '../time/duration.ts'
import type { Model } from './model.ts'
import { checkCalendar } from './references.ts'

/** Ten years with their leap days. */
const LONGEST = 3653 * 24 * 60 * 60 * 1000

export function checkDelays(model: Model): void {
  const { definition, transitions, actions, sink } = model
  const delays = definition.delays ?? {}
  const used = new Set<string>()
  const reported = new Set<string>()
  for (const { trigger, source } of transitions) {
    if (trigger.kind !== 'after') continue
    used.add(trigger.delay)
    const at = child(source.pointer, 'after', trigger.delay)
    if (Object.hasOwn(delays, trigger.delay) || reported.has(at)) continue
    reported.add(at)
    const fix = sink.renaming(at, trigger.delay, Object.keys(delays))
    sink.add('unknown-delay', at, { name: trigger.delay }, { fix })
  }
  for (const { action } of actions)
    if (action.type === '@xstate.raise' && action.delay !== undefined) used.add(action.delay)
  for (const [name, delay] of Object.entries(delays)) {
    const at = child('/delays', name)
    if (!used.has(name)) sink.conclude('unused-delay', at, { name })
    if (delay.calendar !== undefined) checkCalendar(model, delay.calendar, child(at, 'calendar'))
    checkLength(model, delay, child(at, 'duration'))
  }
}

/** A length written down, or one that a setting holds. None at all means the very moment of `from`. */
function checkLength({ definition, sink }: Model, delay: Delay, at: string): void {
  const text =
    typeof delay.duration === 'string' ? delay.duration : settingOf(delay.duration['@expr'], definition)
  const length = text === undefined ? undefined : roughLength(text)
  if (length === undefined) return
  if (length === 0 && delay.from === undefined) sink.add('zero-delay', at)
  else if (length < 0 && delay.from === undefined) sink.add('negative-delay', at)
  if (Math.abs(length) > LONGEST) sink.add('long-delay', at)
}

/** The value of an expression that is nothing but the name of a setting. */
function settingOf(expression: string, { meta }: Model['definition']): string | undefined {
  const name = /^\s*settings\.([A-Za-z]\w*)\s*$/.exec(expression)?.[1]
  const value = name === undefined ? undefined : own(meta.settings, name)?.value
  return typeof value === 'string' ? value : undefined
}
