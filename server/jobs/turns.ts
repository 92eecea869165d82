/**
 * One at a time per job: commands on the same job wait for each other, commands on different jobs do not (E2).
 *
 * Must not: hold a turn across two commands, or two turns at once (that could lock).
 */
export class Turns {
  readonly #tails = new Map<string, Promise<unknown>>()

  /** Runs `work` after everything already queued for `key`. */
  async take<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#tails.get(key) ?? Promise.resolve()
    const mine = before.then(work, work)
    // The tail must not reject: whoever waits for it only waits for its end.
    const tail = mine.catch(() => {})
    this.#tails.set(key, tail)
    try {
      return await mine
    } finally {
      if (this.#tails.get(key) === tail) this.#tails.delete(key)
    }
  }
}
