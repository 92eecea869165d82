/**
 * What every store must do with work, reviews, surveys and findings: part of the contract of stores of jobs
 * (`store-contract.ts`).
 */
import { describe, expect, it } from 'vitest'
import { SAMPLE_MARK } from '../../machines/advance/sample.ts'
import type { WorkFact } from '../../machines/review/facts.ts'
import type { Finding } from '../../machines/wire/findings.ts'
import type { ReviewSay, Survey } from '../../machines/wire/reviews.ts'
import { BadCursor, type JobStore } from '../../server/store/port.ts'
import { at, change, commit, job } from './store-fixtures.ts'

const fact = (person: string, kind: WorkFact['kind'], value = 0, norm?: string): WorkFact => ({
  person,
  kind,
  value,
  ...(norm === undefined ? {} : { norm }),
})
/** A change of a job on a day, with what it tells of people's work. */
const worked = (id: string, seq: number, day: string, facts: WorkFact[], worker?: string) => ({
  ...change(job(id, seq)),
  trace: {
    day,
    customer: '宏达',
    facts: [],
    work: { facts, ...(worker === undefined ? {} : { worker }) },
  },
})
const answer = (text: string): ReviewSay => ({ kind: 'answer', by: 'li', at: at(0), text })
const survey = (id: string, period: string, more: Partial<Survey> = {}): Survey => ({
  id,
  period,
  customer: '宏达',
  scores: { quality: 5, speed: 4, attitude: 5 },
  by: 'front-desk',
  at: at(0),
  ...more,
})
const finding = (id: string, more: Partial<Finding> = {}): Finding => ({
  id,
  process: 'home-visit',
  version: 1,
  place: 'booked',
  text: '电话未接通时没有出路',
  source: 'remark',
  by: 'li',
  at: at(0),
  status: 'open',
  turns: [],
  ...more,
})

export function reviewContract(name: string, open: () => JobStore): void {
  const put = (...changes: ReturnType<typeof worked>[]) => open().commit(commit(changes))
  const sums = async (from: string, to: string, person?: string) =>
    (await open().reviews.sums({ from, to, ...(person === undefined ? {} : { person }) }))
      .map((sum) => `${sum.person} ${sum.process} ${sum.kind} ${sum.n} ${sum.sum}`)
      .sort()

  describe(`${name}: work`, () => {
    it('adds up by person and kind over whole months', async () => {
      await put(worked('a', 1, '2026-03-31', [fact('li', 'done', 60), fact('li', 'rating', 4)]))
      await put(worked('b', 1, '2026-04-01', [fact('li', 'done', 30), fact('wu', 'late', 0, 'HV-02')]))
      expect(await sums('2026-03', '2026-03')).toEqual([
        'li home-visit done 1 60',
        'li home-visit rating 1 4',
      ])
      expect(await sums('2026-01', '2026-04', 'li')).toEqual([
        'li home-visit done 2 90',
        'li home-visit rating 1 4',
      ])
      expect(await sums('2026-05', '2026-12')).toEqual([])
    })

    it('counts help on a job once a day', async () => {
      await put(worked('a', 1, '2026-03-01', [fact('wu', 'helped')]))
      await put(worked('a', 2, '2026-03-01', [fact('wu', 'helped')]))
      await put(worked('a', 3, '2026-03-02', [fact('wu', 'helped')]))
      await put(worked('b', 1, '2026-03-01', [fact('wu', 'helped')]))
      expect(await sums('2026-03', '2026-03')).toEqual(['wu home-visit helped 3 0'])
    })

    it('tells the facts behind a number, newest first, and the customers of what was done', async () => {
      await put(worked('a', 1, '2026-03-01', [fact('li', 'major', 0, 'HV-02'), fact('li', 'done', 5)]))
      await put(worked('b', 1, '2026-03-09', [fact('li', 'rating', 2), fact('wu', 'rating', 1)]))
      const query = { person: 'li', from: '2026-03', to: '2026-03', limit: 10 }
      const facts = await open().reviews.facts({ ...query, kinds: ['major', 'rating'] })
      expect(facts.map(({ job: id, kind, day, norm, value }) => [id, kind, day, norm, value])).toEqual([
        ['b', 'rating', '2026-03-09', '', 2],
        ['a', 'major', '2026-03-01', 'HV-02', 0],
      ])
      expect(await open().reviews.facts({ ...query, kinds: ['major', 'rating'], limit: 1 })).toHaveLength(1)
      expect(await open().reviews.customers('li', { from: '2026-03', to: '2026-03' })).toEqual(['宏达'])
      expect(await open().reviews.customers('wu', { from: '2026-03', to: '2026-03' })).toEqual([])
    })

    it('keeps a log of what each person did on a day, in order', async () => {
      await put(worked('a', 1, '2026-03-01', [], 'li'), worked('b', 1, '2026-03-01', [], 'wu'))
      await put(worked('a', 2, '2026-03-01', [], 'li'), worked('b', 2, '2026-03-02', [], 'li'))
      const query = { person: 'li', day: '2026-03-01', after: 0, limit: 10 }
      const log = await open().reviews.log(query)
      expect(log.map(({ entry }) => [entry.job, entry.seq])).toEqual([
        ['a', 1],
        ['a', 2],
      ])
      const rest = await open().reviews.log({ ...query, after: log[0]?.id ?? 0 })
      expect(rest.map(({ entry }) => entry.seq)).toEqual([2])
    })

    it('loses what sample jobs told with them, and no other', async () => {
      const sample = `${SAMPLE_MARK}1`
      await put(worked(sample, 1, '2026-03-01', [fact('li', 'done', 9)], 'li'))
      await put(worked('a', 1, '2026-03-01', [fact('li', 'done', 5)], 'li'))
      await open().findings.add(finding('f', { job: sample }))
      await open().removeSample()
      expect(await sums('2026-03', '2026-03')).toEqual(['li home-visit done 1 5'])
      expect(await open().reviews.log({ person: 'li', day: '2026-03-01', after: 0, limit: 9 })).toHaveLength(
        1,
      )
      expect(await open().findings.find('f')).toBeUndefined()
    })
  })

  describe(`${name}: reviews`, () => {
    it('adds what is said after what was read, and nothing else', async () => {
      const { reviews } = open()
      expect(await reviews.say('li', '2026-Q1', 0, answer('one'))).toBe(true)
      expect(await reviews.say('li', '2026-Q1', 0, answer('again'))).toBe(false)
      expect(await reviews.say('li', '2026-Q1', 1, answer('two'))).toBe(true)
      expect(await reviews.say('li', '2026-04', 0, answer('three'))).toBe(true)
      expect(await reviews.say('wu', '2026-Q1', 0, answer('four'))).toBe(true)
      expect(await reviews.says('li', '2026-Q1')).toEqual([answer('one'), answer('two')])
      expect(await reviews.saysOf('2026-Q1')).toEqual([
        { person: 'li', says: [answer('one'), answer('two')] },
        { person: 'wu', says: [answer('four')] },
      ])
      expect(await reviews.periods('li')).toEqual(['2026-04', '2026-Q1'])
    })

    it('finds surveys whose period lies within the months, newest first', async () => {
      const { reviews } = open()
      for (const [id, period] of [
        ['a', '2026-Q1'],
        ['b', '2026-03'],
        ['c', '2026-04'],
      ] as const)
        await reviews.saveSurvey(survey(id, period, id === 'b' ? { customer: '华星' } : {}))
      const ids = async (query: Parameters<typeof reviews.surveys>[0]) =>
        (await reviews.surveys(query)).map(({ id }) => id)
      expect(await ids({ from: '2026-01', to: '2026-03', limit: 10 })).toEqual(['b', 'a'])
      expect(await ids({ from: '2026-03', to: '2026-03', limit: 10 })).toEqual(['b'])
      expect(await ids({ customer: '宏达', limit: 10 })).toEqual(['c', 'a'])
      expect(await ids({ limit: 1 })).toEqual(['c'])
      const withdrawn = survey('b', '2026-03', { withdrawn: { by: 'x', at: at(1), reason: '重复' } })
      await reviews.saveSurvey(withdrawn)
      expect(await reviews.survey('b')).toEqual(withdrawn)
      expect(await reviews.survey('z')).toBeUndefined()
    })
  })

  describe(`${name}: findings`, () => {
    it('are found by process, status, place and job, newest first, by pages', async () => {
      const { findings } = open()
      await findings.add(finding('a'))
      await findings.add(finding('b', { place: '/states/booked/on/x', job: 'j' }))
      await findings.add(finding('c', { process: 'fault' }))
      const ids = async (query: Omit<Parameters<typeof findings.page>[0], 'limit'>) =>
        (await findings.page({ ...query, limit: 10 })).findings.map(({ id }) => id)
      expect(await ids({})).toEqual(['c', 'b', 'a'])
      expect(await ids({ process: 'home-visit', place: 'booked' })).toEqual(['a'])
      expect(await ids({ job: 'j', status: 'open' })).toEqual(['b'])
      const first = await findings.page({ limit: 2 })
      expect(first.findings.map(({ id }) => id)).toEqual(['c', 'b'])
      const second = await findings.page({ limit: 2, cursor: first.next ?? '' })
      expect([second.findings.map(({ id }) => id), second.next]).toEqual([['a'], undefined])
      await expect(findings.page({ limit: 2, cursor: 'x' })).rejects.toThrow(BadCursor)
    })

    it('are answered while they are open, by the process they are of, once', async () => {
      const { findings } = open()
      const answered = { version: 2, at: at(1), by: 'owner' }
      await findings.add(finding('a'))
      await findings.add(finding('b', { process: 'fault' }))
      expect(await findings.answer('home-visit', ['a', 'b', 'z'], answered)).toBe(1)
      expect(await findings.answer('home-visit', ['a'], { ...answered, version: 3 })).toBe(0)
      expect(await findings.find('a')).toEqual(finding('a', { status: 'answered', answer: answered }))
      expect(await findings.counts({})).toEqual({ open: 1, answered: 1, dismissed: 0 })
      expect(await findings.change('open', finding('a'))).toBe(false)
      expect(await findings.change('answered', finding('a'))).toBe(true)
      expect(await findings.counts({ process: 'home-visit' })).toEqual({ open: 1, answered: 0, dismissed: 0 })
    })
  })
}
