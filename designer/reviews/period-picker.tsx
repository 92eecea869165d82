/** Which period is looked at: its length, and one step back or on. */
import { ActionIcon, Group, SegmentedControl, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { kindOf, monthsOf, type PeriodKind, periodAt, periodBeside } from '../../machines/review/period.ts'
import { dayIn } from '../life/range.ts'
import { api } from '../session/api.ts'
import { useClock } from '../session/queries.ts'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'

const KINDS: readonly PeriodKind[] = ['month', 'quarter', 'year']

/** The organisation's day; undefined until it is known. */
export function useToday(): string | undefined {
  const clock = useClock().data
  const zone = useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => api.settings(signal),
    staleTime: 60_000,
  }).data?.timeZone
  return clock === undefined || zone === undefined ? undefined : dayIn(clock.now, zone)
}

/** "March 2026", "Quarter 1 of 2026", "2026". */
export function periodName(period: string, t: TFunction, language: string): string {
  const year = period.slice(0, 4)
  if (kindOf(period) === 'quarter') return t('reviews.period.quarterName', { n: period.slice(6), year })
  const first = new Date(`${monthsOf(period).from}-01T00:00:00Z`)
  const month = kindOf(period) === 'month' ? ({ month: 'long' } as const) : {}
  return new Intl.DateTimeFormat(language, { year: 'numeric', timeZone: 'UTC', ...month }).format(first)
}

export function PeriodPicker({
  period,
  today,
  choose,
}: {
  period: string
  today: string
  choose(period: string): void
}): ReactElement {
  const { t } = useTranslation()
  const { language } = useSpeech()
  const later = periodBeside(period, 1)
  return (
    <Group gap="sm" className="review-unprinted">
      <SegmentedControl
        aria-label={t('reviews.period.kind')}
        value={kindOf(period)}
        onChange={(value) => {
          const kind = KINDS.find((each) => each === value)
          // From a long period to a short one: its last that has begun.
          const last = `${monthsOf(period).to}-01`
          if (kind !== undefined) choose(periodAt(last > today ? today : last, kind))
        }}
        data={KINDS.map((value) => ({ value, label: t(`reviews.period.${value}`) }))}
      />
      <Group gap={4} wrap="nowrap" role="group" aria-label={t('reviews.period.label')}>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('reviews.period.before')}
          onClick={() => choose(periodBeside(period, -1))}
        >
          <Icon name="back" />
        </ActionIcon>
        <Text fw={600} miw={150} ta="center" aria-live="polite">
          {periodName(period, t, language)}
        </Text>
        <ActionIcon
          variant="default"
          size={36}
          aria-label={t('reviews.period.after')}
          disabled={`${monthsOf(later).from}-01` > today}
          onClick={() => choose(later)}
        >
          <span className="review-forth">
            <Icon name="back" />
          </span>
        </ActionIcon>
      </Group>
    </Group>
  )
}
