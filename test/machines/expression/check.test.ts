import { describe, expect, test } from 'vitest'
import { createExpressionEnvironment } from '../../../machines/expression/environment.ts'
import type { Expected } from '../../../machines/expression/expression.ts'
import { definition, environment } from './fixture.ts'

const found = (text: string, events: string[] = [], expected: Expected = 'any'): string[] =>
  environment
    .check(text, events, expected)
    .problems.map(({ code, range }) => `${code} ${text.slice(range.start, range.end)}`)
const message = (text: string, events: string[] = []): { en: string; zh: string } | undefined =>
  environment.check(text, events, 'any').problems[0]?.message

describe('types', () => {
  test.each([
    ['job.rooms', 'int'],
    ['job.price', 'double'],
    ['job.name', 'string'],
    ['job.backup', 'bool'],
    ['job.appointment', 'timestamp'],
    ['job.day', 'timestamp'],
    ['job.patience', 'string'],
    ['job.address', 'object'],
    ['job.address.floor', 'int'],
    ['job.parts', 'list<object>'],
    ['job.parts[0].serial', 'string'],
    ['job.tags', 'list<string>'],
    ['job.raw.anything', 'dyn'],
    ['now - job.appointment', 'duration'],
    ['plus(now, settings.wait)', 'timestamp'],
    ['minus(job.day, "P1D")', 'timestamp'],
    ['minutesOfDay(now)', 'int'],
    ['dayOfWeek(now)', 'int'],
    ['settings.ring', 'int'],
    ['settings.rate', 'double'],
    ['settings.strict', 'bool'],
    ['settings.skills', 'list<string>'],
    ['actor.roles', 'list<string>'],
    ['links.visit.status + links.parent.job', 'string'],
    ['checklist.dusted && checklist.signed', 'bool'],
    ['tz', 'string'],
    ['job.rooms * job.price + 1', 'double'],
    ['job.parts.map(part, part.count)', 'list<int>'],
  ])('%s is %s', (text, type) => {
    expect(environment.check(text, [], 'any')).toEqual({ type, problems: [] })
  })

  test.each([
    'job.rooms > 2',
    'job.rooms > 2.5',
    'job.price > 100',
    'job.price == 100 && job.rooms != 2.0',
    "'engineer' in actor.roles && !('x' in job.tags)",
    'job.parts.all(part, part.count > 0) || job.tags.exists(tag, tag.startsWith("u"))',
    'job.parts.all(a, job.parts.exists(b, a.serial == b.serial && b.count > 0))',
    'has(job.name) && size(job.name) > 2 ? job.backup : false',
    'timestamp("2026-07-01T09:00:00+08:00") < now',
    'now - job.appointment > duration("1h")',
    'job.rooms > 2 // two are not enough',
  ])('%s is a condition', (text) => {
    expect(environment.check(text, [], 'bool')).toEqual({ type: 'bool', problems: [] })
  })

  test.each([
    ['job.rooms', 'bool'],
    ['job.raw.flag', 'bool'],
    ['job.appointment', 'string'],
    ['job.name', 'timestamp'],
  ] as const)('%s where %s is expected', (text, expected) => {
    expect(found(text, [], expected)).toEqual([`expression-type ${text}`])
  })

  test.each([
    ['has(job.name) ? dyn(job.name) : null', 'string'],
    ['has(job.appointment) ? dyn(job.appointment) : null', 'timestamp'],
  ] as const)('%s, a value or nothing, may stand for a %s', (text, expected) => {
    expect(found(text, [], expected)).toEqual([])
  })
})

describe('events', () => {
  test('a payload is typed by the event', () => {
    expect(environment.check('event.amount', ['pay'], 'any').type).toBe('double')
    expect(environment.check('event.amount', ['stop'], 'any').type).toBe('string')
    expect(environment.check('event.on', ['stop'], 'any').type).toBe('timestamp')
  })
  test('of several events only what all carry alike may be named', () => {
    expect(found('event.note', ['pay', 'stop'])).toEqual([])
    expect(found('event.amount', ['pay', 'stop'])).toEqual(['expression-unknown-name amount'])
    expect(message('event.amount', ['pay', 'stop'])?.en).toContain('Not every event')
    expect(found('event.note', ['pay', 'hush'])).toEqual(['expression-unknown-name note'])
  })
  test('without an event there is none', () => {
    expect(found('has(event.note)')).toEqual(['expression-unknown-name event'])
    expect(found('event.note', ['gone'])).toEqual(['expression-unknown-name note'])
  })
})

describe('unknown names', () => {
  test.each([
    ['job.room', 'room', 'rooms'],
    ['jobb.rooms', 'jobb', 'job'],
    ['rooms > 2', 'rooms', 'job.rooms'],
    ['job.address.citi', 'citi', 'city'],
    ['checklist.dustd', 'dustd', 'dusted'],
    ['settings.rin', 'rin', 'ring'],
    ['links.visitt.job', 'visitt', 'visit'],
    ['actor.role', 'role', 'roles'],
    ['has(job.nam)', 'nam', 'name'],
    ['!has(job.name) || (has( job.backups ))', 'backups', 'backup'],
    ['sise(job.name)', 'sise', 'size'],
    ['job.name.startWith("x")', 'startWith', 'startsWith'],
  ])('%s: %s, meant %s', (text, name, meant) => {
    expect(found(text)).toEqual([`expression-unknown-name ${name}`])
    expect(message(text)?.en).toContain(`“${meant}”`)
    expect(message(text)?.zh).toContain(`“${meant}”`)
  })

  test.each([
    ['job.parts.exists(part, part.colour == "red")', 'colour'],
    ['job.parts[0].colour', 'colour'],
    ['job.parts.exists(part, has(part.colour))', 'colour'],
    ['job.constructor', 'constructor'],
    ['job.__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['has(job.toString)', 'toString'],
    ['job["__proto__"]', 'job["__proto__"]'],
    ['int', 'int'],
    ['google', 'google'],
    ['hasOwnProperty("x")', 'hasOwnProperty'],
  ])('%s: %s', (text, name) => {
    expect(found(text)).toEqual([`expression-unknown-name ${name}`])
  })
})

describe('mistakes', () => {
  test.each([
    ['', 'expression-syntax ', 'too early'],
    ['job.rooms >', 'expression-syntax >', 'too early'],
    ['(job.backup', 'expression-syntax p', 'too early'],
    ['job.rooms = 2', 'expression-syntax =', '=='],
    ['job.backup and true', 'expression-syntax and', '&&'],
    ['job.backup & true', 'expression-syntax &', '&&'],
    ['job.backup or true', 'expression-syntax or', '||'],
    ['job.rooms > （2）', 'expression-syntax （', 'half-width'],
    ['job.name == “x”', 'expression-syntax “', 'quotation'],
    ['job.name == "x', 'expression-syntax "x', 'quotation'],
    ['job.rooms == null', 'expression-type job.rooms == null', 'has('],
    ['job.rooms + "x"', 'expression-type job.rooms + "x"', 'whole number'],
    ['(job.rooms + 1) + (job.name + "x")', 'expression-type (job.rooms + 1) + (job.name + "x")', 'text'],
    ['job.backup && job.rooms', 'expression-type job.backup && job.rooms', 'condition'],
    ['size(job.rooms)', 'expression-type size(job.rooms)', 'whole number'],
    ['plus(now, "30m")', 'expression-type "30m"', 'PT30M'],
    ['job.backup ? "a" : null', 'expression-type job.backup ? "a" : null', 'one type'],
    ['[{}, true]', 'expression-type [{}, true]', 'one type'],
    ['{1: [], 2: 3}', 'expression-type {1: [], 2: 3}', 'one type'],
    ['job.address == job.address', 'expression-type job.address == job.address', 'object'],
  ])('%s', (text, problem, words) => {
    expect(found(text)).toEqual([problem])
    expect(message(text)?.en).toContain(words)
    expect(message(text)?.zh).toMatch(/[\u4e00-\u9fff]/)
  })

  test('ranges count UTF-16 units', () => {
    const text = '"\u{1F600}" + job.nope'
    expect(environment.check(text, [], 'any').problems[0]?.range).toEqual({ start: 11, end: 15 })
  })
  test('a word of the library never shows', () => {
    for (const text of [
      '1 +',
      'job.x',
      'job.rooms + ""',
      'now + 1',
      'now.foo()',
      '{1: 2',
      '[1, ""]',
      '{1: 2}.x.y(3)',
    ])
      expect(message(text)?.en ?? '').not.toMatch(/overload|protobuf|dyn\b|EOF|token|object\d/)
  })
})

describe('refused, though CEL', () => {
  test.each([
    ['job.name.matches("(a+)+$")', 'expression-forbidden matches'],
    ['cel.bind(x, 1, x)', 'expression-forbidden bind'],
    ['now.getHours("Asia/Shanghai") > 1', 'expression-forbidden getHours'],
    ['now.getDayOfWeek() > 1', 'expression-forbidden getDayOfWeek'],
    ['timestamp(job.name) < now', 'expression-forbidden job.name'],
    ['timestamp("2026-07-01T09:00:00.000") < now', 'expression-forbidden "2026-07-01T09:00:00.000"'],
    ['bytes("x") == bytes("x")', 'expression-forbidden bytes'],
    ['size(b"x") == 1', 'expression-forbidden b"x"'],
    ['type(1) == int', 'expression-forbidden type'],
  ])('%s', (text, first) => {
    expect(found(text)[0]).toBe(first)
  })
})

describe('too complex', () => {
  const nested = (depth: number): string =>
    Array.from({ length: depth }).reduce<string>(
      (inner, _, index) => `job.tags.all(t${index}, ${inner})`,
      'true',
    )
  test.each([
    ['2,001 characters', `job.backup${' '.repeat(1991)}`],
    ['three loops within each other', nested(3)],
    ['five loops', nested(5)],
    ['deep parentheses', `${'('.repeat(200)}true${')'.repeat(200)}`],
    ['too many parts', Array.from({ length: 400 }, () => '!1').join('||')],
    ['pieces of a text in two loops', 'job.name.split("").all(a, job.name.split("").all(b, a == b))'],
    ['lists compared in two loops', 'job.parts.all(a, job.parts.all(b, job.tags == job.tags))'],
    ['lists joined and searched', 'job.tags.all(a, job.tags.all(b, a in (job.tags + job.tags)))'],
  ])('%s', (_, text) => {
    expect(environment.check(text, [], 'bool').problems.map(({ code }) => code)).toEqual([
      'expression-too-complex',
    ])
  })
  test('two loops, and loops one after the other, are fine', () => {
    expect(found(nested(2))).toEqual([])
    expect(found('job.parts.filter(p, p.count > 1).map(p, p.serial).exists(s, s == "A1")')).toEqual([])
    expect(found(`job.backup${' '.repeat(1990)}`)).toEqual([])
  })
})

test('a definition full of hostile names makes an environment that knows none of them', () => {
  const hostile = createExpressionEnvironment({
    ...definition,
    schemas: {
      context: {
        properties: JSON.parse(
          '{"__proto__":{"type":"string"},"constructor":{"type":"integer"},"a-b":{"type":"string"}}',
        ),
      },
      events: JSON.parse('{"__proto__":{"meta":{"title":{"en":"x"},"roles":[]}}}'),
    },
  })
  expect(hostile.check('job.toString', [], 'any').problems).toHaveLength(1)
  expect(hostile.check('job.constructor > 1', [], 'bool').problems).toEqual([])
  expect(hostile.check('event.x', ['__proto__'], 'any').problems).toHaveLength(1)
})
