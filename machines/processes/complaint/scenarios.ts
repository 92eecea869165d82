/**
 * What is rehearsed of complaints, from easy to hard.
 */
import type { Scenario } from '../../simulate/scenario.ts'
import { swollenBattery } from './scenarios/swollen-battery.ts'
import { twiceBilled } from './scenarios/twice-billed.ts'

export const scenarios: readonly Scenario[] = [twiceBilled, swollenBattery]
