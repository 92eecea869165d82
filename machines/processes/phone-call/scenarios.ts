/**
 * The calls to be rehearsed, from easy to hard.
 */
import type { Scenario } from '../../simulate/scenario.ts'
import { callMeBack } from './scenarios/call-me-back.ts'
import { cannotPrint } from './scenarios/cannot-print.ts'
import { nightAlarm } from './scenarios/night-alarm.ts'
import { onHold } from './scenarios/on-hold.ts'
import { strangeAttachment } from './scenarios/strange-attachment.ts'
import { thirdTime } from './scenarios/third-time.ts'

export const scenarios: readonly Scenario[] = [
  cannotPrint,
  onHold,
  callMeBack,
  nightAlarm,
  strangeAttachment,
  thirdTime,
]
