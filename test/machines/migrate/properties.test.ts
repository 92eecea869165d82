/**
 * E5 and E7 across a move, over random processes, random edits of them, random doings. `FUZZ_RUNS` for more runs.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { advance, start } from '../../../machines/advance/advance.ts'
import {
  type Command,
  type Entry,
  type Job,
  type Surroundings,
  SYSTEM,
} from '../../../machines/advance/job.ts'
import { replay } from '../../../machines/advance/replay.ts'
import { leaves, restore } from '../../../machines/advance/run-machine.ts'
import { type Compiled, compile } from '../../../machines/compile/compile.ts'
import { canonicalJson } from '../../../machines/definition/hash.ts'
import type { Mapping } from '../../../machines/migrate/mapping.ts'
import { planMove } from '../../../machines/migrate/move.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { as } from '../kit.ts'
import { build, EVENTS, shape, wiring } from '../random-process.ts'

const RUNS = Number(process.env.FUZZ_RUNS ?? 300)
type Doing = { kind: number; which: number; x: number }
const doing: fc.Arbitrary<Doing> = fc.record({
  kind: fc.nat({ max: 13 }),
  which: fc.nat(),
  x: fc.integer({ min: -3, max: 9 }),
})
const reason = 'fuzz'

function commandOf({ kind, which, x }: Doing, job: Job, { definition, tree }: Compiled): Command {
  const armed = job.timers.filter((timer) => !timer.fired && timer.left === undefined)
  const [next] = armed.sort((a, b) => a.dueAt.localeCompare(b.dueAt))
  const ids = [...JSON.stringify(definition.states).matchAll(/"id":"(i\d+)"/g)].map((match) => match[1] ?? '')
  const paths = tree.nodes.filter(({ depth }) => depth > 0).map(({ path }) => path)
  const pathAt = (n: number) => paths[n % paths.length] ?? ''
  if (kind <= 4) return { kind: 'event', type: EVENTS[which % EVENTS.length] ?? 'e0', payload: { x } }
  if (kind === 5 && next !== undefined) return { kind: 'timer', token: next.token }
  if (kind === 6 && ids.length > 0) return { kind: 'tick', item: ids[which % ids.length] ?? '' }
  if (kind === 7) return { kind: 'suspend', reason }
  if (kind === 8 || kind === 13) return { kind: 'resume' }
  if (kind === 9)
    return {
      kind: 'correct',
      fields: { m: x, at: x > 5 ? null : new Date(Date.UTC(2026, 2, 2, 3 + x)).toISOString() },
      reason,
    }
  if (kind >= 10 && which % 5 > 0)
    return {
      kind: 'moveTo',
      to: [pathAt(which), ...(x > 4 ? [pathAt(which * 7 + 1)] : [])],
      reason,
      runEntry: x > 2,
    }
  return { kind: 'note', text: 'n' }
}

const surroundings = (now: number, system = false): Surroundings => ({
  now,
  actor: system ? SYSTEM : as('engineer'),
  calendars: DEFAULT_CALENDARS,
})

type Run = { job: Job; history: Entry[]; now: number; accepted: number }
function doAll(compiled: Compiled, run: Run, doings: readonly Doing[]): void {
  for (const each of doings) {
    run.now += Math.abs(each.x) * 20_000
    const command = commandOf(each, run.job, compiled)
    const stored: Job = JSON.parse(JSON.stringify(run.job))
    const result = advance(compiled, stored, command, surroundings(run.now, command.kind === 'timer'))
    expect(canonicalJson(stored)).toBe(canonicalJson(run.job))
    if (!result.ok) continue
    run.accepted += 1
    run.job = result.job
    run.history.push(result.entry)
  }
}
function begin(compiled: Compiled): Run | undefined {
  const now = Date.UTC(2026, 2, 2, 2)
  const begun = start(compiled, { id: 'j', version: 1, fields: {} }, surroundings(now))
  return begun.ok ? { job: begun.job, history: [begun.entry], now, accepted: 0 } : undefined
}
function replays(versions: Record<number, Compiled>, { job, history }: Run): void {
  const again = replay(
    (version) => versions[version],
    1,
    history,
    () => DEFAULT_CALENDARS,
  )
  expect(again.ok ? canonicalJson(again.job) : again).toBe(canonicalJson(job))
  const tokens = history.flatMap((entry) => entry.armed.map((timer) => timer.token))
  expect(new Set(tokens).size).toBe(tokens.length)
  for (const timer of job.timers) if (timer.left === undefined) expect(tokens).toContain(timer.token)
}

const processes = {
  shapes: fc.array(shape, { minLength: 1, maxLength: 3 }),
  wirings: fc.array(wiring, { minLength: 1, maxLength: 12 }),
  doings: fc.array(doing, { maxLength: 15 }),
}

const plain = { guard: 0, action: 0, reenter: false, waives: false }
const still = { from: 0, to: 0, trigger: 0, ...plain }
const atomic = { kind: 'atomic' as const, items: 0, history: false, below: [] }
/** What chance found once, and had to be mended. */
const FOUND: [Parameters<typeof build>[0], Parameters<typeof build>[1], Doing[]][] = [
  // A history that leads back into the state that it was asked from.
  [
    [{ kind: 'compound', items: 0, history: true, below: [atomic] }],
    [
      { from: 447823430, to: 400823354, trigger: 3, ...plain },
      { from: 2095693946, to: 0, trigger: 4, ...plain },
      still,
    ],
    [{ kind: 0, which: 27, x: 0 }],
  ],
  // The same beside another region that the job leaves in the same step.
  [
    [
      atomic,
      {
        kind: 'parallel',
        items: 0,
        history: false,
        below: [
          { kind: 'parallel', items: 0, history: false, below: [atomic, atomic, atomic] },
          atomic,
          { kind: 'compound', items: 0, history: true, below: [atomic] },
        ],
      },
      atomic,
    ],
    [
      { from: 516871226, to: 475982480, trigger: 8, ...plain },
      { from: 1767225626, to: 0, trigger: 4, ...plain },
      { from: 41869071, to: 0, trigger: 8, ...plain },
    ],
    [{ kind: 10, which: 371642761, x: 0 }],
  ],
  // A timer that has fired, and whose field was corrected afterwards.
  [
    [atomic],
    [{ from: 0, to: 0, trigger: 6, ...plain }, still],
    [
      { kind: 9, which: 0, x: -1 },
      { kind: 5, which: 0, x: 0 },
      { kind: 9, which: 0, x: 0 },
    ],
  ],
]

it('an identity changes nothing but the version', () => {
  let moved = 0
  fc.assert(
    fc.property(processes.shapes, processes.wirings, processes.doings, (shapes, wirings, doings) => {
      const compiled = compile(build(shapes, wirings))
      const run = begin(compiled)
      if (run === undefined) return
      doAll(compiled, run, doings)
      const { job } = run
      const result = planMove(
        compiled,
        compiled,
        job,
        { kind: 'migrate', version: 2, hash: compiled.hash, mapping: {} },
        surroundings(run.now + 1),
      )
      if (job.status !== 'active') return
      if (!result.ok) throw new Error(JSON.stringify(result.refusal))
      moved += 1
      expect(result.notes).toEqual([])
      const updatedAt = new Date(run.now + 1).toISOString()
      expect(canonicalJson(result.job)).toBe(
        canonicalJson({ ...job, version: 2, seq: job.seq + 1, updatedAt }),
      )
      expect(result.entry).toMatchObject({
        armed: [],
        cancelled: [],
        changed: {},
        ticks: {},
        effects: [],
        taken: [],
      })
    }),
    { numRuns: RUNS, examples: FOUND },
  )
  expect(moved).toBeGreaterThan(RUNS / 3)
})

it('a job replays byte for byte across a move to a changed process, and works on there', () => {
  const seen = { moved: 0, refused: 0, entered: 0, after: 0, renamed: 0 }
  fc.assert(
    fc.property(
      fc.record({
        ...processes,
        nextShapes: processes.shapes,
        nextWirings: processes.wirings,
        more: processes.doings,
      }),
      fc.record({
        picks: fc.array(fc.nat(), { minLength: 1, maxLength: 8 }),
        runEntry: fc.boolean(),
        timers: fc.constantFrom('keep' as const, 'restart' as const, 'recount' as const),
        newTimers: fc.constantFrom('move' as const, 'entry' as const),
      }),
      ({ shapes, wirings, doings, nextShapes, nextWirings, more }, { picks, ...rules }) => {
        const old = compile(build(shapes, wirings))
        // Half of the edits are of the wiring alone: then most jobs stay where they are.
        const next = compile(build((picks[0] ?? 0) % 2 === 0 ? shapes : nextShapes, nextWirings))
        const run = begin(old)
        if (run === undefined) return
        doAll(old, run, doings)
        if (run.job.status !== 'active') return
        const places = next.tree.nodes.filter(({ depth, kind }) => depth > 0 && kind !== 'history')
        const regions = places.filter(({ parent }) => parent?.kind === 'parallel')
        const states = old.tree.nodes.flatMap(({ path, depth }, n) => {
          const to = places[(picks[n % picks.length] ?? 0) % places.length]
          const wanted =
            depth > 0 && (!next.tree.byPath.has(path) || (picks[n % picks.length] ?? 0) % 7 === 0)
          return wanted && to !== undefined ? [[path, to.path] as const] : []
        })
        const mapping: Mapping = {
          ...rules,
          states: Object.fromEntries(states),
          regions: Object.fromEntries(regions.map(({ path }) => [path, path])),
        }
        run.now += 5_000
        const stored: Job = JSON.parse(JSON.stringify(run.job))
        const command = { kind: 'migrate' as const, version: 2, hash: next.hash, mapping, run: 'm' }
        const result = planMove(old, next, stored, command, surroundings(run.now))
        expect(canonicalJson(stored)).toBe(canonicalJson(run.job))
        if (!result.ok) {
          seen.refused += 1
          expect(result.refusal.reasons.length).toBeGreaterThan(0)
          return
        }
        seen.moved += 1
        if (states.length > 0) seen.renamed += 1
        if (result.notes.some(({ code }) => code === 'state-entered')) seen.entered += 1
        const { job, entry } = result
        expect([job.version, job.hash, job.seq]).toEqual([2, next.hash, run.job.seq + 1])
        // What is stored is a place that the machine can be in.
        expect(leaves(restore(next, job.snapshot))).toEqual(entry.active)
        for (const timer of job.timers)
          if (timer.event === undefined)
            expect(Object.keys(next.definition.delays ?? {})).toContain(timer.delay)
        run.job = job
        run.history.push(entry)
        run.accepted = 0
        doAll(next, run, more)
        seen.after += run.accepted
        replays({ 1: old, 2: next }, run)
      },
    ),
    { numRuns: RUNS },
  )
  expect(Math.min(seen.moved, seen.refused, seen.entered, seen.after, seen.renamed)).toBeGreaterThan(
    RUNS / 30,
  )
})

it('what people do by hand replays byte for byte', () => {
  fc.assert(
    fc.property(
      processes.shapes,
      processes.wirings,
      fc.array(doing, { maxLength: 30 }),
      (shapes, wirings, doings) => {
        const compiled = compile(build(shapes, wirings))
        const run = begin(compiled)
        if (run === undefined) return
        doAll(compiled, run, doings)
        replays({ 1: compiled }, run)
      },
    ),
    { numRuns: RUNS },
  )
})
