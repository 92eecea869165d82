/**
 * The processes that come with the product, in the order in which people meet them.
 *
 * Must not: hold a definition itself.
 */
import type { Definition } from '../definition/schema.ts'
import { complaint } from './complaint/process.ts'
import { depotRepair } from './depot-repair/process.ts'
import { fault } from './fault/process.ts'
import { homeVisit } from './home-visit/process.ts'
import { onSiteResidency } from './on-site-residency/process.ts'
import { phoneCall } from './phone-call/process.ts'
import { siteSafety } from './site-safety/process.ts'

export const SHIPPED: readonly Definition[] = [
  phoneCall,
  homeVisit,
  depotRepair,
  onSiteResidency,
  siteSafety,
  complaint,
  fault,
]
