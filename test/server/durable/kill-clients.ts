/**
 * Clients of a server that is killed under them: they send events, and keep a ledger of what they were told.
 *
 * Promises: a request stands in the ledger before it is sent; an answer only once it was received whole.
 */

import { setTimeout as pause } from 'node:timers/promises'

/** One request, sent again with the same key until there is an answer. */
export type Try = {
  key: string
  /** In its payload or fields, and in no other. */
  mark: string
  /** None: it creates a job. */
  job?: string
  type?: string
  ifMatch?: number
  answer?: { status: number; job?: string; seq?: number }
}
export type Server = { address: string; token: string }

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}

/** Sends it and reads the whole answer. Throws where the connection breaks. */
export async function send(
  { address, token }: Server,
  tried: Try,
): Promise<NonNullable<Try['answer']> & { replayed: boolean }> {
  const body =
    tried.job === undefined
      ? { process: 'errand-root', fields: { mark: tried.mark } }
      : { type: tried.type, payload: { mark: tried.mark } }
  const path = tried.job === undefined ? '/api/jobs' : `/api/jobs/${tried.job}/events`
  const response = await fetch(address + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': `"${tried.key}"`,
      ...(tried.ifMatch === undefined ? {} : { 'if-match': `"${tried.ifMatch}"` }),
    },
    body: JSON.stringify(body),
  })
  const told = record(await response.json())
  const { id, seq } = record(tried.job === undefined ? told : told.job)
  return {
    status: response.status,
    replayed: response.headers.get('idempotency-replayed') === 'true',
    ...(typeof id === 'string' ? { job: id } : {}),
    ...(typeof seq === 'number' ? { seq } : {}),
  }
}

export class Clients {
  readonly ledger: Try[] = []
  /** Of every job the seq last heard of; of these the last few are worked on. */
  readonly #seqs = new Map<string, number>()
  readonly #random: () => number
  #marks = 0
  /** Told that nothing can be kept now. */
  turnedAway = 0

  constructor(random: () => number) {
    this.#random = random
  }

  get unanswered(): Try[] {
    return this.ledger.filter(({ answer }) => answer === undefined)
  }

  /** So many clients at once, each one request after another, until the server is gone. */
  async work(server: Server, clients: number): Promise<void> {
    const client = async () => {
      for (;;) {
        const tried = this.#next()
        this.ledger.push(tried)
        await this.repeat(server, tried)
      }
    }
    await Promise.allSettled(Array.from({ length: clients }, client))
  }

  /** Sends it, the first time or again; the answer goes into the ledger. Returns whether it had been given before. */
  async repeat(server: Server, tried: Try): Promise<boolean> {
    const { replayed, ...answer } = await send(server, tried)
    if (answer.status === 503) {
      // As good as no answer: to be sent again.
      this.turnedAway += 1
      await pause(20)
      return false
    }
    tried.answer = answer
    if (answer.job !== undefined && answer.seq !== undefined) this.#seqs.set(answer.job, answer.seq)
    return replayed
  }

  #next(): Try {
    const mark = `m${++this.#marks}`
    const recent = [...this.#seqs.keys()].slice(-8)
    if (recent.length < 4 || this.#random() < 0.03) return { key: `k-${mark}`, mark }
    const job = recent[Math.floor(this.#random() * recent.length)] ?? ''
    const chance = this.#random()
    const type = chance < 0.75 ? 'mark' : chance < 0.9 ? 'wake' : 'send'
    const seq = this.#seqs.get(job)
    const conditional = this.#random() < 0.5 && seq !== undefined
    return { key: `k-${mark}`, mark, job, type, ...(conditional ? { ifMatch: seq } : {}) }
  }
}
