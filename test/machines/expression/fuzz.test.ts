import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Program, Variables } from '../../../machines/expression/expression.ts'
import { environment, paid, variables } from './fixture.ts'

/** Expressions that are mostly well-formed: what a person might write, and what he should not. */
const atom = fc.constantFrom(
  ...[
    'true',
    'false',
    '1',
    '2.5',
    '"x"',
    'null',
    'now',
    'tz',
    'job',
    'event',
    'job.rooms',
    'job.price',
    'job.name',
  ],
  ...[
    'job.backup',
    'job.tags',
    'job.parts',
    'job.raw',
    'job.raw.a',
    'event.amount',
    'event.note',
    'checklist.dusted',
  ],
  ...[
    'settings.skills',
    'links.visit.status',
    'job.constructor',
    'job.__proto__',
    'constructor',
    '__proto__',
    'int',
  ],
  ...[
    'job.raw.__proto__',
    'job.raw.constructor',
    'has(job.name)',
    'has(job.raw.toString)',
    '"P1D"',
    '[]',
    '{}',
    "r'\\'",
  ],
)
const operator = fc.constantFrom('+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', '&&', '||', 'in')
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    atom,
    fc
      .tuple(tie('expression'), operator, tie('expression'))
      .map(([left, sign, right]) => `${left} ${sign} ${right}`),
    tie('expression').map((inner) => `(${inner})`),
    tie('expression').map((inner) => `!(${inner})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a}) ? (${b}) : (${a})`),
    fc
      .tuple(
        fc.constantFrom('all', 'exists', 'exists_one', 'map', 'filter'),
        tie('expression'),
        tie('expression'),
      )
      .map(([loop, range, body]) => `(${range}).${loop}(each, ${body} == each)`),
    fc
      .tuple(fc.constantFrom('plus', 'minus'), tie('expression'), tie('expression'))
      .map(([name, a, b]) => `${name}(${a}, ${b})`),
    fc
      .tuple(fc.constantFrom('size', 'string', 'int', 'minutesOfDay', 'has', 'type'), tie('expression'))
      .map(([name, a]) => `${name}(${a})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `[${a}, ${b}][0]`),
  ),
}))
const fragment = fc.constantFrom(
  ...[
    'job',
    'event',
    '.',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '"""',
    '//',
    '\\',
    '!',
    '-',
    '?',
    ':',
    ',',
    '&&',
    '||',
    '==',
    '=',
  ],
  ...[
    'has',
    'all',
    'x',
    '1',
    '0x',
    '1e',
    '9'.repeat(40),
    'b"',
    'r"',
    '\n',
    '，',
    '\ud800',
    '\u0000',
    'matches',
    'in',
    'return',
  ],
)
const soup = fc.array(fragment, { maxLength: 40 }).map((words) => words.join(''))
const text = fc.oneof(
  expression,
  soup,
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ maxLength: 2100 }),
)

const someVariables: fc.Arbitrary<Variables> = fc
  .record({
    job: fc.dictionary(
      fc.constantFrom('rooms', 'price', 'name', 'tags', 'parts', 'raw', 'day', '__proto__'),
      fc.jsonValue(),
    ),
    payload: fc.option(fc.dictionary(fc.constantFrom('amount', 'note', 'constructor'), fc.jsonValue())),
    type: fc.constantFrom('pay', 'stop', 'hush', 'toString'),
  })
  .map(({ job, payload, type }) => ({
    ...variables,
    job,
    ...(payload === null ? {} : { event: { type, payload } }),
  }))

function programOf(source: string): Program | undefined {
  try {
    return environment.program(source)
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError)
    return undefined
  }
}

test('no text makes the check throw or point outside itself', () => {
  fc.assert(
    fc.property(text, fc.constantFrom([], ['pay'], ['pay', 'stop']), (source, events) => {
      const { problems } = environment.check(source, events, 'bool')
      for (const { range, message } of problems) {
        expect(range.start).toBeGreaterThanOrEqual(0)
        expect(range.end).toBeGreaterThanOrEqual(range.start)
        expect(range.end).toBeLessThanOrEqual(source.length)
        expect(message.en).not.toBe('')
        expect(message.zh).toMatch(/[\u4e00-\u9fff]/)
      }
    }),
    { numRuns: 3000 },
  )
})

test('no text and no values make a program throw, and what comes out is JSON', () => {
  fc.assert(
    fc.property(text, someVariables, (source, given) => {
      const program = programOf(source)
      if (program === undefined) return
      const found = program.evaluate(given)
      if (found.ok) expect(JSON.parse(JSON.stringify({ value: found.value }))).toEqual({ value: found.value })
      const parts = program.explain(given)
      for (const { range, values } of parts) {
        expect(source.length).toBeGreaterThanOrEqual(range.end)
        expect(() => JSON.stringify(values)).not.toThrow()
      }
      if (found.ok && found.value === true) expect(parts).toEqual([])
      if (found.ok && found.value === false) expect(parts).not.toEqual([])
      if (!found.ok) expect(parts).not.toEqual([])
    }),
    { numRuns: 3000 },
  )
})

test('the check and the program agree on what can be read', () => {
  fc.assert(
    fc.property(text, (source) => {
      const refused = environment
        .check(source, ['pay'], 'any')
        .problems.some(({ code }) => code === 'expression-syntax')
      expect(programOf(source) === undefined).toBe(refused)
    }),
    { numRuns: 1000 },
  )
})

test('what passed the check fails for want of a value only, or for what was done with it', () => {
  fc.assert(
    fc.property(expression, (source) => {
      if (environment.check(source, ['pay'], 'bool').problems.length > 0) return
      const found = environment.program(source).evaluate(paid)
      if (found.ok) expect(typeof found.value).toBe('boolean')
      else expect(found.cause).not.toBe('payload')
    }),
    { numRuns: 3000 },
  )
})
