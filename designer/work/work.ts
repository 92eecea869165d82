/**
 * What the telephone's pages share: who works, his queue, and what the server last answered.
 *
 * Must not: draw.
 */
import { type QueryClient, useQuery } from '@tanstack/react-query'
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Static, TSchema } from 'typebox'
import { Check } from 'typebox/value'
import { Carried } from '../../machines/wire/carry.ts'
import { JobList } from '../../machines/wire/jobs.ts'
import type { Me } from '../../machines/wire/people.ts'
import { VersionView } from '../../machines/wire/processes.ts'
import { ApiError, api, ask, query } from '../session/api.ts'
import type { Queue, QueueState } from './queue.ts'
import type { Shelf } from './shelf.ts'

export type Work = {
  me: Me
  queue: Queue
  shelf: Shelf
  /** False where this browser keeps nothing: what waits is lost with the page. */
  lasting: boolean
}
export const WorkContext = createContext<Work | undefined>(undefined)

export function useWork(): Work {
  const work = useContext(WorkContext)
  if (work === undefined) throw new Error('outside of the pages of work')
  return work
}
export function useQueueState(): QueueState {
  const { queue } = useWork()
  return useSyncExternalStore(queue.subscribe, queue.state)
}

/** What is shown: the server's answer, or else the last one kept, with the time it is of. */
export type Known<T> = { data: T | undefined; keptAt: string | undefined; error: unknown; isPending: boolean }

type Source<S extends TSchema> = {
  /** What it is kept under. */
  name: string
  key: readonly unknown[]
  schema: S
  fetch(signal: AbortSignal): Promise<Static<S>>
  /** It never changes. */
  lasts?: boolean
}

const addressOf = (person: string, name: string): string => `${person} ${name}`

export function useKnown<S extends TSchema>(source: Source<S>, enabled = true): Known<Static<S>> {
  const { shelf, me } = useWork()
  const asked = useQuery({
    queryKey: source.key,
    queryFn: ({ signal }) => fetchAndKeep(shelf, me.id, source, signal),
    networkMode: 'always',
    refetchOnReconnect: true,
    retry: false,
    enabled,
    ...(source.lasts === true ? { staleTime: Number.POSITIVE_INFINITY } : {}),
  })
  const found = useQuery({
    queryKey: ['kept', me.id, source.name],
    queryFn: async () => (await shelf.read(addressOf(me.id, source.name))) ?? null,
    networkMode: 'always',
    retry: false,
    gcTime: 0,
    enabled: enabled && asked.data === undefined,
  })
  const body = found.data?.body
  const kept = Check(source.schema, body) ? body : undefined
  const data = asked.data ?? kept
  return {
    data,
    keptAt:
      data !== undefined && (asked.data === undefined || isAway(asked.error))
        ? timeOf(asked, found)
        : undefined,
    error: asked.error,
    isPending: enabled && data === undefined && (asked.isPending || found.isPending),
  }
}
const timeOf = (
  asked: { dataUpdatedAt: number },
  found: { data: { at: string } | null | undefined },
): string | undefined =>
  asked.dataUpdatedAt > 0 ? new Date(asked.dataUpdatedAt).toISOString() : (found.data?.at ?? undefined)

/** There is no connection. */
export const isAway = (error: unknown): boolean => error instanceof ApiError && error.status === 0

async function fetchAndKeep<S extends TSchema>(
  shelf: Shelf,
  person: string,
  { name, fetch }: Source<S>,
  signal: AbortSignal,
): Promise<Static<S>> {
  const body = await fetch(signal)
  await shelf.keep(addressOf(person, name), { at: new Date().toISOString(), body })
  return body
}

/** My open jobs, the soonest due first. */
export const myJobs = (me: Me) =>
  ({
    name: 'jobs',
    key: ['jobs', 'mine', me.id],
    schema: JobList,
    fetch: (signal: AbortSignal) =>
      ask<JobList>(`/api/jobs${query({ assignee: me.id, status: 'active', sort: 'dueAt', limit: '100' })}`, {
        signal,
      }),
  }) satisfies Source<typeof JobList>

const CARRY = 'carry '
export const carriedJob = (job: string) =>
  ({
    name: `${CARRY}${job}`,
    key: ['job', job, 'carry'],
    schema: Carried,
    fetch: (signal: AbortSignal) => ask<Carried>(`/api/jobs/${encodeURIComponent(job)}/carry`, { signal }),
  }) satisfies Source<typeof Carried>

export const versionOf = (process: string, version: number) =>
  ({
    name: `version ${process} ${version}`,
    key: ['definition', process, version],
    schema: VersionView,
    fetch: (signal: AbortSignal) => api.version(process, version, signal),
    lasts: true,
  }) satisfies Source<typeof VersionView>

/** Asks for the job anew, keeps the answer, and lets go of the acts that it holds. */
export async function seeAgain({ shelf, me, queue }: Work, client: QueryClient, job: string): Promise<void> {
  const source = carriedJob(job)
  const { job: known } = await client.fetchQuery({
    queryKey: source.key,
    queryFn: ({ signal }) => fetchAndKeep(shelf, me.id, source, signal),
    networkMode: 'always',
    retry: false,
    staleTime: 0,
  })
  await queue.settle(job, known.seq)
}

/** Keeps what a job needs to be worked without a connection, where it has moved since. */
export async function takeAlong(
  { shelf, me }: Work,
  client: QueryClient,
  { id, process, version, seq }: { id: string; process: string; version: number; seq: number },
): Promise<void> {
  const source = carriedJob(id)
  const kept = await shelf.read(addressOf(me.id, source.name))
  if (!Check(Carried, kept?.body) || kept.body.job.seq < seq)
    await client.fetchQuery({
      queryKey: source.key,
      queryFn: ({ signal }) => fetchAndKeep(shelf, me.id, source, signal),
      networkMode: 'always',
      retry: false,
      staleTime: 0,
    })
  const definition = versionOf(process, version)
  if ((await shelf.read(addressOf(me.id, definition.name))) === undefined)
    await client.fetchQuery({
      queryKey: definition.key,
      queryFn: ({ signal }) => fetchAndKeep(shelf, me.id, definition, signal),
      networkMode: 'always',
      retry: false,
      staleTime: Number.POSITIVE_INFINITY,
    })
}

/** Forgets jobs that are no longer his, and have nothing waiting. */
export async function leaveBehind({ shelf, me, queue }: Work, mine: readonly string[]): Promise<void> {
  const needed = new Set([...mine, ...queue.state().acts.map(({ job }) => job)])
  const prefix = addressOf(me.id, CARRY)
  await shelf.forget((name) => name.startsWith(prefix) && !needed.has(name.slice(prefix.length)))
}
