import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokensOf, valueAt } from '../../../machines/definition/pointer.ts'
import { validate } from '../../../machines/validate/validate.ts'
import { broken, context, GONE, sample } from './sample.ts'

const codesOf = (input: unknown) => validate(input, context).map(({ code }) => code)
const nested = (depth: number, open: string, close: string): unknown =>
  JSON.parse(`${open.repeat(depth)}${close.repeat(depth)}`)

describe('validate on hostile input', () => {
  it.each([
    null,
    true,
    0,
    -1.5,
    '',
    'visit',
    [],
    [[]],
    {},
    { states: null },
    { id: {} },
    { states: { a: [] } },
  ])('answers %j with problems, not with an exception', (input) => {
    expect(validate(input, context).some(({ severity }) => severity === 'error')).toBe(true)
  })

  it.each([undefined, () => 1, Symbol('x'), 1n, Number.NaN, new Date(0), new Map()])(
    'refuses what is not JSON',
    (input) => {
      expect(codesOf(input)).toEqual(['not-json'])
      expect(codesOf({ ...sample, description: [input] })).toEqual(['not-json'])
    },
  )

  it('does not overflow on deep nesting, wherever it is', () => {
    expect(codesOf(nested(200_000, '[', ']'))).toEqual(['too-deep'])
    expect(codesOf(broken(['/schemas/context/properties/count/default', nested(200_000, '[', ']')]))).toEqual(
      ['too-deep'],
    )
    let guard: unknown = { type: 'checklistDone' }
    for (let depth = 0; depth < 5000; depth++) guard = { type: 'not', params: { guard } }
    expect(codesOf(broken(['/on/cancel/guard', guard]))).toEqual(['too-deep'])
    let state: unknown = {}
    for (let depth = 0; depth < 5000; depth++) state = { states: { a: state } }
    expect(codesOf(broken(['/states/over', state]))).toEqual(['too-deep'])
    const [problem] = validate(nested(200_000, '[', ']'), context)
    expect(problem?.path.length).toBeLessThan(100)
  })

  it('ends on values that hold themselves, which no JSON does', () => {
    const round: Record<string, unknown> = { ...sample }
    round.description = round
    expect(codesOf(round)).toEqual(['too-deep'])
  })

  it('does not read on where there is too much', () => {
    expect(codesOf('x'.repeat(30_000_000))).toEqual(['too-large'])
    expect(codesOf(Array.from({ length: 3_000_000 }, () => 0))).toEqual(['too-large'])
    expect(codesOf(broken(['/description', '语'.repeat(400_000)]))).toEqual(['too-large'])
  })

  it('tells a thousand problems, and that there are more', () => {
    const junk = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`titel${index}`, 1]))
    const started = performance.now()
    const codes = codesOf({ ...sample, ...junk })
    expect(codes.filter((code) => code === 'unknown-key').length).toBe(1000)
    expect(codes).toContain('too-many-problems')
    expect(performance.now() - started).toBeLessThan(2000)
  })

  it('stays quick on the largest definitions there can be', () => {
    const title = { en: 'x', zh: '甲' }
    const keys = Array.from({ length: 480 }, (_, index) => `s${index}`)
    const states = Object.fromEntries(
      keys.map((key, index) => [
        key,
        {
          meta: { title },
          always: keys.slice(0, 12).map((target, nth) => ({
            target,
            guard: { '@expr': `job.count == ${nth + index}`, '@lang': 'cel' },
          })),
          on: { 'visit.done': keys.slice(0, 8).map((target) => ({ target })) },
        },
      ]),
    )
    const started = performance.now()
    validate(broken(['/states', { ...sample.states, ...states }]), context)
    expect(performance.now() - started).toBeLessThan(8000)
  })

  it('tames what it quotes', () => {
    const [problem] = validate(broken(['/initial', `a\u0000b${'x'.repeat(5000)}`]), context)
    expect(problem?.code).toBe('unknown-initial')
    expect(problem?.message.en).toContain('a b')
    expect(problem?.message.en.length).toBeLessThan(600)
  })
})

/** Pointers to everything in a value. */
function placesIn(value: unknown, pointer = ''): string[] {
  if (typeof value !== 'object' || value === null) return [pointer]
  return [
    pointer,
    ...Object.entries(value).flatMap(([key, held]) =>
      placesIn(held, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
    ),
  ]
}
const PLACES = placesIn(sample).filter((pointer) => pointer !== '')
const WORDS = [...new Set(PLACES.flatMap(tokensOf))]

describe('validate on names that are none', () => {
  const objects = PLACES.filter((pointer) => {
    const { value } = valueAt(sample, pointer)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  })
  it.each(['a\nb', ''])('looks at what stands under %j, wherever it stands', (key) => {
    const seen = objects.flatMap((pointer) =>
      [5, null, {}].map((rubbish) => validate(damaged([[`${pointer}/${key}`, rubbish]]), context).length),
    )
    expect(seen).toHaveLength(objects.length * 3)
  })
  it('bars a state, an event or a delay whose name holds a line break', () => {
    for (const place of ['/states', '/schemas/events', '/delays'])
      expect(
        validate(damaged([[`${place}/a\nb`, 5]]), context).map(({ path }) => path),
        place,
      ).toContain(`${place}/a\nb`)
  })
})

describe('validate on a definition with random damage', () => {
  const value = fc.oneof(
    fc.constant(GONE),
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(...WORDS),
    fc.constantFrom('constructor', '__proto__', '#', '.', '#visit', '*', 'xstate.done', '', 'P1D'),
    fc.constantFrom(...PLACES).map((pointer) => valueAt(sample, pointer).value),
    fc.string().map((text) => ({ '@expr': text, '@lang': 'cel' })),
    fc.record({
      type: fc.constantFrom('and', 'not', 'within', 'startJob', 'breach', '@xstate.raise', 'parallel'),
    }),
  )
  const place = fc.oneof(
    fc.constantFrom(...PLACES),
    fc
      .tuple(
        fc.constantFrom(...PLACES),
        fc.constantFrom(...WORDS, 'constructor', '__proto__', 'a.b', '0', '~/', 'a\nb'),
      )
      .map(([pointer, key]) => `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  )

  it('never throws, and every problem names a place that is there', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(place, value), { minLength: 1, maxLength: 4 }), (edits) => {
        const input = damaged(edits)
        for (const { code, path, fix } of validate(input, context)) {
          expect([code, path, valueAt(input, path).found]).toEqual([code, path, true])
          if (fix !== undefined && fix.value === undefined)
            expect([code, fix.path, valueAt(input, fix.path).found]).toEqual([code, fix.path, true])
        }
      }),
      { numRuns: 300 },
    )
  })

  it('says the same of the same definition, and leaves it as it was', () => {
    fc.assert(
      fc.property(place, value, (pointer, put) => {
        const input = damaged([[pointer, put]])
        const before = JSON.stringify(input)
        expect(validate(input, context)).toEqual(validate(input, context))
        expect(JSON.stringify(input)).toBe(before)
      }),
      { numRuns: 60 },
    )
  })

  it('never throws on arbitrary JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        expect(Array.isArray(validate(input, context))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

/** Applies what can be applied: an earlier edit may have taken the place of a later one. */
function damaged(edits: readonly (readonly [string, unknown])[]): unknown {
  let kept: (readonly [string, unknown])[] = []
  for (const edit of edits) {
    try {
      broken(...kept, edit)
      kept = [...kept, edit]
    } catch {
      // The place is gone.
    }
  }
  const text = JSON.stringify(broken(...kept))
  return JSON.parse(text)
}

it('ends on states that lead into themselves', () => {
  const title = { meta: { title: { en: 'x', zh: '甲' } } }
  const ring = {
    ...title,
    initial: 'back',
    states: { back: { type: 'history', target: '#visit.ring' }, one: title },
  }
  const regions = {
    ...title,
    type: 'parallel',
    states: { back: { type: 'history', target: 'one' }, one: title },
  }
  const codes = (state: unknown) =>
    codesOf(broken(['/states/ring', state], ['/on/cancel/target', ['#visit.ring']]))
  expect(codes(ring)).toContain('unknown-initial')
  expect(codes(regions)).toContain('dead-end')
})
