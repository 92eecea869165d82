/**
 * What is rehearsed of depot repair: at the desk, at the bench, in the stock room, and at pick-up.
 */
import type { Scenario } from '../../simulate/scenario.ts'
import { atTheDesk } from './scenarios/at-the-desk.ts'
import { lostReceipt } from './scenarios/lost-receipt.ts'
import { shortPart } from './scenarios/short-part.ts'
import { unsignedDisk } from './scenarios/unsigned-disk.ts'

export const scenarios: readonly Scenario[] = [atTheDesk, unsignedDisk, shortPart, lostReceipt]
