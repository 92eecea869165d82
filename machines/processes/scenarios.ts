/**
 * The scenarios that come with the product: by process, each from easy to hard.
 *
 * Must not: hold a scenario itself.
 */
import type { Scenario } from '../simulate/scenario.ts'
import { scenarios as complaint } from './complaint/scenarios.ts'
import { scenarios as depotRepair } from './depot-repair/scenarios.ts'
import { scenarios as fault } from './fault/scenarios.ts'
import { scenarios as homeVisit } from './home-visit/scenarios.ts'
import { scenarios as onSiteResidency } from './on-site-residency/scenarios.ts'
import { scenarios as phoneCall } from './phone-call/scenarios.ts'
import { scenarios as siteSafety } from './site-safety/scenarios.ts'

export const SHIPPED_SCENARIOS: readonly Scenario[] = [
  ...phoneCall,
  ...homeVisit,
  ...depotRepair,
  ...onSiteResidency,
  ...siteSafety,
  ...complaint,
  ...fault,
]
