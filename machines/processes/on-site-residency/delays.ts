/**
 * Attendance counts from the client's own day, which moves on by a day at a time; inspections count working time.
 */
import type { Delay, Text } from '../../definition/schema.ts'
import { cel, text } from '../author.ts'

type Kind = 'deadline' | 'reminder' | 'step'
const delay = (
  kind: Kind,
  title: Text,
  norms: string[],
  duration: Delay['duration'],
  more: Pick<Delay, 'from' | 'calendar'> = {},
): Delay => ({ duration, ...more, meta: { title, norms, kind } })
const from = (moment: string) => ({ from: cel(`job.${moment}`) })
const setting = (name: string) => cel(`settings.${name}`)
const atOnce = 'PT0S'

export const delays: Record<string, Delay> = {
  arrivalOpens: delay(
    'step',
    text('Arrival is taken', '开始签到'),
    [],
    setting('arrivalOpens'),
    from('dayStartsAt'),
  ),
  arrivalNears: delay(
    'reminder',
    text('Time to be at the post', '到岗提醒'),
    ['OR-03'],
    setting('arriveFrom'),
    from('dayStartsAt'),
  ),
  arrivalDue: delay(
    'deadline',
    text('At the post before the day starts', '提前到岗'),
    ['OR-03'],
    setting('arriveBy'),
    from('dayStartsAt'),
  ),
  dayStarts: delay(
    'deadline',
    text('The working day starts', '上班时间'),
    ['OR-04'],
    atOnce,
    from('dayStartsAt'),
  ),
  dayEnds: delay('step', text('The working day ends', '下班时间'), ['OR-04'], atOnce, from('dayEndsAt')),
  backDue: delay(
    'deadline',
    text('Back at the post after leave', '假满返岗'),
    ['OR-04'],
    setting('backWithin'),
    from('leaveUntil'),
  ),
  overtimeEnds: delay(
    'step',
    text('The agreed overtime ends', '加班结束'),
    ['GN-02'],
    atOnce,
    from('overtimeUntil'),
  ),
  signOutDue: delay('deadline', text('Gone after hours', '下班后离岗'), ['GN-02'], setting('signOutWithin')),
  dayForgotten: delay('step', text('Nobody signed out', '当日未签退'), [], 'PT22H', from('dayStartsAt')),
  windowNearlyOver: delay(
    'reminder',
    text('The planned time is nearly over', '操作时段即将结束'),
    ['OR-12'],
    '-PT15M',
    from('operationTo'),
  ),
  inspectionDue: delay(
    'reminder',
    text('Inspection due', '巡检到期'),
    ['OR-23'],
    setting('inspectionEvery'),
    {
      calendar: 'working',
    },
  ),
  inspectionLate: delay(
    'reminder',
    text('Inspection late', '巡检逾期'),
    ['OR-23'],
    setting('inspectionLate'),
    {
      calendar: 'working',
    },
  ),
  contractNearlyOver: delay(
    'reminder',
    text('The contract ends soon', '合同即将到期'),
    [],
    '-P14D',
    from('contractEndsAt'),
  ),
}
