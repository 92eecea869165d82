/** Whose changes, of what, about whom, and of which days. */
import { Button, Group, Select, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { usePeople } from '../session/people.ts'
import { useProcesses } from '../session/queries.ts'
import { useSpeech } from '../text/use-language.ts'
import type { Filter } from './audit-queries.ts'
import { SYSTEM } from './audit-words.ts'

const AREAS = [
  'person',
  'process',
  'draft',
  'scenario',
  'settings',
  'clock',
  'webhook',
  'sample',
  'privacy',
  'data',
] as const
/** A longer list is searched, not scrolled. */
const MOST_SHOWN = 100

type Option = { value: string; label: string }
type Given = {
  search: URLSearchParams
  put(name: Filter, value: string | null): void
  /** Where there is something to clear. */
  clear: (() => void) | undefined
}

export function AuditFilters({ search, put, clear }: Given): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const people = [...usePeople().values()].map(({ id, name }) => ({ value: id, label: name }))
  const processes = (useProcesses().data?.processes ?? []).map(({ id, title }) => ({
    value: id,
    label: say(title, id),
  }))
  const [actor, kind, subject] = [search.get('actor'), search.get('kind'), search.get('subject')]
  const actors = [{ value: SYSTEM, label: t('app.name') }, ...people]
  const kinds = AREAS.map((area) => ({ value: `${area}.`, label: t(`audit.area.${area}`) }))
  const ids = new Set(people.map(({ value }) => value))
  // One id is one subject, whatever bears it.
  const others = processes.filter(({ value }) => !ids.has(value))
  const subjects = [
    { group: t('audit.people'), items: people },
    { group: t('audit.processes'), items: others },
  ]
  const isKnown = subject === null || [...people, ...others].some(({ value }) => value === subject)
  const choice = { searchable: true, clearable: true, limit: MOST_SHOWN } as const
  return (
    <Group component="search" role="search" aria-label={t('audit.filters')} gap="sm" align="flex-end">
      <Select
        {...choice}
        className="fc-audit-filter"
        label={t('audit.who')}
        placeholder={t('audit.anyone')}
        clearButtonProps={{ 'aria-label': t('audit.anyone') }}
        data={withChosen(actors, actor)}
        value={actor}
        onChange={(value) => put('actor', value)}
      />
      <Select
        {...choice}
        className="fc-audit-filter"
        label={t('audit.what')}
        placeholder={t('audit.anything')}
        clearButtonProps={{ 'aria-label': t('audit.anything') }}
        data={withChosen(kinds, kind)}
        value={kind}
        onChange={(value) => put('kind', value)}
      />
      <Select
        {...choice}
        className="fc-audit-filter"
        label={t('audit.whom')}
        placeholder={t('audit.anySubject')}
        clearButtonProps={{ 'aria-label': t('audit.anySubject') }}
        data={isKnown ? subjects : [...subjects, { group: t('audit.elsewhere'), items: [subject] }]}
        value={subject}
        onChange={(value) => put('subject', value)}
      />
      {(['from', 'to'] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          w={150}
          label={t(`audit.${end}`)}
          value={search.get(end) ?? ''}
          onChange={(event) => put(end, event.currentTarget.value)}
        />
      ))}
      {clear === undefined ? null : (
        <Button variant="subtle" onClick={clear}>
          {t('audit.clear')}
        </Button>
      )}
    </Group>
  )
}

/** What an address asks for stands there, also where nothing is known of it any more. */
const withChosen = (options: readonly Option[], chosen: string | null): Option[] =>
  chosen === null || options.some(({ value }) => value === chosen)
    ? [...options]
    : [...options, { value: chosen, label: chosen }]
