/** Processes and people for the tests of libraries: small, valid, and different only in what a test is about. */
import type { Definition } from '../../machines/definition/schema.ts'
import type { DraftInput, PersonInput, Settings, VersionInput } from '../../server/store/library-port.ts'
import { at } from './store-fixtures.ts'

export const SETTINGS: Settings = { timeZone: 'Asia/Shanghai', calendars: {} }
export const definition = (id: string, text = 'x'): Definition => ({
  id,
  initial: 'open',
  states: {
    open: { on: { close: { target: 'closed' } }, meta: { title: { en: text, zh: '进行中' } } },
    closed: { type: 'final' },
  },
  schemas: {
    context: { properties: {} },
    events: { close: { meta: { title: { en: 'Close' }, roles: ['engineer'] } } },
  },
  meta: { title: { en: id, zh: '流程' } },
})
export const draft = (of: unknown, more: Partial<DraftInput> = {}): DraftInput => ({
  definition: of,
  updatedAt: at(1),
  updatedBy: 'wang',
  ...more,
})
export const version = (of: Definition, note = 'first'): VersionInput => ({
  definition: of,
  note,
  author: 'wang',
  publishedAt: at(2),
})
export const hash = (n: number): string => n.toString(16).padStart(64, '0')
export const person = (id: string, tokens: number[] = []): PersonInput => ({
  id,
  name: '王芳',
  roles: ['engineer'],
  certificates: [{ kind: 'electrician', validFrom: at(0), validUntil: at(9) }],
  tokens: tokens.map((n) => ({ id: `t${n}`, name: 'app', hash: hash(n), createdAt: at(0) })),
  createdAt: at(0),
  updatedAt: at(0),
})
