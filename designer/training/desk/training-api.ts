/**
 * The pages' way to the training room: what is asked of the server, and under which keys it is kept.
 *
 * Promises: every key begins with `training`; a change refreshes what it touches.
 * Must not: hold words, or draw.
 */
import {
  type QueryClient,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query'
import type { Act, Scenario } from '../../../machines/simulate/scenario.ts'
import type {
  AssignmentList,
  AssignmentView,
  AttemptPage,
  CheckedScenario,
  MyTraining,
  NewAssignment,
  OpenSession,
  ScenarioList,
  ScenarioRuns,
  ScenarioSummary,
  ScenarioView,
  SessionList,
  SessionView,
  TrainingResults,
} from '../../../machines/wire/training.ts'
import { ask, query } from '../../session/api.ts'

export const TRAINING = 'training'
const segment = encodeURIComponent
const ROOT = '/api/training'

/** After a change: everything of the training room is asked for again. */
export const refreshTraining = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ queryKey: [TRAINING] })

export const useMine = (): UseQueryResult<MyTraining> =>
  useQuery({
    queryKey: [TRAINING, 'mine'],
    queryFn: ({ signal }) => ask<MyTraining>(`${ROOT}/mine`, { signal }),
  })

export const useScenarios = (): UseQueryResult<ScenarioSummary[]> =>
  useQuery({
    queryKey: [TRAINING, 'scenarios'],
    queryFn: ({ signal }) => ask<ScenarioList>(`${ROOT}/scenarios`, { signal }),
    select: ({ scenarios }) => scenarios,
  })

export const getScenario = (id: string, signal?: AbortSignal): Promise<ScenarioView> =>
  ask(`${ROOT}/scenarios/${segment(id)}`, signal === undefined ? {} : { signal })
export const createScenario = (scenario: Scenario): Promise<ScenarioView> =>
  ask(`${ROOT}/scenarios`, { method: 'POST', body: { scenario } })
/** `revision`: the one that was read. Another's save in between is answered 412. */
export const saveScenario = (id: string, revision: number, scenario: Scenario): Promise<ScenarioView> =>
  ask(`${ROOT}/scenarios/${segment(id)}`, {
    method: 'PUT',
    body: { scenario },
    headers: { 'if-match': `"${revision}"` },
  })
export const deleteScenario = (id: string, revision: number): Promise<unknown> =>
  ask(`${ROOT}/scenarios/${segment(id)}`, { method: 'DELETE', headers: { 'if-match': `"${revision}"` } })
export const checkScenario = (scenario: unknown, signal?: AbortSignal): Promise<CheckedScenario> =>
  ask(`${ROOT}/check`, {
    method: 'POST',
    body: { scenario },
    ...(signal === undefined ? {} : { signal }),
  })
/** All known runs of a process's scenarios, on its latest version. */
export const processRuns = (process: string, signal: AbortSignal): Promise<ScenarioRuns> =>
  ask(`/api/processes/${segment(process)}/scenarios/runs`, { signal })

export type AttemptFilter = {
  person?: string | undefined
  scenario?: string | undefined
  assignment?: string | undefined
}
export const useAttempts = (filter: AttemptFilter): UseInfiniteQueryResult<{ pages: AttemptPage[] }> =>
  useInfiniteQuery({
    queryKey: [TRAINING, 'attempts', filter],
    queryFn: ({ pageParam, signal }) =>
      ask<AttemptPage>(`${ROOT}/attempts${query({ ...filter, cursor: pageParam })}`, { signal }),
    initialPageParam: noCursor(),
    getNextPageParam: (page) => page.next,
  })
const noCursor = (): string | undefined => undefined

export const useAssignments = (): UseQueryResult<AssignmentView[]> =>
  useQuery({
    queryKey: [TRAINING, 'assignments'],
    queryFn: ({ signal }) => ask<AssignmentList>(`${ROOT}/assignments`, { signal }),
    select: ({ assignments }) => assignments,
  })
export const assign = (body: NewAssignment): Promise<AssignmentView> =>
  ask(`${ROOT}/assignments`, { method: 'POST', body })
export const withdraw = (id: string): Promise<AssignmentView> =>
  ask(`${ROOT}/assignments/${segment(id)}/withdraw`, { method: 'POST' })

export type ResultFilter = {
  process?: string
  person?: string
  role?: string
  region?: string
  from?: string
  to?: string
}
export const useResults = (filter: ResultFilter | undefined): UseQueryResult<TrainingResults> =>
  useQuery({
    queryKey: [TRAINING, 'results', filter],
    queryFn: ({ signal }) => ask<TrainingResults>(`${ROOT}/results${query(filter ?? {})}`, { signal }),
    enabled: filter !== undefined,
    placeholderData: (previous) => previous,
  })
export const resultSheet = (filter: ResultFilter, by: 'people' | 'norms', language: 'en' | 'zh'): string =>
  `${ROOT}/results.csv${query({ ...filter, by, language })}`

export const getSession = (code: string, signal?: AbortSignal): Promise<SessionView> =>
  ask(`${ROOT}/sessions/${segment(code)}`, signal === undefined ? {} : { signal })
/** Those that are not over. */
export const useOpenSessions = (enabled: boolean): UseQueryResult<SessionView[]> =>
  useQuery({
    queryKey: [TRAINING, 'sessions'],
    queryFn: ({ signal }) => ask<SessionList>(`${ROOT}/sessions`, { signal }),
    select: ({ sessions }) => sessions.filter(({ closedAt }) => closedAt === undefined),
    enabled,
  })
export const openSession = (body: OpenSession): Promise<SessionView> =>
  ask(`${ROOT}/sessions`, { method: 'POST', body })
export const closeSession = (code: string): Promise<SessionView> =>
  ask(`${ROOT}/sessions/${segment(code)}/close`, { method: 'POST' })
export const throwIn = (code: string, attempt: string, act: Act): Promise<unknown> =>
  ask(`${ROOT}/sessions/${segment(code)}/happen`, { method: 'POST', body: { attempt, act } })
export const sessionStream = (code: string): string => `${ROOT}/sessions/${segment(code)}/stream`
