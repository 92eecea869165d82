/**
 * What rehearsals have done already, as ways for a search to begin with: deep in a process without a search of their own.
 *
 * Promises: the known runs of scenarios as acts of the search's own persons; a run that is not possible any more, or not with them, gives
 * what can be done of it.
 * Must not: take anything a run says of itself for true: the search does the acts again.
 */
import type { Actor, Command, Fields } from '../advance/job.ts'
import type { Compiled } from '../compile/compile.ts'
import type { Field } from '../definition/schema.ts'
import type { CalendarSet } from '../time/calendar.ts'
import type { Act } from './explore-node.ts'
import { replaySteps } from './known-runs.ts'
import { type Scenario, TRAINEE } from './scenario.ts'

export type KnownWay = {
  readonly acts: readonly Act[]
  /** All persons of the scenario but the trainee, by id. */
  readonly others: readonly string[]
}

/** The known runs of a process's scenarios, each as far as it goes. */
export function knownWays(
  scenarios: readonly Scenario[],
  compiled: Compiled,
  version: number,
  calendars: CalendarSet,
): readonly KnownWay[] {
  return scenarios.flatMap((scenario) => {
    const setup = { scenario, compiled, version, calendars, seed: scenario.seed, mode: 'practice' as const }
    return Object.values(scenario.runs).flatMap(({ steps }): KnownWay[] => {
      const { sim } = replaySteps(setup, steps)
      if (sim === undefined) return []
      const acts = sim.entries.map(({ at, actor, command }): Act => ({ at: Date.parse(at), actor, command }))
      return [{ acts, others: Object.keys(scenario.cast) }]
    })
  })
}

/** Who of the search plays whom: the one with just that role, where nobody plays him yet; else one who has all. */
function playersOf({ acts, others }: KnownWay, actors: readonly Actor[]): ReadonlyMap<string, Actor> {
  const [self, colleague] = actors
  const players = new Map<string, Actor>()
  const taken = new Set<Actor>()
  if (self !== undefined) players.set(TRAINEE, self)
  for (const id of others) {
    const roles = acts.find(({ actor }) => actor.id === id)?.actor.roles ?? []
    const own = actors.find(
      (actor) =>
        !taken.has(actor) && actor.roles.length === 1 && roles.some((role) => role === actor.roles[0]),
    )
    const player = (roles.length === 1 ? own : undefined) ?? colleague ?? own
    if (player === undefined) continue
    taken.add(player)
    players.set(id, player)
  }
  return players
}

type Named = Readonly<Record<string, Field>>

function renamed(fields: Fields, named: Named, players: ReadonlyMap<string, Actor>): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const isPerson = Object.hasOwn(named, name) && named[name]?.format === 'person'
      const player = isPerson && typeof value === 'string' ? players.get(value)?.id : undefined
      return [name, player ?? value]
    }),
  )
}

function recastCommand(command: Command, compiled: Compiled, players: ReadonlyMap<string, Actor>): Command {
  const { context, events } = compiled.definition.schemas
  if (command.kind === 'start' || command.kind === 'correct')
    return { ...command, fields: renamed(command.fields, context.properties, players) }
  if (command.kind !== 'event' || command.payload === undefined) return command
  return { ...command, payload: renamed(command.payload, events[command.type]?.properties ?? {}, players) }
}

/** The same acts by the persons of the search: what it finds must be possible with them throughout. */
export function recast(way: KnownWay, compiled: Compiled, actors: readonly Actor[]): readonly Act[] {
  const players = playersOf(way, actors)
  return way.acts.map(({ at, actor, command }) => ({
    at,
    actor: players.get(actor.id) ?? actor,
    command: recastCommand(command, compiled, players),
  }))
}
