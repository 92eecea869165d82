/**
 * Rows of the outbox as items.
 *
 * Must not: hold SQL.
 */
import type { OutboxItem } from '../port.ts'
import { integer, optionalText, type Row, text } from './rows.ts'

const parseBody = (json: string): unknown => JSON.parse(json)

export function outboxItemOf(row: Row): OutboxItem {
  const lastError = optionalText(row, 'last_error')
  return {
    id: text(row, 'id'),
    job: text(row, 'job'),
    kind: text(row, 'kind'),
    body: parseBody(text(row, 'body')),
    notBefore: text(row, 'not_before'),
    attempts: integer(row, 'attempts'),
    dead: integer(row, 'dead') === 1,
    ...(lastError === undefined ? {} : { lastError }),
  }
}
