/**
 * Where the jobs of each old state go: what has no place yet first, then what was offered, then what keeps its name.
 *
 * Must not: decide that a mapping is right; the server tells.
 */
import { Badge, Box, Group, Select, Stack, Switch, Table, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import type { Place, Questions } from './mapping-model.ts'
import { usePlaceName } from './place-words.ts'

type Said = Readonly<Record<string, string>>
type Props = {
  questions: Questions
  states: Said
  /** Running jobs by state. */
  jobs: ReadonlyMap<string, number>
  change(path: string, target: string | undefined): void
}

export function StatePart({ questions, states, jobs, change }: Props): ReactElement {
  const { t } = useTranslation()
  const [showsSame, setShowsSame] = useState(false)
  const { same, offer } = questions
  const isOpen = ({ path }: Place): boolean => states[path] === undefined
  const jobsIn = ({ path }: Place): number => jobs.get(path) ?? 0
  // By what was offered, not by what is chosen now: a row must not jump away under the hand.
  const rank = ({ path }: Place): number => (offer.states?.[path] === undefined ? 0 : 1)
  const asked = questions.states.toSorted(
    (one, other) => rank(one) - rank(other) || jobsIn(other) - jobsIn(one),
  )
  const moved = same.filter(({ path }) => states[path] !== undefined)
  const shown = [...asked, ...(showsSame ? same : moved)]
  const open = questions.states.filter(isOpen).length
  return (
    <Stack gap="sm">
      {open > 0 ? (
        <Group gap="xs" wrap="nowrap" role="status">
          <Icon name="alert" size={16} />
          <Text size="sm" fw={600}>
            {t('move.states.open', { count: open })}
          </Text>
        </Group>
      ) : null}
      {asked.length === 0 ? <Text size="sm">{t('move.states.none')}</Text> : null}
      {shown.length === 0 ? null : (
        <Table
          fz="sm"
          verticalSpacing={6}
          horizontalSpacing={6}
          layout="fixed"
          aria-label={t('move.states.lead')}
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('move.states.old')}</Table.Th>
              <Table.Th w={64} ta="end">
                {t('move.states.jobs')}
              </Table.Th>
              <Table.Th w="54%">{t('move.states.next')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((place) => (
              <StateRow
                key={place.path}
                place={place}
                jobs={jobsIn(place)}
                questions={questions}
                target={states[place.path]}
                isSame={!asked.includes(place)}
                change={(target) => change(place.path, target)}
              />
            ))}
          </Table.Tbody>
        </Table>
      )}
      {same.length === 0 ? null : (
        <Group gap="md">
          <Text size="sm" c="dimmed">
            {t('move.states.same', { count: same.length })}
          </Text>
          <Switch
            size="xs"
            label={t('move.states.showSame')}
            checked={showsSame}
            onChange={(event) => setShowsSame(event.currentTarget.checked)}
          />
        </Group>
      )}
    </Stack>
  )
}

function StateRow({
  place,
  jobs,
  questions,
  target,
  isSame,
  change,
}: {
  place: Place
  jobs: number
  questions: Questions
  target: string | undefined
  isSame: boolean
  change(target: string | undefined): void
}): ReactElement {
  const { t } = useTranslation()
  const { number } = useSpeech()
  const name = usePlaceName()
  const value = target ?? (isSame ? place.path : undefined)
  const isOffered = target !== undefined && questions.offer.states?.[place.path] === target
  return (
    <Table.Tr style={{ verticalAlign: 'top' }} data-state={place.path}>
      <Table.Td className="fc-wrap">
        {name(place)}
        {isSame ? null : (
          <Text size="xs" c="dimmed">
            {t('move.states.missing')}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="end">
        {jobs === 0 ? (
          number(0)
        ) : (
          <Badge color={value === undefined ? 'red' : 'cyan'} variant="light" c="var(--mantine-color-text)">
            {number(jobs)}
          </Badge>
        )}
      </Table.Td>
      <Table.Td>
        <Box maw={440}>
          <PlaceSelect
            label={t('move.states.target', { state: name(place) })}
            placeholder={t('move.states.choose')}
            places={questions.targets}
            value={value}
            isClearable={!isSame}
            change={(next) => change(isSame && next === place.path ? undefined : next)}
          />
          {isOffered || isSame ? (
            <Text size="xs" c="dimmed" mt={2}>
              {isOffered ? t('move.states.offered') : target === undefined ? t('move.states.keeps') : null}
            </Text>
          ) : null}
        </Box>
      </Table.Td>
    </Table.Tr>
  )
}

function PlaceSelect({
  label,
  placeholder,
  places,
  value,
  isClearable,
  change,
}: {
  label: string
  placeholder: string
  places: readonly Place[]
  value: string | undefined
  isClearable: boolean
  change(path: string | undefined): void
}): ReactElement {
  const { t } = useTranslation()
  const name = usePlaceName()
  return (
    <Select
      size="sm"
      aria-label={label}
      placeholder={placeholder}
      data={places.map((place) => ({ value: place.path, label: name(place) }))}
      value={value ?? null}
      searchable
      clearable={isClearable}
      allowDeselect={false}
      clearButtonProps={{ 'aria-label': t('move.states.clear', { what: label }) }}
      onChange={(path) => change(path ?? undefined)}
    />
  )
}

/** Where jobs begin in parallel regions that are new. */
export function RegionPart({
  questions,
  regions,
  change,
}: {
  questions: Questions
  regions: Said
  change(region: string, begins: string | undefined): void
}): ReactElement {
  const { t } = useTranslation()
  const name = usePlaceName()
  return (
    <Stack gap="sm">
      {questions.regions.map((region) => (
        <Select
          key={region.path}
          maw={560}
          size="sm"
          label={t('move.regions.begin', { region: name(region) })}
          placeholder={t('move.states.choose')}
          data={region.within.map((place) => ({
            value: place.path,
            label:
              place.path === region.path ? t('move.regions.atStart', { region: name(region) }) : name(place),
          }))}
          value={regions[region.path] ?? null}
          searchable
          allowDeselect={false}
          onChange={(begins) => change(region.path, begins ?? undefined)}
        />
      ))}
    </Stack>
  )
}
