/**
 * What is wrong with the document, live.
 *
 * Promises: at most one check runs; the newest document is checked in the end; a check that hangs is given up, and
 * said to have failed.
 * Must not: find problems itself (`machines/validate` does).
 */
import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Problem } from '../../machines/definition/problem.ts'
import { isList, isObject, type Json } from '../document/json.ts'
import { api } from '../session/api.ts'
import { useProcesses } from '../session/queries.ts'
import type { Check } from './problem-worker.ts'

const PAUSE_MS = 250
const TOO_LONG_MS = 15_000

export type Problems = {
  readonly state: 'checking' | 'known' | 'failed'
  /** Errors first, then by place. Of the last check while a new one runs. */
  readonly list: readonly Problem[]
}

/** The problems of a definition; `checking` from the moment it changed. */
export function useProblems(process: string, definition: Json): Problems {
  const surroundings = useSurroundings(process, definition)
  const [found, setFound] = useState<{ of: Json; problems: Problem[] | undefined }>()
  const checker = useRef<Checker>(undefined)
  useEffect(() => () => checker.current?.stop(), [])
  useEffect(() => {
    if (surroundings === undefined) return undefined
    checker.current ??= new Checker()
    const timer = setTimeout(() => {
      checker.current?.check({ definition, ...surroundings }, (problems) =>
        setFound({ of: definition, problems }),
      )
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [definition, surroundings])
  return useMemo(() => {
    const list = found?.problems ?? []
    if (found?.of !== definition) return { state: 'checking', list }
    return { state: found.problems === undefined ? 'failed' : 'known', list }
  }, [found, definition])
}

/** A worker with at most one check under way and one that waits. */
class Checker {
  #worker: Worker | undefined
  #waiting: { check: Check; done: (problems: Problem[] | undefined) => void } | undefined
  #isBusy = false
  #timer: ReturnType<typeof setTimeout> | undefined

  check(check: Check, done: (problems: Problem[] | undefined) => void): void {
    this.#waiting = { check, done }
    this.#next()
  }
  stop(): void {
    clearTimeout(this.#timer)
    this.#worker?.terminate()
    this.#worker = undefined
    this.#waiting = undefined
    this.#isBusy = false
  }

  #next(): void {
    const job = this.#waiting
    if (this.#isBusy || job === undefined) return
    this.#waiting = undefined
    this.#isBusy = true
    const worker =
      this.#worker ?? new Worker(new URL('./problem-worker.ts', import.meta.url), { type: 'module' })
    this.#worker = worker
    const end = (problems: Problem[] | undefined): void => {
      clearTimeout(this.#timer)
      this.#isBusy = false
      if (problems === undefined) {
        worker.terminate()
        this.#worker = undefined
      }
      job.done(problems)
      this.#next()
    }
    this.#timer = setTimeout(() => end(undefined), TOO_LONG_MS)
    worker.onmessage = ({ data }: MessageEvent<Problem[]>) => end(data)
    worker.onerror = () => end(undefined)
    worker.postMessage(job.check)
  }
}

/** The calendars in force, and the processes that the definition speaks of; undefined until they are here. */
function useSurroundings(process: string, definition: Json): Omit<Check, 'definition'> | undefined {
  const settings = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => api.settings(signal),
    staleTime: 60_000,
  })
  const processes = useProcesses()
  const spokenOf = useMemo(() => textsOf(definition), [definition])
  const others = (processes.data?.processes ?? []).flatMap(({ id, latest }) =>
    latest === undefined || id === process || !spokenOf.has(id) ? [] : [{ id, version: latest.version }],
  )
  const known = useQueries({
    queries: others.map(({ id, version }) => ({
      queryKey: ['processes', id, 'version', version],
      queryFn: ({ signal }: { signal: AbortSignal }) => api.version(id, version, signal),
      staleTime: Number.POSITIVE_INFINITY,
    })),
    combine: (answers) => ({
      isPending: answers.some((answer) => answer.isPending),
      processes: answers.flatMap(({ data }) => (data === undefined ? [] : [data.definition])),
    }),
  })
  const isHere = !settings.isPending && !processes.isPending && !known.isPending
  const calendars = settings.data?.calendars
  const { processes: definitions } = known
  return useMemo(
    () =>
      isHere
        ? {
            calendars: Object.keys(calendars ?? {}),
            processes: definitions.map(({ id, schemas }) => ({ id, schemas })),
          }
        : undefined,
    [isHere, calendars, definitions],
  )
}

/** Every text in a JSON value: among them the ids of other processes. */
function textsOf(value: Json): ReadonlySet<string> {
  const found = new Set<string>()
  const rest: Json[] = [value]
  for (let each = rest.pop(); each !== undefined; each = rest.pop()) {
    if (typeof each === 'string') found.add(each)
    else if (isList(each)) rest.push(...each)
    else if (isObject(each)) rest.push(...Object.values(each))
  }
  return found
}
