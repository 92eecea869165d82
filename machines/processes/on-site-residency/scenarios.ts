/**
 * What is rehearsed of a residency: a first day, a day with leave and overtime, a change, and a day when all is down.
 */
import type { Scenario } from '../../simulate/scenario.ts'
import { coreDown } from './scenarios/core-down.ts'
import { dentist } from './scenarios/dentist.ts'
import { firstMonday } from './scenarios/first-monday.ts'
import { fridayChange } from './scenarios/friday-change.ts'

export const scenarios: readonly Scenario[] = [firstMonday, dentist, fridayChange, coreDown]
