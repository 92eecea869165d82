/**
 * What is said of whom a job suits, in both languages.
 *
 * Must not: judge (`fit.ts` does).
 */
import type { Interval } from '../time/working.ts'
import { toLocal, zoneOf } from '../time/zone.ts'
import type { Engaged, FitReason } from './fit.ts'

type Weight = FitReason['weight']
const reason = (
  weight: Weight,
  code: string,
  en: string,
  zh: string,
  more: Partial<FitReason> = {},
): FitReason => ({
  code,
  weight,
  message: { en, zh },
  ...more,
})

type Title = { en: string; zh: string }
const day = (iso: string): string => iso.slice(0, 10)
const clock = (ms: number, timeZone: string): string =>
  new Date(toLocal(zoneOf(timeZone), ms)).toISOString().slice(11, 16)
const span = ({ from, to }: Interval, timeZone: string): string =>
  `${clock(from, timeZone)}–${clock(to, timeZone)}`
const TRAINING = { norms: ['GN-17'] }
const OVERTIME = ['GN-02']

export const say = {
  his: () => reason('bar', 'has-it', 'Has this job already', '该工单已由其负责'),
  notCertified: (weight: Weight, certificate: string, title: Title, until: string | undefined) =>
    until === undefined
      ? reason(weight, 'not-certified', `No certificate: ${title.en}`, `无${title.zh}`, {
          ...TRAINING,
          certificate,
        })
      : reason(
          weight,
          'certificate-lapsed',
          `Certificate lapsed on ${day(until)}: ${title.en}`,
          `${title.zh}已于 ${day(until)} 过期`,
          { ...TRAINING, certificate },
        ),
  endsBefore: (certificate: string, title: Title, until: string) =>
    reason(
      'doubt',
      'certificate-ends-before',
      `Certificate ends on ${day(until)}, before the visit is over: ${title.en}`,
      `${title.zh}将于 ${day(until)} 到期，早于上门结束时间`,
      { ...TRAINING, certificate },
    ),
  endsSoon: (certificate: string, title: Title, until: string) =>
    reason(
      'fact',
      'certificate-ends-soon',
      `Certified, until ${day(until)}: ${title.en}`,
      `持有${title.zh}，${day(until)} 到期`,
      { ...TRAINING, certificate },
    ),
  certified: (certificate: string, title: Title) =>
    reason('fact', 'certified', `Certified: ${title.en}`, `持有有效的${title.zh}`, {
      ...TRAINING,
      certificate,
    }),
  withinHours: () =>
    reason('fact', 'within-hours', 'Within working hours', '在工作时间内', { norms: ['GN-01'] }),
  overtimeAgreed: (needed: number) =>
    reason(
      'fact',
      'overtime-agreed',
      `Overtime of ${needed} min is agreed`,
      `加班 ${needed} 分钟已事先同意`,
      { norms: OVERTIME },
    ),
  overtimeNotAgreed: (needed: number, agreed: number) =>
    reason(
      'bar',
      'overtime-not-agreed',
      agreed === 0
        ? `Outside working hours: ${needed} min of overtime are not agreed`
        : `Outside working hours: ${needed} min of overtime needed, ${agreed} min agreed`,
      agreed === 0
        ? `超出工作时间：需加班 ${needed} 分钟，尚未事先同意`
        : `超出工作时间：需加班 ${needed} 分钟，已同意 ${agreed} 分钟`,
      { norms: ['GN-01', ...OVERTIME], values: { needed, agreed } },
    ),
  tooMuchOvertime: (needed: number, most: number) =>
    reason(
      'bar',
      'overtime-too-long',
      `${needed} min of overtime that day; ${most} min is the most`,
      `当日加班将达 ${needed} 分钟，超过每日上限 ${most} 分钟`,
      { norms: ['GN-01', ...OVERTIME], values: { needed, most } },
    ),
  free: () => reason('fact', 'free', 'Free then', '该时段空闲'),
  busy: (engaged: Engaged, timeZone: string) =>
    reason(
      'doubt',
      'busy',
      `Busy ${span(engaged, timeZone)}: ${engaged.about}`,
      `${span(engaged, timeZone)} 已有安排：${engaged.about}`,
    ),
  inRegion: (region: string) =>
    reason('fact', 'in-region', `Works in ${region}`, `负责${region}`, { norms: ['HV-40'] }),
  otherRegion: (region: string, regions: readonly string[]) =>
    reason(
      'doubt',
      'other-region',
      `Works in ${regions.join(', ')}, not in ${region}`,
      `负责${regions.join('、')}，不含${region}`,
      { norms: ['HV-40'] },
    ),
} as const
