import { describe, expect, it } from 'vitest'
import { SYSTEM } from '../../../machines/advance/job.ts'
import { viewOf } from '../../../machines/advance/view.ts'
import type { Definition } from '../../../machines/definition/schema.ts'
import { assign, breach, cel, item, notify, text, toRole } from '../../../machines/processes/author.ts'
import { as, rehearse } from '../kit.ts'
import { bench, event, processOf, titled } from './fixtures.ts'

const administrator = as('administrator')
const dispatcher = as('dispatcher')
const engineer = as('engineer')
const reason = 'asked by telephone'
const begin = () => rehearse(bench, { serial: 'A1' })
const rest = (job: ReturnType<typeof begin>) => job.do({ kind: 'suspend', reason }, dispatcher)
const goOn = (job: ReturnType<typeof begin>) => job.do({ kind: 'resume' }, dispatcher)
const said = (moment: string) => new Date(moment).toISOString()

describe('a suspended job', () => {
  it('has no deadline that runs, and as long as it had when it goes on', () => {
    const job = begin()
    job.wait('PT10M')
    const entry = rest(job)
    expect(entry).toMatchObject({ status: 'active', to: 'waiting', norms: { met: [], broken: [] } })
    expect(entry.cancelled).toHaveLength(1)
    expect(viewOf(job.compiled, job.job)).toMatchObject({
      suspended: { by: 'dispatcher-1', reason, at: said('2026-03-02T10:10:00+08:00') },
      deadlines: [{ delay: 'start', left: 'PT1200S' }],
    })
    job.wait('P3D')
    expect(job.broken).toEqual([])
    expect(goOn(job).armed).toHaveLength(1)
    expect(job.due('start')).toBe(said('2026-03-05T10:30:00+08:00'))
    job.wait('PT20M')
    expect(job.broken).toEqual(['HV-02'])
    job.replays()
  })

  it('does not fire by a token from before', () => {
    const job = begin()
    const token = job.job.timers[0]?.token ?? ''
    rest(job)
    expect(job.refusedCommand({ kind: 'timer', token }, SYSTEM).code).toBe('suspended')
    goOn(job)
    expect(job.refusedCommand({ kind: 'timer', token }, SYSTEM).code).toBe('timer-gone')
  })

  it('counts open hours where the deadline does', () => {
    const job = rehearse(
      processOf(
        { open: { after: { answer: { actions: [breach('HV-02')] } } } },
        { delays: { answer: { duration: 'PT4H', calendar: 'working' } } },
      ),
    )
    // From 10:00 with a break at noon: due at 15:00. Of it 10:00 to 11:00 is gone.
    job.wait('PT1H')
    rest(job)
    expect(job.job.timers[0]?.left).toBe('PT10800S')
    // On Friday at 17:00 an hour is open, the other two on Monday morning.
    job.waitUntil('2026-03-06T17:00:00+08:00')
    goOn(job)
    expect(job.due('answer')).toBe(said('2026-03-09T11:00:00+08:00'))
    job.replays()
  })

  const promised = (until: string) => {
    const job = begin()
    job.send('take', {}, engineer)
    job.send('promise', { until }, engineer)
    return job
  }
  it('keeps what is promised for a moment to that moment, if there is still time', () => {
    const job = promised('2026-03-02T18:00:00+08:00')
    rest(job)
    job.wait('PT2H')
    goOn(job)
    expect(job.due('promise')).toBe(said('2026-03-02T18:00:00+08:00'))
    job.replays()
  })
  it('is not late for what fell due while it rested', () => {
    const job = promised('2026-03-02T11:00:00+08:00')
    rest(job)
    job.wait('P1D')
    goOn(job)
    expect(job.due('promise')).toBe(said('2026-03-03T11:00:00+08:00'))
    // Whatever happens next, the promise stays put off.
    job.do({ kind: 'note', text: 'n' }, engineer)
    expect(job.due('promise')).toBe(said('2026-03-03T11:00:00+08:00'))
    job.do({ kind: 'correct', fields: { promised: '2026-03-04T09:00:00+08:00' }, reason }, engineer)
    expect(job.due('promise')).toBe(said('2026-03-04T09:00:00+08:00'))
    job.replays()
  })
  it('follows a field that was corrected while it rested', () => {
    const job = promised('2026-03-02T11:00:00+08:00')
    rest(job)
    job.do({ kind: 'correct', fields: { promised: '2026-03-05T09:00:00+08:00' }, reason }, engineer)
    expect(job.job.timers.every((timer) => timer.left !== undefined)).toBe(true)
    job.wait('P1D')
    goOn(job)
    expect(job.due('promise')).toBe(said('2026-03-05T09:00:00+08:00'))
    job.replays()
  })
  it('keeps a delay put off that is computed, and lets it follow its field', () => {
    const job = rehearse(
      processOf(
        { open: { after: { answer: { actions: [breach('HV-02')] } } } },
        {
          delays: { answer: { duration: cel("job.fast ? 'PT1H' : 'PT3H'") } },
          schemas: {
            context: { properties: { fast: { type: 'boolean', default: false } } },
            events: { go: event() },
          },
        },
      ),
    )
    job.wait('PT1H')
    rest(job)
    job.wait('PT5H')
    goOn(job)
    expect(job.due('answer')).toBe(said('2026-03-02T18:00:00+08:00'))
    job.do({ kind: 'note', text: 'n' }, engineer)
    expect(job.due('answer')).toBe(said('2026-03-02T18:00:00+08:00'))
    job.do({ kind: 'correct', fields: { fast: true }, reason }, engineer)
    expect(job.due('answer')).toBe(said('2026-03-02T16:00:00+08:00'))
    job.replays()
  })

  it('is barred to all, and says why', () => {
    const job = begin()
    rest(job)
    expect(job.refused('take', {}, engineer).code).toBe('suspended')
    expect(job.allowed(engineer).map(({ type }) => type)).toEqual(['take', 'cancel'])
    for (const { open, reasons } of job.allowed(engineer))
      expect([open, reasons.map(({ code }) => code)]).toEqual([false, ['suspended']])
    expect(job.refusedCommand({ kind: 'tick', item: 'strap' }, engineer).code).toBe('suspended')
    expect(job.refusedCommand({ kind: 'moveTo', to: ['paused'], reason }, administrator).code).toBe(
      'suspended',
    )
    expect(job.refusedCommand({ kind: 'suspend', reason }, dispatcher).code).toBe('suspended')
    job.do({ kind: 'note', text: 'still here' }, engineer)
    goOn(job)
    expect(job.can(engineer)).toContain('take')
    expect(job.refusedCommand({ kind: 'resume' }, dispatcher).code).toBe('not-suspended')
    job.replays()
  })

  it('hears what other jobs said when it goes on, in their order', () => {
    const job = rehearse(
      processOf(
        {
          open: { on: { first: { target: 'half' } } },
          half: { on: { second: { target: 'done' } } },
          done: {},
        },
        {
          schemas: {
            context: { properties: {} },
            events: { first: event(['system']), second: event(['system']) },
          },
        },
      ),
    )
    rest(job)
    job.send('first', {}, SYSTEM)
    job.send('second', {}, SYSTEM)
    expect(job.active).toEqual(['open'])
    goOn(job)
    const entry = job.history.find(({ command }) => command.kind === 'resume')
    expect(entry?.effects).toMatchObject([
      { type: 'signal', event: 'first' },
      { type: 'signal', event: 'second' },
    ])
    expect(job.active).toEqual(['done'])
    job.replays()
  })

  it('knows at once that a linked job ended, and acts on it when it goes on', () => {
    const child: Definition = {
      ...processOf({ open: { on: { go: { target: 'over' } } }, over: { type: 'final' } }),
      id: 'child',
    }
    const parent = processOf(
      {
        asking: {
          entry: [{ type: 'startJob', params: { process: 'child', link: 'help', onEnd: 'helped' } }],
          on: { helped: { target: 'served' } },
        },
        served: {},
      },
      {
        schemas: {
          context: { properties: {} },
          events: {
            helped: event(['system'], {
              properties: { status: { type: 'string' }, fields: { type: 'object' } },
            }),
          },
        },
      },
    )
    const job = rehearse(parent, {}, dispatcher, { processes: [child] })
    rest(job)
    job.linked('help').send('go', {}, engineer)
    expect(job.job.links).toMatchObject([{ link: 'help', status: 'done' }])
    expect(job.active).toEqual(['asking'])
    goOn(job)
    expect(job.active).toEqual(['served'])
    job.replays()
  })
})

describe('a job called off', () => {
  it('ends as cancelled where it stands, with nothing left to fire and nothing counted as kept', () => {
    const job = begin()
    const entry = job.do({ kind: 'cancel', reason }, dispatcher)
    expect(entry).toMatchObject({ status: 'cancelled', to: 'waiting', norms: { met: [] } })
    expect([job.status, job.job.timers]).toEqual(['cancelled', []])
    expect(job.refusedCommand({ kind: 'cancel', reason }, dispatcher).code).toBe('job-over')
    job.replays()
  })
  it('may be called off while it rests', () => {
    const job = begin()
    rest(job)
    job.do({ kind: 'cancel', reason }, dispatcher)
    expect([job.status, job.job.suspended]).toEqual(['cancelled', undefined])
    job.replays()
  })
})

describe('a job given to another', () => {
  const asks = (guard: object | undefined): Definition => ({
    ...bench,
    meta: { ...bench.meta, certificates: { boards: text('Boards', '主板') } },
    states: {
      ...bench.states,
      waiting: {
        ...bench.states.waiting,
        on: {
          take: {
            target: 'working',
            actions: [assign({ engineer: cel('event.engineer') })],
            guard: { type: 'qualified', params: { certificate: 'boards', of: 'engineer' } },
            ...guard,
          },
        },
      },
    },
  })
  const people = {
    anna: [{ kind: 'boards', validFrom: '2026-01-01T00:00:00.000Z', validUntil: '2027-01-01T00:00:00.000Z' }],
  }
  it('names the person, wherever the job is', () => {
    const job = begin()
    const entry = job.do({ kind: 'reassign', person: 'bert', reason }, dispatcher)
    expect(entry.changed).toEqual({ engineer: { to: 'bert' } })
    job.replays()
  })
  it('asks for the certificates that the process asks for', () => {
    const job = rehearse(asks({}), { serial: 'A1' }, dispatcher, { people })
    const refusal = job.refusedCommand({ kind: 'reassign', person: 'bert', reason }, dispatcher)
    expect([refusal.code, refusal.reasons[0]?.certificate]).toEqual(['not-qualified', 'boards'])
    job.do({ kind: 'reassign', person: 'anna', reason }, dispatcher)
    expect(job.fields.engineer).toBe('anna')
    job.replays()
  })
  it('does not ask of the person what is asked of the moment', () => {
    const guard = {
      type: 'and',
      params: {
        guards: [
          cel('job.price > 1.0'),
          { type: 'qualified', params: { certificate: 'boards', of: 'engineer' } },
        ],
      },
    } as const
    const job = rehearse(asks({ guard }), { serial: 'A1' }, dispatcher, { people })
    job.do({ kind: 'reassign', person: 'anna', reason }, dispatcher)
    expect(job.refusedCommand({ kind: 'reassign', person: 'bert', reason }, dispatcher).code).toBe(
      'not-qualified',
    )
  })
  it('is refused where jobs are nobody’s own', () => {
    const job = rehearse(processOf({ open: {} }))
    expect(job.refusedCommand({ kind: 'reassign', person: 'bert', reason }, dispatcher).code).toBe(
      'not-assignable',
    )
  })
})

describe('a job put into a state by hand', () => {
  const move = (job: ReturnType<typeof begin>, to: string[], runEntry?: boolean) =>
    job.do({ kind: 'moveTo', to, reason, ...(runEntry === undefined ? {} : { runEntry }) }, administrator)

  it('leaves what it was in, with its deadlines neither kept nor broken, and arms those of where it is', () => {
    const job = begin()
    job.do({ kind: 'correct', fields: { promised: '2026-03-02T18:00:00+08:00' }, reason }, engineer)
    const entry = move(job, ['working.asking'])
    expect(entry).toMatchObject({ to: { working: 'asking' }, norms: { met: [], broken: [] } })
    expect(entry.armed).toMatchObject([{ delay: 'promise' }])
    expect(job.job.timers).toHaveLength(1)
    job.replays()
  })
  it('does not leave states around both', () => {
    const job = begin()
    move(job, ['working.looking'])
    job.send('promise', { until: '2026-03-02T18:00:00+08:00' }, engineer)
    const entry = move(job, ['working.repairing'])
    expect([entry.armed, entry.cancelled]).toEqual([[], []])
    job.replays()
  })
  it('asks the checklist of a state anew when it begins anew', () => {
    const job = begin()
    move(job, ['working.repairing'])
    job.tickAll(engineer)
    expect(move(job, ['working.repairing']).ticks).toEqual({ strap: false, photo: false })
    job.replays()
  })
  it('ends where the state is the end', () => {
    const job = begin()
    expect(move(job, ['cancelled']).status).toBe('cancelled')
    job.replays()
  })
  it('remembers by history what it left', () => {
    const job = begin()
    move(job, ['working.repairing'])
    move(job, ['paused'])
    job.send('resume', {}, engineer)
    expect(job.active).toEqual(['working.repairing'])
    move(job, ['paused'])
    move(job, ['working.where'])
    expect(job.active).toEqual(['working.repairing'])
    job.replays()
  })
  it('does not know a state that is none', () => {
    const job = begin()
    for (const to of [['nowhere'], [''], ['working.nowhere'], []])
      expect(job.refusedCommand({ kind: 'moveTo', to, reason }, administrator).code).toBe('state-unknown')
    expect(
      job.refusedCommand({ kind: 'moveTo', to: ['paused', 'waiting'], reason }, administrator).code,
    ).toBe('states-apart')
  })

  const loud = processOf(
    {
      open: { exit: [breach('HV-02')], on: { go: { target: 'told' }, '*': { target: 'open' } } },
      told: {
        initial: 'here',
        entry: [notify([toRole('dispatcher')], text('Told', '已告知')), assign({ n: 1 })],
        states: {
          here: {
            entry: [{ type: '@xstate.raise', event: { type: 'back' } }],
            on: { back: { target: 'there' } },
          },
          there: {},
        },
      },
      gate: { always: [{ guard: cel('job.n == 0'), target: 'told' }] },
    },
    {
      schemas: {
        context: { properties: { n: { type: 'integer', default: 0 } } },
        events: { go: event(), back: event() },
      },
    },
  )
  it('runs no action of leaving or entering, unless those of entering are asked for', () => {
    const quiet = rehearse(loud)
    const entry = quiet.do({ kind: 'moveTo', to: ['told'], reason }, administrator)
    expect([entry.active, entry.effects, entry.breaches, quiet.fields]).toEqual([
      ['told.here'],
      [],
      [],
      { n: 0 },
    ])
    quiet.replays()
    const asked = rehearse(loud)
    const done = asked.do({ kind: 'moveTo', to: ['told'], reason, runEntry: true }, administrator)
    expect([done.active, done.breaches, asked.fields]).toEqual([['told.there'], [], { n: 1 }])
    expect(done.effects).toMatchObject([{ type: 'notify' }])
    asked.replays()
  })
  it('goes on by itself where the state leads on', () => {
    const job = rehearse(loud)
    expect(job.do({ kind: 'moveTo', to: ['gate'], reason }, administrator).active).toEqual(['told.here'])
    job.replays()
  })

  const twofold = processOf({
    both: {
      type: 'parallel',
      states: {
        left: { initial: 'a', states: { a: {}, b: {}, c: { initial: 'x', states: { x: {}, y: {} } } } },
        right: { initial: 'a', states: { a: { on: { go: { target: 'b' } } }, b: {} } },
        note: { meta: { ...titled('note'), checklist: [item('seen', text('Seen', '已看'))] } },
      },
    },
    alone: {},
  })
  it('moves one region and leaves the others alone', () => {
    const job = rehearse(twofold)
    job.send('go', {}, engineer)
    job.tick('seen', engineer)
    const entry = move(job, ['both.left.c.y'])
    expect([entry.active, entry.ticks]).toEqual([['both.left.c.y', 'both.right.b', 'both.note'], {}])
    expect(move(job, ['both.left.b', 'both.right.a']).active).toEqual([
      'both.left.b',
      'both.right.a',
      'both.note',
    ])
    expect(move(job, ['alone']).active).toEqual(['alone'])
    expect(move(job, ['both.right.b']).active).toEqual(['both.left.a', 'both.right.b', 'both.note'])
    expect(move(job, ['both']).active).toEqual(['both.left.a', 'both.right.a', 'both.note'])
    expect(
      job.refusedCommand({ kind: 'moveTo', to: ['both.left.a', 'both.left.b'], reason }, administrator).code,
    ).toBe('states-apart')
    job.replays()
  })
})
