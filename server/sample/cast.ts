/**
 * The people of a sample day: who they are, and what they may do.
 *
 * Promises: their ids carry the mark of what is sample; certificates are valid, about to run out or run out, reckoned from the day.
 * Must not: be given a token here: whoever wants to see the pages as one of them makes one.
 */
import type { Certificate } from '../../machines/advance/job.ts'
import type { Role } from '../../machines/definition/schema.ts'

const DAY_MS = 24 * 3600 * 1000

/** `validFor`: days from the sample day on; less than none where it has run out. */
type Held = { kind: string; validFor: number }
type Member = {
  id: string
  name: string
  roles: readonly Role[]
  /** Everywhere where none is named. */
  regions?: readonly string[]
  certificates?: readonly Held[]
}

const held = (validFor: number, ...kinds: string[]): Held[] => kinds.map((kind) => ({ kind, validFor }))

const CAST = {
  wang: {
    id: 'sample-wang-lei',
    name: '王磊',
    roles: ['engineer'],
    regions: ['城东', '城西'],
    certificates: held(300, 'product-training', 'safety-training'),
  },
  zhang: {
    id: 'sample-zhang-min',
    name: '张敏',
    roles: ['engineer'],
    regions: ['城东', '城西', '城南'],
    certificates: held(
      200,
      'product-training',
      'safety-training',
      'work-at-height',
      'machinery',
      'electrical',
      'dangerous-goods',
    ),
  },
  tom: {
    id: 'sample-tom-baker',
    name: 'Tom Baker',
    roles: ['engineer'],
    regions: ['城东', '城南'],
    certificates: [...held(20, 'product-training'), ...held(-12, 'safety-training')],
  },
  dispatcher: { id: 'sample-li-na', name: '李娜', roles: ['dispatcher'] },
  agent: { id: 'sample-chen-jing', name: '陈静', roles: ['hotline-agent'] },
  desk: { id: 'sample-zhao-qiang', name: '赵强', roles: ['front-desk', 'stock-keeper'] },
  owner: { id: 'sample-sarah-lee', name: 'Sarah Lee', roles: ['process-owner', 'trainer'] },
  officer: { id: 'sample-sun-wei', name: '孙伟', roles: ['safety-officer', 'auditor'] },
  customer: { id: 'sample-customer', name: '客户 Customer', roles: ['customer'] },
} as const satisfies Record<string, Member>

export type Part = keyof typeof CAST
/** In the order in which they are asked who may do something. */
export const PARTS: readonly Part[] = [
  'dispatcher',
  'agent',
  'desk',
  'wang',
  'zhang',
  'tom',
  'officer',
  'owner',
  'customer',
]

export const memberOf = (part: Part): Member => CAST[part]
export const membersOf = (): readonly Member[] => PARTS.map((part) => CAST[part])

/** @param now epoch milliseconds */
export const certificatesOf = ({ certificates = [] }: Member, now: number): Certificate[] =>
  certificates.map(({ kind, validFor }) => ({
    kind,
    validFrom: new Date(now + (validFor - 365) * DAY_MS).toISOString(),
    validUntil: new Date(now + validFor * DAY_MS).toISOString(),
  }))
