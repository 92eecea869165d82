/** The search of the library: words, process, difficulty, tag. What is asked for stands in the address. */
import { Group, Select, TextInput } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { ScenarioSummary } from '../../../machines/wire/training.ts'
import { useProcesses } from '../../session/queries.ts'
import { Icon } from '../../shell/icons.tsx'
import { useSpeech } from '../../text/use-language.ts'
import { LEVELS, type Search, tagsOf } from './find.ts'
import { useTagName } from './tag-name.ts'

export type AddressSearch = { search: Search; put(name: string, value: string | null): void; clear(): void }

/** What the address asks for, and how to ask for something else. */
export function useAddressSearch(): AddressSearch {
  const [address, setAddress] = useSearchParams()
  return {
    search: {
      words: address.get('q') ?? '',
      process: address.get('process'),
      difficulty: address.get('level'),
      tag: address.get('tag'),
      health: address.get('health'),
    },
    put(name, value) {
      const next = new URLSearchParams(address)
      if (value === null || value === '') next.delete(name)
      else next.set(name, value)
      setAddress(next, { replace: true })
    },
    clear: () => setAddress(new URLSearchParams(), { replace: true }),
  }
}

/** Titles of processes, by id. */
export function useProcessTitle(): (id: string) => string {
  const processes = useProcesses().data?.processes ?? []
  const { say } = useSpeech()
  const titles = new Map(processes.map(({ id, title }) => [id, title]))
  return (id) => say(titles.get(id), id)
}

export function ScenarioFilter({
  scenarios,
  use: { search, put },
  children,
}: {
  scenarios: readonly ScenarioSummary[]
  use: AddressSearch
  children?: ReactNode
}): ReactElement {
  const { t } = useTranslation()
  const titleOf = useProcessTitle()
  const tagName = useTagName()
  const inUse = [...new Set(scenarios.map(({ process }) => process))]
  const choices = [
    {
      name: 'process',
      value: search.process,
      all: t('trainer.find.allProcesses'),
      label: t('trainer.find.process'),
      data: inUse.map((id) => ({ value: id, label: titleOf(id) })),
    },
    {
      name: 'level',
      value: search.difficulty,
      all: t('trainer.find.allLevels'),
      label: t('trainer.find.level'),
      data: LEVELS.map((level) => ({ value: level, label: t(`trainer.level.${level}`) })),
    },
    {
      name: 'tag',
      value: search.tag,
      all: t('trainer.find.allTags'),
      label: t('trainer.find.tag'),
      data: tagsOf(scenarios).map((tag) => ({ value: tag, label: tagName(tag) })),
    },
  ]
  return (
    <Group component="search" role="search" aria-label={t('trainer.find.label')} gap="sm">
      <TextInput
        flex="1 1 14rem"
        maw={{ xs: 360 }}
        aria-label={t('trainer.find.words')}
        placeholder={t('trainer.find.words')}
        leftSection={<Icon name="search" size={16} />}
        value={search.words}
        onChange={(event) => put('q', event.currentTarget.value)}
      />
      {choices.map(({ name, value, all, label, data }) => (
        <Select
          key={name}
          aria-label={label}
          placeholder={all}
          w={{ base: '100%', xs: 170 }}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': all }}
          data={data}
          value={value}
          onChange={(chosen) => put(name, chosen)}
        />
      ))}
      {children}
    </Group>
  )
}
