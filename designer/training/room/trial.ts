/**
 * What an owner tries: a run without a scenario, of a draft or of a copy of a job.
 *
 * Promises: nothing of it leaves the page.
 */
import type { Reason } from '../../../machines/advance/job.ts'
import { viewOf } from '../../../machines/advance/view.ts'
import { type Compiled, compiled } from '../../../machines/compile/compile.ts'
import type { Definition, Text } from '../../../machines/definition/schema.ts'
import { begin, beginWith } from '../../../machines/simulate/run.ts'
import type { Member, Scenario } from '../../../machines/simulate/scenario.ts'
import type { Setup } from '../../../machines/simulate/sim.ts'
import type { CalendarSet } from '../../../machines/time/calendar.ts'
import type { Carried } from '../../../machines/wire/carry.ts'
import type { PersonView } from '../../../machines/wire/people.ts'
import type { VersionView } from '../../../machines/wire/processes.ts'
import { Room } from './room.ts'
import { plant } from './timeline.ts'

type Beginning = {
  title: Text
  now: number
  fields: Record<string, unknown>
  /** Who tries it. */
  trainee: Member
  cast: Record<string, Member>
}

const scenarioOf = (process: string, { title, now, fields, trainee, cast }: Beginning): Scenario => ({
  id: 'trial',
  process,
  title,
  briefing: title,
  difficulty: 'easy',
  tags: [],
  seed: 1,
  start: { now: new Date(now).toISOString(), fields, trainee },
  cast,
  happens: [],
  moves: [],
  rubric: { norms: {}, critical: [], passMark: 0 },
  runs: {},
})

function setupOf(process: Compiled, version: number, calendars: CalendarSet, beginning: Beginning): Setup {
  const { id } = process.definition
  return {
    scenario: scenarioOf(id, beginning),
    compiled: process,
    version,
    calendars,
    seed: 1,
    mode: 'owner',
  }
}

/** More are no list that anyone chooses from. */
const MOST_PEOPLE = 200

/** The people of the organisation as a cast: their roles and certificates count in the trial. `but`: who tries it. */
export function castOf(people: Iterable<PersonView>, but?: string): Record<string, Member> {
  const members = [...people].flatMap(({ id, name, roles, certificates, disabled }): [string, Member][] =>
    disabled || id === but ? [] : [[id, { name: nameless(name), roles, certificates }]],
  )
  return Object.fromEntries(members.slice(0, MOST_PEOPLE))
}
/** A name is the same in every language. */
const nameless = (name: string): Text => ({ en: name, zh: name })

/** A first job of a draft, with these fields; the reasons where it cannot begin. */
export function tryDraft(
  definition: Definition,
  version: number,
  calendars: CalendarSet,
  beginning: Omit<Beginning, 'title'>,
): { ok: true; room: Room } | { ok: false; reasons: readonly Reason[] } {
  const whole = { ...beginning, title: definition.meta.title }
  const begun = begin(setupOf(compiled(definition), version, calendars, whole))
  return begun.ok ? { ok: true, room: new Room(plant(begun.sim)) } : { ok: false, reasons: begun.reasons }
}

/** A copy of a job as it stands, on its own version. `others`: who there is besides the people whom it names. */
export function tryJob(
  { job, actor, people, calendars }: Carried,
  { definition, hash, version }: VersionView,
  now: number,
  others: ReadonlyMap<string, PersonView>,
): Room {
  const process = compiled(definition, hash)
  const named = Object.entries(people).map(([id, certificates]): [string, Member] => {
    const person = others.get(id)
    return [id, { name: nameless(person?.name ?? id), roles: person?.roles ?? [], certificates }]
  })
  const setup = setupOf(process, version, calendars, {
    title: definition.meta.title,
    now,
    fields: {},
    trainee: { name: nameless(actor.name), roles: actor.roles, certificates: actor.certificates ?? [] },
    cast: { ...castOf(others.values(), actor.id), ...Object.fromEntries(named) },
  })
  return new Room(plant(beginWith(setup, job, viewOf(process, job).active, now)))
}
