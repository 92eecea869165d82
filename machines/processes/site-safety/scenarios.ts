/**
 * What is rehearsed of site safety: from the first morning at the gate to three emergencies at once.
 */
import type { Scenario } from '../../simulate/scenario.ts'
import { fireInTheDark } from './scenarios/fire-in-the-dark.ts'
import { firstDay } from './scenarios/first-day.ts'
import { longDay } from './scenarios/long-day.ts'
import { onTheRoof } from './scenarios/on-the-roof.ts'
import { solventSpill } from './scenarios/solvent-spill.ts'

export const scenarios: readonly Scenario[] = [firstDay, onTheRoof, longDay, fireInTheDark, solventSpill]
