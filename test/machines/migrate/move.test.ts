import { describe, expect, it } from 'vitest'
import { advance, start } from '../../../machines/advance/advance.ts'
import { type Command, type Entry, type Job, SYSTEM } from '../../../machines/advance/job.ts'
import { replay } from '../../../machines/advance/replay.ts'
import { type Compiled, compile } from '../../../machines/compile/compile.ts'
import { canonicalJson } from '../../../machines/definition/hash.ts'
import type { Definition, StateNode } from '../../../machines/definition/schema.ts'
import { checkMapping } from '../../../machines/migrate/check-mapping.ts'
import type { Mapping } from '../../../machines/migrate/mapping.ts'
import { type Moved, planMove } from '../../../machines/migrate/move.ts'
import { breach, cel, item, notify, text, toRole } from '../../../machines/processes/author.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { bench, event, processOf, titled } from '../advance/fixtures.ts'
import { as, MONDAY_10 } from '../kit.ts'

const TEN = Date.parse(MONDAY_10)
const MINUTE = 60_000
const at = (minutes: number, actor = as(['engineer', 'customer', 'dispatcher'])) => ({
  now: TEN + minutes * MINUTE,
  actor,
  calendars: DEFAULT_CALENDARS,
})
const due = (minutes: number) => new Date(TEN + minutes * MINUTE).toISOString()

/** A job that does a few things on one version and then moves to another. */
class Mover {
  job: Job
  history: Entry[] = []
  readonly versions: Compiled[]
  constructor(old: Definition, next: Definition, fields: Record<string, unknown> = {}) {
    this.versions = [compile(old), compile(next)]
    const begun = start(this.on(1), { id: 'j', version: 1, fields }, at(0))
    if (!begun.ok) throw new Error(JSON.stringify(begun.refusal))
    this.job = begun.job
    this.history.push(begun.entry)
  }
  on(version: number): Compiled {
    const found = this.versions[version - 1]
    if (found === undefined) throw new Error('no version')
    return found
  }
  do(minutes: number, command: Command): this {
    const actor = command.kind === 'timer' ? SYSTEM : undefined
    const done = advance(this.on(this.job.version), this.job, command, at(minutes, actor))
    if (!done.ok) throw new Error(JSON.stringify(done.refusal))
    this.job = done.job
    this.history.push(done.entry)
    return this
  }
  send(minutes: number, type: string, payload: Record<string, unknown> = {}): this {
    return this.do(minutes, { kind: 'event', type, payload })
  }
  fire(minutes: number): this {
    const timer = this.job.timers.find(({ fired }) => !fired)
    return this.do(minutes, { kind: 'timer', token: timer?.token ?? '' })
  }
  plan(minutes: number, mapping: Mapping = {}): Moved {
    expect(checkMapping(this.on(1), this.on(2), mapping)).toEqual([])
    const { hash } = this.on(2)
    return planMove(
      this.on(1),
      this.on(2),
      this.job,
      { kind: 'migrate', version: 2, hash, mapping },
      at(minutes),
    )
  }
  /** Moves, which must work; what was said of it. */
  move(minutes: number, mapping: Mapping = {}): string[] {
    const moved = this.plan(minutes, mapping)
    if (!moved.ok) throw new Error(JSON.stringify(moved.refusal))
    this.job = moved.job
    this.history.push(moved.entry)
    const again = replay(
      (version) => this.versions[version - 1],
      1,
      this.history,
      () => DEFAULT_CALENDARS,
    )
    expect(again.ok ? canonicalJson(again.job) : again).toBe(canonicalJson(this.job))
    for (const { message } of moved.notes) expect(message.zh).toMatch(/[\u4e00-\u9fff]/)
    return moved.notes.map(({ code }) => code)
  }
  /** Why it cannot. */
  stuck(minutes: number, mapping: Mapping = {}): (string | undefined)[] {
    const before = canonicalJson(this.job)
    const moved = this.plan(minutes, mapping)
    expect(canonicalJson(this.job)).toBe(before)
    if (moved.ok) throw new Error('it moves')
    return [moved.refusal.code, ...moved.refusal.reasons.map(({ code }) => code)]
  }
  due(delay: string): string | undefined {
    return this.job.timers.find((timer) => timer.delay === delay && !timer.fired)?.dueAt
  }
  get entry(): Entry | undefined {
    return this.history.at(-1)
  }
}

const moving = (next: Partial<Definition>, fields = { serial: 'A1' }) =>
  new Mover(bench, { ...bench, ...next }, fields)
const without = <T extends object, K extends keyof T>(from: T, key: K): Omit<T, K> => {
  const { [key]: _gone, ...rest } = from
  return rest
}
const working = bench.states.working ?? {}

describe('where a job goes', () => {
  it('is where it was, by its path, and works on by the new rules', () => {
    const states = {
      ...bench.states,
      waiting: { ...bench.states.waiting, on: { take: { target: 'paused' } } },
    }
    const job = moving({ states })
    expect(job.move(1)).toEqual([])
    expect(job.entry).toMatchObject({
      command: { kind: 'migrate', version: 2 },
      from: 'waiting',
      to: 'waiting',
    })
    expect(job.send(2, 'take').job.snapshot.value).toBe('paused')
  })
  it('goes where its state went, with all that lies in it, and deadlines go along', () => {
    const states: Record<string, StateNode> = { ...without(bench.states, 'working'), bench: working }
    states.waiting = { ...bench.states.waiting, on: { take: { target: 'bench' } } }
    states.paused = { ...bench.states.paused, on: { resume: { target: 'bench.where' } } }
    const job = moving({ states })
      .send(1, 'take')
      .send(1, 'promise', { until: due(60) })
      .send(2, 'quote', { price: 5 })
    expect(job.stuck(3)).toEqual(['cannot-move', 'state-gone'])
    expect(job.move(3, { states: { working: 'bench' } })).toEqual(['state-renamed'])
    expect(job.job.snapshot.value).toEqual({ bench: 'repairing' })
    expect(job.due('promise')).toBe(due(60))
    expect(job.fire(60).job.breaches).toHaveLength(1)
  })
  it('keeps what its history states remember', () => {
    const states: Record<string, StateNode> = { ...without(bench.states, 'working'), bench: working }
    states.waiting = { ...bench.states.waiting, on: { take: { target: 'bench' } } }
    states.paused = { ...bench.states.paused, on: { resume: { target: 'bench.where' } } }
    const paused = () => moving({ states }).send(1, 'take').send(1, 'quote', { price: 5 }).send(2, 'pause')
    const job = paused()
    expect(job.move(3, { states: { working: 'bench' } })).toEqual([])
    expect(job.send(4, 'resume').job.snapshot.value).toEqual({ bench: 'repairing' })
    const forgetful = paused()
    expect(forgetful.move(3)).toEqual(['history-forgotten'])
    expect(forgetful.send(4, 'resume').job.snapshot.value).toEqual({ bench: 'looking' })
  })
  it('begins at the beginning of a state that became a group, which it has not left', () => {
    const next = processOf(
      { open: { initial: 'a', states: { a: {}, b: {} }, after: { slow: { actions: [breach('HV-02')] } } } },
      { delays: { slow: { duration: 'PT1H' } } },
    )
    const old = processOf(
      { open: { after: { slow: { actions: [breach('HV-02')] } } } },
      { delays: { slow: { duration: 'PT1H' } } },
    )
    const job = new Mover(old, next)
    expect(job.move(30)).toEqual(['state-entered'])
    expect([job.job.snapshot.value, job.due('slow')]).toEqual([{ open: 'a' }, due(60)])
  })
  it('does not end by a move', () => {
    const job = moving({}).send(1, 'take')
    expect(job.stuck(2, { states: { 'working.looking': 'working.done' } })).toEqual([
      'cannot-move',
      'state-ends',
    ])
  })

  const region = (): StateNode => ({ initial: 'a', states: { a: { on: { go: { target: 'b' } } }, b: {} } })
  const twofold = processOf({ both: { type: 'parallel', states: { left: region(), right: region() } } })
  it('must be told where it begins in a region that is new', () => {
    const next = processOf({
      both: { type: 'parallel', states: { left: region(), right: region(), third: region() } },
    })
    const job = new Mover(twofold, next).send(1, 'go')
    expect(job.stuck(2)).toEqual(['cannot-move', 'region-added'])
    job.move(2, { regions: { 'both.third': 'both.third.b' } })
    expect(job.job.snapshot.value).toEqual({ both: { left: 'b', right: 'b', third: 'b' } })
  })
  it('does not forget what a state remembers because another beside it is entered', () => {
    const back = (more: Record<string, StateNode>): Definition => {
      const { states } = region()
      const left: StateNode = { initial: 'a', states: { ...states, h: { type: 'history', target: 'a' } } }
      return processOf({
        both: { type: 'parallel', states: { left, ...more }, on: { back: { target: 'out' } } },
        out: { on: { go: { target: 'both' } } },
      })
    }
    const job = new Mover(back({ right: region() }), back({ right: region(), third: region() }))
    job.send(1, 'go').send(2, 'back').send(3, 'go')
    const { historyValue } = job.job.snapshot
    expect(historyValue).toEqual({ 'small.both.left.h': ['small.both.left.b'] })
    job.move(4, { regions: { 'both.third': 'both.third' } })
    expect(job.job.snapshot).toMatchObject({ historyValue, value: { both: { left: 'a' } } })
  })
  it('may lose a region, and two may become one', () => {
    const fewer = new Mover(twofold, processOf({ both: { type: 'parallel', states: { left: region() } } }))
    expect(fewer.stuck(1)).toEqual(['cannot-move', 'state-gone'])
    fewer.move(1, { states: { 'both.right': 'both.left' } })
    expect(fewer.job.snapshot.value).toEqual({ both: { left: 'a' } })
    const one = new Mover(twofold, processOf({ both: region() }))
    expect(one.stuck(1, { states: { 'both.left': 'both', 'both.right.a': 'both.b' } })).toEqual([
      'cannot-move',
      'states-apart',
    ])
    one.move(1, { states: { 'both.left': 'both', 'both.right': 'both' } })
    expect(one.job.snapshot.value).toEqual({ both: 'a' })
  })

  it('runs entry actions of a state that is new to it only if asked, and never of one that is not', () => {
    const loud = (name: string) => notify([toRole('dispatcher')], text(name, name))
    const old = processOf({ open: {} })
    const next = processOf({
      all: {
        entry: [loud('all')],
        exit: [loud('exit')],
        initial: 'open',
        states: { open: { entry: [loud('open')] } },
      },
    })
    const quiet = new Mover(old, next)
    quiet.move(1, { states: { open: 'all.open' } })
    expect(quiet.entry?.effects).toEqual([])
    const asked = new Mover(old, next)
    asked.move(1, { states: { open: 'all.open' }, runEntry: true })
    expect(asked.entry?.effects).toMatchObject([{ message: { en: 'all' } }])
  })
  it('goes on by itself where a new state leads on, and only there', () => {
    const next = processOf({
      open: { always: [{ target: 'shut' }] },
      gate: { always: [{ target: 'shut' }] },
      shut: {},
    })
    const there = new Mover(processOf({ open: {} }), next)
    expect(there.move(1, {})).toEqual([])
    expect(there.job.snapshot.value).toBe('open')
    const put = new Mover(processOf({ old: {}, gate: {} }), next)
    expect(put.move(1, { states: { old: 'gate' } })).toEqual(['state-entered', 'goes-on'])
    expect(put.job.snapshot.value).toBe('shut')
    const renamed = new Mover(processOf({ old: {} }), next)
    expect(renamed.move(1, { states: { old: 'gate' } })).toEqual(['state-renamed'])
    expect(renamed.job.snapshot.value).toBe('gate')
  })
  it('enters a state that was another one before, and takes along what both count', () => {
    const count = (): StateNode => ({
      after: { slow: { actions: [breach('HV-02')] }, quick: { actions: [breach('HV-03')] } },
      entry: [notify([toRole('dispatcher')], text('In', '进入'))],
      meta: { ...titled('s'), checklist: [item('seen', text('Seen', '已看'))] },
    })
    const delays = { delays: { slow: { duration: 'PT1H' }, quick: { duration: 'PT20M' } } }
    const old = processOf(
      { open: { after: { slow: { actions: [breach('HV-02')] } } }, other: count() },
      delays,
    )
    const put = new Mover(old, processOf({ other: count() }, delays))
    expect(put.move(10, { states: { open: 'other' }, runEntry: true })).toEqual([
      'state-entered',
      'entry-runs',
    ])
    expect(put.job.timers.map(({ delay, dueAt }) => [delay, dueAt])).toEqual([
      ['slow', due(60)],
      ['quick', due(30)],
    ])
    expect(put.entry?.effects).toHaveLength(1)
  })
  it('is not moved when it is over, nor to another process', () => {
    const job = moving({}).do(1, { kind: 'cancel', reason: 'x' })
    expect(job.stuck(2)).toEqual(['job-over', 'job-over'])
    expect(new Mover(bench, processOf({ waiting: {} }), { serial: 'A1' }).stuck(1)).toEqual([
      'cannot-move',
      'wrong-version',
    ])
  })
})

describe('timers', () => {
  const start = (duration: string, more: object = {}) => ({
    delays: { ...bench.delays, start: { ...bench.delays?.start, duration, ...more } },
  })
  it('keep the time they have left', () => {
    const job = moving(start('PT10M'))
    const [before] = job.job.timers
    expect(job.move(5)).toEqual([])
    expect(job.job.timers).toEqual([before])
  })
  it('begin again where that is said', () => {
    const job = moving(start('PT10M'))
    const [before] = job.job.timers
    expect(job.move(5, { timers: 'restart' })).toEqual(['timer-restarted'])
    expect(job.due('start')).toBe(due(15))
    expect(job.entry?.cancelled).toEqual([before?.token])
    expect(() => job.do(6, { kind: 'timer', token: before?.token ?? '' })).toThrow('timer-gone')
    expect(job.fire(15).job.breaches).toHaveLength(1)
  })
  it('are counted anew from when they began where that is said, and may be over', () => {
    const job = moving(start('PT10M'))
    expect(job.move(20, { delays: { start: { timers: 'recount' } } })).toEqual(['timer-recounted'])
    expect(job.due('start')).toBe(due(10))
    expect(job.fire(20).entry).toMatchObject({
      dueAt: due(10),
      breaches: [{ norm: 'HV-02', dueAt: due(10) }],
    })
  })
  it('that fired stay fired, unless there is time again', () => {
    const longer = start('PT2H')
    const kept = moving(longer).fire(30)
    kept.move(40)
    expect([kept.due('start'), kept.job.timers.length]).toEqual([undefined, 1])
    const again = moving(longer).fire(30)
    again.move(40, { timers: 'recount' })
    expect(again.due('start')).toBe(due(120))
    const late = moving(start('PT35M')).fire(30)
    late.move(40, { timers: 'recount' })
    expect(late.due('start')).toBeUndefined()
  })
  it('fall away with their delay, and are not counted as kept', () => {
    const { start: _start, ...delays } = bench.delays ?? {}
    const waiting = without(bench.states.waiting ?? {}, 'after')
    const job = moving({ delays, states: { ...bench.states, waiting } })
    expect(job.move(5)).toEqual(['timer-dropped'])
    expect([job.job.timers, job.entry?.norms.met, job.entry?.cancelled.length]).toEqual([[], [], 1])
  })
  it('that are new count from the move, or from the entry', () => {
    const second = (): Partial<Definition> => ({
      delays: { ...bench.delays, remind: { duration: 'PT20M', meta: titled('Remind') } },
      states: {
        ...bench.states,
        waiting: {
          ...bench.states.waiting,
          after: { ...bench.states.waiting?.after, remind: { actions: [breach('HV-03')] } },
        },
      },
    })
    const fromMove = moving(second())
    expect(fromMove.move(5)).toEqual(['timer-new'])
    expect(fromMove.due('remind')).toBe(due(25))
    const fromEntry = moving(second())
    fromEntry.move(5, { newTimers: 'entry' })
    expect(fromEntry.due('remind')).toBe(due(20))
    expect(fromEntry.entry?.armed).toHaveLength(1)
  })
  it('of an event that was put off go on while there is such an event', () => {
    const later = (type: string) =>
      processOf(
        {
          open: {
            entry: [{ type: '@xstate.raise', event: { type: 'go' }, delay: 'slow', id: 'later' }],
            on: { [type]: { target: 'shut' } },
          },
          shut: {},
        },
        { delays: { slow: { duration: 'PT1H' } } },
      )
    const job = new Mover(later('go'), { ...later('go'), description: 'x' })
    expect(job.move(5)).toEqual([])
    expect(job.fire(60).job.snapshot.value).toBe('shut')
    const gone = new Mover(later('go'), processOf({ open: {} }))
    expect(gone.move(5)).toEqual(['timer-dropped'])
  })
  it('with another name go on under it, with their own token', () => {
    const next = {
      delays: { ...bench.delays, begin: { duration: 'PT30M', meta: titled('Begin') } },
      states: {
        ...bench.states,
        waiting: { ...bench.states.waiting, after: { begin: { actions: [breach('HV-03')] } } },
      },
    }
    const job = moving(next)
    job.move(5, { delays: { start: { to: 'begin' } } })
    expect(job.due('begin')).toBe(due(30))
    expect(job.fire(30).job.breaches).toMatchObject([{ norm: 'HV-03' }])
  })
  it('kept against a changed rule stay so whatever happens next, and follow their field from there', () => {
    const hours = (n: number): Definition =>
      processOf(
        { open: { after: { slow: { actions: [breach('HV-02')] } } } },
        {
          delays: { slow: { duration: cel(`job.fast ? 'PT1H' : 'PT${n}H'`) } },
          schemas: {
            context: { properties: { fast: { type: 'boolean', default: false } } },
            events: { go: event() },
          },
        },
      )
    const job = new Mover(hours(3), hours(2))
    job.move(30)
    job.do(40, { kind: 'note', text: 'n' })
    expect(job.due('slow')).toBe(due(180))
    job.do(50, { kind: 'correct', fields: { fast: true }, reason: 'r' })
    expect(job.due('slow')).toBe(due(120))
  })
  it('of a job that rests keep resting, and so do new ones', () => {
    const job = moving({
      delays: { ...bench.delays, remind: { duration: 'PT20M', meta: titled('Remind') } },
      states: {
        ...bench.states,
        waiting: {
          ...bench.states.waiting,
          after: { ...bench.states.waiting?.after, remind: { actions: [breach('HV-03')] } },
        },
      },
    }).do(10, { kind: 'suspend', reason: 'r' })
    job.move(60)
    expect(job.job.timers.map(({ delay, left }) => [delay, left])).toEqual([
      ['start', 'PT1200S'],
      ['remind', 'PT1200S'],
    ])
    job.do(100, { kind: 'resume' })
    expect([job.due('start'), job.due('remind')]).toEqual([due(120), due(120)])
    const again = replay(
      (version) => job.versions[version - 1],
      1,
      job.history,
      () => DEFAULT_CALENDARS,
    )
    expect(again.ok && canonicalJson(again.job)).toBe(canonicalJson(job.job))
  })
})

it('a field that was corrected while the job rested takes effect when it goes on, also after a move', () => {
  const { promise = { duration: 'PT0S' } } = bench.delays ?? {}
  const job = moving({ delays: { ...bench.delays, promise: { ...promise, meta: titled('Other') } } })
  job
    .send(1, 'take')
    .send(1, 'promise', { until: due(60) })
    .do(2, { kind: 'suspend', reason: 'r' })
  job.do(3, { kind: 'correct', fields: { promised: due(90) }, reason: 'r' })
  expect(job.move(4)).toEqual([])
  job.do(5, { kind: 'resume' })
  expect(job.due('promise')).toBe(due(90))
})

describe('what a job knows', () => {
  const { serial: _serial, ...others } = bench.schemas.context.properties
  const fields = (
    properties: Definition['schemas']['context']['properties'],
    required: string[] = [],
  ): Partial<Definition> => ({
    schemas: { ...bench.schemas, context: { properties: { ...others, ...properties }, required } },
    meta: { ...bench.meta, summary: [] },
  })
  it('is lost only by consent', () => {
    expect(moving(fields({})).stuck(1)).toEqual(['cannot-move', 'field-gone'])
    const job = moving(fields({}))
    expect(job.move(1, { fields: { serial: null } })).toEqual(['field-given-up'])
    expect(job.job.snapshot.context.fields).toEqual({ accepted: false, tested: false })
    expect(job.entry?.changed).toEqual({ serial: { from: 'A1' } })
  })
  it('goes on under another name', () => {
    const job = moving(fields({ number: { type: 'string' } }, ['number']))
    job.move(1, { fields: { serial: 'number' } })
    expect(job.job.snapshot.context.fields.number).toBe('A1')
  })
  it('must fit the new fields', () => {
    const short = fields({ serial: { type: 'string', maxLength: 1 } })
    expect(moving(short).stuck(1)).toEqual(['cannot-move', 'value-invalid'])
  })
  it('is filled in where it must be now: by the default, a value, or an expression', () => {
    const next = fields(
      {
        serial: { type: 'string' },
        grade: { type: 'string', default: 'B' },
        shelf: { type: 'string' },
        label: { type: 'string' },
      },
      ['grade', 'shelf', 'label'],
    )
    expect(moving(next).stuck(1).slice(1)).toEqual(['value-invalid', 'value-invalid'])
    const job = moving(next)
    job.move(1, { values: { shelf: 'none', label: cel("job.serial + '-' + job.grade") } })
    expect(job.job.snapshot.context.fields).toMatchObject({ grade: 'B', shelf: 'none', label: 'A1-B' })
    const wrong = moving(next)
    expect(wrong.stuck(1, { values: { shelf: 'none', label: cel('string(job.price)') } })[0]).toBe(
      'assign-failed',
    )
  })
  it('that was emptied stays empty', () => {
    const job = moving({}).do(1, { kind: 'correct', fields: { accepted: null }, reason: 'r' })
    job.move(2)
    expect(job.job.snapshot.context.fields).not.toHaveProperty('accepted')
  })
  it('is ticked where it was, under its new name', () => {
    const repairing = {
      ...working.states?.repairing,
      meta: { ...titled('Repairing'), checklist: [item('band', text('Band', '手环'))] },
    }
    const states = { ...bench.states, working: { ...working, states: { ...working.states, repairing } } }
    const job = moving({ states })
      .send(1, 'take')
      .send(1, 'quote', { price: 5 })
      .do(2, { kind: 'tick', item: 'strap' })
      .do(2, { kind: 'tick', item: 'gift' })
    expect(job.move(3, { items: { strap: 'band' } })).toEqual(['tick-dropped'])
    expect(Object.keys(job.job.snapshot.context.checklist)).toEqual(['band'])
    expect(job.entry?.ticks).toEqual({ band: true, strap: false, gift: false })
  })
})

it('a mapping that makes no sense is told whole, each fault with its place', () => {
  const [from, to] = [compile(bench), compile({ ...bench, description: 'next' })]
  const mapping: Mapping = {
    states: { nowhere: 'paused', waiting: 'elsewhere', paused: 'closed' },
    regions: { working: 'working.looking', nothing: 'paused' },
    fields: { serial: 'unknown', engineer: 'price', accepted: 'price' },
    values: { serial: 5, price: cel('job.'), other: 1 },
    items: { strap: 'nothing' },
    delays: { start: { to: 'never' }, gone: {} },
  }
  expect(checkMapping(from, to, mapping).map(({ pointer }) => pointer)).toEqual([
    '/states/nowhere',
    '/states/waiting',
    '/states/paused',
    '/regions/working',
    '/regions/nothing',
    '/fields/serial',
    '/fields/accepted',
    '/values/serial',
    '/values/price',
    '/values/other',
    '/items/strap',
    '/delays/start',
    '/delays/gone',
    '/delays/gone',
  ])
})
