/**
 * Messages to people in memory: the part of the memory store that keeps who has which, and whether it was read.
 *
 * Must not: be used on its own; what is delivered comes out of the store's outbox.
 */
import { isSample } from '../../../machines/advance/sample.ts'
import { noticeCursor, noticePlace } from '../notice-cursor.ts'
import {
  MOST_COUNTED,
  type Notice,
  type NoticePage,
  type NoticeQuery,
  type NoticeStore,
  type Received,
  type UnreadCounts,
} from '../notice-port.ts'
import type { Within } from '../port.ts'

const parseNotice = (json: string): Notice => JSON.parse(json)
/** What one person has: whether it was read, by its number. */
type Box = Map<number, boolean>

type Reaches = (job: string, within: readonly Within[] | undefined) => boolean

export class MemoryNotices {
  readonly #reaches: Reaches
  #last = 0
  readonly #notices = new Map<number, string>()
  readonly #boxes = new Map<string, Box>()

  /** @param reaches whether a job passes limits, as it stands at the moment of asking */
  constructor(reaches: Reaches) {
    this.#reaches = reaches
  }

  async lay(notice: Notice, people: readonly string[]): Promise<boolean> {
    if ([...this.#notices.values()].some((json) => parseNotice(json).id === notice.id)) return false
    this.put(notice, people)
    return true
  }

  put(notice: Notice, people: readonly string[]): void {
    const n = ++this.#last
    this.#notices.set(n, JSON.stringify(notice))
    for (const person of people) {
      const box: Box = this.#boxes.get(person) ?? new Map()
      this.#boxes.set(person, box.set(n, false))
    }
  }

  /** Latest first. */
  #received(person: string, within?: readonly Within[]): Received[] {
    return [...(this.#boxes.get(person) ?? [])]
      .flatMap(([n, read]) => {
        const json = this.#notices.get(n)
        return json === undefined ? [] : [{ n, read, notice: parseNotice(json) }]
      })
      .filter(({ notice }) => 'page' in notice || this.#reaches(notice.job, within))
      .reverse()
  }

  async page({ person, limit, cursor, kind, order, unreadOnly, within }: NoticeQuery): Promise<NoticePage> {
    const from = cursor === undefined ? undefined : noticePlace(order, cursor)
    const rank = (read: boolean): number => (order === 'unread' && read ? 1 : 0)
    const found = this.#received(person, within)
      .filter(({ read, notice }) => !(unreadOnly === true && read) && (kind ?? notice.kind) === notice.kind)
      .filter(
        ({ n, read }) =>
          from === undefined ||
          rank(read) > rank(from.read) ||
          (rank(read) === rank(from.read) && n < from.n),
      )
      .sort((a, b) => rank(a.read) - rank(b.read) || b.n - a.n)
    const received = found.slice(0, limit)
    const last = received.at(-1)
    return {
      received,
      latest: this.#received(person)[0]?.n ?? 0,
      ...(last !== undefined && found.length > limit ? { next: noticeCursor(order, last) } : {}),
    }
  }

  unread: NoticeStore['unreadNotices'] = async (person, within) => {
    const counts: UnreadCounts = { remind: 0, notify: 0, breach: 0 }
    const waiting = this.#received(person, within).filter(({ read }) => !read)
    for (const { notice } of waiting.slice(0, MOST_COUNTED)) counts[notice.kind] += 1
    return counts
  }

  mark: NoticeStore['markNotices'] = async (person, ids, read) =>
    this.#set(person, read, ({ notice }) => ids.includes(notice.id))

  markAll: NoticeStore['markAllNotices'] = async (person, upTo, kind) =>
    this.#set(person, true, ({ n, notice }) => n <= upTo && (kind ?? notice.kind) === notice.kind)

  #set(person: string, read: boolean, wanted: (received: Received) => boolean): number {
    const changed = this.#received(person).filter((each) => each.read !== read && wanted(each))
    for (const { n } of changed) this.#boxes.get(person)?.set(n, read)
    return changed.length
  }

  removeSample(): void {
    this.#drop(isSample)
  }

  forgetJob(id: string): void {
    this.#drop((job) => job === id)
  }

  /** What jobs of such ids told. */
  #drop(goes: (job: string) => boolean): void {
    for (const [n, json] of this.#notices) {
      const notice = parseNotice(json)
      if ('page' in notice || !goes(notice.job)) continue
      this.#notices.delete(n)
      for (const box of this.#boxes.values()) box.delete(n)
    }
  }

  forget: NoticeStore['forgetNotices'] = async (before) => {
    for (const [n, json] of this.#notices) {
      if (parseNotice(json).at >= before) continue
      for (const box of this.#boxes.values()) if (box.get(n) === true) box.delete(n)
      if (![...this.#boxes.values()].some((box) => box.has(n))) this.#notices.delete(n)
    }
  }
}
