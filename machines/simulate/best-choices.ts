/**
 * What is worth choosing at a moment of a run on the way to passing it: candidate steps for the search of the shortest way.
 *
 * Promises: every candidate is a step that a trainee could take; nothing that is known to break a norm is among them.
 * Must not: take a step, or judge what comes of it (`best-path.ts`).
 */
import type { Evidence } from '../advance/job.ts'
import { canonicalJson } from '../definition/hash.ts'
import { choices } from './choices.ts'
import { evidenceFor } from './explore-moves.ts'
import { type Doing, type Move, type Scenario, type Step, TRAINEE } from './scenario.ts'
import type { Choice, Sim } from './sim.ts'
import { later, valuesOf } from './values.ts'

type Payload = Record<string, unknown>
export type Candidates = (sim: Sim) => readonly Step[]

/** What a choice of these comes to can matter for passing; talk that counts nothing is left out. */
function matters(move: Move, { rubric, must = [], happens }: Scenario): boolean {
  if ((move.breaks ?? []).length > 0 || move.critical === true) return false
  return (
    move.as !== undefined ||
    (move.does ?? []).some(({ act }) => act !== 'say' && act !== 'tell') ||
    (move.keeps ?? []).some((norm) => (rubric.norms[norm] ?? 0) > 0) ||
    must.some(({ what }) => 'move' in what && what.move === move.id) ||
    happens.some(({ when }) => 'chosen' in when && 'move' in when.chosen && when.chosen.move === move.id)
  )
}

/** What known runs give with an event or an item, and how long they wait before it. */
class Known {
  readonly #steps = new Map<string, Step[]>()

  constructor({ runs, moves }: Scenario) {
    const steps = Object.values(runs).flatMap((run) => run.steps)
    const worded = moves.flatMap(({ as }): Step[] => (as === undefined ? [] : [{ what: as }]))
    for (const step of [...steps, ...worded]) this.#add(step)
  }

  #add(step: Step): void {
    const key = keyOf(step.what)
    const steps = this.#steps.get(key) ?? []
    if (!steps.some(({ what }) => canonicalJson(what) === canonicalJson(step.what)))
      this.#steps.set(key, [...steps, step])
  }

  of = (what: Doing): readonly Step[] => this.#steps.get(keyOf(what)) ?? []
}

function keyOf(what: Doing): string {
  if (what.do === 'event') return `event ${what.type}`
  return what.do === 'tick' ? `tick ${what.item}` : canonicalJson(what)
}

/** The least that the event asks for, plainly filled in. */
function plainPayload(sim: Sim, type: string): Payload {
  const event = sim.compiled.definition.schemas.events[type]
  const around = {
    now: sim.now,
    job: sim.job.snapshot.context.fields,
    settings: sim.compiled.settings,
    people: [TRAINEE, ...Object.keys(sim.setup.scenario.cast)],
    kin: undefined,
  }
  const wanted = Object.entries(event?.properties ?? {}).filter(([name]) => event?.required?.includes(name))
  return Object.fromEntries(
    wanted.map(([name, field], place) => [name, valuesOf(field, later(around, place))[0]]),
  )
}

/** Made once for a scenario; asked at every moment. */
export function candidatesOf(scenario: Scenario): Candidates {
  const known = new Known(scenario)
  const worth = new Set(scenario.moves.filter((move) => matters(move, scenario)).map(({ id }) => id))
  const wanted = new Set((scenario.must ?? []).flatMap(({ what }) => ('item' in what ? [what.item] : [])))
  const events = (sim: Sim, type: string): readonly Step[] => {
    const found = known.of({ do: 'event', type })
    return found.length > 0 ? found : [{ what: { do: 'event', type, payload: plainPayload(sim, type) } }]
  }
  const ticks = (choice: Extract<Choice, { is: 'tick' }>): readonly Step[] => {
    const { item } = choice
    const found = known.of({ do: 'tick', item })
    if (found.length > 0) return found
    if (!choice.required && !wanted.has(item)) return []
    const evidence: Evidence | undefined = evidenceFor(choice.evidence)
    return [{ what: { do: 'tick', item, ...(evidence === undefined ? {} : { evidence }) } }]
  }
  const ofChoice = (sim: Sim, choice: Choice): readonly Step[] => {
    switch (choice.is) {
      case 'event':
        return choice.open ? events(sim, choice.type) : []
      case 'tick':
        return ticks(choice)
      case 'move':
        return worth.has(choice.move) ? [{ what: { do: 'move', move: choice.move } }] : []
      default:
        return []
    }
  }
  return (sim) => choices(sim).flatMap((choice) => ofChoice(sim, choice))
}
