/**
 * What a draft session shows of itself, and what it asks of the server.
 *
 * Must not: do anything; `draft-session.ts` does.
 */
import type { PublishDraft } from '../../machines/wire/processes.ts'
import type { Document } from '../document/document.ts'
import type { Conflict } from '../document/merge.ts'

/** Whose version stands, by the pointer of the conflict. */
export type Choices = ReadonlyMap<string, 'mine' | 'theirs'>

/** What the server has: a draft, or else (revision 0) the latest version. */
export type Remote = {
  readonly revision: number
  readonly basedOn?: number
  readonly document: Document
  /** Who saved it, by id; absent for a version. */
  readonly by?: string
}
/** How the draft stands on the server: `revision` 0 where there is none, `latest` the last version. */
export type News = { readonly revision: number; readonly latest: number | undefined }
export type DraftGateway = {
  /** @throws what asking the server throws */
  load(): Promise<Remote>
  /** `expected`: revision 0 for the first save. Gives the new revision, or `stale`. @throws where it was not saved */
  save(expected: number, document: Document, basedOn: number | undefined): Promise<number | 'stale'>
  /** Gives the number of the version. @throws where it was not published */
  publish(revision: number, said: PublishDraft): Promise<number>
  /** Whether trying again later may help. */
  isPassing(error: unknown): boolean
}

/** What came in from others without asking: how often, and of the last time whose it was and what it changed here. */
export type Merged = {
  readonly times: number
  readonly by: string | undefined
  readonly before?: Document
  readonly after?: Document
}

export type SaveState = 'saved' | 'unsaved' | 'saving' | 'offline' | 'refused' | 'stale'
export type SessionView = {
  readonly document: Document
  readonly save: SaveState
  /** Why the last save failed, while it is not made good. */
  readonly error: unknown
  /** What both changed, and who the other is. */
  readonly stale: { readonly conflicts: readonly Conflict[]; readonly by: string | undefined } | undefined
  /** How often changes of others came in without asking, and whose came last. */
  readonly merged: Merged
  readonly revision: number
  readonly basedOn: number | undefined
  /** False: this browser refuses to keep it, so that leaving the page loses what is unsaved. */
  readonly kept: boolean
}
