/**
 * The course of a job as a scenario has it: what was done before the trainee came in, what the others do, what the trainee did.
 *
 * Promises: every command that moves a job, at its time after the one before; what others did follows the state that it followed
 * then, where that tells it apart, so that it also comes when a trainee is slower.
 * Must not: let an original value through (`StandIns` replaces them all).
 */
import type { Command, Entry } from '../advance/job.ts'
import type { Compiled } from '../compile/compile.ts'
import { own } from '../definition/check-value.ts'
import type { Cast } from './anonymise-people.ts'
import { lengthInWords } from './anonymise-time.ts'
import type { StandIns } from './anonymise-values.ts'
import { type Act, type Doing, type Happening, type Step, TRAINEE } from './scenario.ts'
import { statesOf } from './standing.ts'

/** What a rehearsal does not have, and what it has no room for. */
export type LeftOut = 'note' | 'attach' | 'rate' | 'migrate' | 'parent' | 'too-long'
export type Course = {
  before: Step[]
  happens: Happening[]
  steps: Step[]
  leftOut: Partial<Record<LeftOut, number>>
  /** Entries of the history that the scenario goes through, its start among them. */
  kept: Entry[]
}

/** As many as a scenario may have. */
const MOST = { before: 200, happens: 200, steps: 499 }
const REASON = { en: 'Reason', zh: '原因' }
const COMPLAINT = { en: 'Complaint', zh: '投诉内容' }
const NOTE = { en: 'Note', zh: '说明' }

type Did = { entry: Entry; doing?: Doing; act?: Act }

/** @param entries the whole history, from its start */
export function courseOf(
  { definition }: Compiled,
  entries: readonly Entry[],
  cast: Cast,
  standIns: StandIns,
): Course {
  const course: Course = { before: [], happens: [], steps: [], leftOut: {}, kept: entries.slice(0, 1) }
  const translate = new Translator(definition, cast, standIns, linksOf(entries))
  const present = new Present(entries[0])
  let isBefore = true
  let at = Date.parse(entries[0]?.at ?? '')
  let moment = at
  let isByTrainee = false
  for (const entry of untilItsEnd(entries).slice(1)) {
    const did = translate.did(entry)
    if ('left' in did) {
      course.leftOut[did.left] = (course.leftOut[did.left] ?? 0) + 1
      continue
    }
    // Of two at one moment a run has what happens by itself first.
    const now = Math.max(Date.parse(entry.at), did.act === undefined || !isByTrainee ? moment : moment + 1)
    isBefore &&= mayComeBefore(did, cast, course)
    if (!isBefore) present.begins(at)
    if (isFull(course)) {
      course.leftOut['too-long'] = (course.leftOut['too-long'] ?? 0) + 1
      continue
    }
    course.kept.push(entry)
    if (entry.command.kind !== 'timer') {
      moment = now
      isByTrainee = did.act === undefined
    }
    if (did.doing !== undefined && isBefore) {
      course.before.push(stepOf(did.doing, now - at))
      at = now
    } else if (did.doing !== undefined && !('by' in did.doing)) {
      course.steps.push(stepOf(did.doing, now - at))
      at = now
    } else if (did.act !== undefined)
      course.happens.push(happeningOf(`h${course.happens.length + 1}`, did.act, now, present))
    present.goesOn(entry, now)
  }
  const last = course.kept.at(-1)
  const rest = last === undefined ? 0 : Math.max(Date.parse(last.at), moment) - at
  if (rest > 0) course.steps.push(stepOf({ do: 'wait' }, rest + 1))
  return course
}

const stepOf = (what: Doing, ms: number): Step => ({
  ...(ms <= 0 ? {} : { after: lengthInWords(ms) }),
  what,
})

/** What comes after the end moves no job. */
function untilItsEnd(entries: readonly Entry[]): readonly Entry[] {
  const end = entries.findIndex(({ status }) => status !== 'active')
  return end < 0 ? entries : entries.slice(0, end + 1)
}

const isFull = ({ happens, steps }: Course): boolean =>
  happens.length >= MOST.happens || steps.length >= MOST.steps

/** Others' events and items, until the trainee does something or something happens that nobody does. */
const mayComeBefore = ({ entry, doing }: Did, cast: Cast, { before, steps }: Course): boolean =>
  (doing !== undefined || entry.command.kind === 'timer') &&
  !cast.isTrainee(entry.actor.id) &&
  steps.length === 0 &&
  before.length < MOST.before

function happeningOf(id: string, act: Act, now: number, present: Present): Happening {
  const cause = present.cause()
  return cause === undefined
    ? { id, when: { at: lengthInWords(now - present.from) }, does: [act] }
    : {
        id,
        when: { enters: cause.path },
        ...(now === cause.at ? {} : { after: lengthInWords(now - cause.at) }),
        while: cause.path,
        does: [act],
      }
}

/** Which states the job is in, and which of them it came into for the first time since the trainee is there. */
class Present {
  /** When the trainee came in. */
  from = 0
  #active: ReadonlySet<string>
  #isBegun = false
  readonly #entered = new Map<string, { at: number; times: number }>()

  constructor(first: Entry | undefined) {
    this.#active = statesOf(first?.active ?? [])
  }

  /** Only the first call counts. */
  begins(at: number): void {
    if (this.#isBegun) return
    this.#isBegun = true
    this.from = at
  }

  goesOn({ active }: Entry, now: number): void {
    const states = statesOf(active)
    if (this.#isBegun)
      for (const path of states) {
        if (this.#active.has(path)) continue
        const times = (this.#entered.get(path)?.times ?? 0) + 1
        this.#entered.set(path, { at: now, times })
      }
    this.#active = states
  }

  /** The state that was come into last, of those that are told apart by having been entered but once. */
  cause(): { path: string; at: number } | undefined {
    let last: { path: string; at: number } | undefined
    for (const [path, { at, times }] of this.#entered) {
      if (times !== 1 || !this.#active.has(path)) continue
      if (last === undefined || at > last.at || (at === last.at && path.length > last.path.length))
        last = { path, at }
    }
    return last
  }
}

/** The name that the job has for each linked one. */
function linksOf(entries: readonly Entry[]): ReadonlyMap<string, string> {
  return new Map(
    entries.flatMap(({ effects }) =>
      effects.flatMap((effect) => (effect.type === 'startJob' ? [[effect.job, effect.link] as const] : [])),
    ),
  )
}

class Translator {
  readonly #definition: Compiled['definition']
  readonly #cast: Cast
  readonly #standIns: StandIns
  readonly #links: ReadonlyMap<string, string>

  constructor(
    definition: Compiled['definition'],
    cast: Cast,
    standIns: StandIns,
    links: ReadonlyMap<string, string>,
  ) {
    this.#definition = definition
    this.#cast = cast
    this.#standIns = standIns
    this.#links = links
  }

  did(entry: Entry): Did | { left: LeftOut } {
    const { command, actor } = entry
    const by = this.#cast.keyOf(actor.id)
    switch (command.kind) {
      case 'start':
      case 'timer':
      case 'erase':
        return { entry }
      case 'note':
      case 'attach':
      case 'rate':
      case 'migrate':
        return { left: command.kind }
      case 'event':
        return this.#event(entry, command, actor.roles.includes('system') ? undefined : by)
      case 'tick': {
        const { item, evidence } = command
        const given = evidence === undefined ? {} : { evidence: this.#standIns.evidence(evidence) }
        return this.#done(entry, { do: 'tick', item, ...given }, by)
      }
      case 'untick':
        return this.#untick(entry, command.item, by ?? TRAINEE)
      case 'linkEnded': {
        const link = this.#links.get(command.job)
        if (link === undefined) return { left: 'parent' }
        const { status } = command
        return { entry, act: { act: 'end', link, status, fields: this.#untypedFields(command.fields) } }
      }
      default:
        return { entry, act: this.#past(command, by ?? TRAINEE) }
    }
  }

  #event(entry: Entry, command: Extract<Command, { kind: 'event' }>, by: string | undefined): Did {
    const { type, payload } = command
    const declared = own(this.#definition.schemas.events, type)?.properties
    const given = payload === undefined ? {} : { payload: this.#standIns.fields(declared, payload) }
    if (by === undefined) return { entry, act: { act: 'event', type, ...given } }
    return this.#done(entry, { do: 'event', type, ...given }, by)
  }

  /** The trainee's own stands bare; another's as an act, and as a step for where it comes before. */
  #done(entry: Entry, doing: Extract<Doing, { do: 'event' | 'tick' }>, by = TRAINEE): Did {
    if (by === TRAINEE) return { entry, doing }
    const { do: kind, ...what } = doing
    const act: Act =
      doing.do === 'event'
        ? { act: 'event', by, type: doing.type, ...('payload' in what ? { payload: what.payload } : {}) }
        : { act: 'tick', by, item: doing.item, ...('evidence' in what ? { evidence: what.evidence } : {}) }
    return { entry, doing: { ...doing, by }, act }
  }

  #untick(entry: Entry, item: string, by: string): Did {
    return by === TRAINEE
      ? { entry, doing: { do: 'untick', item } }
      : {
          entry,
          doing: { do: 'untick', item, by },
          act: { act: 'hand', by, hand: { kind: 'untick', item } },
        }
  }

  #untypedFields(fields: Record<string, unknown>): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, this.#standIns.untyped(value)]),
    )
  }

  /** What is done past the process, by whomever: a rehearsal has it happen by itself. */
  #past(
    command: Extract<
      Command,
      {
        kind:
          | 'complain'
          | 'correct'
          | 'suspend'
          | 'resume'
          | 'reassign'
          | 'cancel'
          | 'moveTo'
          | 'reportBreach'
      }
    >,
    by: string,
  ): Act {
    const standIns = this.#standIns
    switch (command.kind) {
      case 'complain': {
        const quality = command.quality === undefined ? {} : { quality: command.quality }
        return { act: 'complain', by, text: standIns.words(command.text, COMPLAINT), ...quality }
      }
      case 'correct': {
        const fields = standIns.fields(this.#definition.schemas.context.properties, command.fields)
        return { act: 'correct', by, fields, reason: standIns.words(command.reason, REASON) }
      }
      case 'resume':
        return { act: 'hand', by, hand: { kind: 'resume' } }
      case 'reportBreach': {
        const { kind, norm, severity, note } = command
        const said = note === undefined ? {} : { note: standIns.words(note, NOTE) }
        return { act: 'hand', by, hand: { kind, norm, severity, ...said } }
      }
      case 'reassign': {
        const person = this.#cast.keyOf(command.person) ?? TRAINEE
        return {
          act: 'hand',
          by,
          hand: { ...command, person, reason: standIns.words(command.reason, REASON) },
        }
      }
      default:
        return { act: 'hand', by, hand: { ...command, reason: standIns.words(command.reason, REASON) } }
    }
  }
}
