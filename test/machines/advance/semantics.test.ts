import { describe, expect, it } from 'vitest'
import { assign, cel, item, raise, text } from '../../../machines/processes/author.ts'
import { as, rehearse } from '../kit.ts'
import { event, processOf, titled } from './fixtures.ts'

const engineer = as('engineer')
const n = (value = 0) => ({ n: { type: 'integer' as const, default: value } })
const log = { log: { type: 'string' as const, default: '' } }
const say = (word: string) => assign({ log: cel(`job.log + "${word} "`) })
const said = (job: ReturnType<typeof rehearse>) => String(job.fields.log).trim().split(' ')

describe('statechart semantics', () => {
  it('exit, transition and entry actions run in SCXML order', () => {
    const job = rehearse(
      processOf(
        {
          a: {
            initial: 'a1',
            entry: [say('+a')],
            exit: [say('-a')],
            states: { a1: { entry: [say('+a1')], exit: [say('-a1')] } },
            on: { go: { target: 'b', actions: [say('go')] } },
          },
          b: { initial: 'b1', entry: [say('+b')], states: { b1: { entry: [say('+b1')] } } },
        },
        { schemas: { context: { properties: log }, events: { go: event() } } },
      ),
    )
    job.send('go', {}, engineer)
    expect(said(job)).toEqual(['+a', '+a1', '-a1', '-a', 'go', '+b', '+b1'])
  })

  it('a history that leads back into the state it was asked from leaves one timer of it', () => {
    const job = rehearse(
      processOf(
        {
          a: {
            initial: 'a1',
            states: {
              a1: {
                on: { go: { target: 'was', actions: [assign({ n: cel('job.n + 1') })] } },
                always: [
                  { target: 'was', guard: cel('job.n % 3 != 0'), actions: [assign({ n: cel('job.n + 1') })] },
                ],
                after: { short: { target: 'a2' } },
              },
              a2: {},
              was: { type: 'history', history: 'deep', target: 'a1' },
            },
          },
        },
        {
          delays: { short: { duration: 'PT5M', meta: titled('short') } },
          schemas: { context: { properties: n() }, events: { go: event() } },
        },
      ),
    )
    const [before] = job.job.timers
    job.send('go', {}, engineer)
    expect(job.job.timers).toHaveLength(1)
    expect(job.history.at(-1)?.cancelled).toEqual([before?.token])
  })

  it('an internal transition leaves nothing, an external one leaves and enters again', () => {
    const job = rehearse(
      processOf(
        {
          a: {
            entry: [say('+a')],
            exit: [say('-a')],
            on: { go: { actions: [say('in')] }, back: { target: 'a', reenter: true, actions: [say('out')] } },
          },
        },
        { schemas: { context: { properties: log }, events: { go: event(), back: event() } } },
      ),
    )
    job.send('go', {}, engineer)
    job.send('back', {}, engineer)
    expect(said(job)).toEqual(['+a', 'in', '-a', 'out', '+a'])
  })

  it('parallel regions take an event each, and are done when all of them are', () => {
    const region = (own: string) => ({
      initial: 'on',
      states: {
        on: { on: { go: 'off' === own ? {} : { target: 'off' }, [own]: { target: 'off' } } },
        off: { type: 'final' as const },
      },
    })
    const job = rehearse(
      processOf(
        {
          both: {
            type: 'parallel',
            states: { left: region('back'), right: region('end') },
            onDone: { target: 'over' },
          },
          over: { type: 'final' },
        },
        { schemas: { context: { properties: {} }, events: { go: event(), back: event(), end: event() } } },
      ),
    )
    job.send('back', {}, engineer)
    expect(job.active).toEqual(['both.left.off', 'both.right.on'])
    job.send('go', {}, engineer)
    expect(job.status).toBe('done')
    job.replays()
  })

  it('the innermost state is asked first, then its ancestors', () => {
    const job = rehearse(
      processOf({
        a: {
          initial: 'a1',
          on: { go: { target: 'outer' }, back: { target: 'outer' } },
          states: { a1: { on: { go: { target: 'a2' } } }, a2: {} },
        },
        outer: {},
      }),
    )
    job.send('go', {}, engineer)
    expect(job.active).toEqual(['a.a2'])
    job.send('back', {}, engineer)
    expect(job.active).toEqual(['outer'])
  })

  it('a full name is taken before a partial one, and that before the wildcard', () => {
    const events = { 'visit.booked': event(), 'visit.moved': event(), other: event() }
    const job = rehearse(
      processOf(
        {
          a: {
            on: {
              '*': { actions: [say('any')] },
              'visit.*': { actions: [say('visit')] },
              'visit.booked': { actions: [say('booked')] },
            },
          },
        },
        { schemas: { context: { properties: log }, events } },
      ),
    )
    for (const type of Object.keys(events)) job.send(type, {}, engineer)
    expect(said(job)).toEqual(['booked', 'visit', 'any'])
    // The engine's own looks do not count as an event.
    job.do({ kind: 'correct', fields: { log: 'x ' }, reason: 'test' }, engineer)
    expect(said(job)).toEqual(['x'])
  })

  it('raised events and always run until there is rest', () => {
    const job = rehearse(
      processOf(
        {
          a: { on: { go: { target: 'b', actions: [raise('back')] } } },
          b: { on: { back: { target: 'c', actions: [assign({ n: cel('job.n + 1') })] } } },
          c: {
            always: [
              {
                guard: cel('job.n < 5'),
                target: 'c',
                reenter: true,
                actions: [assign({ n: cel('job.n + 1') })],
              },
              { target: 'd' },
            ],
          },
          d: {},
        },
        { schemas: { context: { properties: n() }, events: { go: event(), back: event() } } },
      ),
    )
    job.send('go', {}, engineer)
    expect(job.active).toEqual(['d'])
    expect(job.fields.n).toBe(5)
    job.replays()
  })

  it('a loop without rest is refused, and the job stays', () => {
    const job = rehearse(
      processOf({
        a: { on: { go: { target: 'b' } } },
        b: { always: { target: 'c' } },
        c: { always: { target: 'b' } },
      }),
    )
    expect(job.refused('go', {}, engineer).code).toBe('no-rest')
  })

  it('shallow history comes back to the child, deep history to the grandchild', () => {
    const deep = {
      initial: 'x',
      states: {
        x: { on: { go: { target: 'y' } } },
        y: { initial: 'y1', states: { y1: { on: { go: { target: 'y2' } } }, y2: {} } },
        shallow: { type: 'history' as const, target: 'x' },
        deep: { type: 'history' as const, history: 'deep' as const, target: 'x' },
      },
      on: { leave: { target: '#small.out' } },
    }
    const definition = processOf(
      { in: deep, out: { on: { shallow: { target: 'in.shallow' }, deep: { target: '#small.in.deep' } } } },
      {
        schemas: {
          context: { properties: {} },
          events: { go: event(), leave: event(), shallow: event(), deep: event() },
        },
      },
    )
    for (const [kind, leaf] of [
      ['shallow', 'in.y.y1'],
      ['deep', 'in.y.y2'],
    ] as const) {
      const job = rehearse(definition)
      for (const type of ['go', 'go', 'leave', kind]) job.send(type, {}, engineer)
      expect(job.active).toEqual([leaf])
      job.replays()
    }
  })

  it('repeats a timer by entering its state again, and chained timers each wait their time', () => {
    const job = rehearse(
      processOf(
        {
          hold: {
            initial: 'first',
            on: { go: { target: 'off' } },
            states: {
              first: { after: { five: { target: 'more', actions: [say('5')] } } },
              more: { after: { ten: { target: 'more', reenter: true, actions: [say('10')] } } },
            },
          },
          off: {},
        },
        {
          schemas: { context: { properties: log }, events: { go: event() } },
          delays: { five: { duration: 'PT5S' }, ten: { duration: 'PT10S' } },
        },
      ),
    )
    job.wait('PT34S')
    expect(said(job)).toEqual(['5', '10', '10'])
    job.wait('PT1S')
    expect(said(job)).toEqual(['5', '10', '10', '10'])
    job.send('go', {}, engineer)
    job.wait('PT1H')
    expect(said(job)).toHaveLength(4)
    job.replays()
  })

  it('a raised event with a delay comes once, and can be taken back', () => {
    const definition = processOf(
      {
        a: {
          entry: [
            {
              type: '@xstate.raise',
              event: { type: 'later', payload: { by: cel('job.n') } },
              id: 'bell',
              delay: 'soon',
            },
          ],
          on: {
            later: { actions: [assign({ n: cel('event.by + 1') })] },
            go: { actions: [{ type: '@xstate.cancel', id: 'bell' }] },
          },
        },
      },
      {
        schemas: {
          context: { properties: n(7) },
          events: { go: event(), later: event(['system'], { properties: { by: { type: 'integer' } } }) },
        },
        delays: { soon: { duration: 'PT1M' } },
      },
    )
    expect(rehearse(definition).wait('PT1H').fields.n).toBe(8)
    const job = rehearse(definition)
    job.send('go', {}, engineer)
    expect(job.wait('PT1H').fields.n).toBe(7)
    job.replays()
  })

  it('always waits for the checklist it would leave behind, and goes as soon as it is done', () => {
    const job = rehearse(
      processOf({
        a: {
          meta: { ...titled('A'), checklist: [item('one', text('One', '一'))] },
          always: { target: 'b' },
          on: { go: {} },
        },
        b: {},
      }),
    )
    expect(job.active).toEqual(['a'])
    job.tick('one', engineer)
    expect(job.active).toEqual(['b'])
  })

  it('a required item of a parent bars the child that would finish it', () => {
    const job = rehearse(
      processOf({
        a: {
          initial: 'a1',
          meta: { ...titled('A'), checklist: [item('one', text('One', '一'))] },
          states: { a1: { on: { go: { target: 'a2' } } }, a2: { type: 'final' } },
          onDone: { target: 'b' },
        },
        b: {},
      }),
    )
    expect(job.refused('go', {}, engineer).code).toBe('checklist-open')
    expect(job.can(engineer)).toEqual([])
    job.tick('one', engineer)
    job.send('go', {}, engineer)
    expect(job.active).toEqual(['b'])
  })
})

describe('linked jobs', () => {
  const child = processOf(
    {
      a: {
        on: {
          go: {
            target: 'b',
            actions: [
              { type: 'signal', params: { to: 'parent', event: 'opened', payload: { n: cel('job.n') } } },
            ],
          },
        },
      },
      b: { type: 'final' },
    },
    { id: 'child', schemas: { context: { properties: n() }, events: { go: event() } } },
  )
  const parent = processOf(
    {
      a: {
        on: {
          go: {
            target: 'b',
            actions: [
              {
                type: 'startJob',
                params: { process: 'child', link: 'kid', fields: { n: cel('job.n + 1') }, onEnd: 'ended' },
              },
            ],
          },
        },
      },
      b: {
        on: {
          leave: { target: 'c' },
          opened: { actions: [assign({ n: cel('event.n') })] },
          ended: { guard: cel('event.status == "done" && links.kid.status == "done"'), target: 'c' },
        },
      },
      c: { type: 'final' },
    },
    {
      id: 'parent',
      schemas: {
        context: { properties: n(4) },
        events: {
          go: event(),
          leave: event(),
          opened: event(['system'], { properties: { n: { type: 'integer' } } }),
          ended: event(['system'], {
            properties: { status: { type: 'string' }, fields: { type: 'object' } },
          }),
        },
      },
    },
  )
  it('the started job knows its parent, signals it, and its end comes back as an event', () => {
    const job = rehearse(parent, {}, engineer, { processes: [child] })
    job.send('go', {}, engineer)
    expect(job.job.links).toMatchObject([{ link: 'kid', process: 'child', status: 'active' }])
    const kid = job.linked('kid')
    expect(kid.fields.n).toBe(5)
    expect(kid.job.links).toMatchObject([{ link: 'parent', job: job.id }])
    kid.send('go', {}, engineer)
    expect(job.fields.n).toBe(5)
    expect(job.status).toBe('done')
    expect(job.job.links).toMatchObject([{ link: 'kid', status: 'done' }])
    job.replays()
    kid.replays()
  })
  it('a job that goes on learns that the one which started it is over', () => {
    const job = rehearse(parent, {}, engineer, { processes: [child] })
    job.send('go', {}, engineer)
    const kid = job.linked('kid')
    job.send('leave', {}, engineer)
    expect(kid.status).toBe('active')
    expect(kid.job.links).toMatchObject([{ link: 'parent', status: 'done' }])
    kid.replays()
  })
  it('people cannot send what only jobs send', () => {
    const job = rehearse(parent, {}, engineer, { processes: [child] })
    job.send('go', {}, engineer)
    expect(job.refused('ended', { status: 'done', fields: {} }, engineer).code).toBe('role-missing')
    expect(job.allowed(engineer).map(({ type }) => type)).toEqual(['leave'])
  })
})
