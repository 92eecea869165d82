/**
 * Surveys of customers by period (GN-10): what they said of quality, speed and attitude.
 *
 * Promises: an answer is never changed or lost; one that was taken down wrongly is withdrawn, with the reason.
 * Must not: decide whose review it counts in (`reviews.ts` does).
 */

import { monthsOf } from '../../machines/review/period.ts'
import type { AddSurvey, Survey } from '../../machines/wire/reviews.ts'
import { problem } from '../problem-details.ts'
import type { Library } from '../store/library-port.ts'
import type { ReviewStore } from '../store/review-port.ts'

export type SurveysPort = {
  /** Newest first. */
  list(filter: { period?: string; customer?: string }): Promise<Survey[]>
  /** Problems: person-not-found, survey-own. */
  add(body: AddSurvey, by: string): Promise<Survey>
  /** Problems: survey-not-found. Doing it again changes nothing. */
  withdraw(id: string, reason: string, by: string): Promise<Survey>
}

const MOST = 500

type SurveyDeps = { reviews: ReviewStore; library: Library; now(): number; newId(): string }

export function createSurveys({ reviews, library, now, newId }: SurveyDeps): SurveysPort {
  const at = () => new Date(now()).toISOString()
  return {
    list: ({ period, customer }) =>
      reviews.surveys({
        ...(period === undefined ? {} : monthsOf(period)),
        ...(customer === undefined ? {} : { customer }),
        limit: MOST,
      }),
    add: async (body, by) => {
      if (body.engineer === by) throw problem('survey-own')
      if (body.engineer !== undefined && (await library.person(body.engineer)) === undefined)
        throw problem('person-not-found')
      const survey: Survey = { id: newId(), ...body, customer: body.customer.trim(), by, at: at() }
      await reviews.saveSurvey(survey)
      return survey
    },
    withdraw: async (id, reason, by) => {
      const survey = await reviews.survey(id)
      if (survey === undefined) throw problem('survey-not-found')
      if (survey.withdrawn !== undefined) return survey
      const withdrawn = { ...survey, withdrawn: { by, at: at(), reason } }
      await reviews.saveSurvey(withdrawn)
      return withdrawn
    },
  }
}
