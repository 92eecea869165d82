/**
 * Where one can go from every page: one table, that the tabs, the menus and the telephone's list come from.
 *
 * Promises: only what the person's rights let him see is offered.
 * Must not: know what the pages show.
 */

import type { en } from '../text/en.ts'

/** `main`: always in sight. `desk`: daily work with jobs. `reports`: what came of it. */
export type NavGroup = 'main' | 'desk' | 'reports'
export type NavEntry = {
  readonly to: string
  /** A text under `nav`. */
  readonly text: Exclude<keyof typeof en.nav, 'label' | 'skip' | NavGroup>
  /** Without: everyone who is signed in. */
  readonly right?: string
  readonly group: NavGroup
}

const ENTRIES: readonly NavEntry[] = [
  { to: '/', text: 'processes', group: 'main' },
  { to: '/jobs', text: 'jobs', group: 'main' },
  { to: '/jobs/board', text: 'board', right: 'jobs:list', group: 'desk' },
  { to: '/dispatch', text: 'dispatch', right: 'dispatch:read', group: 'desk' },
  { to: '/call', text: 'call', right: 'jobs:personal', group: 'desk' },
  { to: '/work', text: 'work', right: 'jobs:carry', group: 'desk' },
  { to: '/training', text: 'training', right: 'training:read', group: 'desk' },
  { to: '/people', text: 'people', right: 'people:list', group: 'desk' },
  { to: '/privacy', text: 'privacy', right: 'privacy:manage', group: 'desk' },
  { to: '/webhooks', text: 'webhooks', right: 'webhooks:write', group: 'desk' },
  { to: '/norms', text: 'norms', right: 'norms:report', group: 'reports' },
  { to: '/reviews', text: 'reviews', right: 'reviews:own', group: 'reports' },
  { to: '/worklog', text: 'workLog', right: 'reviews:own', group: 'reports' },
  { to: '/surveys', text: 'surveys', right: 'surveys:read', group: 'reports' },
  { to: '/findings', text: 'findings', right: 'findings:read', group: 'reports' },
  { to: '/audit', text: 'audit', right: 'audit:read', group: 'reports' },
]

export const entriesFor = (rights: readonly string[], group: NavGroup): NavEntry[] =>
  ENTRIES.filter(
    (entry) => entry.group === group && (entry.right === undefined || rights.includes(entry.right)),
  )

/** The entry that a page belongs to: the longest address that it lies under. Processes, where it is under none. */
export function entryOf(pathname: string): NavEntry | undefined {
  const under = ENTRIES.filter(
    ({ to }) => to !== '/' && (pathname === to || pathname.startsWith(`${to}/`)),
  ).toSorted((one, other) => other.to.length - one.to.length)
  if (under[0] !== undefined) return under[0]
  return pathname === '/' || pathname.startsWith('/processes') ? ENTRIES[0] : undefined
}
