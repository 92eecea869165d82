/**
 * An explored path told as a scenario's course: what comes before the trainee, what he does, and what the others do meanwhile.
 *
 * Promises: everything keeps its time.
 * Must not: run anything but the path itself, to learn which jobs it is linked with.
 */
import { advance, start } from '../advance/advance.ts'
import type { Command } from '../advance/job.ts'
import type { Compiled } from '../compile/compile.ts'
import type { EventRole, Role } from '../definition/schema.ts'
import type { CalendarSet } from '../time/calendar.ts'
import type { Path } from './explore.ts'
import type { Act as PathAct } from './explore-node.ts'
import { certificatesOf, cast as explorers, type Person } from './explore-people.ts'
import {
  type Act,
  type Chosen,
  type Doing,
  type Happening,
  type Scenario,
  type Step,
  TRAINEE,
} from './scenario.ts'
import { durationOf } from './standing.ts'

export type Around = { readonly version: number; readonly calendars: CalendarSet }

export type Course = {
  readonly scenario: Pick<Scenario, 'start' | 'cast' | 'happens'>
  readonly steps: readonly Step[]
  /** Types of the events that are sent, in their order. */
  readonly what: readonly string[]
}

/** Roles that no trainee of a process has, where another acts as well. */
const OUTSIDE = new Set<Role>(['customer', 'administrator', 'auditor', 'trainer'])

/** Who may do it; nobody in particular where it is no matter of roles. */
function rolesFor({ definition, items }: Compiled, { command }: PathAct): readonly Role[] {
  if (command.kind === 'event') return persons(definition.schemas.events[command.type]?.meta.roles ?? [])
  return command.kind === 'tick' ? (items.get(command.item)?.roles ?? []) : []
}
const persons = (roles: readonly EventRole[]): Role[] =>
  roles.flatMap((role) => (role === 'system' ? [] : [role]))

/** The roles that the trainee may have, the one that acts most first. */
export function traineesOf({ acts }: Path, compiled: Compiled): Role[] {
  const counts = new Map<Role, number>()
  const count = (roles: readonly Role[], weight: number): void => {
    for (const role of roles) counts.set(role, (counts.get(role) ?? 0) + weight)
  }
  for (const act of acts) count(rolesFor(compiled, act), 1)
  // Between two that act alike, the one whose process it is.
  for (const { meta } of Object.values(compiled.definition.schemas.events)) count(persons(meta.roles), 0.001)
  return [...counts]
    .filter(([role]) => !OUTSIDE.has(role))
    .toSorted(([, one], [, other]) => other - one)
    .map(([role]) => role)
}

const isByHand = ({ command }: PathAct): boolean => command.kind === 'event' || command.kind === 'tick'

class Telling {
  readonly #compiled: Compiled
  /** Without: one person does it all. */
  readonly #role: Role | undefined
  readonly #links: ReadonlyMap<string, string>

  constructor(compiled: Compiled, role: Role | undefined, links: ReadonlyMap<string, string>) {
    this.#compiled = compiled
    this.#role = role
    this.#links = links
  }

  /** Key of who does it. */
  whoDoes(act: PathAct): string {
    const { id } = act.actor
    if (id !== TRAINEE || this.#role === undefined) return id
    const roles = rolesFor(this.#compiled, act)
    const [other] = roles
    return roles.includes(this.#role) || other === undefined ? TRAINEE : `only-${other}`
  }

  doing({ command }: PathAct): Extract<Doing, { do: 'event' | 'tick' }> | undefined {
    if (command.kind === 'event') {
      const { type, payload } = command
      return { do: 'event', type, ...(payload === undefined ? {} : { payload }) }
    }
    if (command.kind !== 'tick') return undefined
    const { item, evidence } = command
    return { do: 'tick', item, ...(evidence === undefined ? {} : { evidence }) }
  }

  act(act: PathAct): Act | undefined {
    const by = this.whoDoes(act)
    const { command } = act
    if (command.kind === 'correct') {
      const reason = { en: command.reason, zh: command.reason }
      return { act: 'correct', by, fields: command.fields, reason }
    }
    if (command.kind === 'linkEnded') {
      const link = this.#links.get(command.job)
      return link === undefined
        ? undefined
        : { act: 'end', link, status: command.status, fields: command.fields }
    }
    const doing = this.doing(act)
    if (doing === undefined) return undefined
    if (doing.do === 'tick') return { ...without(doing), act: 'tick', by }
    return { ...without(doing), act: 'event', ...(act.actor.roles.includes('system') ? {} : { by }) }
  }
}

function without<Kind extends { do: string }>(doing: Kind): Omit<Kind, 'do'> {
  const { do: _do, ...rest } = doing
  return rest
}

const chosenOf = (command: Command): Chosen | undefined =>
  command.kind === 'event'
    ? { event: command.type }
    : command.kind === 'tick'
      ? { item: command.item }
      : undefined

const sameAct = (one: Command, other: Command): boolean =>
  JSON.stringify(chosenOf(one)) === JSON.stringify(chosenOf(other))

/** Set going by what the trainee did last, where he does that once; else by the clock. */
function happening(does: Act, at: number, count: number, mine: readonly PathAct[], began: number): Happening {
  const id = `then-${count}`
  const last = mine.findLast((act) => act.at <= at)
  const chosen = last === undefined ? undefined : chosenOf(last.command)
  const isOnce =
    last !== undefined && mine.filter(({ command }) => sameAct(command, last.command)).length === 1
  return last === undefined || chosen === undefined || !isOnce
    ? { id, when: { at: durationOf(at - began) }, does: [does] }
    : { id, when: { chosen }, after: durationOf(at - last.at), does: [does] }
}

/** @param role the trainee's; all where it is left open. `undefined`: the path holds what no scenario can tell. */
export function courseOf(
  path: Path,
  compiled: Compiled,
  around: Around,
  role: Role | undefined,
): Course | undefined {
  const [begin, ...rest] = path.acts
  if (begin === undefined || begin.command.kind !== 'start') return undefined
  const acts = rest.filter(({ command }) => command.kind !== 'timer')
  const telling = new Telling(compiled, role, linksIn(path, compiled, around))
  const isMine = (act: PathAct): boolean => isByHand(act) && telling.whoDoes(act) === TRAINEE
  const firstMine = acts.findIndex(isMine)
  const early = acts.slice(0, Math.max(0, firstMine))
  const before = early.every(isByHand) ? early : []
  const began = before.at(-1)?.at ?? begin.at
  const later = acts.slice(before.length)
  const mine = later.filter(isMine)
  const others = later.filter((act) => !isMine(act))
  const does = others.flatMap((act) => telling.act(act) ?? [])
  if (does.length < others.length) return undefined
  const happens = does.map((act, index) => happening(act, others[index]?.at ?? began, index + 1, mine, began))
  const fields = begin.command.fields
  const all = explorers(compiled, begin.at)
  const self = all.find(({ key }) => key === TRAINEE)
  const starter = begin.actor.id
  const previous = stepsOf(before, begin.at, (act) => telling.doing(act)).map((step, index) => ({
    ...step,
    what: { ...step.what, by: who(telling, before[index]) },
  }))
  const said = JSON.stringify([happens, previous, mine, fields, starter])
  return {
    what: acts.flatMap(({ command }) => (command.kind === 'event' ? [command.type] : [])),
    scenario: {
      start: {
        now: new Date(begin.at).toISOString(),
        fields,
        trainee: {
          name: { en: 'Trainee', zh: '学员' },
          roles: role === undefined ? [...(self?.roles ?? [])] : [role],
          ...(self === undefined || self.held.length === 0 ? {} : { certificates: [...self.held] }),
        },
        ...(starter === TRAINEE ? {} : { by: starter }),
        ...(previous.length === 0 ? {} : { before: previous }),
      },
      cast: castOf(all.filter(({ key }) => key !== TRAINEE && said.includes(JSON.stringify(key)))),
      happens,
    },
    steps: [...stepsOf(mine, began, (act) => telling.doing(act)), ...rests(path, mine.at(-1)?.at ?? began)],
  }
}

const who = (telling: Telling, act: PathAct | undefined): string =>
  act === undefined ? TRAINEE : telling.whoDoes(act)

type Told = Extract<Doing, { do: 'event' | 'tick' }>
function stepsOf(
  acts: readonly PathAct[],
  from: number,
  doing: (act: PathAct) => Told | undefined,
): { after: string; what: Told }[] {
  let at = from
  return acts.flatMap((act) => {
    const what = doing(act)
    if (what === undefined) return []
    const after = durationOf(act.at - at)
    at = act.at
    return [{ after, what }]
  })
}

/** What comes after the trainee's last step is waited for. */
function rests({ acts }: Path, last: number): Step[] {
  const end = acts.at(-1)?.at ?? last
  return end > last ? [{ after: durationOf(end - last), what: { do: 'wait' } }] : []
}

const castOf = (persons: readonly Person[]): Scenario['cast'] =>
  Object.fromEntries(
    persons.map(({ key, name, roles, held }) => [
      key,
      { name, roles: [...roles], ...(held.length === 0 ? {} : { certificates: [...held] }) },
    ]),
  )

/** The links by the jobs that they lead to. */
function linksIn({ acts: [begin, ...acts] }: Path, compiled: Compiled, around: Around): Map<string, string> {
  const links = new Map<string, string>()
  if (begin?.command.kind !== 'start' || !acts.some(({ command }) => command.kind === 'linkEnded'))
    return links
  const people = Object.fromEntries(
    explorers(compiled, begin.at).map((person) => [person.key, certificatesOf(person, begin.at)]),
  )
  const { version, calendars } = around
  let now = start(
    compiled,
    { id: 'sim', version, fields: begin.command.fields },
    { now: begin.at, actor: begin.actor, people, calendars },
  )
  for (const { at, actor, command } of acts) {
    if (!now.ok) break
    for (const { link, job } of now.job.links) links.set(job, link)
    now = advance(compiled, now.job, command, { now: at, actor, people, calendars })
  }
  return links
}
