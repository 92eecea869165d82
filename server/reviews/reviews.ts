/**
 * Reviews of people by period: what history says of their work, what somebody decided of it, and what they answered (GN-13, GN-25).
 *
 * Promises: a person sees his own review and nobody else's, unless he has the right to all; nobody decides on himself; what is
 * decided or answered stays, with the measures as they stood; of two who decide at once one is told of the other.
 * Must not: reckon a measure or a proposal (`machines/review` does), or know HTTP.
 */
import type { Certificate } from '../../machines/advance/job.ts'
import type { WorkKind } from '../../machines/review/facts.ts'
import { isMilder, measuresOf, propose, type WorkSum } from '../../machines/review/measures.ts'
import { daysOf, monthsOf } from '../../machines/review/period.ts'
import { dayAt } from '../../machines/time/zone.ts'
import type {
  AnswerReview,
  DecideReview,
  ReviewList,
  ReviewRow,
  ReviewSay,
  ReviewSheet,
  Survey,
} from '../../machines/wire/reviews.ts'
import { may } from '../access/policy.ts'
import { type Asker, requireEverywhere } from '../access/scope.ts'
import type { JobsPort } from '../jobs/jobs-port.ts'
import { reachable, seenWhole } from '../jobs/reachable.ts'
import { problem } from '../problem-details.ts'
import type { Library, Person } from '../store/library-port.ts'
import type { ReviewStore } from '../store/review-port.ts'
import { surveyView } from './surveys.ts'

export type ReviewsPort = {
  /** Of everybody who did service work or has such a role. Problems: beyond-limits: a review is of all of somebody's work. */
  list(period: string, asker: Asker): Promise<ReviewList>
  /** Jobs beyond the asker's limits are left out. Problems: forbidden, beyond-limits (another's), person-not-found. */
  sheet(person: string, period: string, asker: Asker): Promise<ReviewSheet>
  /** Problems: person-not-found, review-own, review-not-begun, review-departs, precondition-failed. */
  decide(at: At, body: DecideReview, asker: Asker): Promise<ReviewSheet>
  /** Problems: forbidden (another's), review-undecided, precondition-failed. */
  answer(at: At, body: AnswerReview, asker: Asker): Promise<ReviewSheet>
}
/** `revision`: how much had been said when the page was read. */
type At = { person: string; period: string; revision: number }

type ReviewDeps = {
  reviews: ReviewStore
  jobs: Pick<JobsPort, 'mustReach'>
  library: Library
  now(): number
}

/** Enough for the manager who wants to read all of it; the jobs themselves tell more. */
const MOST_FACTS = 300
const MOST_SURVEYS = 1000
const TELLING: readonly WorkKind[] = [
  'complaint',
  'qualityComplaint',
  'rework',
  'rating',
  'late',
  'minor',
  'major',
  'critical',
]
const REVIEWED: readonly string[] = ['engineer', 'hotline-agent']

export function createReviews({ reviews, jobs, library, now }: ReviewDeps): ReviewsPort {
  async function frame(period: string) {
    const { timeZone } = (await library.settings()).value
    const today = dayAt(new Date(now()).toISOString(), timeZone)
    const days = daysOf(period)
    const months = monthsOf(period)
    const [all, surveys] = await Promise.all([
      reviews.sums(months),
      reviews.surveys({ ...months, limit: MOST_SURVEYS }),
    ])
    // Certificates as they stand, or stood when the period ended.
    const at = today <= days.to ? new Date(now()).toISOString() : `${days.to}T23:59:59.000Z`
    const done = all.filter(({ kind }) => kind === 'done')
    return { period, ...days, months, today, at, all, done, surveys: surveys.filter(counts) }
  }
  type Frame = Awaited<ReturnType<typeof frame>>

  async function surveysOf({ surveys, months }: Frame, person: string): Promise<Survey[]> {
    const customers = new Set(surveys.length === 0 ? [] : await reviews.customers(person, months))
    return surveys.filter(({ engineer, customer }) =>
      engineer === undefined ? customers.has(customer) : engineer === person,
    )
  }

  async function measured(at: Frame, { id, certificates }: Subject) {
    const his = await surveysOf(at, id)
    const sums = at.all.filter(({ person }) => person === id)
    const scores = his.map(({ scores: each }) => each)
    const measures = measuresOf({ sums, all: at.done, surveys: scores, certificates, at: at.at })
    return { surveys: his, measures, proposal: propose(measures) }
  }

  async function subject(id: string): Promise<Subject> {
    const person = await library.person(id)
    if (person === undefined) throw problem('person-not-found')
    return person
  }

  async function sheet(person: Subject, period: string, asker: Asker): Promise<ReviewSheet> {
    const at = await frame(period)
    const [{ surveys, measures, proposal }, says, facts, periods] = await Promise.all([
      measured(at, person),
      reviews.says(person.id, period),
      reviews.facts({ ...at.months, person: person.id, kinds: TELLING, limit: MOST_FACTS }),
      reviews.periods(person.id),
    ])
    const { from, to, today } = at
    const ids = facts.map(({ job }) => job)
    const [known, whole] = [await reachable(jobs, asker, ids), await seenWhole(jobs, asker, ids)]
    return {
      period,
      from,
      to,
      today,
      person: person.id,
      name: person.name,
      revision: says.length,
      measures,
      proposal,
      says,
      facts: facts.flatMap(({ customer, ...fact }) =>
        known.has(fact.job) ? [{ ...fact, ...(whole.has(fact.job) ? { customer } : {}) }] : [],
      ),
      surveys: surveys.map((survey) => surveyView(survey, asker)),
      certificates: [...person.certificates],
      others: periods.filter((other) => other !== period),
      mayDecide: may(asker.roles, 'reviews:decide') && asker.id !== person.id && from <= today,
      mayAnswer: asker.id === person.id && says.some(isDecision),
    }
  }

  async function put({ person, period, revision }: At, say: ReviewSay): Promise<void> {
    if (await reviews.say(person, period, revision, say)) return
    const current = (await reviews.says(person, period)).length
    throw problem('precondition-failed', { expected: revision, current })
  }
  const at = () => new Date(now()).toISOString()

  return {
    list: async (period, asker) => {
      requireEverywhere(asker, 'reviews:read')
      const at = await frame(period)
      const said = new Map((await reviews.saysOf(period)).map(({ person, says }) => [person, says]))
      const people = (await library.people()).filter((person) => isReviewed(person, at.all, said))
      const rows = people.map(async (person): Promise<ReviewRow> => {
        const { measures, proposal } = await measured(at, person)
        const says = said.get(person.id) ?? []
        const decision = says.findLast(isDecision)
        return {
          person: person.id,
          name: person.name,
          measures,
          proposal,
          ...(decision === undefined ? {} : { decided: decision.follow }),
          answered: says.at(-1)?.kind === 'answer',
        }
      })
      const { from, to, today } = at
      return { period, from, to, today, reviews: await Promise.all(rows) }
    },

    sheet: async (id, period, asker) => {
      requireSight(id, asker)
      return sheet(await subject(id), period, asker)
    },

    decide: async (place, body, asker) => {
      requireEverywhere(asker, 'reviews:decide')
      if (place.person === asker.id) throw problem('review-own')
      const person = await subject(place.person)
      const during = await frame(place.period)
      if (during.from > during.today) throw problem('review-not-begun', { from: during.from })
      const { measures, proposal } = await measured(during, person)
      if (isMilder(body.follow, proposal.follow) && body.departs === undefined)
        throw problem('review-departs', { proposal })
      await put(place, { kind: 'decision', by: asker.id, at: at(), ...body, measures, proposal })
      return sheet(person, place.period, asker)
    },

    answer: async (place, body, asker) => {
      if (place.person !== asker.id) throw problem('forbidden')
      const says = await reviews.says(place.person, place.period)
      if (!says.some(isDecision)) throw problem('review-undecided')
      await put(place, { kind: 'answer', by: asker.id, at: at(), ...body })
      return sheet(await subject(place.person), place.period, asker)
    },
  }
}

type Subject = Pick<Person, 'id' | 'name'> & { certificates: readonly Certificate[] }

const counts = ({ withdrawn }: Survey): boolean => withdrawn === undefined
const isDecision = (say: ReviewSay): say is Extract<ReviewSay, { kind: 'decision' }> =>
  say.kind === 'decision'

/** One's own, or by the right to all. Problems: forbidden, beyond-limits. */
export function requireSight(person: string, asker: Asker): void {
  if (person === asker.id) return
  if (!may(asker.roles, 'reviews:read')) throw problem('forbidden')
  requireEverywhere(asker, 'reviews:read')
}

/** Who left is still reviewed for the time that he worked. */
const isReviewed = (
  { id, roles, disabled }: Person,
  sums: readonly WorkSum[],
  said: ReadonlyMap<string, unknown>,
): boolean =>
  said.has(id) ||
  sums.some(({ person }) => person === id) ||
  (disabled !== true && roles.some((role) => REVIEWED.includes(role)))
