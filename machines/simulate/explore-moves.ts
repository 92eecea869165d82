/**
 * What can be done where a search stands: events with what they carry and who sends them, items, other jobs' ends, waiting.
 *
 * Promises: moves that differ in no guard's answer and in no value that matters are told once.
 * Must not: do any of it.
 */
import { frameOf, standingAt } from '../advance/case.ts'
import { type Actor, type Evidence, type Link, SYSTEM } from '../advance/job.ts'
import { restore } from '../advance/run-machine.ts'
import { matchesDescriptor } from '../definition/descriptor.ts'
import type { EventSchema } from '../definition/schema.ts'
import type { TreeTransition } from '../definition/tree.ts'
import { PAUSE, type Place, type Wanted, type World } from './explore-node.ts'
import { choicesOf, combinations, plainVariants, type Variant } from './explore-payloads.ts'
import { guardsIn, pathsIn, type Reading, textsOf } from './explore-reading.ts'
import { judging, truthOf } from './explore-truth.ts'
import { valuesOf } from './values.ts'
import { nextTimer } from './virtual-clock.ts'

export type Move = {
  /** Moves of one kind are tried ever later. */
  readonly kind: string
  /** How late it is tried at the soonest. */
  readonly turn: number
  readonly wait: number
  readonly wanted: readonly Wanted[]
  /** Transitions not taken yet whose guards hold for it. */
  readonly opens: readonly string[]
  /** Transitions whose own guards hold for it; `=name` of a field that it sets right by hand. */
  readonly through: readonly string[]
  /** It may serve whatever is wanted: time that passes, items ticked. */
  readonly always: boolean
}

export type Search = {
  readonly world: World
  readonly reading: Reading
  readonly actors: readonly Actor[]
  /** Not taken yet. */
  readonly open: ReadonlySet<string>
  /** Events that end links, by which another job's end comes back. */
  readonly endings: ReadonlySet<string>
  readonly minded: boolean
}

const MANY = 120
const FEW = 16

function candidatesAt({ world }: Search, place: Place, type: string): readonly TreeTransition[] {
  const { tree } = world.compiled
  return tree.nodes.flatMap((node) =>
    place.active.has(node.path)
      ? node.transitions.filter(
          ({ trigger }) => trigger.kind === 'on' && matchesDescriptor(trigger.descriptor, type),
        )
      : [],
  )
}

/** Whether who acts makes a difference. */
const mindsActor = ({ transition }: TreeTransition): boolean =>
  /\bactor\b/.test(JSON.stringify([transition.guard, transition.actions])) ||
  (transition.guard !== undefined &&
    guardsIn(transition.guard).some((each) => !('@expr' in each) && each.type === 'qualified'))

/** What the guards ask of the payload, by name. */
function askedOf(candidates: readonly TreeTransition[]): readonly string[] {
  const names = candidates.flatMap(({ transition: { guard } }) => {
    if (guard === undefined) return []
    const read = textsOf(guard).flatMap((text) => pathsIn(text))
    const named = guardsIn(guard).flatMap((each) =>
      !('@expr' in each) && each.type === 'qualified' && each.params.of !== undefined
        ? [`event.${each.params.of}`]
        : [],
    )
    return [...read, ...named].flatMap((path) =>
      path.startsWith('event.') ? [path.split('.')[1] ?? ''] : [],
    )
  })
  return [...new Set(names)]
}

type Verdicts = (actor: Actor, type: string, payload: Record<string, unknown>) => string

function verdictsAt({ world }: Search, place: Place, candidates: readonly TreeTransition[]): Verdicts {
  const { compiled, calendars, people } = world
  const standing = standingAt(restore(compiled, place.job.snapshot))
  return (actor, type, payload) => {
    const frame = frameOf(compiled, place.job, {
      now: place.now + PAUSE,
      actor,
      people: { ...people },
      calendars,
    })
    const at = judging(compiled.build, frame, { ...standing, event: { type, payload } })
    return candidates
      .map(({ transition: { guard } }) => (guard === undefined || truthOf(at, guard) === 'true' ? 't' : 'f'))
      .join('')
  }
}

/** Whether one of the candidates that has not been taken would be, for all that its own guard says. */
const opensOf = (
  { open }: Search,
  candidates: readonly TreeTransition[],
  verdicts: string,
): readonly string[] =>
  candidates.flatMap(({ pointer }, index) => (verdicts[index] === 't' && open.has(pointer) ? [pointer] : []))

function ableTo({ actors }: Search, { meta: { roles } }: EventSchema, minded: boolean): readonly Actor[] {
  if (roles.every((role) => role === 'system')) return [SYSTEM]
  const able = actors.filter((actor) => roles.some((role) => actor.roles.includes(role)))
  return minded ? able : able.slice(0, 1)
}

/** A place, and what each transition would bring nearer there. */
export type Here = { readonly place: Place; readonly towards: ReadonlyMap<string, string> }

type Send = (actor: Actor, payload: Record<string, unknown>) => Wanted

function eventMoves(
  search: Search,
  { place, towards }: Here,
  type: string,
  event: EventSchema,
  send: Send,
): Move[] {
  const candidates = candidatesAt(search, place, type)
  if (candidates.length === 0) return []
  const { world, reading } = search
  const around = {
    now: place.now + PAUSE,
    job: place.job.snapshot.context.fields,
    settings: world.compiled.settings,
    people: search.actors.slice(0, 4).map(({ id }) => id),
  }
  const choices = choicesOf(type, event, reading, around)
  const verdictsOf = verdictsAt(search, place, candidates)
  const actors = ableTo(search, event, candidates.some(mindsActor))
  const places = candidates.map(({ pointer }) => pointer).join(' ')
  const moves = new Map<string, Move>()
  const seen = new Set<string>()
  const add = (actor: Actor, { name, payload }: Variant, plain: boolean): void => {
    const verdicts = verdictsOf(actor, type, payload)
    const news = !seen.has(verdicts)
    if (!plain && !news) return
    seen.add(verdicts)
    const nearer = candidates.map(({ pointer }, index) =>
      verdicts[index] === 't' ? (towards.get(pointer) ?? '') : '',
    )
    const kind = `${type} ${places} ${verdicts} ${plain ? `${name} ${actor.id}` : ''} ${nearer.join()}`
    const opens = news ? opensOf(search, candidates, verdicts) : []
    const through = candidates.flatMap(({ pointer }, index) => (verdicts[index] === 't' ? [pointer] : []))
    const wanted = [send(actor, payload)]
    moves.set(kind, { kind, wait: PAUSE, wanted, opens, through, always: false, turn: 0 })
  }
  for (const variant of plainVariants(type, event, choices, reading))
    for (const [count, actor] of actors.entries()) add(actor, variant, count < 4)
  const asked = askedOf(candidates)
  const most = candidates.some(({ pointer }) => search.open.has(pointer)) ? MANY : FEW
  if (asked.length > 1)
    for (const variant of combinations(event, choices, asked, most))
      for (const actor of actors.slice(0, 2)) add(actor, variant, false)
  return [...moves.values()]
}

/** What an item asks for, made up. */
export function evidenceFor(kind: string): Evidence | undefined {
  switch (kind) {
    case 'text':
    case 'serial':
      return { kind, text: 'A1' }
    case 'number':
      return { kind, number: 1 }
    case 'photo':
      return { kind, file: 'a'.repeat(64) }
    case 'signature':
      return { kind, signedBy: 'A1' }
    default:
      return undefined
  }
}

function itemMoves({ world, actors }: Search, place: Place): Move[] {
  const [actor] = actors
  if (actor === undefined) return []
  const { checklist } = place.job.snapshot.context
  const ticks = [...world.compiled.items.values()].flatMap(({ item, state }) => {
    if (Object.hasOwn(checklist, item.id) || !(item.keep === true || place.active.has(state))) return []
    const evidence = evidenceFor(item.evidence ?? 'none')
    const command = { kind: 'tick' as const, item: item.id, ...(evidence === undefined ? {} : { evidence }) }
    return [{ actor, command, state, required: item.required !== false }]
  })
  const sets = [ticks, ticks.filter(({ required }) => required), ...ticks.map((tick) => [tick])]
  const states = [...new Set(ticks.map(({ state }) => state))]
  if (states.length > 1) for (const each of states) sets.push(ticks.filter(({ state }) => state === each))
  return sets
    .filter((set) => set.length > 0)
    .map((set, count) => ({
      kind: `tick ${set.map(({ command }) => command.item).join()}`,
      wait: PAUSE,
      wanted: set.map(({ command }) => ({ actor, command })),
      opens: [],
      through: [],
      always: count < 2,
      turn: 0,
    }))
}

const ENDS = ['done', 'cancelled', 'failed'] as const

function linkMoves(search: Search, here: Here, link: Link): Move[] {
  const { events } = search.world.compiled.definition.schemas
  const event = link.onEnd === undefined ? undefined : events[link.onEnd]
  const plain = ENDS.map(
    (status): Move => ({
      kind: `end ${link.link} ${status} ${here.place.leaves.join()}`,
      wait: PAUSE,
      wanted: [{ actor: SYSTEM, command: { kind: 'linkEnded', job: link.job, status, fields: {} } }],
      opens: [],
      through: [],
      always: true,
      turn: 0,
    }),
  )
  if (link.onEnd === undefined || event === undefined) return plain
  const told = ENDS.flatMap((status) =>
    eventMoves(search, here, link.onEnd ?? '', event, (actor, payload) => {
      const fields = payload.fields
      const given = typeof fields === 'object' && fields !== null ? { ...fields } : {}
      return { actor, command: { kind: 'linkEnded', job: link.job, status, fields: given } }
    }).map((move) => ({ ...move, kind: `${status} ${move.kind}` })),
  )
  return [...told, ...plain]
}

const HOUR = 3600 * 1000

/** To each timer that runs, past those before it; and, where the hour counts, a while. */
function waits({ minded, world }: Search, place: Place): Move[] {
  const next = nextTimer(place)
  const { transitions } = world.compiled
  const moves = place.job.timers.flatMap(({ id, delay, dueAt, fired, left, token }): Move[] => {
    if (fired || left !== undefined) return []
    const through = [...transitions.values()].flatMap(({ pointer, source, trigger }) =>
      trigger.kind === 'after' && trigger.delay === delay && place.active.has(source.path) ? [pointer] : [],
    )
    const wait = Math.max(0, Date.parse(dueAt) - place.now)
    const first = token === next?.token
    return [{ kind: `due ${id}`, wait, wanted: [], opens: [], through, always: first, turn: first ? 0 : 3 }]
  })
  if (minded)
    for (const hours of [1, 7, 24])
      moves.push({
        kind: `late ${hours}`,
        wait: hours * HOUR,
        wanted: [],
        opens: [],
        through: [],
        always: false,
        turn: 3,
      })
  return moves
}

/** What people may set right by hand. */
function corrections({ world, reading, actors }: Search, place: Place): Move[] {
  const { properties } = world.compiled.definition.schemas.context
  const [actor] = actors
  if (actor === undefined) return []
  const around = {
    now: place.now + PAUSE,
    job: place.job.snapshot.context.fields,
    settings: world.compiled.settings,
    people: actors.slice(0, 4).map(({ id }) => id),
  }
  return Object.entries(properties).flatMap(([name, field]) => {
    if (field.meta?.locked === true || !reading.telling.has(name)) return []
    const values = valuesOf(field, { ...around, kin: reading.kin.get(`job.${name}`) }).slice(0, 6)
    return values.map(
      (value, index): Move => ({
        kind: `correct ${name} ${index}`,
        turn: 6,
        wait: PAUSE,
        wanted: [{ actor, command: { kind: 'correct', fields: { [name]: value }, reason: REASON } }],
        opens: [],
        through: [`=${name}`],
        always: false,
      }),
    )
  })
}
const REASON = '更正 · correction'

/** Everything worth trying from here. */
export function movesFrom(search: Search, here: Here): readonly Move[] {
  const { place } = here
  if (place.job.status !== 'active') return []
  const { events } = search.world.compiled.definition.schemas
  const sent = Object.entries(events).flatMap(([type, event]) =>
    search.endings.has(type)
      ? []
      : eventMoves(search, here, type, event, (actor, payload) => ({
          actor,
          command: { kind: 'event', type, ...(Object.keys(payload).length === 0 ? {} : { payload }) },
        })),
  )
  const links = place.job.links.filter(({ link, status }) => link !== 'parent' && status === 'active')
  return [
    ...sent,
    ...itemMoves(search, place),
    ...links.flatMap((link) => linkMoves(search, here, link)),
    ...waits(search, place),
    ...corrections(search, place),
  ]
}
