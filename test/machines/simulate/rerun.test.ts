import { describe, expect, it } from 'vitest'
import type { Entry } from '../../../machines/advance/job.ts'
import { compiled } from '../../../machines/compile/compile.ts'
import type { Definition } from '../../../machines/definition/schema.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { rerun } from '../../../machines/simulate/rerun.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { played } from '../../server/sample/played.ts'
import { as, rehearse } from '../kit.ts'

const words = (en: string) => ({ en, zh: en })
const cel = (expression: string) => ({ '@expr': expression, '@lang': 'cel' as const })
const again = (definition: Definition, entries: readonly Entry[]) =>
  rerun({ compiled: compiled(definition), version: 2, entries, calendars: () => DEFAULT_CALENDARS })

/** Asked, answered within an hour, and closed by itself two days later; a second pair of eyes may be called in. */
const LETTER = {
  id: 'letter',
  initial: 'open',
  states: {
    open: {
      meta: { title: words('Open'), checklist: [{ id: 'read', title: words('Read'), roles: ['engineer'] }] },
      on: {
        'letter.answer': {
          target: 'answered',
          actions: [{ type: '@xstate.assign', context: { answer: cel('event.answer') } }],
        },
        'letter.ask': {
          target: 'asking',
          actions: [{ type: 'startJob', params: { process: 'help', link: 'help', onEnd: 'help.came' } }],
        },
      },
      after: { promise: { actions: [{ type: 'breach', params: { norm: 'GN-09', severity: 'minor' } }] } },
    },
    asking: { meta: { title: words('Asking') }, on: { 'help.came': { target: 'open' } } },
    answered: { meta: { title: words('Answered') }, after: { quiet: { target: 'closed' } } },
    closed: { type: 'final', meta: { title: words('Closed') } },
  },
  delays: {
    promise: { duration: 'PT1H', meta: { title: words('Promised') } },
    quiet: { duration: 'P2D', meta: { title: words('Quiet'), kind: 'step' } },
  },
  schemas: {
    context: {
      properties: {
        from: { type: 'string', meta: { title: words('From') } },
        answer: { type: 'string', meta: { title: words('Answer') } },
      },
    },
    events: {
      'letter.answer': {
        properties: { answer: { type: 'string', meta: { title: words('Answer') } } },
        required: ['answer'],
        meta: { title: words('Answer'), roles: ['engineer'] },
      },
      'letter.ask': { meta: { title: words('Ask'), roles: ['engineer'] } },
      'help.came': {
        properties: {
          status: { type: 'string', meta: { title: words('Status') } },
          fields: { type: 'object', meta: { title: words('Fields') } },
        },
        meta: { title: words('Help'), roles: ['system'] },
      },
    },
  },
  meta: { title: words('Letter'), reportable: ['GN-04'] },
} as const satisfies Definition

const engineer = as('engineer')

const HELP = {
  id: 'help',
  initial: 'open',
  states: {
    open: { meta: { title: words('Open') }, on: { 'help.give': { target: 'given' } } },
    given: { type: 'final', meta: { title: words('Given') } },
  },
  schemas: {
    context: { properties: {} },
    events: { 'help.give': { meta: { title: words('Give'), roles: ['engineer'] } } },
  },
  meta: { title: words('Help') },
} as const satisfies Definition

/** Answered after 50 minutes, with a note on the way, and closed by itself. */
function answered(): readonly Entry[] {
  const job = rehearse(LETTER, { from: 'Li' }, engineer)
  job.wait('PT20M')
  job.do({ kind: 'note', text: 'a hard one' }, engineer)
  job.wait('PT30M')
  job.tick('read', engineer)
  job.send('letter.answer', { answer: 'yes' }, engineer)
  job.wait('P3D')
  expect(job.status).toBe('done')
  return job.history
}
const { open, answered: waiting } = LETTER.states
const with_ = (states: object, more: object = {}): Definition => ({
  ...LETTER,
  states: { ...LETTER.states, ...states },
  ...more,
})

describe('a job done over again', () => {
  it('takes its own course through its own definition', () => {
    const entries = answered()
    expect(again(LETTER, entries)).toEqual({
      job: 'job-1',
      verdict: 'same',
      was: { status: 'done', active: ['closed'], endedAt: '2026-03-04T02:50:00.000Z' },
      is: { status: 'done', active: ['closed'], endedAt: '2026-03-04T02:50:00.000Z' },
      barred: [],
      barredMore: 0,
      breaches: [],
      deadlines: [],
      unknown: [],
    })
  })

  it('breaks a norm whose deadline is shorter, and keeps one whose deadline is longer', () => {
    const half = { promise: { ...LETTER.delays.promise, duration: 'PT30M' }, quiet: LETTER.delays.quiet }
    const stricter = again(with_({}, { delays: half }), answered())
    expect(stricter.verdict).toBe('breaches')
    expect(stricter.breaches).toEqual([{ norm: 'GN-09', change: 'gained', is: '2026-03-02T02:30:00.000Z' }])
    expect(stricter.deadlines).toEqual([
      { delay: 'promise', was: '2026-03-02T03:00:00.000Z', is: '2026-03-02T02:30:00.000Z' },
    ])

    const late = rehearse(LETTER, {}, engineer).wait('PT90M')
    late.tick('read', engineer)
    late.send('letter.answer', { answer: 'sorry' }, engineer)
    late.wait('P3D')
    expect(late.broken).toEqual(['GN-09'])
    const twice = { ...half, promise: { ...LETTER.delays.promise, duration: 'PT2H' } }
    expect(again(with_({}, { delays: twice }), late.history)).toMatchObject({
      verdict: 'breaches',
      breaches: [{ norm: 'GN-09', change: 'lost', was: '2026-03-02T03:00:00.000Z' }],
    })
    const more = { ...half, promise: { ...LETTER.delays.promise, duration: 'PT80M' } }
    expect(again(with_({}, { delays: more }), late.history).breaches).toEqual([
      { norm: 'GN-09', change: 'later', was: '2026-03-02T03:00:00.000Z', is: '2026-03-02T03:20:00.000Z' },
    ])
  })

  it('is refused where more is asked for, at the step where it was done, and no breach after that counts', () => {
    const [read] = open.meta.checklist
    const asks = with_({
      open: {
        ...open,
        meta: { ...open.meta, checklist: [read, { id: 'weighed', title: words('Weighed') }] },
      },
    })
    const outcome = again(asks, answered())
    expect(outcome).toMatchObject({
      verdict: 'refused',
      is: { status: 'active', active: ['open'] },
      barred: [{ seq: 4, did: 'event', name: 'letter.answer', code: 'checklist-open' }],
      barredMore: 0,
      breaches: [],
    })
    expect(outcome.barred[0]?.reasons[0]?.item).toBe('weighed')
    expect(outcome.barred[0]?.reasons[0]).not.toHaveProperty('values')
  })

  it('ends elsewhere, and later where a timer ends it later', () => {
    const elsewhere = with_({
      answered: { ...waiting, after: { quiet: { target: 'filed' } } },
      filed: { type: 'final', meta: { title: words('Filed') } },
    })
    expect(again(elsewhere, answered())).toMatchObject({
      verdict: 'elsewhere',
      is: { status: 'done', active: ['filed'] },
    })
    const slower = with_(
      {},
      { delays: { ...LETTER.delays, quiet: { ...LETTER.delays.quiet, duration: 'P5D' } } },
    )
    expect(again(slower, answered())).toMatchObject({
      verdict: 'same',
      is: { status: 'done', active: ['closed'], endedAt: '2026-03-07T02:50:00.000Z' },
      deadlines: [{ delay: 'quiet' }],
    })
  })

  it('tells what the other definition does not know, and goes on', () => {
    const { 'letter.answer': _answer, ...others } = LETTER.schemas.events
    const { 'letter.answer': _way, ...ways } = open.on
    const without: Definition = {
      ...with_({ open: { on: ways, meta: { title: words('Open') } } }),
      schemas: { context: { properties: {} }, events: others },
    }
    const outcome = again(without, answered())
    expect(outcome.unknown).toEqual([
      { what: 'field', name: 'from' },
      { what: 'item', name: 'read' },
      { what: 'event', name: 'letter.answer' },
    ])
    expect(outcome).toMatchObject({ verdict: 'elsewhere', is: { status: 'active', active: ['open'] } })
  })

  it('cannot be started where a field is asked for that was never given', () => {
    const asks: Definition = {
      ...LETTER,
      schemas: {
        ...LETTER.schemas,
        context: {
          properties: {
            ...LETTER.schemas.context.properties,
            by: { type: 'string', meta: { title: words('By') } },
          },
          required: ['by'],
        },
      },
    }
    const outcome = again(asks, answered())
    expect(outcome).toMatchObject({
      verdict: 'refused',
      barred: [{ seq: 1, did: 'start', code: 'fields-invalid' }],
    })
    expect(outcome.is).toBeUndefined()
  })

  it('hears the end of its linked job, by whatever id it goes there', () => {
    const job = rehearse(LETTER, {}, engineer, { processes: [HELP] })
    job.tick('read', engineer)
    job.send('letter.ask', {}, engineer)
    job.wait('PT5M')
    job.linked('help').send('help.give', {}, engineer)
    job.tick('read', engineer)
    job.send('letter.answer', { answer: 'no' }, engineer)
    job.wait('P3D')
    expect(again(LETTER, job.history).verdict).toBe('same')
    // With a note before it, every later step has another number, and the linked job another id.
    const noted = with_(
      {
        open: { ...open, entry: [{ type: '@xstate.raise', event: { type: 'look' }, delay: 'glance' }] },
      },
      {
        delays: { ...LETTER.delays, glance: { duration: 'PT0S' } },
        schemas: {
          ...LETTER.schemas,
          events: { ...LETTER.schemas.events, look: { meta: { title: words('Look'), roles: ['system'] } } },
        },
      },
    )
    expect(again(noted, job.history)).toMatchObject({ verdict: 'same', unknown: [] })
    const alone = with_({ open: { ...open, on: { ...open.on, 'letter.ask': { target: 'asking' } } } })
    expect(again(alone, job.history)).toMatchObject({
      verdict: 'refused',
      unknown: [{ what: 'link', name: 'help' }],
      barred: [{ name: 'letter.answer', code: 'not-allowed-here' }],
    })
  })

  it('has its timers fire as late as a server that was down fired them', () => {
    const entries = answered().map((entry) =>
      entry.command.kind === 'timer' ? { ...entry, at: '2026-03-04T09:00:00.000Z' } : entry,
    )
    expect(again(LETTER, entries).is?.endedAt).toBe('2026-03-04T09:00:00.000Z')
  })

  it('comes to an end where timers would fire for ever', () => {
    const endless = with_({
      answered: { ...waiting, after: { quiet: { target: 'answered', reenter: true } } },
    })
    expect(again(endless, answered()).verdict).toBe('elsewhere')
  })

  it('leaves every job of a sample day as it is, in all shipped processes', async () => {
    const { commits } = await played('2026-03-04T15:00:00+08:00')
    const changes = commits.flatMap((commit) => commit.changes)
    const jobs = Map.groupBy(changes, ({ job }) => job.id)
    expect(jobs.size).toBe(40)
    for (const [id, course] of jobs) {
      const definition = SHIPPED.find((each) => each.id === course[0]?.job.process)
      if (definition === undefined) throw new Error(`job ${id} is of no shipped process`)
      const outcome = again(
        definition,
        course.map(({ entry }) => entry),
      )
      expect(outcome).toMatchObject({ verdict: 'same', barred: [], breaches: [], deadlines: [], unknown: [] })
      expect(outcome.is).toEqual(outcome.was)
    }
  }, 60_000)
})
