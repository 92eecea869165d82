/**
 * What is rehearsed of home visits, from easy to hard.
 */
import type { Scenario } from '../../simulate/scenario.ts'
import { dyingDisk } from './scenarios/dying-disk.ts'
import { firstOrder } from './scenarios/first-order.ts'
import { nobodyAnswers } from './scenarios/nobody-answers.ts'
import { shopBeingFitted } from './scenarios/shop-being-fitted.ts'
import { spilledTea } from './scenarios/spilled-tea.ts'
import { threeDelays } from './scenarios/three-delays.ts'
import { wrongRegion } from './scenarios/wrong-region.ts'

export const scenarios: readonly Scenario[] = [
  firstOrder,
  wrongRegion,
  nobodyAnswers,
  spilledTea,
  shopBeingFitted,
  threeDelays,
  dyingDisk,
]
