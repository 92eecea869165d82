/**
 * The first steps of each role, in the order in which they make sense, with where each is done.
 *
 * Promises: a step whose page the reader may not see is not among his.
 * Must not: hold words; they are texts under `first.steps`.
 */
import type { Role } from '../../machines/definition/schema.ts'
import type { GuideStep } from '../../machines/wire/guide.ts'

const GUIDES = ['administrator', 'owner', 'desk', 'engineer', 'trainer'] as const
export type GuideName = (typeof GUIDES)[number]

export type Step = {
  readonly id: GuideStep
  readonly to: string
  /** The right that its page wants. */
  readonly right?: string
}

const look = (id: GuideStep, to: string, right?: string): Step => ({
  id,
  to,
  ...(right === undefined ? {} : { right }),
})

const STEPS: Record<GuideName, readonly Step[]> = {
  administrator: [
    look('sample-made', '/', 'sample:write'),
    look('process-seen', '/processes/home-visit'),
    look('jobs-seen', '/jobs?overdue=true', 'jobs:list'),
    look('person-added', '/people', 'people:write'),
    look('inbox-seen', '/inbox'),
    look('norms-seen', '/norms', 'norms:report'),
  ],
  owner: [
    look('process-seen', '/processes/home-visit'),
    look('draft-saved', '/processes/home-visit/design', 'drafts:write'),
    look('version-published', '/processes/home-visit/design', 'processes:publish'),
    look('life-seen', '/processes/home-visit/life', 'life:read'),
    look('move-seen', '/processes/home-visit/move', 'migrations:run'),
    look('norms-seen', '/norms', 'norms:report'),
  ],
  desk: [
    look('jobs-seen', '/jobs?overdue=true', 'jobs:list'),
    look('job-seen', '/jobs', 'jobs:list'),
    look('call-seen', '/call', 'jobs:personal'),
    look('call-taken', '/call', 'jobs:personal'),
    look('dispatch-seen', '/dispatch', 'dispatch:read'),
    look('job-assigned', '/dispatch', 'dispatch:read'),
    look('inbox-seen', '/inbox'),
  ],
  engineer: [
    look('work-seen', '/work', 'jobs:carry'),
    look('job-seen', '/jobs', 'jobs:list'),
    look('item-ticked', '/work', 'jobs:carry'),
    look('job-worked', '/work', 'jobs:carry'),
    look('inbox-seen', '/inbox'),
    look('reviews-seen', '/reviews', 'reviews:own'),
  ],
  trainer: [
    look('process-seen', '/processes/home-visit'),
    look('jobs-seen', '/jobs?status=done', 'jobs:list'),
    look('job-seen', '/jobs?status=done', 'jobs:list'),
    look('note-written', '/jobs?status=done', 'jobs:note'),
    look('findings-seen', '/findings', 'findings:read'),
    look('inbox-seen', '/inbox'),
  ],
}

const ROLES_OF: Record<GuideName, readonly Role[]> = {
  administrator: ['administrator'],
  owner: ['process-owner', 'auditor'],
  desk: ['dispatcher', 'hotline-agent', 'front-desk'],
  engineer: ['engineer', 'stock-keeper', 'safety-officer'],
  trainer: ['trainer'],
}

/** Those of the reader's roles; an administrator may look at all of them, to show them to others. */
export function guidesFor(roles: readonly string[]): GuideName[] {
  if (roles.includes('administrator')) return [...GUIDES]
  return GUIDES.filter((name) => ROLES_OF[name].some((role) => roles.includes(role)))
}

export const stepsOf = (name: GuideName, rights: readonly string[]): Step[] =>
  STEPS[name].filter(({ right }) => right === undefined || rights.includes(right))

const VISITED: readonly (readonly [RegExp, GuideStep])[] = [
  [/^\/processes\/[^/]+$/, 'process-seen'],
  [/^\/processes\/[^/]+\/life$/, 'life-seen'],
  [/^\/processes\/[^/]+\/move$/, 'move-seen'],
  [/^\/norms$/, 'norms-seen'],
  [/^\/jobs(\/board)?$/, 'jobs-seen'],
  [/^\/jobs\/[^/]+$/, 'job-seen'],
  [/^\/inbox$/, 'inbox-seen'],
  [/^\/work(\/|$)/, 'work-seen'],
  [/^\/call(\/|$)/, 'call-seen'],
  [/^\/dispatch(\/|$)/, 'dispatch-seen'],
  [/^\/reviews(\/|$)/, 'reviews-seen'],
  [/^\/findings(\/|$)/, 'findings-seen'],
]
/** The step that being at an address does. */
export const stepAt = (pathname: string): GuideStep | undefined =>
  VISITED.find(([pattern]) => pattern.test(pathname))?.[1]
