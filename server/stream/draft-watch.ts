/**
 * Who is in which draft, and whom to wake when something about it changes.
 *
 * Promises: who gives no sign of life for 30 s is no longer there. Listeners are called when someone comes, goes or
 * moves, and when the process was changed; not for every sign of life.
 * Must not: outlive the server: presence is kept in memory alone. Nor carry what was changed: who is woken reads it.
 */
import type { Presence, Present } from '../../machines/wire/drafts.ts'
import type { Clock } from '../clock.ts'
import { problem } from '../problem-details.ts'

const STAYS_MS = 30_000
/** Tabs: more is a mistake or malice. */
const MOST = { person: 20, draft: 500 }

export type DraftWatch = {
  /** A sign of life, or a farewell. Answers who is there. Problems: too-many-requests. */
  beat(process: string, person: { id: string; name: string }, presence: Presence): Present[]
  /** Who is there, the first comer first. */
  present(process: string): Present[]
  /** Milliseconds until the next would be gone; infinite where nobody is there. */
  untilNext(process: string): number
  /** The process was changed: a draft saved, thrown away, agreed to or published. */
  changed(process: string): void
  /** Returns how to stop listening. */
  listen(process: string, listener: () => void): () => void
}

type Entry = { present: Present; until: number }

/** @param clock real time: a manual clock that stands still would keep everybody for ever */
export function createDraftWatch(clock: Clock): DraftWatch {
  const drafts = new Map<string, Map<string, Entry>>()
  const listeners = new Map<string, Set<() => void>>()

  function entries(process: string): Map<string, Entry> {
    const found = drafts.get(process)
    if (found === undefined) return new Map()
    for (const [key, { until }] of found) if (until <= clock.now()) found.delete(key)
    if (found.size === 0) drafts.delete(process)
    return found
  }
  const present = (process: string): Present[] => [...entries(process).values()].map((entry) => entry.present)
  const changed = (process: string): void => {
    for (const listener of listeners.get(process) ?? []) listener()
  }

  function stay(process: string, person: { id: string; name: string }, { client, place }: Presence): void {
    const here = entries(process)
    const key = `${person.id} ${client}`
    const before = here.get(key)?.present
    if (before === undefined) {
      const own = [...here.values()].filter((entry) => entry.present.person === person.id).length
      if (own >= MOST.person || here.size >= MOST.draft) throw problem('too-many-requests')
    }
    const next: Present = {
      person: person.id,
      name: person.name,
      client,
      ...(place === undefined ? {} : { place }),
      since: before?.since ?? new Date(clock.now()).toISOString(),
    }
    here.set(key, { present: next, until: clock.now() + STAYS_MS })
    drafts.set(process, here)
    if (before?.place !== next.place || before?.name !== next.name) changed(process)
  }

  return {
    beat: (process, person, presence) => {
      if (presence.gone !== true) stay(process, person, presence)
      else if (entries(process).delete(`${person.id} ${presence.client}`)) changed(process)
      return present(process)
    },
    present,
    untilNext: (process) => {
      const untils = [...entries(process).values()].map(({ until }) => until)
      return Math.min(...untils) - clock.now()
    },
    changed,
    listen: (process, listener) => {
      const all = listeners.get(process) ?? new Set()
      listeners.set(process, all.add(listener))
      return () => {
        all.delete(listener)
        if (all.size === 0 && listeners.get(process) === all) listeners.delete(process)
      }
    },
  }
}
