/**
 * Writing to a reader at the reader's pace.
 *
 * Must not: buffer for who does not read; he is waited for, and given up.
 */
import { once } from 'node:events'
import type { Writable } from 'node:stream'

/** Whoever reads nothing for this long is gone. */
const STALLED_MS = 60_000

/** Waits until the reader has room; gives up on one who never has. */
export async function write(
  response: Writable,
  text: string,
  signal: AbortSignal,
  stalledMs = STALLED_MS,
): Promise<void> {
  if (signal.aborted || response.writableEnded || response.write(text)) return
  const timeout = AbortSignal.timeout(stalledMs)
  try {
    await once(response, 'drain', { signal: AbortSignal.any([signal, timeout]) })
  } catch (error) {
    if (timeout.aborted) response.destroy()
    if (!signal.aborted && !timeout.aborted) throw error
  }
}
