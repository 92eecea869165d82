/**
 * Surveys of customers by period (GN-10): what they said of quality, speed and attitude.
 *
 * Promises: an answer is never changed or lost; one that was taken down wrongly is withdrawn, with the reason.
 * Must not: decide whose review it counts in (`reviews.ts` does).
 */

import { monthsOf } from '../../machines/review/period.ts'
import type { AddSurvey, Survey, SurveyView } from '../../machines/wire/reviews.ts'
import { personHidden, sightOf } from '../access/masking.ts'
import type { Asker } from '../access/scope.ts'
import { problem } from '../problem-details.ts'
import type { Library } from '../store/library-port.ts'
import type { ReviewStore } from '../store/review-port.ts'

export type SurveysPort = {
  /** Newest first. Problems: forbidden (by a customer, whose name he does not see). */
  list(filter: { period?: string; customer?: string }, asker: Asker): Promise<SurveyView[]>
  /** Problems: person-not-found, survey-own. */
  add(body: AddSurvey, by: string): Promise<Survey>
  /** Problems: survey-not-found. Doing it again changes nothing. */
  withdraw(id: string, reason: string, asker: Asker): Promise<SurveyView>
}

const MOST = 500

type SurveyDeps = { reviews: ReviewStore; library: Library; now(): number; newId(): string }

export function createSurveys({ reviews, library, now, newId }: SurveyDeps): SurveysPort {
  const at = () => new Date(now()).toISOString()
  return {
    list: async ({ period, customer }, asker) => {
      if (customer !== undefined && sightOf(asker) === 'none') throw personHidden()
      const found = await reviews.surveys({
        ...(period === undefined ? {} : monthsOf(period)),
        ...(customer === undefined ? {} : { customer }),
        limit: MOST,
      })
      return found.map((survey) => surveyView(survey, asker))
    },
    add: async (body, by) => {
      if (body.engineer === by) throw problem('survey-own')
      if (body.engineer !== undefined && (await library.person(body.engineer)) === undefined)
        throw problem('person-not-found')
      const survey: Survey = { id: newId(), ...body, customer: body.customer.trim(), by, at: at() }
      await reviews.saveSurvey(survey)
      return survey
    },
    withdraw: async (id, reason, asker) => {
      const survey = await reviews.survey(id)
      if (survey === undefined) throw problem('survey-not-found')
      if (survey.withdrawn !== undefined) return surveyView(survey, asker)
      const withdrawn = { ...survey, withdrawn: { by: asker.id, at: at(), reason } }
      await reviews.saveSurvey(withdrawn)
      return surveyView(withdrawn, asker)
    },
  }
}

/** What somebody took down himself he knows. A survey is of no place. */
export function surveyView(survey: Survey, asker: Asker): SurveyView {
  if (survey.by === asker.id || sightOf(asker) !== 'none') return survey
  const { customer: _customer, respondent, comment, ...rest } = survey
  const masked: NonNullable<SurveyView['masked']> = ['customer']
  if (respondent !== undefined) masked.push('respondent')
  if (comment !== undefined) masked.push('comment')
  return { ...rest, masked }
}
