/**
 * What a store keeps of messages to people: each message once, who has it before him, and whether he read it.
 *
 * Promises asked of an adapter:
 * - A message comes out of the outbox and before its readers in one commit, or neither: a retry after a crash finds it
 *   waiting or delivered, never half (E6).
 * - Numbers grow by delivery, without regard to what clock the jobs go by.
 * Must not: know who has a role, or what a message says.
 */
import type { EffectRecipient } from '../../machines/advance/job.ts'
import type { Severity, Text } from '../../machines/definition/schema.ts'
import type { NoticeKind, NoticeTopic } from '../../machines/wire/inbox.ts'
import type { OutboxItem, Within } from './port.ts'

/** Beside a role or a person: whoever the job's assignee field names. */
export type NoticeRecipient = EffectRecipient | { assignee: true }

type Told = {
  /** The effect's; the same on every retry. */
  id: string
  kind: NoticeKind
  at: string
  /** Whom it was meant for. */
  to: NoticeRecipient[]
  message?: Text
  norm?: string
  severity?: Severity
  /** Nobody it was meant for has an account: it went to the administrators instead. */
  astray?: true
}
/** Of a job. */
export type JobNotice = Told & {
  job: string
  process: string
  version: number
  /** The message is a person's own words, not the definition's. */
  typed?: true
}
/** Of something that has a page of its own. */
export type PageNotice = Told & { page: NoticeTopic }
export type Notice = JobNotice | PageNotice
/** As one person has it. `n`: its number in the order of delivery. */
export type Received = { n: number; notice: Notice; read: boolean }

export type NoticeQuery = {
  person: string
  limit: number
  cursor?: string
  kind?: NoticeKind
  /** `unread`: what is not read comes first. `newest`: as it came. */
  order: NoticeOrder
  unreadOnly?: boolean
  /** As in `JobFilter`, for what a job tells. */
  within?: readonly Within[]
}
export type NoticeOrder = 'unread' | 'newest'
/** `latest`: the highest number this person has, 0 for none. */
export type NoticePage = { received: Received[]; next?: string; latest: number }
export type UnreadCounts = Record<NoticeKind, number>
/** Unread messages are counted up to this many: beyond it nobody reads the figure. */
export const MOST_COUNTED = 1000

export type DeadLetterPage = { letters: OutboxItem[]; next?: string }

export interface NoticeStore {
  /** False, and nothing written: the item is no longer in the outbox. */
  deliverNotice(item: string, notice: Notice, people: readonly string[]): Promise<boolean>
  /** Past the outbox, for what no job tells. False, and nothing written: there is a message of this id. */
  layNotice(notice: Notice, people: readonly string[]): Promise<boolean>
  /** Throws `BadCursor`. */
  notices(query: NoticeQuery): Promise<NoticePage>
  unreadNotices(person: string, within?: readonly Within[]): Promise<UnreadCounts>
  /** Ids that the person does not have are passed over. Returns how many changed. */
  markNotices(person: string, ids: readonly string[], read: boolean): Promise<number>
  /** As read, up to a number: what came after the reader looked stays unread. Returns how many changed. */
  markAllNotices(person: string, upTo: number, kind?: NoticeKind): Promise<number>
  /** What was read and is older than this; what nobody has any more goes altogether. */
  forgetNotices(before: string): Promise<void>
  /** Latest first. Throws `BadCursor`. */
  deadLetters(limit: number, cursor?: string): Promise<DeadLetterPage>
  /** Puts dead items back into the outbox, as if never tried: one, or all. Returns how many. */
  reviveDead(now: string, id?: string): Promise<number>
  /** For good. Returns how many: none where it is not dead. */
  dropDead(id: string): Promise<number>
}
