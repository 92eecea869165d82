/**
 * What every store must do with attempts, assignments, live sessions and their sums: part of the contract of stores of jobs
 * (`store-contract.ts`).
 */
import { describe, expect, it } from 'vitest'
import type { Scenario, Step } from '../../machines/simulate/scenario.ts'
import { BadCursor, type JobStore } from '../../server/store/port.ts'
import type { Assignment, AttemptEnd, AttemptRecord } from '../../server/store/training-port.ts'
import { quoted } from '../machines/simulate/kit.ts'
import { at } from './store-fixtures.ts'

const HASH = 'c'.repeat(64)
const attempt = (id: string, more: Partial<AttemptRecord> = {}): AttemptRecord => ({
  id,
  scenario: 'a-quote',
  revision: 1,
  content: HASH,
  title: { en: 'A quote', zh: '一次报价' },
  process: 'bench',
  version: 1,
  hash: 'd'.repeat(64),
  calendars: 'e'.repeat(64),
  engine: 'f'.repeat(64),
  seed: 7,
  mode: 'practice',
  person: 'li',
  status: 'open',
  startedAt: at(0),
  begunAt: at(0),
  activeAt: at(0),
  ...more,
})
const wait: Step = { what: { do: 'wait' } }
const tick: Step = { what: { do: 'tick', item: '照片' }, after: 'PT5M' }
const assignment = (id: string, more: Partial<Assignment> = {}): Assignment => ({
  id,
  scenario: 'a-quote',
  mode: 'examination',
  people: ['li'],
  roles: ['engineer'],
  dueAt: at(60),
  title: { en: 'A quote' },
  process: 'bench',
  by: 'trainer',
  createdAt: at(0),
  ...more,
})
const end = (day: string, more: Partial<AttemptEnd> = {}): AttemptEnd => ({
  status: 'passed',
  endedAt: `${day}T04:00:00.000Z`,
  points: 90,
  tally: {
    day,
    norms: [
      { norm: 'HV-02', result: 'met' },
      { norm: 'GN-04', result: 'tried' },
    ],
    transitions: { '/states/open/on/go': 2 },
    states: { open: 1 },
  },
  ...more,
})

export function trainingContract(name: string, open: () => JobStore): void {
  const training = () => open().training
  const begin = (id: string, more: Partial<AttemptRecord> = {}, content: Scenario = quoted) =>
    training().createAttempt(attempt(id, more), content)

  describe(`${name}: attempts`, () => {
    it('are given back as they were begun, each with its scenario', async () => {
      await begin('a')
      await begin('b', {}, quoted)
      expect(await training().attempt('a')).toEqual({ record: attempt('a'), steps: [] })
      expect(await training().content(HASH)).toEqual(quoted)
      expect([await training().attempt('x'), await training().content('x')]).toEqual([undefined, undefined])
      await expect(begin('a')).rejects.toThrow()
    })

    it('take steps from who knows how many there are', async () => {
      await begin('a')
      const add = (expected: number, from: number, steps: Step[]) =>
        training().changeSteps('a', { expected, from, steps, activeAt: at(5) })
      expect(await add(0, 0, [wait, tick])).toBe(true)
      expect(await add(0, 0, [wait])).toBe(false)
      expect(await add(2, 1, [wait, wait])).toBe(true)
      expect(await training().attempt('a')).toEqual({
        record: attempt('a', { activeAt: at(5) }),
        steps: [wait, wait, wait],
      })
      expect(await add(3, 0, [])).toBe(true)
      expect((await training().attempt('a'))?.steps).toEqual([])
      expect(await training().changeSteps('x', { expected: 0, from: 0, steps: [], activeAt: at(1) })).toBe(
        false,
      )
    })

    it('keep what a trainer threw in', async () => {
      await begin('a')
      const thrown = { act: 'tell', text: { en: 'Smoke.' } } as const
      const happens: Step = { what: { do: 'happen', act: thrown } }
      await training().changeSteps('a', { expected: 0, from: 0, steps: [happens], activeAt: at(1), thrown })
      await training().changeSteps('a', { expected: 1, from: 0, steps: [], activeAt: at(2) })
      expect((await training().attempt('a'))?.record).toEqual(
        attempt('a', { thrown: [thrown], activeAt: at(2) }),
      )
    })

    it('end once, and take no step then', async () => {
      await begin('a')
      const certificate = { kind: 'height', validUntil: at(99) }
      expect(await training().endAttempt('a', end('2026-03-02', { certificate }))).toBe(true)
      expect(await training().endAttempt('a', end('2026-03-02', { status: 'failed' }))).toBe(false)
      expect(
        await training().changeSteps('a', { expected: 0, from: 0, steps: [wait], activeAt: at(9) }),
      ).toBe(false)
      expect((await training().attempt('a'))?.record).toEqual(
        attempt('a', { status: 'passed', points: 90, endedAt: '2026-03-02T04:00:00.000Z', certificate }),
      )
      expect(await training().endAttempt('x', end('2026-03-02'))).toBe(false)
    })

    it('are found newest first, by pages and by each filter', async () => {
      await begin('a')
      await begin('b', { person: 'wu', mode: 'examination', assignment: 'n', session: 'ABCDEF' })
      await begin('c', { scenario: 'other', process: 'errand' })
      await training().endAttempt('c', end('2026-03-02', { status: 'failed' }))
      const ids = async (query: object) =>
        (await training().attempts({ limit: 9, ...query })).attempts.map(({ id }) => id)
      expect(await ids({})).toEqual(['c', 'b', 'a'])
      for (const [query, found] of [
        [{ person: 'li' }, ['c', 'a']],
        [{ scenario: 'other' }, ['c']],
        [{ process: 'bench' }, ['b', 'a']],
        [{ mode: 'examination' }, ['b']],
        [{ status: 'failed' }, ['c']],
        [{ assignment: 'n' }, ['b']],
        [{ session: 'ABCDEF', person: 'wu' }, ['b']],
        [{ session: 'ABCDEF', person: 'li' }, []],
      ] as const)
        expect(await ids(query)).toEqual(found)
      const first = await training().attempts({ limit: 2 })
      expect(first.attempts.map(({ id }) => id)).toEqual(['c', 'b'])
      expect(await training().attempts({ limit: 2, cursor: first.next ?? '' })).toEqual({
        attempts: [attempt('a')],
      })
      await expect(training().attempts({ limit: 2, cursor: 'x' })).rejects.toThrow(BadCursor)
    })

    it('that nobody goes on with are found, the longest first', async () => {
      await begin('a', { activeAt: at(3) })
      await begin('b', { activeAt: at(1) })
      await begin('c', { activeAt: at(9) })
      await begin('d', { activeAt: at(1) })
      await training().endAttempt('d', end('2026-03-02'))
      expect(await training().idle(at(5), 9)).toEqual(['b', 'a'])
      expect(await training().idle(at(5), 1)).toEqual(['b'])
    })
  })

  describe(`${name}: assignments`, () => {
    it('are kept, newest first, and changed', async () => {
      await training().saveAssignment(assignment('a'))
      await training().saveAssignment(assignment('b'))
      await training().saveAssignment(assignment('a', { withdrawnAt: at(7) }))
      expect(await training().assignments(9)).toEqual([
        assignment('b'),
        assignment('a', { withdrawnAt: at(7) }),
      ])
      expect(await training().assignments(1)).toEqual([assignment('b')])
      expect([await training().assignment('b'), await training().assignment('x')]).toEqual([
        assignment('b'),
        undefined,
      ])
    })

    it('tell what each person did for them', async () => {
      for (const id of ['1', '2', '3']) await begin(id, { assignment: 'a' })
      await begin('4', { assignment: 'a', person: 'wu' })
      await begin('5', { assignment: 'b' })
      await begin('6')
      await training().endAttempt('1', end('2026-03-02', { status: 'failed', points: 40 }))
      await training().endAttempt('2', end('2026-03-02'))
      const li = { assignment: 'a', person: 'li', attempts: 3, open: 1, passed: 1, failed: 1, points: 90 }
      const wu = { assignment: 'a', person: 'wu', attempts: 1, open: 1, passed: 0, failed: 0 }
      expect(await training().assignmentCounts(['a'])).toEqual([li, wu])
      expect(await training().assignmentCounts(['a', 'x'], 'li')).toEqual([li])
      expect(await training().assignmentCounts([])).toEqual([])
    })
  })

  describe(`${name}: live sessions`, () => {
    it('have a code of their own, and are closed once', async () => {
      const session = {
        code: 'ABCDEF',
        scenario: 'a-quote',
        title: { en: 'A quote' },
        mode: 'practice',
        trainer: 'trainer',
        openedAt: at(0),
      } as const
      expect(await training().createSession(session)).toBe(true)
      expect(await training().createSession({ ...session, trainer: 'other' })).toBe(false)
      expect(await training().createSession({ ...session, code: 'GHJKLM' })).toBe(true)
      expect(await training().session('ABCDEF')).toEqual(session)
      expect(await training().session('XXXXXX')).toBeUndefined()
      expect(await training().closeSession('ABCDEF', at(5))).toBe(true)
      expect(await training().closeSession('ABCDEF', at(6))).toBe(false)
      expect(await training().closeSession('XXXXXX', at(6))).toBe(false)
      expect((await training().sessions(9)).map(({ code, closedAt }) => [code, closedAt])).toEqual([
        ['GHJKLM', undefined],
        ['ABCDEF', at(5)],
      ])
    })
  })

  describe(`${name}: results`, () => {
    const DAYS = ['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-14', '2026-03-02'] as const
    const fill = async () => {
      for (const [n, day] of DAYS.entries()) {
        await begin(day, { version: n < 3 ? 1 : 2 })
        await training().endAttempt(day, end(day))
      }
      await begin('wu', { person: 'wu', process: 'errand', mode: 'examination' })
      await training().endAttempt('wu', end('2026-02-14', { status: 'failed', points: 30 }))
      await begin('left')
      await training().endAttempt('left', { status: 'void', endedAt: at(0) })
    }
    const counted = async (filter: object) =>
      (await training().peopleSums(filter)).map(
        ({ person, attempts, passed, failed, points }) =>
          `${person} ${attempts} ${passed} ${failed} ${points}`,
      )

    it('add up by person, over whole months and days, and leave out what was not counted', async () => {
      await fill()
      expect((await counted({})).sort()).toEqual(['li 5 5 0 450', 'wu 1 0 1 30'])
      expect(await counted({ from: '2026-01-01', to: '2026-01-31' })).toEqual(['li 2 2 0 180'])
      expect(await counted({ from: '2026-01-02', to: '2026-03-01', process: 'bench' })).toEqual([
        'li 2 2 0 180',
      ])
      expect(await counted({ from: '2026-01-31', to: '2026-01-31' })).toEqual(['li 1 1 0 90'])
      expect(await counted({ from: '2025-12-31', to: '2026-02-28', process: 'bench' })).toEqual([
        'li 4 4 0 360',
      ])
      expect(await counted({ from: '2026-02-01' })).toEqual(['li 2 2 0 180', 'wu 1 0 1 30'])
      expect(await counted({ to: '2025-12-31' })).toEqual(['li 1 1 0 90'])
      expect(await counted({ from: '2026-02-15', to: '2026-02-14' })).toEqual([])
      expect(await counted({ mode: 'examination' })).toEqual(['wu 1 0 1 30'])
      expect(await counted({ people: ['wu'] })).toEqual(['wu 1 0 1 30'])
      expect(await counted({ people: [] })).toEqual([])
      const [wu] = await training().peopleSums({ people: ['wu'] })
      expect(wu?.lastAt).toBe('2026-02-14T04:00:00.000Z')
    })

    it('add up by norm and by place', async () => {
      await fill()
      expect(await training().normSums({ process: 'bench' })).toEqual([
        { norm: 'GN-04', met: 0, late: 0, broken: 0, tried: 5 },
        { norm: 'HV-02', met: 5, late: 0, broken: 0, tried: 0 },
      ])
      expect(await training().normSums({ people: [] })).toEqual([])
      const places = await training().placeSums({ process: 'bench', from: '2026-01-01' })
      expect(places.map(({ version, kind, place, n }) => `${version} ${kind} ${place} ${n}`).sort()).toEqual([
        '1 state open 2',
        '1 transition /states/open/on/go 4',
        '2 state open 2',
        '2 transition /states/open/on/go 4',
      ])
      expect(await training().placeSums({ process: 'none' })).toEqual([])
    })
  })
}
