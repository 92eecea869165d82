/**
 * A file as an answer: what it is called, whether a browser shows it, and that nothing in it runs.
 *
 * Promises: whatever a file holds, opened by its address it is a page of no origin, without script, form or window.
 * Must not: take a name from a stranger; callers make them.
 */
import type { FastifyReply } from 'fastify'

const NOTHING = "default-src 'none'; sandbox"
/** Styles of the file's own, and pictures in it. */
const LOOKS = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"

type FileAnswer = {
  mediaType: string
  /** ASCII, without quotes. */
  name: string
  /** Shown in the browser rather than saved. */
  shown?: boolean
  /** Of our own making: it may have styles. */
  ours?: boolean
}

/** Sets the headers; the caller sends. */
export const asFile = <Reply extends Pick<FastifyReply, 'header' | 'type'>>(
  reply: Reply,
  { mediaType, name, shown = false, ours = false }: FileAnswer,
): Reply => {
  reply
    .type(mediaType)
    .header('content-disposition', `${shown ? 'inline' : 'attachment'}; filename="${name}"`)
    .header('content-security-policy', ours ? LOOKS : NOTHING)
    .header('x-content-type-options', 'nosniff')
  return reply
}
