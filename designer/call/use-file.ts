/**
 * The customer file while it is being filled: what was typed over what the job knows.
 *
 * Promises: each letter is kept in this tab until the job has it. Where the process takes entries without going on to
 * another state, they are sent by themselves a moment after the last letter; where recording them is the step itself,
 * nobody but the agent takes it.
 * Must not: judge an entry for the server; one that is plainly wrong only waits.
 */
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { checkValue, type ValueProblem } from '../../machines/definition/check-value.ts'
import type { Field } from '../../machines/definition/schema.ts'
import type { JobDetail, Outcome } from '../../machines/wire/jobs.ts'
import { callApi, newKey, type Sent } from './call-api.ts'
import { keep, readKept } from './kept.ts'
import { takenOver } from './take-over.ts'
import type { Call } from './use-call.ts'
import { isUnanswered, type Steps } from './use-steps.ts'

/** The event by which an entry of the file is recorded. */
export const FILE_EVENT = 'customer.record'
const AFTER_MS = 1_500
/** Where the last try found nobody. */
const AGAIN_MS = 5_000

type FileEntry = { name: string; field: Field; value: string; wrong?: ValueProblem['message'] }
export type CustomerFile = {
  entries: readonly FileEntry[]
  values: Readonly<Record<string, string>>
  /** `kept`: not with the server yet. */
  state: 'same' | 'kept' | 'saving' | 'failed'
  error: unknown
  put(name: string, value: string): void
  /** Back to what the job has: an event adds to a file, and empties nothing. */
  restore(name: string): void
  /** Records it and goes on; false where it could not be. */
  record(): Promise<boolean>
  /** Sends what waits to be sent by itself, now. */
  flush(): Promise<void>
  /** Returns the names of the entries taken. */
  takeOver(found: Readonly<Record<string, unknown>>, searched: string): string[]
}

type Texts = Record<string, string>
const texts = (values: Readonly<Record<string, unknown>>): Texts =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )

export function useFile({ job, definition }: Call, steps: Steps, onTheirs: boolean): CustomerFile {
  const client = useQueryClient()
  const [mine, setMine] = useState<Texts>(() => begin(job))
  const [saving, setSaving] = useState(false)
  const [failure, setFailure] = useState<{ content: string; error: unknown }>()
  const properties = definition?.schemas.events?.[FILE_EVENT]?.properties
  const known = useMemo(() => texts(job.fields), [job.fields])
  const entries = useMemo(
    () => Object.entries(properties ?? {}).flatMap(([name, field]) => entryOf(name, field, mine, known)),
    [properties, mine, known],
  )
  const waiting = entries.filter(({ name, value, wrong }) => {
    return value.trim() !== '' && value.trim() !== known[name] && wrong === undefined
  })
  const isOpen = job.allowed.some(({ type, open }) => type === FILE_EVENT && open) && !onTheirs
  const payload: Texts = Object.fromEntries(waiting.map(({ name, value }) => [name, value.trim()]))
  const content = JSON.stringify(payload)

  useEffect(() => {
    // What the job has meanwhile needs no keeping.
    setMine((before) => {
      const left = Object.entries(before).filter(([name, value]) => value !== (known[name] ?? ''))
      return left.length === Object.keys(before).length ? before : Object.fromEntries(left)
    })
  }, [known])
  useEffect(() => keep(job.id, FILE_EVENT, job.status === 'active' ? mine : {}), [job.id, job.status, mine])

  const latest = useRef({ job, payload, isOpen })
  latest.current = { job, payload, isOpen }
  const stays = useStaying()
  const sendQuietly = useRef<Promise<void>>(undefined)
  const flush = useCallback(async () => {
    await sendQuietly.current
    const { job: here, payload: given, isOpen: may } = latest.current
    if (!may || Object.keys(given).length === 0) return
    const event = { type: FILE_EVENT, payload: given }
    const work = async (): Promise<void> => {
      try {
        if (!(await stays(here, event))) return
        setSaving(true)
        await callApi.send(here.id, event, newKey())
        setFailure(undefined)
        await client.invalidateQueries({ queryKey: ['job', here.id] })
      } catch (error) {
        setFailure({ content: JSON.stringify(given), error })
      } finally {
        setSaving(false)
      }
    }
    sendQuietly.current = work()
    await sendQuietly.current
  }, [client, stays])
  const isTried = failure !== undefined && failure.content === content
  useEffect(() => {
    // What was refused is refused again; what got no answer may get one.
    if (content === '{}' || !isOpen || (isTried && !isUnanswered(failure?.error))) return undefined
    const timer = setTimeout(() => void flush(), isTried ? AGAIN_MS : AFTER_MS)
    return () => clearTimeout(timer)
  }, [content, isOpen, flush, isTried, failure])

  const { send } = steps
  const record = useCallback(async () => {
    await sendQuietly.current
    const { payload: given } = latest.current
    const event: Sent =
      Object.keys(given).length === 0 ? { type: FILE_EVENT } : { type: FILE_EVENT, payload: given }
    const outcome = await send(event)
    if (outcome !== undefined) setFailure(undefined)
    return outcome !== undefined
  }, [send])
  const values = useMemo(() => Object.fromEntries(entries.map(({ name, value }) => [name, value])), [entries])
  return {
    entries,
    values,
    state: saving ? 'saving' : isTried ? 'failed' : waiting.length > 0 ? 'kept' : 'same',
    error: isTried ? failure.error : undefined,
    put: (name, value) => setMine((before) => ({ ...before, [name]: value })),
    restore: (name) =>
      setMine((before) => Object.fromEntries(Object.entries(before).filter(([each]) => each !== name))),
    record,
    flush,
    takeOver(found, searched) {
      const taken = takenOver(
        entries.map(({ name }) => name),
        values,
        found,
        searched,
      )
      setMine((before) => ({ ...before, ...taken }))
      return Object.keys(taken)
    },
  }
}

/** As it was left; on a new call the number that rang is the customer's until he names another. */
function begin(job: JobDetail): Texts {
  const kept = texts(readKept(job.id, FILE_EVENT))
  const { callerNumber, customerPhone } = job.fields
  const isNew = typeof callerNumber === 'string' && callerNumber !== '' && typeof customerPhone !== 'string'
  return isNew && kept.customerPhone === undefined ? { ...kept, customerPhone: callerNumber } : kept
}

function entryOf(name: string, field: Field, mine: Texts, known: Texts): FileEntry[] {
  if (field.type !== 'string' || field.enum !== undefined) return []
  const value = mine[name] ?? known[name] ?? ''
  const wrong = value.trim() === '' ? undefined : checkValue(field, value.trim(), '')[0]
  return [{ name, field, value, ...(wrong === undefined ? {} : { wrong: wrong.message }) }]
}

/** Whether an event leaves the job in the state it is in; tried once a state. */
function useStaying(): (job: JobDetail, event: Sent) => Promise<boolean> {
  const known = useRef(new Map<string, boolean>())
  return useCallback(async (job, event) => {
    const state = JSON.stringify([job.id, job.state])
    const said = known.current.get(state)
    if (said !== undefined) return said
    const { job: after, entry }: Outcome = await callApi.tryOut(job.id, event)
    const stays = JSON.stringify(after.state) === JSON.stringify(job.state) && entry.breaches.length === 0
    known.current.set(state, stays)
    return stays
  }, [])
}
