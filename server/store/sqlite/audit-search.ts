/**
 * Finding in the audit's file.
 *
 * Promises: a page of a filter is found without reading every entry, in files that older releases wrote, too: what is looked
 * up lies in indexes over the entries as they are.
 * Must not: write.
 */
import type { DatabaseSync, SQLInputValue, SQLOutputValue, StatementSync } from 'node:sqlite'
import type { AuditEntry } from '../../../machines/wire/audit.ts'
import type { AuditQuery, Change, ChangeQuery } from '../audit-port.ts'
import { text } from './rows.ts'

/** Of what is no JSON nothing is known: the check names it, the server goes on. */
const of = (name: string): string => `CASE WHEN json_valid(entry) THEN json_extract(entry, '$.${name}') END`
const SUBJECT = of('subject')
const AT = of('at')
const OF = of('of')

/** An index ends with `n` of itself. */
export const AUDIT_INDEXES = `
  CREATE INDEX IF NOT EXISTS audit_by_subject ON audit (${SUBJECT});
  CREATE INDEX IF NOT EXISTS audit_walk ON audit (n, kind, ${AT}) WHERE ${OF} IS NULL;
  CREATE INDEX IF NOT EXISTS audit_by_end ON audit (${OF}) WHERE ${OF} IS NOT NULL;
`

const parseEntry = (json: string): AuditEntry => JSON.parse(json)
export const entryOf = (row: Record<string, SQLOutputValue>): AuditEntry => parseEntry(text(row, 'entry'))

type AuditSearch = {
  list(query: AuditQuery): AuditEntry[]
  changes(query: ChangeQuery): Change[]
}

export function createAuditSearch(db: DatabaseSync): AuditSearch {
  const prepared = new Map<string, StatementSync>()
  const find = (where: Where, order: 'ASC' | 'DESC', limit: number, by = ''): AuditEntry[] => {
    const conditions = where.map(([condition]) => condition).join(' AND ')
    const sql = `SELECT entry FROM audit JOIN
      (SELECT n AS found FROM audit ${by} WHERE ${conditions} ORDER BY n ${order} LIMIT ?) ON n = found
      ORDER BY n ${order}`
    const statement = prepared.get(sql) ?? db.prepare(sql)
    prepared.set(sql, statement)
    return statement.all(...where.flatMap(([, ...values]) => values), limit).map(entryOf)
  }
  const ended = db.prepare(`SELECT entry FROM audit WHERE ${OF} = ? LIMIT 1`)

  return {
    list: ({ after, limit, kind, actor }) => find([['n > ?', after], ...whose(kind, actor)], 'ASC', limit),
    changes: (query) => {
      const { before, after, limit } = query
      const isUpwards = before === undefined && after !== undefined
      const found = find(asked(query), isUpwards ? 'ASC' : 'DESC', limit, indexFor(query))
      return (isUpwards ? found.toReversed() : found).map((entry) => {
        const end = ended.get(entry.n)
        return { entry, ...(end === undefined ? {} : { ended: entryOf(end) }) }
      })
    },
  }
}

/** Where nothing narrows it down to few, it is walked by an index that has what is judged, and ends with the page. */
function indexFor({ kind, actor, subject }: ChangeQuery): string {
  const isNarrow = actor !== undefined || subject !== undefined || kind?.endsWith('.') === false
  return isNarrow ? '' : 'INDEXED BY audit_walk'
}

type Where = [condition: string, ...values: SQLInputValue[]][]

function asked({ before, after, kind, actor, subject, from, to }: ChangeQuery): Where {
  const beside: Where =
    before !== undefined ? [['n < ?', before]] : after !== undefined ? [['n > ?', after]] : []
  return [
    [`${OF} IS NULL`],
    ...beside,
    ...whose(kind, actor),
    ...(subject === undefined ? [] : ([[`${SUBJECT} = ?`, subject]] satisfies Where)),
    ...(from === undefined ? [] : ([[`${AT} >= ?`, from]] satisfies Where)),
    ...(to === undefined ? [] : ([[`${AT} < ?`, to]] satisfies Where)),
  ]
}

function whose(kind: string | undefined, actor: string | undefined): Where {
  return [
    ...(kind === undefined ? [] : [ofKind(kind)]),
    ...(actor === undefined ? [] : ([['actor = ?', actor]] satisfies Where)),
  ]
}

/** What begins with `person.` lies before `person/`. */
const ofKind = (kind: string): Where[number] =>
  kind.endsWith('.') ? ['kind >= ? AND kind < ?', kind, `${kind.slice(0, -1)}/`] : ['kind = ?', kind]
