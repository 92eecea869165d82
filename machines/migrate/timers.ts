/**
 * What becomes of a job's timers in the new version.
 *
 * Promises: a timer keeps the time it has left unless something else was said; one whose due time, state or delay has
 * another name gets a token of its own, so that nothing from before the move can fire it (E4).
 * Must not: arm those of states that are entered; the machine does, but for what came along.
 */
import { type Case, frameOf } from '../advance/case.ts'
import { iso } from '../advance/collect.ts'
import type { Timers } from '../advance/conclude.ts'
import type { Reason, Timer } from '../advance/job.ts'
import type { Compiled } from '../compile/compile.ts'
import { delayOf, dueTime, movesWithFields } from '../compile/delays.ts'
import type { Standing } from '../compile/frame.ts'
import { own } from '../definition/check-value.ts'
import { canonicalJson } from '../definition/hash.ts'
import type { Delay } from '../definition/schema.ts'
import type { TreeNode } from '../definition/tree.ts'
import type { Mapping, TimerRule } from './mapping.ts'
import { delayTitle, moment, say } from './names.ts'
import { idOf, newPath, nodesById, type Places } from './places.ts'

export type TimersCarried = { timers: Timers; notes: Reason[] }

/** `at` is of the new version, its job of the old. `standing`: the job as it will be. */
export function timersOf(
  from: Compiled,
  at: Case,
  mapping: Mapping,
  places: Places,
  standing: Standing,
): TimersCarried {
  const into = new Carrier(from, at, mapping, places, standing)
  for (const timer of at.before.timers) into.carry(timer)
  for (const node of at.compiled.tree.nodes) if (places.stays.has(node.path)) into.begin(node)
  return { timers: { all: into.all, armed: into.armed, cancelled: into.cancelled }, notes: into.notes }
}

/** Collects; made for one job. */
class Carrier {
  readonly all: Timer[] = []
  readonly armed: Timer[] = []
  readonly cancelled: Timer[] = []
  readonly notes: Reason[] = []
  readonly #from: Compiled
  readonly #at: Case
  readonly #mapping: Mapping
  readonly #places: Places
  readonly #standing: Standing
  readonly #nodes: ReadonlyMap<string, TreeNode>

  constructor(from: Compiled, at: Case, mapping: Mapping, places: Places, standing: Standing) {
    this.#from = from
    this.#at = at
    this.#mapping = mapping
    this.#places = places
    this.#standing = standing
    this.#nodes = nodesById(from)
  }

  carry(timer: Timer): void {
    if (timer.event === undefined) this.#carryDelay(timer)
    else if (this.#isRaised(timer)) this.all.push(timer)
    else this.#drop(timer)
  }

  /** A delayed event goes on where the new version still sends one of this id and knows the event. */
  #isRaised({ id, event }: Timer): boolean {
    const { definition, tree } = this.#at.compiled
    if (event === undefined || own(definition.schemas.events, event.type) === undefined) return false
    return tree.nodes.some(({ node, transitions }) =>
      [
        ...(node.entry ?? []),
        ...(node.exit ?? []),
        ...transitions.flatMap(({ transition }) => transition.actions ?? []),
      ].some(
        (action) => action.type === '@xstate.raise' && (action.id ?? `raise.${action.event.type}`) === id,
      ),
    )
  }

  #carryDelay(timer: Timer): void {
    const rule = own(this.#mapping.delays, timer.delay)
    const name = rule?.to ?? timer.delay
    const node = this.#nodeOf(timer)
    const delay = delayOf(this.#at.compiled.definition, name)
    const id = node === undefined ? undefined : afterId(this.#at.compiled, node, name)
    const known = node !== undefined && id !== undefined && armsIn(node, name)
    if (!known || delay === undefined || this.all.some((other) => other.id === id)) {
      this.#drop(timer)
      return
    }
    const named = { ...timer, id, delay: name }
    const how = rule?.timers ?? this.#mapping.timers ?? 'keep'
    const next = this.#due(named, delay, how)
    if (next === undefined) {
      this.#drop(timer)
      return
    }
    this.#replace(timer, next, how)
  }

  /** Where the timer's state is now, if the job is still in it. */
  #nodeOf({ id, delay }: Timer): TreeNode | undefined {
    const old = this.#nodes.get(id.slice(`xstate.after.${delay}.`.length))
    if (old === undefined) return undefined
    const path = newPath(this.#mapping, old.path)
    return this.#places.origins.has(path) ? this.#at.compiled.tree.byPath.get(path) : undefined
  }

  /** Undefined where the new delay is never due. */
  #due(timer: Timer, delay: Delay, how: TimerRule): Timer | undefined {
    const { now } = this.#at.frame
    const { left: _left, reckoned: _reckoned, ...plain } = timer
    if (how === 'keep') {
      const alone = movesWithFields(delay) ? this.#dueFrom(delay, Date.parse(timer.armedAt)) : undefined
      if (alone === undefined || this.#waitsToMove(timer)) return timer
      // What has fired stays so, whatever its field says of the past.
      if (timer.fired && alone + putOff(delay, timer) <= now) return timer
      const { reckoned: _old, ...kept } = timer
      return iso(alone) === timer.dueAt ? kept : { ...kept, reckoned: iso(alone) }
    }
    const begins = how === 'restart' ? now : Date.parse(timer.armedAt)
    const due = this.#dueFrom(delay, begins)
    if (due === undefined) return undefined
    const off = how === 'restart' ? 0 : putOff(delay, timer)
    // What ran out comes again only if there is time again.
    if (timer.fired && due + off <= now) return timer
    return {
      ...plain,
      armedAt: iso(begins),
      dueAt: iso(due + off),
      fired: false,
      ...(off === 0 ? {} : { reckoned: iso(due) }),
    }
  }

  /** Of a resting job: its field was corrected meanwhile, which takes effect when the job goes on. */
  #waitsToMove(timer: Timer): boolean {
    const old = this.#at.before.timers.find(({ token }) => token === timer.token)
    const delay = old === undefined ? undefined : delayOf(this.#from.definition, old.delay)
    if (old?.left === undefined || delay === undefined) return false
    const frame = frameOf(this.#from, this.#at.before, this.#at.surroundings)
    const { context } = this.#at.before.snapshot
    const due = dueTime(delay, this.#from.expressions, Date.parse(old.armedAt), frame, context)
    return due === undefined || iso(due) !== (old.reckoned ?? old.dueAt)
  }

  #dueFrom(delay: Delay, begins: number): number | undefined {
    const due = dueTime(delay, this.#at.compiled.expressions, begins, this.#at.frame, this.#standing)
    return due === undefined || Number.isNaN(new Date(due).getTime()) ? undefined : due
  }

  #replace(timer: Timer, next: Timer, how: TimerRule): void {
    if (canonicalJson(timer) === canonicalJson(next) || (timer.fired && next.fired)) {
      this.all.push(next)
      return
    }
    const armed = { ...next, token: this.#token() }
    this.all.push(armed)
    if (armed.left === undefined) this.armed.push(armed)
    if (!timer.fired && timer.left === undefined) this.cancelled.push(timer)
    if (how !== 'keep') this.#tell(how === 'restart' ? 'timer-restarted' : 'timer-recounted', armed)
  }

  /** Delays of a state the job stays in that it had not before. */
  begin(node: TreeNode): void {
    const { compiled, frame } = this.#at
    const names = node.transitions.flatMap(({ trigger }) => (trigger.kind === 'after' ? [trigger.delay] : []))
    for (const name of new Set(names)) {
      const id = afterId(compiled, node, name)
      const delay = delayOf(compiled.definition, name)
      if (delay === undefined || this.all.some((timer) => timer.id === id) || this.#hadNone(node, name))
        continue
      const begins = this.#mapping.newTimers === 'entry' ? (this.#enteredAt(node) ?? frame.now) : frame.now
      const due = this.#dueFrom(delay, begins)
      if (due === undefined) continue
      const timer = {
        token: this.#token(),
        id,
        delay: name,
        armedAt: iso(begins),
        dueAt: iso(due),
        fired: false,
      }
      this.all.push(timer)
      this.armed.push(timer)
      this.#tell('timer-new', timer)
    }
  }

  /**
   * The old version had this delay in the state, the same as now, and no timer of it was armed: it was not due, or
   * someone took it back. That is not for the move to change.
   */
  #hadNone(node: TreeNode, name: string): boolean {
    return (this.#places.origins.get(node.path) ?? []).some((old) =>
      old.transitions.some(({ trigger }) => {
        if (trigger.kind !== 'after') return false
        const rule = own(this.#mapping.delays, trigger.delay)
        return (
          (rule?.to ?? trigger.delay) === name &&
          rule?.timers !== 'restart' &&
          this.#mapping.timers !== 'restart'
        )
      }),
    )
  }

  /** As the earliest of the state's other timers has it. */
  #enteredAt(node: TreeNode): number | undefined {
    const ids = (this.#places.origins.get(node.path) ?? []).map((old) => idOf(this.#from.definition, old))
    const times = this.#at.before.timers
      .filter(
        ({ id, delay, event }) =>
          event === undefined && ids.includes(id.slice(`xstate.after.${delay}.`.length)),
      )
      .map(({ armedAt }) => Date.parse(armedAt))
    return times.length === 0 ? undefined : Math.min(...times)
  }

  #drop(timer: Timer): void {
    if (timer.fired) return
    if (timer.left === undefined) this.cancelled.push(timer)
    const { en, zh } = delayTitle(this.#from.definition, timer.delay)
    this.notes.push(say('timer-dropped', `“${en}” no longer counts`, `“${zh}”不再计时`))
  }

  #tell(code: 'timer-new' | 'timer-restarted' | 'timer-recounted', timer: Timer): void {
    const { en, zh } = delayTitle(this.#at.compiled.definition, timer.delay)
    const due = moment(timer.dueAt, this.#at.frame.calendars.timeZone)
    const words = {
      'timer-new': [`“${en}” counts from now on: due ${due}`, `“${zh}”开始计时，截止 ${due}`],
      'timer-restarted': [`“${en}” begins again: due ${due}`, `“${zh}”重新计时，截止 ${due}`],
      'timer-recounted': [
        `“${en}” is counted by the new rule: due ${due}`,
        `“${zh}”按新规则计算，截止 ${due}`,
      ],
    }[code]
    this.notes.push(say(code, words[0] ?? '', words[1] ?? ''))
  }

  #token(): string {
    return `${this.#at.before.id}.${this.#at.before.seq + 1}.m${this.armed.length}.${this.all.length}`
  }
}

/** How much later than its delay says a timer is due. */
const putOff = (delay: Delay, { dueAt, reckoned }: Timer): number =>
  reckoned === undefined || delay.from !== undefined ? 0 : Date.parse(dueAt) - Date.parse(reckoned)

const afterId = ({ definition }: Compiled, node: TreeNode, name: string): string =>
  `xstate.after.${name}.${idOf(definition, node)}`
const armsIn = (node: TreeNode, name: string): boolean =>
  node.transitions.some(({ trigger }) => trigger.kind === 'after' && trigger.delay === name)
