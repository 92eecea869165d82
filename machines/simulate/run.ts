/**
 * Running a scenario: the same `advance` as real jobs, on a clock that steps to each next due time.
 *
 * Promises: pure; the same setup and steps give the same run, in the browser and on the server. A step that makes no sense
 * here changes nothing. A barred event is no fault: choosing it is what a rehearsal finds out.
 * Must not: decide what a process allows (`advance/`) or what it counts (`score.ts`).
 */
import { advance, start } from '../advance/advance.ts'
import { allowed } from '../advance/allowed.ts'
import { type Advanced, type Command, type Job, type Reason, SYSTEM } from '../advance/job.ts'
import { NORM_BY_ID } from '../norms.ts'
import { absorb, end, markBroken, markMet, say } from './absorb.ts'
import { carryOutAct, carryOutActs } from './acts.ts'
import { isBare, isOffered, prohibitionsOf } from './choices.ts'
import { graveFaults } from './expectations.ts'
import { actsOf, setGoing } from './happenings.ts'
import { byOwner } from './owner.ts'
import { actorOf, everyone } from './people.ts'
import { type Chosen, type Doing, type Move, type Step, TRAINEE } from './scenario.ts'
import type { Setup, Sim, SimFault, Taken } from './sim.ts'
import { activeOf, lengthOf, statesOf, surroundingsOf } from './standing.ts'
import { type Due, passTo } from './virtual-clock.ts'

const JOB = 'sim'
const fault = (why: SimFault, reasons: readonly Reason[] = []): Taken => ({ ok: false, fault: why, reasons })

function fresh(setup: Setup, job: Job, now: number): Sim {
  const { cast } = setup.scenario
  const tempers = Object.entries(cast).flatMap(([key, { temper }]) =>
    temper === undefined ? [] : [[key, temper] as const],
  )
  return {
    setup,
    compiled: setup.compiled,
    forced: {},
    job,
    entries: [],
    now,
    // Nobody's time runs before the trainee comes in.
    startedAt: Number.POSITIVE_INFINITY,
    steps: [],
    lines: [],
    marks: [],
    coming: [],
    happened: {},
    moved: {},
    tempers: Object.fromEntries(tempers),
    random: setup.seed >>> 0,
    refused: 0,
  }
}

/** The job started, what comes before the trainee done, and the trainee in his place. */
export function begin(setup: Setup): Taken {
  const { scenario, compiled, version, calendars } = setup
  const now = Date.parse(scenario.start.now)
  const actor = actorOf(scenario, scenario.start.by ?? TRAINEE)
  const by = setup.mode === 'owner' ? everyone(scenario) : actor
  const { fields } = scenario.start
  const started = start(compiled, { id: JOB, version, fields }, { now, actor: by, calendars })
  if (!started.ok) return fault('cannot-start', started.refusal.reasons)
  const first = absorb(fresh(setup, started.job, now), started, { from: 'engine', counts: false })
  const ready = before(first)
  return ready.ok ? { ok: true, sim: comeIn(ready.sim) } : ready
}

/** From a job as it stands, copied: the original is never touched. */
export function beginWith(setup: Setup, job: Job, active: readonly string[], now: number): Sim {
  const copy = fresh(setup, structuredClone(job), now)
  return comeIn(say(copy, { is: 'entered', active }))
}

const comeIn = (sim: Sim): Sim => passTime(setGoing({ ...sim, startedAt: sim.now }, 'start'), sim.now)

/** Steps of `start.before`: no choice of the trainee's, so neither offered nor scored. */
function before(sim: Sim): Taken {
  let present = sim
  for (const { after, what } of sim.setup.scenario.start.before ?? []) {
    present = passTo(present, present.now + (after === undefined ? 0 : lengthOf(after)), quietly)
    const command = commandOf(what)
    if (command === undefined) continue
    const by = 'by' in what && what.by !== undefined ? what.by : TRAINEE
    const advanced = run(present, command, by)
    if (!advanced.ok) return fault('cannot-start', advanced.refusal.reasons)
    present = absorb(present, advanced, { from: 'engine', counts: false })
  }
  return { ok: true, sim: present }
}

function quietly(sim: Sim, due: Due): Sim {
  if (due.is !== 'timer') return sim
  const advanced = fire(sim, due.token)
  return advanced.ok ? absorb(sim, advanced, { from: 'timer', counts: false }) : dropTimer(sim, due.token)
}

const fire = (sim: Sim, token: string): Advanced =>
  advance(sim.compiled, sim.job, { kind: 'timer', token }, surroundingsOf(sim, SYSTEM))

/** A timer that the process refuses would be due for ever. */
const dropTimer = (sim: Sim, token: string): Sim => ({
  ...sim,
  job: { ...sim.job, timers: sim.job.timers.filter((timer) => timer.token !== token) },
})

function carryOut(sim: Sim, due: Due): Sim {
  if (due.is === 'limit') return sim
  if (due.is === 'happening') {
    const { coming } = due
    const rest = { ...sim, coming: sim.coming.filter((one) => one !== coming) }
    return carryOutActs(rest, actsOf(rest, coming, statesOf(activeOf(rest))))
  }
  const timer = sim.job.timers.find(({ token }) => token === due.token)
  const advanced = fire(sim, due.token)
  if (!advanced.ok) return dropTimer(sim, due.token)
  const told = timer === undefined ? sim : say(sim, { is: 'timer', delay: timer.delay })
  return absorb(told, advanced, { from: 'timer', counts: true })
}

/** The run's clock at a later moment, with all that was due until then. */
export const passTime = (sim: Sim, to: number): Sim => passTo(sim, to, carryOut)

/** One step of the trainee, the trainer or the owner; first the time before it passes. */
export function take(sim: Sim, step: Step): Taken {
  if (sim.over !== undefined) return fault('over')
  const wait = step.after === undefined ? 0 : lengthOf(step.after)
  if (wait < 0) return fault('bad-time')
  const there = passTime({ ...sim, steps: [...sim.steps, step] }, sim.now + wait)
  // What happened meanwhile came first: the step came too late.
  if (there.over !== undefined) return { ok: true, sim: there }
  const done = does(there, step.what)
  return done.ok ? { ok: true, sim: failedAtOnce(passTime(done.sim, done.sim.now)) } : done
}

const failedAtOnce = (sim: Sim): Sim =>
  sim.setup.mode === 'examination' && graveFaults(sim).length > 0 ? end(sim, 'critical') : sim

function does(sim: Sim, what: Doing): Taken {
  const owner = sim.setup.mode === 'owner'
  switch (what.do) {
    case 'wait':
      return { ok: true, sim }
    case 'give-up':
      return { ok: true, sim: end(say(sim, { is: 'did', what }), 'gave-up') }
    case 'happen':
      return { ok: true, sim: carryOutAct(sim, what.act) }
    case 'force':
    case 'set':
    case 'jump':
      return owner ? byOwner(sim, what) : fault('not-in-this-mode')
    case 'move':
      return makeMove(sim, what)
    case 'prohibited':
      return prohibitionsOf(sim).includes(what.norm)
        ? { ok: true, sim: doForbidden(sim, what) }
        : fault('not-offered')
    default:
      if (what.by !== undefined && what.by !== TRAINEE && !owner) return fault('not-in-this-mode')
      if (!isBare(sim, what)) return fault('not-offered')
      return { ok: true, sim: act(say(sim, { is: 'did', what }), what) }
  }
}

function commandOf(what: Doing): Command | undefined {
  switch (what.do) {
    case 'event':
      return {
        kind: 'event',
        type: what.type,
        ...(what.payload === undefined ? {} : { payload: what.payload }),
      }
    case 'tick':
      return {
        kind: 'tick',
        item: what.item,
        ...(what.evidence === undefined ? {} : { evidence: what.evidence }),
      }
    case 'untick':
      return { kind: 'untick', item: what.item }
    default:
      return undefined
  }
}

function run(sim: Sim, command: Command, by: string): Advanced {
  const { scenario, mode } = sim.setup
  const actor = mode === 'owner' && by === TRAINEE ? everyone(scenario) : actorOf(scenario, by)
  const only = command.kind === 'event' ? sim.compiled.definition.schemas.events[command.type] : undefined
  const system = mode === 'owner' && only?.meta.roles.every((role) => role === 'system') === true
  return advance(sim.compiled, sim.job, command, surroundingsOf(sim, system ? SYSTEM : actor))
}

type Act = Extract<Doing, { do: 'event' | 'tick' | 'untick' }>
const chosenOf = (what: Act): Chosen => (what.do === 'event' ? { event: what.type } : { item: what.item })

/** An event or an item, by the trainee. */
function act(sim: Sim, what: Act): Sim {
  const command = commandOf(what)
  if (command === undefined) return sim
  const advanced = run(sim, command, what.by ?? TRAINEE)
  if (advanced.ok)
    return setGoing(absorb(sim, advanced, { from: 'engine', counts: true }), { chosen: chosenOf(what) })
  const { reasons } = advanced.refusal
  const told = { ...say(sim, { is: 'refused', what, reasons }), refused: sim.refused + 1 }
  return setGoing(tried(told, what, reasons), { chosen: chosenOf(what) })
}

/** What was barred by a norm would have broken it. A mistyped form breaks none. */
function tried(sim: Sim, what: Act, reasons: readonly Reason[]): Sim {
  const named = [...new Set(reasons.flatMap(({ norms = [] }) => norms))]
  const norms = named.length > 0 || what.do !== 'event' ? named : barredBy(sim, what.type)
  return norms.reduce((present, norm) => markBroken(present, 'tried', { norm, from: 'barred' }), sim)
}

/** The event's own norms: those of all its transitions would say too much. */
function barredBy(sim: Sim, type: string): readonly string[] {
  const trainee = actorOf(sim.setup.scenario, TRAINEE)
  const found = allowed(sim.compiled, sim.job, surroundingsOf(sim, trainee)).find((one) => one.type === type)
  const norms = sim.compiled.definition.schemas.events[type]?.meta.norms ?? []
  return found === undefined || found.open ? [] : norms
}

function makeMove(sim: Sim, what: Extract<Doing, { do: 'move' }>): Taken {
  const move = sim.setup.scenario.moves.find(({ id }) => id === what.move)
  if (move === undefined || !isOffered(sim, move)) return fault('not-offered')
  const count = sim.moved[move.id] ?? 0
  const moving = say(
    { ...sim, moved: { ...sim.moved, [move.id]: count + 1 } },
    { is: 'did', what: move.as ?? what, move: move.id },
  )
  const chosen = setGoing(judgeMove(moving, move), { chosen: { move: move.id } })
  const acted = chosen.over === undefined ? actFor(chosen, move) : chosen
  return { ok: true, sim: carryOutActs(acted, move.does ?? []) }
}

function actFor(sim: Sim, { as }: Move): Sim {
  return as === undefined || (as.do !== 'event' && as.do !== 'tick' && as.do !== 'untick')
    ? sim
    : act(sim, as)
}

function judgeMove(sim: Sim, { keeps = [], breaks = [], critical, explain }: Move): Sim {
  let judged = markMet(sim, keeps, 'move')
  for (const norm of breaks)
    judged = markBroken(judged, 'broken', {
      norm,
      from: 'move',
      ...(critical === undefined ? {} : { critical }),
      ...(explain === undefined ? {} : { why: explain }),
    })
  return explain !== undefined && sim.setup.mode === 'practice'
    ? say(judged, { is: 'explained', text: explain })
    : judged
}

function doForbidden(sim: Sim, what: Extract<Doing, { do: 'prohibited' }>): Sim {
  const norm = NORM_BY_ID.get(what.norm)
  const did = say(sim, { is: 'did', what })
  const why = norm === undefined ? undefined : { en: norm.en, zh: norm.zh }
  const marked = markBroken(did, 'broken', {
    norm: what.norm,
    from: 'prohibited',
    ...(why === undefined ? {} : { why }),
  })
  return setGoing(marked, { chosen: { prohibited: what.norm } })
}
