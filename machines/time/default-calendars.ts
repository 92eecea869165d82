/**
 * The calendars that a new organisation starts with. All of it can be changed in its settings.
 *
 * Must not: name holidays. They differ by country and year, and are the organisation's to enter.
 */
import type { CalendarSet, WeeklyCalendar } from './calendar.ts'
import { calendarSet } from './calendar-set.ts'

/** GN-01: five days a week, 9:00 to 18:00 with a break of an hour, which makes 8 h. */
const officeHours = [
  { from: '09:00', to: '12:00' },
  { from: '13:00', to: '18:00' },
]
const officeWeek: WeeklyCalendar['week'] = {
  '1': officeHours,
  '2': officeHours,
  '3': officeHours,
  '4': officeHours,
  '5': officeHours,
  '6': [],
  '7': [],
}
const customerHours = [{ from: '08:00', to: '21:00' }]

export const DEFAULT_CALENDARS: CalendarSet = calendarSet(
  {
    /** GN-01 */
    working: {
      kind: 'weekly',
      title: { en: 'Working hours', zh: '工作时间' },
      week: officeWeek,
      holidays: [],
      makeUpDays: [],
    },
    /** PC-20: the hotline is staffed 5 × 8, the duty mobile takes the rest. */
    hotline: {
      kind: 'weekly',
      title: { en: 'Hotline staffed', zh: '热线值守时间' },
      week: officeWeek,
      holidays: [],
      makeUpDays: [],
    },
    /** HV-41: when customers may be called and visited. */
    'customer-hours': {
      kind: 'weekly',
      title: { en: "Customers' hours", zh: '客户方便时段' },
      week: {
        '1': customerHours,
        '2': customerHours,
        '3': customerHours,
        '4': customerHours,
        '5': customerHours,
        '6': customerHours,
        '7': customerHours,
      },
      holidays: [],
      makeUpDays: [],
    },
    /** OR-12: critical periods, in which nothing is changed. */
    freeze: { kind: 'windows', title: { en: 'Change freeze', zh: '封网期（禁止变更）' }, windows: [] },
  },
  'Asia/Shanghai',
)
