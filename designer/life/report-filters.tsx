/** What the norm report is of, and what its rows are; kept in the address. */
import { Group, Pill, Select, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { NORMS } from '../../machines/norms.ts'
import { normInWords } from '../canvas/chip.tsx'
import type { ReportFilter } from '../session/api.ts'
import { usePeople } from '../session/people.ts'
import { useMe, useProcesses } from '../session/queries.ts'
import { useSpeech } from '../text/use-language.ts'
import { type Group as By, GROUPS } from './report-words.ts'

const FILTERS = ['norm', 'process', 'engineer', 'customer'] as const
type SetSearch = (next: URLSearchParams, how: { replace: boolean }) => void

/** What an address asks for, but its days. */
export const filterOf = (search: URLSearchParams): ReportFilter =>
  Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = search.get(name)
      return value === null || value === '' ? [] : [[name, value] as const]
    }),
  )
export const groupOf = (search: URLSearchParams): By =>
  GROUPS.find((group) => group === search.get('by')) ?? 'norm'

export function ReportFilters({
  search,
  setSearch,
}: {
  search: URLSearchParams
  setSearch: SetSearch
}): ReactElement {
  const { t } = useTranslation()
  const { say, language } = useSpeech()
  const processes = useProcesses()
  const people = usePeople()
  // Whose names are hidden is not counted by name.
  const isBlind = useMe().data?.rights.includes('jobs:personal') === false
  const groups = GROUPS.filter((group) => group !== 'customer' || !isBlind)
  const put = (name: string, value: string | null): void => {
    const next = new URLSearchParams(search)
    if (value === null || value === '') next.delete(name)
    else next.set(name, value)
    setSearch(next, { replace: true })
  }
  const customer = search.get('customer')
  const engineer = search.get('engineer')
  const known = [...people.values()].map(({ id, name }) => ({ value: id, label: name }))
  const options = {
    process: (processes.data?.processes ?? []).map(({ id, title }) => ({ value: id, label: say(title, id) })),
    norm: NORMS.map(({ id }) => ({ value: id, label: normInWords(id, language) })),
    engineer:
      engineer === null || people.has(engineer) ? known : [...known, { value: engineer, label: engineer }],
  }
  return (
    <Group component="search" role="search" aria-label={t('life.report.filters')} gap="sm">
      <Select
        aria-label={t('life.report.by')}
        leftSection={
          <Text size="sm" c="dimmed">
            {t('life.report.byShort')}
          </Text>
        }
        leftSectionWidth={80}
        w={{ base: '100%', xs: 210 }}
        allowDeselect={false}
        value={groupOf(search)}
        onChange={(value) => put('by', value)}
        data={groups.map((value) => ({ value, label: t(`life.group.${value}`) }))}
      />
      {(['process', 'norm', 'engineer'] as const).map((name) => (
        <Select
          key={name}
          aria-label={t(`life.group.${name}`)}
          placeholder={t(`life.all.${name}`)}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('jobs.clear') }}
          nothingFoundMessage={t('life.report.noSuch')}
          w={{ base: '100%', xs: name === 'norm' ? 300 : 190 }}
          value={search.get(name)}
          onChange={(value) => put(name, value)}
          data={options[name]}
          limit={200}
        />
      ))}
      {customer === null ? null : (
        <Pill
          size="md"
          withRemoveButton
          onRemove={() => put('customer', null)}
          removeButtonProps={{
            'aria-label': t('page.narrowed.drop', { what: customer }),
            tabIndex: 0,
            'aria-hidden': false,
          }}
        >
          {t('life.report.customer', { customer })}
        </Pill>
      )}
    </Group>
  )
}
