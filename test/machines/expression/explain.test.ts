import { expect, test } from 'vitest'
import type { Variables } from '../../../machines/expression/expression.ts'
import { environment, paid, variables } from './fixture.ts'

const said = (text: string, given: Variables = paid): string[] =>
  environment
    .program(text)
    .explain(given)
    .map(({ expression, values }) => `${expression} ${JSON.stringify(values)}`)

test.each<[string, string[]]>([
  ['job.rooms > 2', []],
  ['job.rooms > 5', ['job.rooms > 5 {"job.rooms":3}']],
  ['job.rooms > 2 && job.price > 200', ['job.price > 200 {"job.price":100}']],
  [
    'job.rooms > 5 && job.price > 200 && !job.backup',
    ['job.rooms > 5 {"job.rooms":3}', 'job.price > 200 {"job.price":100}'],
  ],
  [
    'job.rooms > 2 && (job.backup || job.price > 200)',
    ['job.backup {"job.backup":false}', 'job.price > 200 {"job.price":100}'],
  ],
  ['!checklist.dusted', ['!checklist.dusted {"checklist.dusted":true}']],
  ['!(checklist.dusted || job.backup)', ['!(checklist.dusted) {"checklist.dusted":true}']],
  [
    '!(job.rooms > 2 && job.price > 50)',
    ['!(job.rooms > 2) {"job.rooms":3}', '!(job.price > 50) {"job.price":100}'],
  ],
  ['!!job.backup', ['job.backup {"job.backup":false}']],
  ['job.rooms == 3 ? job.backup : true', ['job.backup {"job.backup":false}']],
  ['job.backup ? true : false', ['job.backup {"job.backup":false}']],
  ['checklist.signed', ['checklist.signed {"checklist.signed":false}']],
  [
    'has(job.name) && job.name != ""',
    ['has(job.name) {"job.name":null}', 'job.name != "" {"job.name":null}'],
  ],
  ['job.backup && job.name == "x"', ['job.backup {"job.backup":false}', 'job.name == "x" {"job.name":null}']],
  ['event.amount > 50 && event.note == "cash"', ['event.amount > 50 {"event.amount":30}']],
  [
    'job.parts.all(part, part.count > 1)',
    [
      'job.parts.all(part, part.count > 1) {"job.parts":[{"serial":"A1","count":1},{"serial":"B2","count":2}]}',
    ],
  ],
  ['(job.rooms + 1) * 2 > 20 && true', ['(job.rooms + 1) * 2 > 20 {"job.rooms":3}']],
  ['(((job.backup)))', ['job.backup {"job.backup":false}']],
  [
    'job.price < 50 // (cheap) && true\n || (job.backup)',
    ['job.price < 50 {"job.price":100}', 'job.backup {"job.backup":false}'],
  ],
  [
    'now < job.appointment',
    [
      'now < job.appointment {"now":"2026-07-17T10:00:00.000Z","job.appointment":"2026-07-17T17:50:00+08:00"}',
    ],
  ],
  ["'admin' in actor.roles", ['\'admin\' in actor.roles {"actor.roles":["engineer","dispatcher"]}']],
])('%s', (text, expected) => {
  expect(said(text)).toEqual(expected)
})

test('a part stands where its range says', () => {
  const text = '  (job.rooms > 2) &&\n  !( job.backup || (job.rooms - 1) > 1 )'
  const [part, ...others] = environment.program(text).explain(paid)
  expect(others).toEqual([])
  expect(part?.expression).toBe('!((job.rooms - 1) > 1)')
  expect(text.slice(part?.range.start, part?.range.end)).toBe('(job.rooms - 1) > 1')
})

test('what waits for the payload is not blamed where something else is known to fail', () => {
  expect(said('job.backup && event.amount > 1', variables)).toEqual(['job.backup {"job.backup":false}'])
  expect(said('job.rooms == 3 && event.amount > 1', variables)).toEqual([
    'event.amount > 1 {"event.amount":null}',
  ])
})

test('what is no condition has nothing to explain, but an error has', () => {
  expect(said('job.rooms')).toEqual([])
  expect(said('job.name')).toEqual(['job.name {"job.name":null}'])
  expect(said('1 / 0 > 1 && true')).toEqual(['1 / 0 > 1 {}'])
})
