/**
 * What the training room does by itself from time to time: closing what was left, telling what falls due.
 *
 * Promises: one round at a time; a round that fails is told to the log and tried again.
 * Must not: decide what is due.
 */
export type Log = { error(details: object, message: string): void }
export type Tending = {
  /** At once; resolves when it is done. */
  tend(): Promise<void>
  stop(): Promise<void>
}

const EVERY_MS = 60_000

/** @param rounds carried out in their order */
export function createTending(rounds: readonly (() => Promise<unknown>)[], log: Log): Tending {
  let running: Promise<void> = Promise.resolve()
  const round = async (): Promise<void> => {
    for (const work of rounds)
      try {
        await work()
      } catch (error) {
        log.error({ err: error }, 'the training room was not tended')
      }
  }
  const tend = (): Promise<void> => {
    running = running.then(round)
    return running
  }
  const timer = setInterval(() => void tend(), EVERY_MS)
  timer.unref()
  return {
    tend,
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}
