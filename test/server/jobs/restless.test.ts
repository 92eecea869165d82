import { expect, it } from 'vitest'
import { createRestless } from '../../../server/jobs/restless.ts'

const timer = (armedAt: string, dueAt: string) => ({
  token: 't',
  id: 't',
  delay: 'd',
  armedAt,
  dueAt,
  fired: false,
})
const LATE = timer('2026-03-02T02:00:00.000Z', '2026-03-01T02:00:00.000Z')
const AHEAD = timer('2026-03-02T02:00:00.000Z', '2026-03-02T02:00:00.001Z')

it('a job comes back fifty times at once to a timer that is past as it is armed, then once a minute', () => {
  let now = 1_000_000_000
  const { waitsUntil } = createRestless(() => now)
  for (let n = 0; n < 50; n++) expect(waitsUntil('a', LATE)).toBeUndefined()
  expect(waitsUntil('a', LATE)).toBe(now + 60_000)
  expect(waitsUntil('b', LATE)).toBeUndefined()
  now += 60_000
  expect(waitsUntil('a', LATE)).toBeUndefined()
  expect(waitsUntil('a', LATE)).toBe(now + 60_000)
  // A clock that was set back does not hold it for as long.
  now -= 3_600_000
  expect(waitsUntil('a', LATE)).toBeUndefined()
  now += 11 * 60_000
  for (let n = 0; n < 50; n++) expect(waitsUntil('a', LATE)).toBeUndefined()
  expect(waitsUntil('a', LATE)).toBeDefined()
})
it('a timer that was armed before it was due never waits', () => {
  const { waitsUntil } = createRestless(() => 0)
  for (let n = 0; n < 200; n++) expect(waitsUntil('a', AHEAD)).toBeUndefined()
})
