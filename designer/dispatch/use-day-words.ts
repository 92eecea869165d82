/** Hours and days as the reader writes them, where the organisation is. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

export type DayWords = {
  /** "14:30". */
  hour(ms: number): string
  /** "Tue, 3 Mar, 14:30". */
  moment(iso: string): string
  /** "Tuesday, 3 March 2026", of a day `2026-03-03`. */
  day(date: string): string
}

export function useDayWords(timeZone: string): DayWords {
  const { language } = useTranslation().i18n
  return useMemo(() => {
    const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
    const hour = new Intl.DateTimeFormat(language, { ...clock, timeZone })
    const moment = new Intl.DateTimeFormat(language, {
      ...clock,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      timeZone,
    })
    const day = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' })
    return {
      hour: (ms) => hour.format(ms),
      moment: (iso) => moment.format(new Date(iso)),
      day: (date) => day.format(new Date(`${date}T00:00:00Z`)),
    }
  }, [language, timeZone])
}
