/**
 * Exploration of the shipped processes from the known runs of their scenarios: every transition is taken, or proven not to be possible, and
 * those are named here.
 *
 * The largest takes a minute to the end: by default it goes a part of the way (`FIELDCHART_TEST_EXPLORE=100000` for all).
 */
import { describe, expect, it } from 'vitest'
import { compile } from '../../../machines/compile/compile.ts'
import type { Definition } from '../../../machines/definition/schema.ts'
import { complaint } from '../../../machines/processes/complaint/process.ts'
import { depotRepair } from '../../../machines/processes/depot-repair/process.ts'
import { fault } from '../../../machines/processes/fault/process.ts'
import { homeVisit } from '../../../machines/processes/home-visit/process.ts'
import { onSiteResidency } from '../../../machines/processes/on-site-residency/process.ts'
import { phoneCall } from '../../../machines/processes/phone-call/process.ts'
import { SHIPPED_SCENARIOS } from '../../../machines/processes/scenarios.ts'
import { siteSafety } from '../../../machines/processes/site-safety/process.ts'
import { type Exploration, explore } from '../../../machines/simulate/explore.ts'
import { knownWays } from '../../../machines/simulate/explore-known.ts'
import { scenariosFrom } from '../../../machines/simulate/explored-scenarios.ts'
import { DEFAULT_CALENDARS } from '../../../machines/time/default-calendars.ts'

/** A Monday morning in Shanghai. */
const now = Date.parse('2026-03-02T02:00:00.000Z')
const around = { version: 1, calendars: DEFAULT_CALENDARS }
const WHOLE = 100_000
const asked = Number(process.env.FIELDCHART_TEST_EXPLORE ?? 3000)

function explored(definition: Definition, most: number): Exploration {
  const compiled = compile(definition)
  const scenarios = SHIPPED_SCENARIOS.filter((scenario) => scenario.process === definition.id)
  const known = knownWays(scenarios, compiled, 1, DEFAULT_CALENDARS)
  expect(known.length).toBeGreaterThan(4)
  return explore(compiled, { ...around, now, known, most })
}
const openOf = ({ transitions }: Exploration): string[] =>
  transitions.flatMap((found) => (found.is === 'taken' ? [] : [`${found.why} ${found.pointer}`]))

const DUTY = '/states/open/states/time/states/onDuty/states/duty/on'
const LEAVE = '/states/onSite/states/leave/states/requested/on'

describe.each<[string, Definition, string[]]>([
  ['phone-call', phoneCall, ['shadowed /states/talking/states/onHold/states/waiting/on/hold.acknowledge/1']],
  ['depot-repair', depotRepair, []],
  ['site-safety', siteSafety, [`contradiction ${DUTY}/break.start/0`, `contradiction ${DUTY}/break.end`]],
  ['complaint', complaint, ['settled /states/open/states/decided/always']],
  ['fault', fault, []],
  [
    'on-site-residency',
    onSiteResidency,
    ['client', 'lead', 'manager'].map((who) => `shadowed ${LEAVE}/leave.confirm.${who}/1`),
  ],
])('%s', (_name, definition, unreachable) => {
  const exploration = explored(definition, WHOLE)

  it('has every transition taken, or proven not to be possible', () => {
    expect(openOf(exploration)).toEqual(unreachable)
  })

  it('has scenarios of what was found that take all of it', () => {
    const found = new Set(
      scenariosFrom(exploration, compile(definition), around).flatMap(({ taken }) => taken),
    )
    const all = exploration.transitions.flatMap((one) => (one.is === 'taken' ? [one.pointer] : []))
    expect(all.filter((pointer) => !found.has(pointer))).toEqual([])
  })
})

describe('home-visit, the long way', () => {
  it('takes all that can be taken, where it is given the time', () => {
    const exploration = explored(homeVisit, asked)
    const left = openOf(exploration)
    expect(exploration.transitions.length - left.length).toBeGreaterThan(120)
    if (asked >= WHOLE) expect(left).toEqual(['contradiction /states/reportingBack/on/result.report-back/7'])
  })
})
