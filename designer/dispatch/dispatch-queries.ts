/**
 * What the dispatcher's page asks the server, and what it does there.
 *
 * Promises: keys begin with `jobs`, so that every change of a job that is told by the feed renews them; one press
 * assigns once.
 * Must not: judge whom a job suits; the server does.
 */
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
import type { Candidates, DispatchDay } from '../../machines/wire/dispatch.ts'
import type { PersonView } from '../../machines/wire/people.ts'
import { api, ask, query } from '../session/api.ts'
import { newKey } from '../session/job-acts.ts'

export type DayFilter = {
  date: string | undefined
  region: string | undefined
  process: string | undefined
  text: string
  minutes: number
  limit: number
}
const DISPATCH = ['jobs', 'dispatch'] as const

export const useDay = (filter: DayFilter): UseQueryResult<DispatchDay> =>
  useQuery({
    queryKey: [...DISPATCH, 'day', filter],
    queryFn: ({ signal }) =>
      ask<DispatchDay>(
        `/api/dispatch/day${query({
          date: filter.date,
          region: filter.region,
          process: filter.process,
          text: filter.text === '' ? undefined : filter.text,
          minutes: String(filter.minutes),
          limit: String(filter.limit),
        })}`,
        { signal },
      ),
    placeholderData: (previous) => previous,
  })

export type Asked = { job: string; date: string | undefined; minutes: number }

const candidatesQuery = ({ job, date, minutes }: Asked) => ({
  queryKey: [...DISPATCH, 'candidates', job, date, minutes],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    ask<Candidates>(`/api/dispatch/candidates${query({ job, date, minutes: String(minutes) })}`, { signal }),
})

/** @param asked undefined: nothing is chosen. */
export const useCandidates = (asked: Asked | undefined): UseQueryResult<Candidates> =>
  useQuery({
    ...candidatesQuery(asked ?? { job: '', date: undefined, minutes: 0 }),
    enabled: asked !== undefined,
  })

/** As the server has them now, or had them a moment ago. */
export function useFetchCandidates(): (asked: Asked) => Promise<Candidates> {
  const client = useQueryClient()
  return useCallback((asked) => client.fetchQuery({ ...candidatesQuery(asked), staleTime: 2_000 }), [client])
}

/** By the event of the job's own process, else by hand. */
export type Assignment = {
  person: string
  candidates: Candidates
  /** What the event, or the hand, asks beside the person. */
  payload: Record<string, unknown>
}

export function useAssign(done: (assignment: Assignment) => void) {
  const client = useQueryClient()
  const last = useRef({ content: '', key: '' })
  return useMutation({
    mutationFn: ({ person, candidates: { job, assigning }, payload }: Assignment) => {
      if (assigning?.by !== 'event')
        return api.handleJob(job.id, { way: 'reassign', body: { ...payload, person } }, job.seq, false)
      const event = { type: assigning.event.type, payload: { ...payload, [assigning.person]: person } }
      const content = JSON.stringify([job.id, job.seq, event])
      if (last.current.content !== content) last.current = { content, key: newKey() }
      return api.sendEvent(job.id, event, job.seq, last.current.key)
    },
    onSuccess: async (_outcome, assignment) => {
      done(assignment)
      await client.invalidateQueries({ queryKey: ['jobs'] })
    },
    onError: () => client.invalidateQueries({ queryKey: DISPATCH }),
  })
}

export type Agreed = { person: string; date: string; minutes: number }
export function useAgreeOvertime() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ person, date, minutes }: Agreed) =>
      ask<PersonView>(`/api/people/${encodeURIComponent(person)}/overtime/${date}`, {
        method: 'PUT',
        body: { minutes },
      }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: DISPATCH }),
        client.invalidateQueries({ queryKey: ['people'] }),
      ]),
  })
}
