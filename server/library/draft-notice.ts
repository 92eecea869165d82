/**
 * How a process and its draft stand, in so few words that they can be sent at every change.
 *
 * Must not: hold content.
 */
import type { DraftNotice } from '../../machines/wire/drafts.ts'
import type { Library } from '../store/library-port.ts'

/** `undefined`: there is no such process, or no longer. */
export async function draftNotice(library: Library, id: string): Promise<DraftNotice | undefined> {
  const process = (await library.processes()).find((one) => one.id === id)
  if (process === undefined) return undefined
  const draft = await library.draft(id)
  return {
    ...(draft === undefined ? {} : { draft: draftPart(draft) }),
    ...(process.latest === undefined ? {} : { latest: process.latest }),
    archived: process.archivedAt !== undefined,
    approvalRevision: process.approval?.revision ?? 0,
  }
}

type Draft = NonNullable<Awaited<ReturnType<Library['draft']>>>
function draftPart({
  revision,
  updatedAt,
  updatedBy,
  approvals = [],
}: Draft): NonNullable<DraftNotice['draft']> {
  const said = approvals.map(({ person, verdict }) => ({ person, verdict }))
  return { revision, updatedAt, updatedBy, said }
}
