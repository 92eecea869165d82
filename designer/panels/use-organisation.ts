/**
 * The calendars in force: their titles, and the zone whose clocks count.
 *
 * Promises: until the server has answered, those that every organisation starts with.
 */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { CalendarSet } from '../../machines/time/calendar.ts'
import { DEFAULT_CALENDARS } from '../../machines/time/default-calendars.ts'
import { api } from '../session/api.ts'

export function useCalendars(): CalendarSet {
  const { data } = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => api.settings(signal),
    staleTime: 60_000,
  })
  return useMemo(
    () =>
      data === undefined
        ? DEFAULT_CALENDARS
        : { hash: data.hash, timeZone: data.timeZone, calendars: data.calendars },
    [data],
  )
}
