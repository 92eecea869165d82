import { describe, expect, test } from 'vitest'
import type { Evaluation, Variables } from '../../../machines/expression/expression.ts'
import { environment, paid, variables } from './fixture.ts'

const run = (text: string, given: Variables = variables): Evaluation =>
  environment.program(text).evaluate(given)
const value = (text: string, given: Variables = variables): unknown => {
  const found = run(text, given)
  if (!found.ok) throw new Error(`${text}: ${found.cause} ${found.message}`)
  return found.value
}
const cause = (text: string, given: Variables = variables): string => {
  const found = run(text, given)
  return found.ok ? 'none' : `${found.cause} ${found.path ?? ''}`.trim()
}
const withJob = (job: Variables['job']): Variables => ({ ...variables, job: { ...variables.job, ...job } })

describe('plain JSON comes out', () => {
  test.each<[string, unknown]>([
    ['job.rooms + 1', 4],
    ['job.rooms > 2 && job.price > 99.5', true],
    ['job.price * 2', 200],
    ['job.rooms / 2', 1],
    ['job.rooms * 0.5', 1.5],
    ['job.price == 100', true],
    ['job.appointment', '2026-07-17T09:50:00.000Z'],
    ['job.day', '2026-07-16T16:00:00.000Z'],
    ['now', '2026-07-17T10:00:00.000Z'],
    ['now - job.appointment', 'PT600S'],
    ['plus(job.day, "P1M")', '2026-08-16T16:00:00.000Z'],
    ['minus(now, settings.wait)', '2026-07-17T09:30:00.000Z'],
    ['minus(now, "-PT1H")', '2026-07-17T11:00:00.000Z'],
    ['minutesOfDay(now)', 1080],
    ['dayOfWeek(now)', 5],
    ["'PT' + string(settings.ring * 5) + 'S'", 'PT15S'],
    ['job.parts.map(part, part.count * 2)', [2, 4]],
    ['job.parts.filter(part, part.count > 1)', [{ serial: 'B2', count: 2 }]],
    ['{"rooms": job.rooms}', { rooms: 3 }],
    ['job.raw', { depth: { value: 1 }, list: [1, 'two'] }],
    ['job.raw.depth.value == 1', true],
    ['job.raw.depth.value + 1', 2],
    ['job["rooms"]', 3],
    ['dyn(null)', null],
    ['tz', 'Asia/Shanghai'],
    ['actor.id + "/" + links.visit.status', 'p1/active'],
    ['checklist.dusted && !checklist.signed', true],
    ['"fibre" in settings.skills', true],
    ['"rooms" in job.raw', false],
    ['timestamp("2026-07-17T18:00:00+08:00") == now', true],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected)
  })

  test('the zone decides on days and times of day', () => {
    const berlin = { ...variables, timeZone: 'Europe/Berlin' }
    expect(value('job.day', berlin)).toBe('2026-07-16T22:00:00.000Z')
    expect(value('minutesOfDay(now)', berlin)).toBe(12 * 60)
    expect(value('minutesOfDay(now)')).toBe(18 * 60)
    // The clocks go back between the two Sundays.
    const before = { ...berlin, job: { appointment: '2026-10-24T10:00:00Z' } }
    expect(value('plus(job.appointment, "P1D")', before)).toBe('2026-10-25T11:00:00.000Z')
  })

  test('an event is read by its own types', () => {
    expect(value('event.amount > 20', paid)).toBe(true)
    const stop: Variables = {
      ...variables,
      event: { type: 'stop', payload: { amount: 'all', on: '2026-07-18' } },
    }
    expect(value('event.amount + "!"', stop)).toBe('all!')
    expect(value('event.on', stop)).toBe('2026-07-17T16:00:00.000Z')
    expect(cause('event.amount', { ...variables, event: { type: 'hush', payload: { amount: 3 } } })).toBe(
      'missing event.amount',
    )
  })

  test('a program is made once and knows what it reads', () => {
    const program = environment.program('job.rooms > 2 && has(job.name) && event.amount > 1')
    expect(environment.program('job.rooms > 2 && has(job.name) && event.amount > 1')).toBe(program)
    expect(program.fields).toEqual(['rooms', 'name'])
    expect(program.readsEvent).toBe(true)
    expect(environment.program('job.tags.all(job, job == "x")').fields).toEqual(['tags'])
    expect(environment.program('[job].all(j, j.rooms > 1)').fields).toContain('address')
    expect(environment.program('now').readsEvent).toBe(false)
  })
})

describe('what cannot be told', () => {
  test.each([
    ['job.name', 'missing job.name'],
    ['job.name == "x"', 'missing job.name'],
    ['size(job.name) > 1', 'missing job.name'],
    ['job.address.city', 'missing job.address'],
    ['job.raw.depth.other', 'missing job.raw.depth.other'],
    ['links.parent.status == "done"', 'missing links.parent'],
    ['event.note', 'payload event.note'],
    ['has(event.note)', 'payload event.note'],
    ['1 / 0', 'error'],
    ['job.tags[3]', 'error'],
    ['9007199254740993', 'error'],
    ['1.0 / 0.0', 'error'],
    ['plus(now, job.raw.list[1])', 'error'],
    ['plus(now, "P" + "1")', 'error'],
    ['plus(now, "P999999Y")', 'error'],
  ])('%s: %s', (text, expected) => {
    expect(cause(text)).toBe(expected)
  })

  test('null is not set', () => {
    expect(cause('job.rooms', withJob({ rooms: null }))).toBe('missing job.rooms')
    expect(value('has(job.rooms)', withJob({ rooms: null }))).toBe(false)
    expect(value('has(event.note)', { ...paid, event: { type: 'pay', payload: { note: null } } })).toBe(false)
  })

  test.each<[string, unknown]>([
    ['has(job.name)', false],
    ['has(job.rooms)', true],
    ['job.name == "x" && false', false],
    ['false && job.name == "x"', false],
    ['job.name == "x" || true', true],
    ['event.note == "x" && job.backup', false],
    ['event.note == "x" || job.rooms == 3', true],
    ['job.tags.exists(t, job.name == t || t == "urgent")', true],
    ['has(job.name) && job.name == "x"', false],
  ])('%s is told all the same', (text, expected) => {
    expect(value(text)).toBe(expected)
  })

  test('what decides is named: an unset field bars, whatever the payload will be', () => {
    expect(cause('event.note == "x" && job.name == "y"')).toBe('missing job.name')
    expect(cause('job.name == "y" && event.note == "x"')).toBe('missing job.name')
    expect(cause('event.note == "x" || job.name == "y"')).toBe('payload event.note')
    expect(cause('job.name == "y" || event.note == "x"')).toBe('payload event.note')
    expect(cause('!(job.name == "y" && event.note == "x")')).toBe('payload event.note')
    expect(cause('job.backup || event.note == "x"')).toBe('payload event.note')
  })

  test('a value of the wrong kind is an error, and only where it is read', () => {
    const wrong = withJob({
      rooms: 2.5,
      appointment: 'tomorrow',
      day: '2026-02-30',
      tags: 'urgent',
      address: 3,
    })
    for (const text of [
      'job.rooms > 1',
      'job.appointment < now',
      'job.day < now',
      'size(job.tags) > 0',
      'job.address.city == ""',
    ])
      expect(cause(text, wrong)).toBe('error')
    expect(value('job.price == 100 || job.rooms > 1', wrong)).toBe(true)
    // Without an offset the moment would be the server's, not the job's.
    expect(cause('job.appointment < now', withJob({ appointment: '2026-07-17T17:50:00' }))).toBe('error')
  })

  test('an unknown zone or a moment that is none is an error, not an exception', () => {
    expect(cause('minutesOfDay(now)', { ...variables, timeZone: 'Mars/Olympus' })).toBe('error')
    expect(cause('now', { ...variables, now: Number.NaN })).toBe('error')
  })

  test('lists and texts beyond all measure are not gone through', () => {
    expect(
      cause('job.tags.all(t, t != "x")', withJob({ tags: Array.from({ length: 1001 }, () => 'a') })),
    ).toBe('error')
    expect(cause('job.name.contains("x")', withJob({ name: 'a'.repeat(100_001) }))).toBe('error')
    expect(
      value('job.tags.all(t, t != "x")', withJob({ tags: Array.from({ length: 1000 }, () => 'a') })),
    ).toBe(true)
  })
})

describe('expressions that never passed the check', () => {
  test('a text that cannot be read makes no program', () => {
    expect(() => environment.program('1 +')).toThrow(SyntaxError)
  })
  test.each([
    'job.nope',
    'job.name.matches("a")',
    'cel.bind(x, 1, x)',
    `${'('.repeat(100)}1${')'.repeat(100)}`,
    ' '.repeat(3000),
  ])('%s fails without harm', (text) => {
    const program = environment.program(text)
    expect(program.evaluate(variables)).toMatchObject({ ok: false, cause: 'error' })
    expect(program.explain(variables)).toHaveLength(1)
  })
})

test('prototypes are out of reach', () => {
  const job = JSON.parse('{"rooms": 3, "raw": {"__proto__": {"polluted": true}, "constructor": "c"}}')
  const given: Variables = { ...variables, job }
  expect(cause('job.raw.toString', given)).toBe('missing job.raw.toString')
  expect(value('has(job.raw.hasOwnProperty)', given)).toBe(false)
  expect(value('job.raw.constructor', given)).toBe('c')
  expect(value('job.raw["__proto__"].polluted', given)).toBe(true)
  const out = value('job.raw', given)
  expect(Object.getPrototypeOf(out)).toBe(Object.prototype)
  expect(JSON.stringify(out)).toBe('{"__proto__":{"polluted":true},"constructor":"c"}')
})

test('two loops over the longest lists are done in a second or two', () => {
  const parts = Array.from({ length: 1000 }, (_, index) => ({ serial: `S${index}`, count: index }))
  const begin = performance.now()
  expect(
    value('job.parts.all(a, job.parts.exists(b, a.serial == b.serial && b.count >= 0))', withJob({ parts })),
  ).toBe(true)
  expect(performance.now() - begin).toBeLessThan(4000)
})
