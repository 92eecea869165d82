/**
 * `/training/results`: how people and cohorts did, which norms fail most, and what of a process was practised.
 *
 * Promises: filters stand in the address; the same is had as a file.
 * Must not: add up anything but shares; the numbers are the server's.
 */
import '../../life/life.css'
import { Anchor, Button, Group, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { ROLES } from '../../../machines/definition/schema.ts'
import { RangePicker, useDays } from '../../life/range-picker.tsx'
import { usePeople } from '../../session/people.ts'
import { useProcesses } from '../../session/queries.ts'
import { Empty, ProblemNotice, Waiting } from '../../shell/notices.tsx'
import { useSpeech } from '../../text/use-language.ts'
import { MyAttempts } from '../mine/my-attempts.tsx'
import { Coverage } from './coverage.tsx'
import { NormTable, PeopleTable, Sums } from './result-tables.tsx'
import { type ResultFilter, resultSheet, useAttempts, useResults } from './training-api.ts'
import { TrainingPage } from './training-page.tsx'

const NAMES = ['process', 'role', 'region', 'person'] as const

export default function ResultsPage(): ReactElement {
  const { t } = useTranslation()
  const language = useSpeech().language.startsWith('zh') ? 'zh' : 'en'
  const [address, setAddress] = useSearchParams()
  const days = useDays(address)
  const chosen = Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = address.get(name)
      return value === null || value === '' ? [] : [[name, value]]
    }),
  )
  const filter: ResultFilter | undefined = days === undefined ? undefined : { ...chosen, ...days }
  const results = useResults(filter)
  const person = address.get('person')
  const put = (name: string, value: string | null): void => {
    const next = new URLSearchParams(address)
    if (value === null) next.delete(name)
    else next.set(name, value)
    setAddress(next, { replace: true })
  }
  const { data } = results
  return (
    <TrainingPage
      title={t('trainer.results.title')}
      beside={
        filter === undefined ? null : (
          <Button
            component="a"
            variant="default"
            href={resultSheet(filter, 'people', language)}
            download="training-results.csv"
          >
            {t('trainer.results.sheet')}
          </Button>
        )
      }
    >
      <Stack gap="lg">
        <Stack gap="sm">
          <RangePicker search={address} setSearch={setAddress} days={days} />
          <Filters address={address} put={put} />
        </Stack>
        {results.isError ? (
          <ProblemNotice error={results.error} retry={() => void results.refetch()} />
        ) : data === undefined ? (
          <Waiting />
        ) : data.people.length === 0 ? (
          <Empty title={t('trainer.results.empty')} lead={t('trainer.results.emptyLead')} />
        ) : (
          <>
            <Sums people={data.people} />
            <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
              <Part title={t('trainer.results.people')}>
                <PeopleTable people={data.people} choose={(id) => put('person', id)} />
              </Part>
              <Part title={t('trainer.results.norms')} lead={t('trainer.results.normsLead')}>
                <NormTable norms={data.norms} />
                {filter === undefined || data.norms.length === 0 ? null : (
                  <Anchor
                    size="sm"
                    href={resultSheet(filter, 'norms', language)}
                    download="training-norms.csv"
                  >
                    {t('trainer.results.normSheet')}
                  </Anchor>
                )}
              </Part>
            </SimpleGrid>
            {person === null ? null : <OfPerson person={person} />}
            <Part title={t('trainer.results.coverage')} lead={t('trainer.results.coverageLead')}>
              {data.coverage === undefined ? (
                <Text c="dimmed">{t('trainer.results.chooseProcess')}</Text>
              ) : (
                <Coverage coverage={data.coverage} />
              )}
            </Part>
          </>
        )}
      </Stack>
    </TrainingPage>
  )
}

function Part({
  title,
  lead,
  children,
}: {
  title: string
  lead?: string
  children: ReactNode
}): ReactElement {
  return (
    <Stack component="section" gap="xs">
      <Title order={2} size="h4">
        {title}
      </Title>
      {lead === undefined ? null : (
        <Text size="sm" c="dimmed">
          {lead}
        </Text>
      )}
      {children}
    </Stack>
  )
}

function Filters({
  address,
  put,
}: {
  address: URLSearchParams
  put(name: string, value: string | null): void
}): ReactElement {
  const { t } = useTranslation()
  const { say, language } = useSpeech()
  const processes = useProcesses().data?.processes ?? []
  const people = [...usePeople().values()]
  const asked = address.get('region')
  const regions = [
    ...new Set([...people.flatMap((one) => one.regions), ...(asked === null ? [] : [asked])]),
  ].toSorted((a, b) => a.localeCompare(b, language))
  const choices = [
    {
      name: 'process',
      label: t('trainer.find.process'),
      all: t('trainer.find.allProcesses'),
      data: processes.map(({ id, title }) => ({ value: id, label: say(title, id) })),
    },
    {
      name: 'role',
      label: t('people.role'),
      all: t('people.allRoles'),
      data: ROLES.map((value) => ({ value, label: t(`roles.${value}`) })),
    },
    ...(regions.length === 0
      ? []
      : [
          {
            name: 'region',
            label: t('desk.region'),
            all: t('people.allRegions'),
            data: regions.map((value) => ({ value, label: value })),
          },
        ]),
    {
      name: 'person',
      label: t('people.name'),
      all: t('trainer.results.everybody'),
      data: people.map(({ id, name }) => ({ value: id, label: name })),
    },
  ]
  return (
    <Group component="search" role="search" aria-label={t('trainer.results.filters')} gap="sm">
      {choices.map(({ name, label, all, data }) => (
        <Select
          key={name}
          aria-label={label}
          placeholder={all}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': all }}
          limit={80}
          w={{ base: '100%', xs: 220 }}
          data={data}
          value={address.get(name)}
          onChange={(value) => put(name, value)}
        />
      ))}
    </Group>
  )
}

/** One person's attempts with their points along time. */
function OfPerson({ person }: { person: string }): ReactElement {
  const { t } = useTranslation()
  const name = usePeople().get(person)?.name ?? person
  const attempts = useAttempts({ person })
  return (
    <Part title={t('trainer.results.of', { name })}>
      {attempts.isError ? <ProblemNotice error={attempts.error} /> : null}
      {attempts.data === undefined ? (
        <Waiting />
      ) : (
        <MyAttempts attempts={attempts.data.pages.flatMap((page) => page.attempts)} />
      )}
      {attempts.hasNextPage ? (
        <Group>
          <Button
            variant="default"
            loading={attempts.isFetchingNextPage}
            onClick={() => void attempts.fetchNextPage()}
          >
            {t('common.more')}
          </Button>
        </Group>
      ) : null}
      <Group>
        <Anchor component={Link} to="/training/results" size="sm">
          {t('trainer.results.everybody')}
        </Anchor>
      </Group>
    </Part>
  )
}
