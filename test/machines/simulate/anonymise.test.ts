import fc from 'fast-check'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import type { Entry } from '../../../machines/advance/job.ts'
import { compiled } from '../../../machines/compile/compile.ts'
import type { Definition, Field } from '../../../machines/definition/schema.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { type MadeScenario, scenarioOf } from '../../../machines/simulate/anonymise.ts'
import {
  lengthInWords,
  movedDay,
  movedMoment,
  neutralShift,
} from '../../../machines/simulate/anonymise-time.ts'
import { checkScenario } from '../../../machines/simulate/check-scenario.ts'
import { checkRuns } from '../../../machines/simulate/known-runs.ts'
import { Scenario } from '../../../machines/simulate/scenario.ts'
import { calendarSet } from '../../../machines/time/calendar-set.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'
import { roughLength } from '../../../machines/time/duration.ts'
import { played } from '../../server/sample/played.ts'
import { as, MONDAY_10, rehearse } from '../kit.ts'

const words = (en: string, zh: string) => ({ en, zh })
const cel = (expression: string) => ({ '@expr': expression, '@lang': 'cel' as const })
const made = (definition: Definition, entries: readonly Entry[]): MadeScenario =>
  scenarioOf({
    compiled: compiled(definition),
    version: 1,
    pinned: false,
    entries,
    before: DEFAULT_CALENDARS,
    calendars: DEFAULT_CALENDARS,
  })

/** Every text in a value, names of properties too. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) => [name, ...textsOf(each)])
}
const showing = (scenario: unknown, originals: readonly string[]): string[] => {
  const texts = textsOf(scenario)
  return originals.filter((original) => texts.some((text) => text.includes(original)))
}

const text = (en: string, zh: string, more: Partial<Field> = {}): Field => ({
  type: 'string',
  ...more,
  meta: { title: words(en, zh), personal: true },
})
/** Something handed in under a code, fetched by whoever knows the code. */
const CLOAKROOM = {
  id: 'cloakroom',
  initial: 'kept',
  states: {
    kept: {
      meta: {
        title: words('Kept', '寄存中'),
        checklist: [{ id: 'tag', title: words('Tag', '挂牌'), evidence: 'text', roles: ['engineer'] }],
      },
      on: {
        'coat.fetch': [
          { target: 'fetched', guard: cel('event.code == job.code && size(event.why) > 12') },
          { target: 'doubted' },
        ],
        'coat.help': { actions: [{ type: '@xstate.assign', context: { helper: cel('event.helper') } }] },
      },
      after: { soon: { actions: [{ type: 'breach', params: { norm: 'GN-09', severity: 'minor' } }] } },
    },
    doubted: { meta: { title: words('Doubted', '存疑') } },
    fetched: { type: 'final', meta: { title: words('Fetched', '已取走') } },
  },
  delays: { soon: { duration: 'PT1H', meta: { title: words('Soon', '限时') } } },
  schemas: {
    context: {
      properties: {
        owner: text('Owner', '物主', { maxLength: 60 }),
        mail: text('Mail', '邮箱', { format: 'email' }),
        age: { type: 'integer', minimum: 0, meta: { title: words('Age', '年龄'), personal: true } },
        code: { type: 'string', meta: { title: words('Code', '取件码') } },
        colour: { type: 'string', enum: ['red', 'blue'], meta: { title: words('Colour', '颜色') } },
        until: { type: 'string', format: 'date-time', meta: { title: words('Until', '截止') } },
        things: {
          type: 'array',
          items: {
            type: 'object',
            properties: { what: { type: 'string', meta: { title: words('What', '物品') } } },
          },
          meta: { title: words('Things', '物品清单') },
        },
        helper: { type: 'string', format: 'person', meta: { title: words('Helper', '协助人') } },
      },
    },
    events: {
      'coat.fetch': {
        properties: {
          code: { type: 'string', meta: { title: words('Code', '取件码') } },
          why: { type: 'string', meta: { title: words('Why', '事由') } },
        },
        required: ['code', 'why'],
        meta: { title: words('Fetch', '取件'), roles: ['engineer'] },
      },
      'coat.help': {
        properties: {
          helper: { type: 'string', format: 'person', meta: { title: words('Helper', '协助人') } },
        },
        required: ['helper'],
        meta: { title: words('Help', '协助'), roles: ['dispatcher'] },
      },
    },
  },
  meta: { title: words('Cloakroom', '衣帽间'), assignee: 'helper', reportable: ['GN-04'] },
} as const satisfies Definition

type Texts = Record<
  | 'owner'
  | 'code'
  | 'what'
  | 'why'
  | 'tag'
  | 'note'
  | 'reason'
  | 'complaint'
  | 'breach'
  | 'engineer'
  | 'engineerName'
  | 'dispatcher'
  | 'helper',
  string
>

/** A job in which people put something of their own everywhere. */
function fetched(own: Texts): readonly Entry[] {
  const engineer = { ...as('engineer'), id: own.engineer, name: own.engineerName }
  const dispatcher = { ...as('dispatcher'), id: own.dispatcher, name: own.dispatcher }
  const fields = {
    owner: own.owner,
    mail: 'somebody.real@customer.example',
    age: 83,
    code: own.code,
    colour: 'red',
    until: '2026-03-02T18:30:00+08:00',
    things: [{ what: own.what }, { what: own.owner }],
  }
  const job = rehearse(CLOAKROOM, fields, dispatcher)
  job.wait('PT10M').send('coat.help', { helper: own.helper }, dispatcher)
  job.wait('PT5M').do({ kind: 'tick', item: 'tag', evidence: { kind: 'text', text: own.tag } }, engineer)
  job.do({ kind: 'note', text: own.note }, engineer)
  job.do({ kind: 'suspend', reason: own.reason }, dispatcher)
  job.wait('PT1H').do({ kind: 'resume', reason: own.reason }, dispatcher)
  job.do({ kind: 'correct', fields: { owner: own.owner }, reason: own.reason }, dispatcher)
  job.do({ kind: 'reassign', person: own.engineer, reason: own.reason }, dispatcher)
  job.do({ kind: 'reportBreach', norm: 'GN-04', severity: 'minor', note: own.breach }, dispatcher)
  job.wait('PT50M').send('coat.fetch', { code: own.code, why: own.why }, engineer)
  expect(job.status).toBe('done')
  job.do({ kind: 'rate', score: 1, comment: own.complaint }, dispatcher)
  return job.history
}

describe('a scenario from a real job', () => {
  it('takes the same course, breaks the same norms and shows nobody, for every job of a sample day', async () => {
    const { commits } = await played('2026-03-04T15:00:00+08:00')
    const changes = commits.flatMap((commit) => commit.changes)
    const kinds = new Set<string>()
    for (const [id, course] of Map.groupBy(changes, ({ job }) => job.id)) {
      const definition = SHIPPED.find((each) => each.id === course[0]?.job.process)
      if (definition === undefined) throw new Error(`job ${id} is of no shipped process`)
      kinds.add(definition.id)
      const { scenario, differs } = made(
        definition,
        course.map(({ entry }) => entry),
      )
      expect([id, differs]).toEqual([id, undefined])
      const stage = { compiled: compiled(definition), version: 1, calendars: DEFAULT_CALENDARS }
      const errors = checkScenario(scenario, stage).filter(({ severity }) => severity === 'error')
      expect([id, errors]).toEqual([id, []])
      const [ran] = checkRuns(scenario, compiled(definition), 1, DEFAULT_CALENDARS)
      expect(ran).toMatchObject({ ok: true, found: { active: course.at(-1)?.entry.active } })

      const personal = Object.entries(definition.schemas.context.properties)
        .filter(([, field]) => field.meta?.personal === true)
        .map(([name]) => course.at(-1)?.job.snapshot.context.fields[name])
      const people = course.flatMap(({ entry }) => [entry.actor.id, entry.actor.name])
      const said = ['存储阵列一块硬盘失效', '两台塔吊作业', '升级核心交换机固件', '维修时弄脏了办公桌', id]
      const originals = [...personal, ...people, ...said].filter((one) => typeof one === 'string')
      expect(
        showing(
          scenario,
          originals.filter((one) => one !== 'system'),
        ),
      ).toEqual([])
    }
    expect(kinds.size).toBe(7)
  }, 60_000)

  it('has nothing of what anybody put anywhere, and still agrees where a rule compares two of them or counts letters', () => {
    const own = fc.string({ minLength: 12, maxLength: 40 }).map((any) => `§${any}§`)
    const texts = fc.uniqueArray(own, { minLength: 13, maxLength: 13 }).map(
      ([
        a = '',
        b = '',
        c = '',
        d = '',
        e = '',
        f = '',
        g = '',
        h = '',
        i = '',
        j = '',
        k = '',
        l = '',
        m = '',
      ]): Texts => ({
        owner: a,
        code: b,
        what: c,
        why: d,
        tag: e,
        note: f,
        reason: g,
        complaint: h,
        breach: i,
        engineer: j,
        engineerName: k,
        dispatcher: l,
        helper: m,
      }),
    )
    fc.assert(
      fc.property(texts, (given) => {
        const entries = fetched(given)
        const { scenario, differs, leftOut } = made(CLOAKROOM, entries)
        expect(differs).toBeUndefined()
        expect(leftOut).toEqual({ note: 1 })
        const originals = [...Object.values(given), 'somebody.real', '2026-03-02', 'job-1']
        expect(showing(scenario, originals)).toEqual([])
        expect(scenario.start.fields.age).toBe(0)
        expect([...Value.Errors(Scenario, scenario)]).toEqual([])
        expect(scenario.runs.real?.expect).toMatchObject({ status: 'done', active: ['fetched'] })
        expect(scenario.runs.real?.expect.broken).toEqual(['GN-04', 'GN-09'])
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 40) },
    )
  })

  it('gives the same stand-in to the same value, and keeps what the process itself offers', () => {
    const plain = {
      owner: '李女士',
      code: '甲七',
      what: '大衣',
      why: '李女士本人前来取件并出示证件',
      tag: '7号',
      note: '雨天',
      reason: '稍候',
    }
    const { scenario } = made(
      CLOAKROOM,
      fetched({
        ...plain,
        complaint: '慢',
        breach: '喊叫',
        engineer: 'p1',
        engineerName: '赵一',
        dispatcher: 'p2',
        helper: 'p3',
      }),
    )
    const { fields } = scenario.start
    expect(fields).toMatchObject({
      colour: 'red',
      age: 0,
      mail: 'mail-1@example.com',
      things: [{ what: expect.any(String) }, { what: fields.owner }],
    })
    const fetch = scenario.runs.real?.steps.find(({ what }) => what.do === 'event')
    expect(fetch?.what).toMatchObject({ type: 'coat.fetch', payload: { code: fields.code } })
    expect(scenario.start.trainee.name).toEqual({ en: 'Engineer 1', zh: '工程师1' })
    expect(scenario.cast).toEqual({
      'dispatcher-1': { name: { en: 'Dispatcher 1', zh: '调度员1' }, roles: ['dispatcher'] },
      'person-1': { name: { en: 'Person 1', zh: '人员1' }, roles: [] },
    })
    expect(scenario.start.by).toBe('dispatcher-1')
    expect(scenario.start.before).toHaveLength(1)
  })

  it('says where it takes another course than the job did', () => {
    const entries = fetched({
      owner: 'Ms Li',
      code: 'A7',
      what: 'a coat',
      why: 'she came for it herself',
      tag: '7',
      note: 'rain',
      reason: 'wait',
      complaint: 'slow',
      breach: 'loud',
      engineer: 'p1',
      engineerName: 'Zhao',
      dispatcher: 'p2',
      helper: 'p3',
    })
    const { kept, ...others } = CLOAKROOM.states
    const [, doubted] = kept.on['coat.fetch']
    const stricter = {
      ...CLOAKROOM,
      states: { ...others, kept: { ...kept, on: { ...kept.on, 'coat.fetch': [doubted] } } },
    } as const satisfies Definition
    const { differs, scenario } = made(stricter, entries)
    expect(differs).toEqual({ seq: 11, was: ['fetched'], is: ['doubted'] })
    expect(scenario.runs.real?.expect.active).toEqual(['doubted'])
  })
})

describe('days moved', () => {
  const from = Date.parse(MONDAY_10)
  const day = 24 * 3600_000

  it('keep weekday and time of day, and go where the calendars are open alike', () => {
    const shift = neutralShift(from, from + 5 * day, DEFAULT_CALENDARS, DEFAULT_CALENDARS)
    expect(Math.abs(shift % (7 * day))).toBe(0)
    expect(shift).not.toBe(0)
    const [name, calendar] =
      Object.entries(DEFAULT_CALENDARS.calendars).find(([, one]) => one.kind === 'weekly') ?? []
    if (name === undefined || calendar?.kind !== 'weekly') throw new Error('there is no weekly calendar')
    const around = (shut: string[]) =>
      calendarSet(
        {
          ...DEFAULT_CALENDARS.calendars,
          [name]: { ...calendar, holidays: [...calendar.holidays, ...shut] },
        },
        DEFAULT_CALENDARS.timeZone,
      )
    // A holiday where it would have gone sends it elsewhere; one on its own way is looked for.
    const there = new Date(from + shift + day).toISOString().slice(0, 10)
    expect(neutralShift(from, from + 5 * day, DEFAULT_CALENDARS, around([there]))).not.toBe(shift)
    const later = new Date(from + shift + 22 * day).toISOString().slice(0, 10)
    const set = around(['2026-03-03', later])
    expect(neutralShift(from, from + 5 * day, set, set)).toBe(shift + 21 * day)
  })

  it('are written as they were', () => {
    const week = 7 * day
    expect(movedMoment('2026-03-02T10:00:00+08:00', week)).toBe('2026-03-09T10:00:00+08:00')
    expect(movedMoment('2026-03-02T02:00:00.125Z', -week)).toBe('2026-02-23T02:00:00.125Z')
    expect(movedMoment('2026-03-02T23:30:00.5-03:30', week)).toBe('2026-03-09T23:30:00.500-03:30')
    expect(movedDay('2026-02-27', week)).toBe('2026-03-06')
  })

  it('have lengths that a trainer can read, and the run takes as meant', () => {
    expect([0, 90_000, 26 * 3600_000 + 1, 3 * day].map(lengthInWords)).toEqual([
      'PT0S',
      'PT1M30S',
      'P1DT2H0.001S',
      'P3D',
    ])
    fc.assert(
      fc.property(fc.nat(10_000_000_000), (ms) => {
        expect(roughLength(lengthInWords(ms))).toBe(ms)
      }),
    )
  })
})
