/**
 * How much one person may send within 24 hours, of whatever kind: nobody fills the disk for all the others.
 *
 * Promises: every byte of a connection is counted once, headers and what was broken off too; who has sent too much is refused
 * before his body is read; reading is never refused.
 * Must not: count what nobody signed in sends, which is limited by address and kept nowhere; keep a figure over a restart.
 */
import type { Socket } from 'node:net'
import { problem } from '../problem-details.ts'
import type { App } from './app-type.ts'

const DAY_MS = 24 * 3600 * 1000
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

type Sent = { since: number; bytes: number }

/**
 * To be called after authorisation has its hooks.
 * @param most bytes; 0: no limit
 * @param now epoch ms
 */
export function registerSentBytes(app: App, most: number, now: () => number): void {
  if (most === 0) return
  const people = new Map<string, Sent>()
  const counted = new WeakMap<Socket, number>()

  function sentBy(person: string): Sent {
    const known = people.get(person)
    if (known !== undefined && now() - known.since < DAY_MS) return known
    const fresh = { since: now(), bytes: 0 }
    people.set(person, fresh)
    return fresh
  }

  /** What came on the connection since it was last looked at. */
  function takenFrom(socket: Socket, declared: string | undefined): number {
    const { bytesRead } = socket
    // Requests that came over no network have none.
    if (bytesRead === undefined) return Number(declared ?? 0)
    const before = counted.get(socket) ?? 0
    counted.set(socket, bytesRead)
    return bytesRead - before
  }

  app.addHook('onRequest', (request, reply, done) => {
    const { socket } = request.raw
    // Of an answer that is out as of one that was broken off.
    reply.raw.once('close', () => {
      const bytes = takenFrom(socket, request.headers['content-length'])
      const person = request.identity?.person.id
      if (person !== undefined && !SAFE.has(request.method)) sentBy(person).bytes += bytes
    })
    done()
  })
  app.addHook('preParsing', (request, _reply, _payload, done) => {
    const person = request.identity?.person.id
    if (person === undefined || SAFE.has(request.method)) return done()
    const { since, bytes } = sentBy(person)
    if (bytes < most) return done()
    const retryAfter = Math.ceil((since + DAY_MS - now()) / 1000)
    done(problem('too-much-sent', { headers: { 'retry-after': String(retryAfter) } }))
  })
}
