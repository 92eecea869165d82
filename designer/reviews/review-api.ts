/**
 * The pages' way to reviews, work logs and surveys: what is asked of the server, and under which keys it is kept.
 *
 * Must not: hold words, or decide who may see what (the server does).
 */
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type {
  AddSurvey,
  DecideReview,
  ReviewList,
  ReviewSheet,
  Survey,
  SurveyList,
  SurveyView,
  WorkLog,
} from '../../machines/wire/reviews.ts'
import { ask, query } from '../session/api.ts'

const sheetAddress = (period: string, person: string): string =>
  `/api/reviews/${encodeURIComponent(period)}/${encodeURIComponent(person)}`

/** `period` undefined: not known yet. */
export const useReviews = (period: string | undefined, enabled: boolean): UseQueryResult<ReviewList> =>
  useQuery({
    queryKey: ['reviews', period],
    queryFn: ({ signal }) => ask<ReviewList>(`/api/reviews${query({ period })}`, { signal }),
    enabled: enabled && period !== undefined,
  })

export const sheetKey = (period: string, person: string): string[] => ['reviews', period, person]
export const useSheet = (period: string, person: string): UseQueryResult<ReviewSheet> =>
  useQuery({
    queryKey: sheetKey(period, person),
    queryFn: ({ signal }) => ask<ReviewSheet>(sheetAddress(period, person), { signal }),
  })

const ifMatch = (revision: number): Record<string, string> => ({ 'if-match': `"${revision}"` })
export const decideReview = (sheet: ReviewSheet, body: DecideReview): Promise<ReviewSheet> =>
  ask(`${sheetAddress(sheet.period, sheet.person)}/decisions`, {
    method: 'POST',
    body,
    headers: ifMatch(sheet.revision),
  })
export const answerReview = (sheet: ReviewSheet, text: string): Promise<ReviewSheet> =>
  ask(`${sheetAddress(sheet.period, sheet.person)}/answers`, {
    method: 'POST',
    body: { text },
    headers: ifMatch(sheet.revision),
  })

/** Without `person` the reader's own; without `day` today's. */
export const useWorkLog = (day: string | undefined, person: string | undefined): UseQueryResult<WorkLog> =>
  useQuery({
    queryKey: ['jobs', 'worklog', day, person],
    queryFn: async ({ signal }) => {
      const first = await ask<WorkLog>(`/api/work-log${query({ day, person, limit: '500' })}`, { signal })
      const lines = [...first.lines]
      // A day has an end: all of it is shown.
      for (let { next } = first; next !== undefined; ) {
        const more = await ask<WorkLog>(
          `/api/work-log${query({ day: first.day, person, limit: '500', after: String(next) })}`,
          { signal },
        )
        lines.push(...more.lines)
        next = more.next
      }
      return { ...first, lines }
    },
    placeholderData: (previous) => previous,
  })

export const useSurveys = (period: string | undefined): UseQueryResult<SurveyList> =>
  useQuery({
    queryKey: ['surveys', period],
    queryFn: ({ signal }) => ask<SurveyList>(`/api/surveys${query({ period })}`, { signal }),
    enabled: period !== undefined,
  })
export const addSurvey = (body: AddSurvey): Promise<Survey> => ask('/api/surveys', { method: 'POST', body })
export const withdrawSurvey = (id: string, reason: string): Promise<SurveyView> =>
  ask(`/api/surveys/${encodeURIComponent(id)}/withdraw`, { method: 'POST', body: { reason } })
