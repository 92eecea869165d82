/**
 * Messages to people in SQLite, and the dead letters of the outbox.
 *
 * Must not: begin or end a transaction (`group-commit.ts` does). (The steps of the schema are `migrations.ts`.)
 */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { NOTICE_KINDS, type NoticeKind } from '../../../machines/wire/inbox.ts'
import { letterCursor, letterPlace, noticeCursor, noticePlace } from '../notice-cursor.ts'
import {
  type DeadLetterPage,
  MOST_COUNTED,
  type Notice,
  type NoticePage,
  type NoticeQuery,
  type UnreadCounts,
} from '../notice-port.ts'
import type { Within } from '../port.ts'
import { outboxItemOf } from './outbox-rows.ts'
import { type Prepared, preparedOn } from './prepared.ts'
import { integer, type Row, text } from './rows.ts'
import { withinJobs } from './within.ts'

const parseNotice = (json: string): Notice => JSON.parse(json)

/** What tells of no job is everybody's who has it. */
const reached = (within: readonly Within[] | undefined): [string, ...SQLInputValue[]][] =>
  withinJobs(within, "json_extract(notice, '$.job')", 'id').map(([condition, ...bound]) => [
    `(json_extract(notice, '$.job') IS NULL OR ${condition})`,
    ...bound,
  ])

export class NoticeTables {
  readonly #sql: Prepared

  constructor(db: DatabaseSync) {
    this.#sql = preparedOn(db)
  }

  deliver(item: string, notice: Notice, people: readonly string[]): boolean {
    if (this.#sql('DELETE FROM outbox WHERE id = ?').run(item).changes === 0) return false
    this.#put(notice, people)
    return true
  }

  lay(notice: Notice, people: readonly string[]): boolean {
    if (this.#sql('SELECT 1 AS found FROM notices WHERE id = ?').get(notice.id) !== undefined) return false
    this.#put(notice, people)
    return true
  }

  #put(notice: Notice, people: readonly string[]): void {
    const { lastInsertRowid } = this.#sql('INSERT INTO notices (id, at, notice) VALUES (?, ?, ?)').run(
      notice.id,
      notice.at,
      JSON.stringify(notice),
    )
    for (const person of people)
      this.#sql('INSERT INTO inbox (person, n, read, kind) VALUES (?, ?, 0, ?)').run(
        person,
        lastInsertRowid,
        notice.kind,
      )
  }

  page({ person, limit, cursor, kind, order, unreadOnly, within }: NoticeQuery): NoticePage {
    const from = cursor === undefined ? undefined : noticePlace(order, cursor)
    const parts = ['person = ?']
    const values: SQLInputValue[] = [person]
    const also = (condition: string, ...bound: SQLInputValue[]): void => {
      parts.push(condition)
      values.push(...bound)
    }
    if (unreadOnly === true) also('read = 0')
    if (kind !== undefined) also('kind = ?', kind)
    for (const [condition, ...bound] of reached(within)) also(condition, ...bound)
    if (from !== undefined && order === 'newest') also('n < ?', from.n)
    if (from !== undefined && order === 'unread') {
      const read = from.read ? 1 : 0
      also('read >= ? AND (read > ? OR n < ?)', read, read, from.n)
    }
    const rows = this.#sql(
      `SELECT n, read, notice FROM inbox JOIN notices USING (n) WHERE ${parts.join(' AND ')}
       ORDER BY ${order === 'unread' ? 'read, n DESC' : 'n DESC'} LIMIT ?`,
    ).all(...values, limit + 1)
    const received = rows.slice(0, limit).map((row) => ({
      n: integer(row, 'n'),
      read: integer(row, 'read') === 1,
      notice: parseNotice(text(row, 'notice')),
    }))
    const last = received.at(-1)
    return {
      received,
      latest: this.#latest(person),
      ...(last !== undefined && rows.length > limit ? { next: noticeCursor(order, last) } : {}),
    }
  }

  #latest(person: string): number {
    const row = this.#sql('SELECT coalesce(max(n), 0) AS latest FROM inbox WHERE person = ?').get(person)
    return row ? integer(row, 'latest') : 0
  }

  unread(person: string, within: readonly Within[] | undefined): UnreadCounts {
    const counts: UnreadCounts = { remind: 0, notify: 0, breach: 0 }
    const [limit] = reached(within)
    const [condition, ...bound] = limit ?? ['1']
    const from = limit === undefined ? 'inbox' : 'inbox JOIN notices USING (n)'
    const rows = this.#sql(
      `SELECT kind, count(*) AS n FROM (SELECT kind FROM ${from} WHERE person = ? AND read = 0 AND ${condition} LIMIT ?)
       GROUP BY kind`,
    ).all(person, ...bound, MOST_COUNTED)
    for (const row of rows) counts[kindOf(row)] = integer(row, 'n')
    return counts
  }

  mark(person: string, ids: readonly string[], read: boolean): number {
    let changed = 0
    for (const id of ids)
      changed += Number(
        this.#sql(
          'UPDATE inbox SET read = ?1 WHERE person = ?2 AND n = (SELECT n FROM notices WHERE id = ?3) AND read <> ?1',
        ).run(read ? 1 : 0, person, id).changes,
      )
    return changed
  }

  markAll(person: string, upTo: number, kind: NoticeKind | undefined): number {
    const { changes } = this.#sql(
      'UPDATE inbox SET read = 1 WHERE person = ?1 AND read = 0 AND n <= ?2 AND (?3 IS NULL OR kind = ?3)',
    ).run(person, upTo, kind ?? null)
    return Number(changes)
  }

  forget(before: string): void {
    this.#sql('DELETE FROM inbox WHERE read = 1 AND n IN (SELECT n FROM notices WHERE at < ?)').run(before)
    this.#sql(
      'DELETE FROM notices WHERE at < ? AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.n = notices.n)',
    ).run(before)
  }

  deadLetters(limit: number, cursor: string | undefined): DeadLetterPage {
    const from = cursor === undefined ? undefined : letterPlace(cursor)
    const rows = this.#sql(
      `SELECT * FROM outbox WHERE dead = 1 ${from === undefined ? '' : 'AND (not_before, id) < (?, ?)'}
       ORDER BY not_before DESC, id DESC LIMIT ?`,
    ).all(...(from === undefined ? [] : [from.at, from.id]), limit + 1)
    const letters = rows.slice(0, limit).map(outboxItemOf)
    const last = letters.at(-1)
    return {
      letters,
      ...(last !== undefined && rows.length > limit
        ? { next: letterCursor({ at: last.notBefore, id: last.id }) }
        : {}),
    }
  }

  revive(now: string, id: string | undefined): number {
    const { changes } = this.#sql(
      'UPDATE outbox SET dead = 0, attempts = 0, not_before = ?1 WHERE dead = 1 AND (?2 IS NULL OR id = ?2)',
    ).run(now, id ?? null)
    return Number(changes)
  }

  drop(id: string): number {
    return Number(this.#sql('DELETE FROM outbox WHERE id = ? AND dead = 1').run(id).changes)
  }
}

function kindOf(row: Row): NoticeKind {
  const name = text(row, 'kind')
  const kind = NOTICE_KINDS.find((each) => each === name)
  if (kind === undefined) throw new TypeError(`column kind: ${name}`)
  return kind
}
