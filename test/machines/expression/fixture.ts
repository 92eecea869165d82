import { createExpressionEnvironment } from '../../../machines/expression/environment.ts'
import type { ExpressionEnvironment, Variables } from '../../../machines/expression/expression.ts'
import type { ExpressionSource } from '../../../machines/expression/vocabulary.ts'

const title = { en: 'x', zh: 'x' }
const meta = { title, roles: [] }

/** A process with a field of each kind, and two events that agree on `note` but not on `amount`. */
export const definition: ExpressionSource = {
  schemas: {
    context: {
      properties: {
        rooms: { type: 'integer' },
        price: { type: 'number' },
        name: { type: 'string' },
        backup: { type: 'boolean' },
        appointment: { type: 'string', format: 'date-time' },
        day: { type: 'string', format: 'date' },
        patience: { type: 'string', format: 'duration' },
        address: { type: 'object', properties: { city: { type: 'string' }, floor: { type: 'integer' } } },
        parts: {
          type: 'array',
          items: { type: 'object', properties: { serial: { type: 'string' }, count: { type: 'integer' } } },
        },
        tags: { type: 'array', items: { type: 'string' } },
        raw: { type: 'object' },
      },
    },
    events: {
      pay: { properties: { amount: { type: 'number' }, note: { type: 'string' } }, meta },
      stop: {
        properties: {
          amount: { type: 'string' },
          note: { type: 'string' },
          on: { type: 'string', format: 'date' },
        },
        meta,
      },
      hush: { meta },
    },
  },
  states: {
    open: {
      meta: { title, checklist: [{ id: 'dusted', title }] },
      states: { inner: { meta: { title, checklist: [{ id: 'signed', title }] } } },
      on: {
        pay: {
          actions: [{ type: 'startJob', params: { process: 'home-visit', link: 'visit' } }],
        },
      },
    },
  },
  meta: {
    title,
    settings: {
      ring: { value: 3, title },
      rate: { value: 2.5, title },
      strict: { value: true, title },
      wait: { value: 'PT30M', title },
      skills: { value: ['copper', 'fibre'], title },
    },
  },
}

export const environment: ExpressionEnvironment = createExpressionEnvironment(definition)

/** Friday, 17 July 2026, 18:00 in Shanghai. */
export const variables: Variables = {
  job: {
    rooms: 3,
    price: 100,
    backup: false,
    appointment: '2026-07-17T17:50:00+08:00',
    day: '2026-07-17',
    parts: [
      { serial: 'A1', count: 1 },
      { serial: 'B2', count: 2 },
    ],
    tags: ['urgent'],
    raw: { depth: { value: 1 }, list: [1, 'two'] },
  },
  now: Date.parse('2026-07-17T18:00:00+08:00'),
  actor: { id: 'p1', name: 'Li', roles: ['engineer', 'dispatcher'] },
  checklist: { dusted: true },
  settings: { ring: 3, rate: 2.5, strict: true, wait: 'PT30M', skills: ['copper', 'fibre'] },
  links: { visit: { job: 'j2', process: 'home-visit', status: 'active' } },
  timeZone: 'Asia/Shanghai',
}
export const paid: Variables = { ...variables, event: { type: 'pay', payload: { amount: 30, note: 'cash' } } }
