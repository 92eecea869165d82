import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Group, Row } from '../../../designer/document/guard-rows.ts'
import { guardOf, inWords, operatorsFor, rowsOf, subjectsOf } from '../../../designer/document/guard-rows.ts'
import type { Certificate, Tick } from '../../../machines/advance/job.ts'
import { compiled } from '../../../machines/compile/compile.ts'
import type { Frame, Standing } from '../../../machines/compile/frame.ts'
import { judge } from '../../../machines/compile/guards.ts'
import { matchesDescriptor } from '../../../machines/definition/descriptor.ts'
import type { Definition, Field, Guard } from '../../../machines/definition/schema.ts'
import { buildTree } from '../../../machines/definition/tree.ts'
import { createExpressionEnvironment } from '../../../machines/expression/environment.ts'
import { scopeOf } from '../../../machines/expression/scope.ts'
import { all, any, cel, item, not, text } from '../../../machines/processes/author.ts'
import { SHIPPED } from '../../../machines/processes/index.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'

/* ------------------------------------------------------------ guards of the shipped processes */

type Placed = { definition: Definition; guard: Guard; events: string[]; at: string }
const PLACED: Placed[] = SHIPPED.flatMap((definition) =>
  buildTree(definition).nodes.flatMap((node) =>
    node.transitions.flatMap(({ transition: { guard }, trigger, pointer }) =>
      guard === undefined
        ? []
        : [
            {
              definition,
              guard,
              at: `${definition.id}${pointer}`,
              events:
                trigger.kind === 'on'
                  ? Object.keys(definition.schemas.events).filter((type) =>
                      matchesDescriptor(trigger.descriptor, type),
                    )
                  : [],
            },
          ],
    ),
  ),
)

/* ------------------------------------------------------------ random jobs */

const NOW = Date.parse('2026-03-02T10:00:00+08:00')
const PEOPLE = ['ann', 'bo', 'cy']
/** Few values, so that comparisons come out either way, and moments about `now` to the minute. */
const moment = fc
  .constantFrom(0, 1, -1, 60, -60, 240, -240, 1440, -1440, 2880, -20160)
  .map((minutes) => new Date(NOW + minutes * 60_000).toISOString())

function valueFor(field: Field, words: readonly string[]): fc.Arbitrary<unknown> {
  switch (field.type) {
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.constantFrom(0, 1, 2, 3, 60)
    case 'number':
      return fc.constantFrom(0, 1, 2.5, 100)
    case 'array':
      return fc.array(valueFor(field.items ?? { type: 'string' }, words), { maxLength: 3 })
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(field.properties ?? {}).map(([name, inner]) => [name, valueFor(inner, words)]),
        ),
        { requiredKeys: [], noNullPrototype: true },
      )
    default:
      if (field.format === 'date-time') return moment
      if (field.format === 'date') return fc.constantFrom('2026-03-01', '2026-03-02', '2027-01-01')
      if (field.format === 'person') return fc.constantFrom(...PEOPLE)
      return fc.constantFrom(...(field.enum ?? ['', 'part-1', 'part-2', ...words, ...PEOPLE]))
  }
}

const recordFor = (
  properties: Readonly<Record<string, Field>> | undefined,
  words: readonly string[],
): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(
    Object.fromEntries(
      Object.entries(properties ?? {}).map(([name, field]) => [name, valueFor(field, words)]),
    ),
    { requiredKeys: [], noNullPrototype: true },
  )

const certificates: fc.Arbitrary<Certificate[]> = fc
  .subarray(['product-training', 'safety-training', 'electrical', 'machinery', 'work-at-height'])
  .map((kinds) =>
    kinds.map((kind) => ({
      kind,
      validFrom: '2020-01-01T00:00:00.000Z',
      validUntil: '2030-01-01T00:00:00.000Z',
    })),
  )

/** Names in quotes of a guard: what lists may hold. */
const wordsIn = (guard: Guard): string[] =>
  [...JSON.stringify(guard).matchAll(/'([\w-]+)'/g)].map(([, word]) => word ?? '')

type World = { frame: Frame; standing: Standing }
function worldFor({ definition, guard, events }: Placed): fc.Arbitrary<World> {
  const process = compiled(definition)
  const words = wordsIn(guard)
  const paths = process.tree.nodes.map(({ path }) => path)
  const named = JSON.stringify(guard)
  const asked = paths.filter((path) => named.includes(`"${path}"`))
  const actor = fc.record({
    id: fc.constantFrom(...PEOPLE),
    name: fc.constant('x'),
    roles: fc.subarray(['engineer' as const, 'customer' as const, 'hotline-agent' as const]),
    certificates,
  })
  const event = fc
    .option(fc.constantFrom(...(events.length === 0 ? [''] : events)), { nil: undefined })
    .chain((type) =>
      type === undefined || type === ''
        ? fc.constant(undefined)
        : recordFor(definition.schemas.events[type]?.properties, words).map((payload) => ({ type, payload })),
    )
  const tick: Tick = { at: '2026-03-02T00:00:00.000Z', by: 'ann' }
  return fc
    .record({
      actor,
      event,
      fields: recordFor(definition.schemas.context.properties, words),
      ticked: fc.subarray([...process.items.keys()]),
      active: fc.subarray(asked),
      status: fc.constantFrom('active' as const, 'done' as const, undefined),
      people: fc.dictionary(fc.constantFrom(...PEOPLE), certificates, { noNullPrototype: true }),
    })
    .map(({ actor: who, event: given, fields, ticked, active, status, people }) => ({
      frame: {
        now: NOW,
        actor: who,
        people,
        calendars: DEFAULT_CALENDARS,
        settings: process.settings,
        links:
          status === undefined
            ? {}
            : {
                permit: { job: 'j2', process: 'site-safety', status },
                parent: { job: 'j1', process: 'x', status },
              },
        unticked: process.unticked,
      },
      standing: {
        fields,
        checklist: Object.fromEntries(ticked.map((id) => [id, tick])),
        active: new Set(active),
        ...(given === undefined ? {} : { event: given }),
      },
    }))
}

describe('guards of the shipped processes as rows', () => {
  const read = PLACED.map((placed) => ({
    ...placed,
    read: rowsOf(placed.guard, placed.definition, placed.events),
  }))

  it('are rows for more than four in five', () => {
    expect(PLACED.length).toBeGreaterThan(200)
    expect(read.filter((one) => one.read.ok).length / PLACED.length).toBeGreaterThan(0.85)
  })

  it('say where no row can say it, within the expression', () => {
    const refused = read.flatMap((one) => (one.read.ok ? [] : [{ ...one, refusal: one.read }]))
    expect(refused.length).toBeGreaterThan(0)
    for (const { refusal, guard } of refused) {
      const value: unknown = refusal.pointer
        .split('/')
        .slice(1)
        .reduce<unknown>(
          (held, key) =>
            typeof held === 'object' && held !== null
              ? Object.getOwnPropertyDescriptor(held, key)?.value
              : undefined,
          guard,
        )
      expect(value).toHaveProperty('@expr')
      const source = JSON.stringify(value)
      expect(refusal.range.end).toBeGreaterThan(refusal.range.start)
      expect(refusal.range.end).toBeLessThan(source.length)
      expect(refusal.why.zh).toMatch(/[\u4e00-\u9fff]/)
    }
  })

  it('decide alike after the way there and back, whatever the job', () => {
    const verdicts = new Set<string>()
    for (const placed of read) {
      if (!placed.read.ok) continue
      const back = guardOf(placed.read.rows)
      if (back === undefined) throw new Error(`nothing is left of ${placed.at}`)
      const context = compiled(placed.definition)
      fc.assert(
        fc.property(worldFor(placed), ({ frame, standing }) => {
          const before = judge(context, placed.guard, frame, standing).is
          verdicts.add(before)
          expect(judge(context, back, frame, standing).is, placed.at).toBe(before)
        }),
        { numRuns: 40 },
      )
    }
    expect([...verdicts].sort()).toEqual(['error', 'false', 'true', 'unknown'])
  })

  it('are the same rows when read again', () => {
    for (const { read: first, definition, events } of read) {
      const back = first.ok ? guardOf(first.rows) : undefined
      if (!first.ok || back === undefined) continue
      const again = rowsOf(back, definition, events)
      expect(again.ok ? guardOf(again.rows) : again).toEqual(back)
    }
  })

  it('pass the check of expressions', () => {
    for (const { read: first, definition, events, at } of read) {
      const back = first.ok ? guardOf(first.rows) : undefined
      if (back === undefined) continue
      const environment = createExpressionEnvironment(definition)
      const texts = [...JSON.stringify(back).matchAll(/"@expr":("(?:[^"\\]|\\.)*")/g)]
      for (const [whole, source = '""'] of texts) {
        const expression: unknown = JSON.parse(source)
        // The moment of `within` is no condition.
        const isMoment = JSON.stringify(back).includes(`"at":{${whole}`)
        const { problems } = environment.check(String(expression), events, isMoment ? 'timestamp' : 'bool')
        expect(problems, `${at}: ${source}`).toEqual([])
      }
    }
  })

  it('have words in both languages', () => {
    for (const { read: first, definition } of read) {
      if (!first.ok) continue
      expect(inWords(first.rows, definition, 'en')).toMatch(/\w/)
      expect(inWords(first.rows, definition, 'zh')).toMatch(/[\u4e00-\u9fff]/)
    }
  })
})

/* ------------------------------------------------------------ a small process */

const title = (en: string, zh: string) => ({ meta: { title: text(en, zh) } })
const small: Definition = {
  id: 'small',
  initial: 'open',
  states: {
    open: {
      meta: {
        title: text('Open', '处理中'),
        checklist: [item('cleaned', text('Place cleaned', '已清理现场'))],
      },
    },
  },
  schemas: {
    context: {
      properties: {
        warranty: {
          type: 'string',
          enum: ['in-house', 'maker'],
          meta: {
            title: text('Warranty', '保修'),
            options: { 'in-house': text('In-house', '自保'), maker: text('Maker', '厂保') },
          },
        },
        accepted: { type: 'boolean', ...title('Quote accepted', '报价已接受') },
        appointment: { type: 'string', format: 'date-time', ...title('Appointment', '预约时间') },
        price: { type: 'number', ...title('Price', '价格') },
        count: { type: 'integer', ...title('Count', '数量') },
        name: { type: 'string', ...title('Name', '名称') },
        parts: {
          type: 'array',
          ...title('Parts', '备件'),
          items: {
            type: 'object',
            properties: { serial: { type: 'string', ...title('Serial number', '序列号') } },
          },
        },
        prices: { type: 'array', items: { type: 'number' }, ...title('Prices', '价格表') },
        address: { type: 'object', properties: { city: { type: 'string' } } },
      },
    },
    events: {
      pay: {
        properties: { price: { type: 'number', ...title('Price', '价格') }, serial: { type: 'string' } },
        meta: { title: text('Pay', '付款'), roles: ['engineer'] },
      },
    },
  },
  meta: {
    title: text('Small', '小流程'),
    settings: { notice: { value: '-PT24H', title: text('Notice', '提前量') } },
  },
}

const rows = (guard: Guard): Group => {
  const read = rowsOf(guard, small, ['pay'])
  if (!read.ok) throw new Error(`${read.why.en} at ${read.range.start}`)
  return read.rows
}
const refusal = (expression: string) => {
  const read = rowsOf(cel(expression), small, ['pay'])
  return read.ok ? undefined : { why: read.why.en, at: expression.slice(read.range.start, read.range.end) }
}

describe('one guard', () => {
  it('reads as a person would say it', () => {
    const guard = cel("job.warranty == 'in-house' && job.accepted")
    expect(inWords(rows(guard), small, 'en')).toBe('Warranty is In-house AND Quote accepted')
    expect(inWords(rows(guard), small, 'zh')).toBe('保修为自保 且 报价已接受')
  })

  it.each([
    ['!(has(job.name) || job.price >= 2.5) && !checklist.cleaned'],
    ["job.warranty in ['in-house', 'maker'] || (job.accepted && event.price > job.price)"],
    ["now < plus(plus(job.appointment, settings.notice), 'PT1M')"],
    ['job.parts.exists(part, part.serial == event.serial && has(part.serial))'],
    ["!job.parts.all(p, p.serial.startsWith('A'))"],
    ["job.appointment > timestamp('2026-03-02T09:00:00+08:00')"],
    ['size(job.parts) >= 2 && size(job.prices) == 0'],
    ['2.5 in job.prices && !(1.0 in job.prices)'],
    ["links.parent.status != 'active' && 'customer' in actor.roles"],
    ["job.address.city == 'Xi\\'an'"],
  ])('comes back word for word: %s', (expression) => {
    expect(guardOf(rows(cel(expression)))).toEqual(cel(expression))
  })

  it('keeps named guards named, and turns them round', () => {
    const guard = all(
      not({ type: 'stateIn', params: { state: 'open' } }),
      any(cel('job.accepted'), not(cel('job.count > 1'))),
      { type: 'within', params: { calendar: 'working', at: cel('job.appointment') } },
    )
    expect(guardOf(rows(guard))).toEqual(guard)
    expect(inWords(rows(guard), small, 'en')).toBe(
      'the job is not in “Open” AND (Quote accepted OR NOT (Count is more than 1)) AND Appointment lies within “working”',
    )
  })

  it('tells what an event brings from what the job has', () => {
    expect(inWords(rows(cel('event.price >= job.price')), small, 'en')).toBe(
      'Price (entered now) is at least Price',
    )
    expect(inWords(rows(cel('event.price >= job.price')), small, 'zh')).toBe('价格（本次填写）不小于价格')
  })

  it('says a setting that counts back as before', () => {
    const words = inWords(rows(cel('now < plus(job.appointment, settings.notice)')), small, 'en')
    expect(words).toBe('Now is before 24 hours before Appointment')
  })

  it.each([
    ['job.price * 2.0 > 5.0', 'job.price * 2.0'],
    ['job.accepted ? job.price > 1.0 : true', 'job.accepted ? job.price > 1.0 : true'],
    ['job.accepted && (job.price > 1.0) == (event.price > 1.0)', 'job.price > 1.0'],
    ["job.nowhere == 'x'", 'job.nowhere'],
    ['job.prices[0] > 1.0', 'job.prices[0]'],
    ['job.accepted && job.price >', '>'],
    ["job.name < 'b'", "job.name < 'b'"],
    ['true', 'true'],
  ])('is refused with its place: %s', (expression, at) => {
    expect(refusal(expression)?.at).toBe(at)
  })

  it('is none where the rows ask nothing', () => {
    const empty: Group = { kind: 'group', of: 'all', not: false, rows: [] }
    expect(guardOf(empty)).toBeUndefined()
    expect(guardOf({ ...empty, rows: [empty, { ...empty, of: 'any' }] })).toBeUndefined()
    expect(guardOf({ ...empty, rows: [empty, { kind: 'state', not: false, state: 'open' }] })).toEqual({
      type: 'stateIn',
      params: { state: 'open' },
    })
  })

  it('becomes named guards where one expression would be too long', () => {
    const row = (name: string): Row => ({
      kind: 'compare',
      subject: { place: 'job', path: ['name'] },
      operator: 'is',
      value: { literal: name },
    })
    const many: Group = {
      kind: 'group',
      of: 'any',
      not: false,
      rows: Array.from({ length: 60 }, (_, index) => row(`${'long '.repeat(8)}${index}`)),
    }
    const guard = guardOf(many)
    expect(guard).toMatchObject({ type: 'or' })
    expect(rowsOf(guard ?? cel('false'), small, [])).toMatchObject({ ok: true, rows: { rows: many.rows } })
  })
})

describe('rows that a person puts together', () => {
  const environment = createExpressionEnvironment(small)
  const scope = scopeOf(small, ['pay'])
  const subjects = subjectsOf(scope)

  it('offers each kind what fits it', () => {
    const offered = (path: string) =>
      subjects
        .filter(({ place }) => place.place === 'job' && place.path.join('.') === path)
        .flatMap(operatorsFor)
        .map(({ operator }) => operator)
    expect(offered('accepted').slice(0, 2)).toEqual(['yes', 'no'])
    expect(offered('name')).toContain('starts-with')
    expect(offered('name')).not.toContain('less')
    expect(offered('price')).toContain('at-least')
    expect(offered('parts')).toContain('no-entries')
  })

  it('hold any text in quotes without harm', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (typed) => {
        const guard = guardOf({
          kind: 'compare',
          subject: { place: 'job', path: ['name'] },
          operator: 'is',
          value: { literal: typed },
        })
        if (guard === undefined || !('@expr' in guard)) throw new Error('not an expression')
        const answer = environment.program(guard['@expr']).evaluate({
          job: { name: typed },
          now: 0,
          actor: { id: 'a', name: 'a', roles: [] },
          checklist: {},
          settings: {},
          links: {},
          timeZone: 'UTC',
        })
        expect(answer).toEqual({ ok: true, value: true })
        const [row] = rows(guard).rows
        expect(row).toMatchObject({ value: { literal: typed } })
      }),
    )
  })

  it('refuse a row without its value', () => {
    expect(() =>
      guardOf({ kind: 'compare', subject: { place: 'job', path: ['name'] }, operator: 'is' }),
    ).toThrow('lacks its value')
  })
})
