/**
 * The processes that come with the product, in the order in which people meet them.
 *
 * Must not: hold a definition itself.
 */
import type { Definition } from '../definition/schema.ts'
import { complaint } from './complaint/process.ts'
import { fault } from './fault/process.ts'
import { phoneCall } from './phone-call/process.ts'

export const SHIPPED: readonly Definition[] = [phoneCall, complaint, fault]
