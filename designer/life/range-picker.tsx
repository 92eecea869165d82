/** Which days are looked at: one of the usual stretches, or two days of one's own. */
import { Group, SegmentedControl, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../session/api.ts'
import { useClock } from '../session/queries.ts'
import { type Days, dayIn, daysOf, RANGES, rangeName } from './range.ts'

type SetSearch = (next: URLSearchParams, how: { replace: boolean }) => void

/** The days that the address asks for; undefined until today's date is known. */
export function useDays(search: URLSearchParams): Days | undefined {
  const clock = useClock()
  const settings = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => api.settings(signal),
    staleTime: 60_000,
  })
  const { data } = clock
  const zone = settings.data?.timeZone
  return daysOf(search, data === undefined || zone === undefined ? undefined : dayIn(data.now, zone))
}

export function RangePicker({
  search,
  setSearch,
  days,
}: {
  search: URLSearchParams
  setSearch: SetSearch
  days: Days | undefined
}): ReactElement {
  const { t } = useTranslation()
  const name = rangeName(search)
  const put = (changes: Record<string, string | undefined>): void => {
    const next = new URLSearchParams(search)
    for (const [key, value] of Object.entries(changes))
      if (value === undefined || value === '') next.delete(key)
      else next.set(key, value)
    setSearch(next, { replace: true })
  }
  const choose = (range: string): void =>
    range === 'own'
      ? put({ range, from: days?.from, to: days?.to })
      : put({ range, from: undefined, to: undefined })
  return (
    <Group gap="xs">
      <SegmentedControl
        aria-label={t('life.range.label')}
        value={name}
        onChange={choose}
        data={[...RANGES, 'own' as const].map((value) => ({ value, label: t(`life.range.${value}`) }))}
      />
      {name === 'own' ? (
        <Group gap="xs" wrap="nowrap">
          {(['from', 'to'] as const).map((end) => (
            <TextInput
              key={end}
              type="date"
              w={150}
              aria-label={t(`life.range.${end}`)}
              value={search.get(end) ?? ''}
              onChange={(event) => put({ [end]: event.currentTarget.value })}
            />
          ))}
        </Group>
      ) : null}
    </Group>
  )
}
