/**
 * Live sessions: a trainer opens one, trainees join by its code, he watches them and throws things in.
 *
 * Promises: a code is hard to guess, and guessing is stopped; who comes back to a session comes back to his attempt in it; a
 * session that is closed takes nobody and nothing more, and the attempts in it go on.
 * Must not: change an attempt itself (`attempts.ts` does).
 */
import type { Actor } from '../../machines/advance/job.ts'
import type {
  OpenSession,
  SessionView,
  StartAttempt,
  StepsAdded,
  ThrowIn,
} from '../../machines/wire/training.ts'
import { may } from '../access/policy.ts'
import { problem } from '../problem-details.ts'
import type { Library } from '../store/library-port.ts'
import type { TrainingSession, TrainingStore } from '../store/training-port.ts'
import { namesOf, summaryOf } from './attempt-views.ts'
import type { AttemptsPort, KeptScenario } from './attempts.ts'
import { requireSound } from './sound.ts'
import { sessionKey, type TrainingBell } from './training-bell.ts'

/** No class is larger. */
const MOST_TRAINEES = 200
const LISTED = 50
/** Codes that were none, of one person, before he has to wait. */
const GUESSES = 20
const GUESSING_MS = 10 * 60_000
const MOST_GUESSERS = 10_000

export type SessionDeps = {
  store: TrainingStore
  library: Library
  scenario(id: string): Promise<KeptScenario | undefined>
  bell: TrainingBell
  now(): number
  wallNow(): number
  /** Six characters that nobody takes for others. */
  newCode(): string
}
export type SessionsPort = {
  /** Newest first. */
  list(): Promise<SessionView[]>
  /** Problems: scenario-not-found, scenario-cannot-start. */
  open(body: OpenSession, by: Actor): Promise<SessionView>
  /** Other trainees are seen by those who lead alone. Problems: session-not-found, too-many-requests. */
  get(code: string, by: Actor): Promise<SessionView>
  /** Problems: session-not-found. Doing it again changes nothing. */
  close(code: string): Promise<SessionView>
  /** Problems: session-not-found, session-closed, attempt-not-found, and those of `throwIn`. */
  happen(code: string, body: ThrowIn, attempts: Pick<AttemptsPort, 'throwIn'>): Promise<StepsAdded>
  /** `present`: the attempt by which he is in it. Problems: session-not-found, session-closed, too-many-requests. */
  join(code: string, body: StartAttempt, by: Actor): Promise<{ session: string; present?: string }>
}

export function createSessions(deps: SessionDeps): SessionsPort {
  const { store, library, bell } = deps
  const guesses = new Map<string, { count: number; since: number }>()

  async function viewOf(session: TrainingSession, by?: Actor): Promise<SessionView> {
    const isAll = by === undefined || may(by.roles, 'training:lead')
    const { attempts } = await store.attempts({
      session: session.code,
      limit: MOST_TRAINEES,
      ...(isAll ? {} : { person: by.id }),
    })
    const names = await namesOf(library)
    return { ...session, attempts: attempts.map((record) => summaryOf(record, names)).reverse() }
  }

  async function found(code: string): Promise<TrainingSession> {
    const session = await store.session(code)
    if (session === undefined) throw problem('session-not-found')
    return session
  }

  /** By somebody who may only have guessed. */
  async function asked(code: string, by: Actor): Promise<TrainingSession> {
    const known = guesses.get(by.id)
    const age = known === undefined ? -1 : deps.wallNow() - known.since
    const isFresh = known !== undefined && age >= 0 && age < GUESSING_MS
    if (isFresh && known.count >= GUESSES)
      throw problem('too-many-requests', { headers: { 'retry-after': String(GUESSING_MS / 1000) } })
    const session = await store.session(code)
    if (session !== undefined) return session
    if (guesses.size >= MOST_GUESSERS) guesses.clear()
    guesses.set(by.id, {
      count: (isFresh ? known.count : 0) + 1,
      since: isFresh ? known.since : deps.wallNow(),
    })
    throw problem('session-not-found')
  }

  return {
    list: async () => Promise.all((await store.sessions(LISTED)).map((session) => viewOf(session))),
    open: async ({ scenario, mode }, by) => {
      const kept = await deps.scenario(scenario)
      if (kept === undefined) throw problem('scenario-not-found')
      await requireSound(library, kept.scenario)
      for (;;) {
        const session: TrainingSession = {
          code: deps.newCode(),
          scenario,
          title: kept.scenario.title,
          mode,
          trainer: by.id,
          openedAt: new Date(deps.now()).toISOString(),
        }
        if (await store.createSession(session)) return viewOf(session)
      }
    },
    get: async (code, by) => viewOf(await asked(code, by), by),
    close: async (code) => {
      await found(code)
      if (await store.closeSession(code, new Date(deps.now()).toISOString())) bell.ring(sessionKey(code), {})
      return viewOf(await found(code))
    },
    happen: async (code, { attempt, act }, attempts) => {
      const session = await found(code)
      if (session.closedAt !== undefined) throw problem('session-closed')
      const stored = await store.attempt(attempt)
      if (stored === undefined || stored.record.session !== code) throw problem('attempt-not-found')
      return attempts.throwIn(attempt, act)
    },
    join: async (code, { scenario, mode }, by) => {
      const session = await asked(code, by)
      if (session.closedAt !== undefined || session.scenario !== scenario || session.mode !== mode)
        throw problem('session-closed')
      const his = await store.attempts({ session: code, person: by.id, status: 'open', limit: 1 })
      const present = his.attempts[0]?.id
      return { session: code, ...(present === undefined ? {} : { present }) }
    },
  }
}
