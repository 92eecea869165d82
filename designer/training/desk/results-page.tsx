/**
 * `/training/results`: how people and cohorts did, which norms fail most, and what of a process was practised.
 *
 * Promises: filters stand in the address; the same is had as a file.
 * Must not: add up anything but shares; the numbers are the server's.
 */
import '../../life/life.css'
import { Anchor, Button, Group, Select, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { ROLES } from '../../../machines/definition/schema.ts'
import { NORM_BY_ID } from '../../../machines/norms.ts'
import type { TrainingResults } from '../../../machines/wire/training.ts'
import { RangePicker, useDays } from '../../life/range-picker.tsx'
import { usePeople } from '../../session/people.ts'
import { useProcesses } from '../../session/queries.ts'
import { Empty, ProblemNotice, Waiting } from '../../shell/notices.tsx'
import { useSpeech } from '../../text/use-language.ts'
import { MyAttempts } from '../mine/my-attempts.tsx'
import { Coverage } from './coverage.tsx'
import { type ResultFilter, resultSheet, useAttempts, useResults } from './training-api.ts'
import { TrainingPage } from './training-page.tsx'

const NAMES = ['process', 'role', 'person'] as const

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
  const { say } = useSpeech()
  const processes = useProcesses().data?.processes ?? []
  const people = [...usePeople().values()]
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

type Person = TrainingResults['people'][number]

function Sums({ people }: { people: readonly Person[] }): ReactElement {
  const { t } = useTranslation()
  const { number, language } = useSpeech()
  const sum = (pick: (one: Person) => number): number => people.reduce((all, one) => all + pick(one), 0)
  const [passed, failed] = [sum((one) => one.passed), sum((one) => one.failed)]
  const share =
    passed + failed === 0
      ? t('common.none')
      : new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(
          passed / (passed + failed),
        )
  const figures = [
    { key: 'peopleCount', value: number(people.length) },
    { key: 'attempts', value: number(sum((one) => one.attempts)) },
    { key: 'share', value: share },
  ] as const
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm" maw={720}>
      {figures.map(({ key, value }) => (
        <Stack key={key} className="fc-panel" p="md" gap={2}>
          <Text size="sm" c="dimmed">
            {t(`trainer.results.sum.${key}`)}
          </Text>
          <Text fz={26} fw={700} lh={1.2}>
            {value}
          </Text>
        </Stack>
      ))}
    </SimpleGrid>
  )
}

function PeopleTable({
  people,
  choose,
}: {
  people: readonly Person[]
  choose(id: string): void
}): ReactElement {
  const { t } = useTranslation()
  const { number, date } = useSpeech()
  return (
    <div className="fc-panel">
      <Table className="fc-people" verticalSpacing="xs" aria-label={t('trainer.results.people')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('people.name')}</Table.Th>
            <Table.Th>{t('trainer.results.sum.attempts')}</Table.Th>
            <Table.Th>{t('trainer.state.passed')}</Table.Th>
            <Table.Th>{t('trainer.state.failed')}</Table.Th>
            <Table.Th>{t('trainer.results.mean')}</Table.Th>
            <Table.Th>{t('trainer.results.last')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((one) => (
            <Table.Tr key={one.person}>
              <Table.Td>
                <Anchor
                  component="button"
                  type="button"
                  c="inherit"
                  ta="start"
                  onClick={() => choose(one.person)}
                >
                  {one.name}
                </Anchor>
              </Table.Td>
              <Table.Td data-label={t('trainer.results.sum.attempts')}>{number(one.attempts)}</Table.Td>
              <Table.Td data-label={t('trainer.state.passed')}>{number(one.passed)}</Table.Td>
              <Table.Td data-label={t('trainer.state.failed')}>{number(one.failed)}</Table.Td>
              <Table.Td data-label={t('trainer.results.mean')}>
                {one.points === undefined ? t('common.none') : number(Math.round(one.points))}
              </Table.Td>
              <Table.Td data-label={t('trainer.results.last')}>
                {one.lastAt === undefined ? t('common.none') : date(one.lastAt)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

type Norm = TrainingResults['norms'][number]
const missedOf = ({ late, broken, tried }: Norm): number => late + broken + tried
/** The share that went wrong; of few it says less than of many, so the number decides between equals. */
const shareOf = (norm: Norm): number => missedOf(norm) / Math.max(1, missedOf(norm) + norm.met)

function NormTable({ norms }: { norms: readonly Norm[] }): ReactElement {
  const { t } = useTranslation()
  const { number, language } = useSpeech()
  const sorted = norms.toSorted((a, b) => shareOf(b) - shareOf(a) || missedOf(b) - missedOf(a))
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  if (sorted.length === 0) return <Text c="dimmed">{t('trainer.results.noNorms')}</Text>
  return (
    <div className="fc-panel">
      <Table verticalSpacing="xs" aria-label={t('trainer.results.norms')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('trainer.form.norm')}</Table.Th>
            <Table.Th>{t('life.outcome.met')}</Table.Th>
            <Table.Th>{t('life.outcome.late')}</Table.Th>
            <Table.Th>{t('life.outcome.broken')}</Table.Th>
            <Table.Th>{t('trainer.results.tried')}</Table.Th>
            <Table.Th>{t('trainer.results.missed')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sorted.map((norm) => {
            const known = NORM_BY_ID.get(norm.norm)
            return (
              <Table.Tr key={norm.norm}>
                <Table.Td>
                  <Text size="sm" lineClamp={2}>
                    <strong>{norm.norm}</strong> {language.startsWith('zh') ? known?.zh : known?.en}
                  </Text>
                </Table.Td>
                <Table.Td>{number(norm.met)}</Table.Td>
                <Table.Td>{number(norm.late)}</Table.Td>
                <Table.Td>{number(norm.broken)}</Table.Td>
                <Table.Td>{number(norm.tried)}</Table.Td>
                <Table.Td fw={600}>{percent.format(shareOf(norm))}</Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </div>
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
