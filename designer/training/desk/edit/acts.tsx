/**
 * What others do in a scenario: speaking, what is seen, events, confirmed items, a linked job's end, complaints, corrections.
 *
 * Must not: know when it happens.
 */
import { Checkbox, Group, Select, SimpleGrid, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { type Act, TEMPERS } from '../../../../machines/simulate/scenario.ts'
import { RowTools } from '../../../panels/row-tools.tsx'
import { WordsField } from '../words-field.tsx'
import { AddButton } from './add-button.tsx'
import { OneOf } from './fields.tsx'
import { type Names, useNames } from './names.tsx'
import { ValuesForm } from './payload.tsx'
import { moved, put, replaced } from './put.ts'

const ACTS = [
  'say',
  'tell',
  'event',
  'tick',
  'end',
  'complain',
  'correct',
] as const satisfies readonly Act['act'][]
const ENDS = ['done', 'cancelled', 'failed'] as const

/** One of a kind to begin with; by the first of the cast, else the trainee. */
export function freshAct(kind: Act['act'], names: Pick<Names, 'people' | 'events' | 'items'>): Act {
  const by = names.people[1]?.value ?? 'trainee'
  switch (kind) {
    case 'say':
      return { act: 'say', by, text: { en: '' } }
    case 'tell':
      return { act: 'tell', text: { en: '' } }
    case 'event':
      return { act: 'event', by, type: names.events[0]?.value ?? 'event' }
    case 'tick':
      return { act: 'tick', by, item: names.items[0]?.value ?? 'item' }
    case 'end':
      return { act: 'end', link: 'complaint', status: 'done' }
    case 'complain':
      return { act: 'complain', by, text: { en: '' } }
    default:
      return { act: 'correct', by, fields: {}, reason: { en: '' } }
  }
}

export function ActList({
  acts,
  change,
  at,
}: {
  acts: readonly Act[]
  change(acts: Act[]): void
  at: string
}): ReactElement {
  const { t } = useTranslation()
  const names = useNames()
  const placed = acts.map((act, index) => ({ act, index, place: `${at}/${index}` }))
  return (
    <Stack gap="xs" role="group" aria-label={t('trainer.form.does')}>
      {placed.map(({ act, index, place }) => (
        <Group key={place} className="edit-act" wrap="nowrap" align="flex-start" data-pointer={place}>
          <Stack gap="xs" flex="1" miw={0}>
            <Select
              aria-label={t('trainer.form.actKind')}
              allowDeselect={false}
              maw={280}
              data={[...ACTS, ...(act.act === 'hand' ? ['hand' as const] : [])].map((kind) => ({
                value: kind,
                label: t(`trainer.act.${kind}`),
              }))}
              value={act.act}
              onChange={(chosen) => {
                const kind = ACTS.find((each) => each === chosen)
                if (kind !== undefined && kind !== act.act)
                  change(replaced(acts, index, freshAct(kind, names)))
              }}
            />
            <ActForm act={act} change={(next) => change(replaced(acts, index, next))} />
          </Stack>
          <RowTools
            what={t(`trainer.act.${act.act}`)}
            index={index}
            count={acts.length}
            move={(to) => change(moved(acts, index, to))}
            remove={() => change(acts.toSpliced(index, 1))}
          />
        </Group>
      ))}
      <Group>
        <AddButton label={t('trainer.form.addAct')} add={() => change([...acts, freshAct('say', names)])} />
      </Group>
    </Stack>
  )
}

export function ActForm({ act, change }: { act: Act; change(act: Act): void }): ReactElement {
  const { t } = useTranslation()
  const { people, events, items, definition } = useNames()
  const by =
    'by' in act || act.act === 'event' ? (
      <OneOf
        label={t('trainer.form.by')}
        from={people}
        value={act.by}
        clearable={act.act === 'event'}
        change={(next) => change(act.act === 'event' ? put(act, 'by', next) : withBy(act, next))}
      />
    ) : null
  switch (act.act) {
    case 'say':
      return (
        <>
          <SimpleGrid type="container" cols={{ base: 1, '400px': 2 }} spacing="xs">
            {by}
            <Select
              label={t('trainer.form.temperAfter')}
              clearable
              clearButtonProps={{ 'aria-label': t('trainer.form.unchanged') }}
              placeholder={t('trainer.form.unchanged')}
              data={TEMPERS.map((value) => ({ value, label: t(`trainer.temper.${value}`) }))}
              value={act.temper ?? null}
              onChange={(value) =>
                change(
                  put(
                    act,
                    'temper',
                    TEMPERS.find((each) => each === value),
                  ),
                )
              }
            />
          </SimpleGrid>
          <WordsField
            label={t('trainer.form.words')}
            value={act.text}
            change={(text) => change({ ...act, text })}
          />
        </>
      )
    case 'tell':
      return (
        <WordsField
          label={t('trainer.form.seen')}
          value={act.text}
          change={(text) => change({ ...act, text })}
        />
      )
    case 'event':
      return (
        <>
          <SimpleGrid type="container" cols={{ base: 1, '400px': 2 }} spacing="xs">
            <OneOf
              label={t('trainer.form.event')}
              from={events}
              value={act.type}
              change={(type) => change(put({ ...act, type: type ?? act.type }, 'payload', undefined))}
            />
            {by}
          </SimpleGrid>
          <ValuesForm
            schema={definition?.schemas.events[act.type] ?? {}}
            values={act.payload ?? {}}
            change={(payload) => change({ ...act, payload })}
          />
        </>
      )
    case 'tick':
      return (
        <SimpleGrid type="container" cols={{ base: 1, '400px': 2 }} spacing="xs">
          <OneOf
            label={t('trainer.form.item')}
            from={items}
            value={act.item}
            change={(item) => change({ ...act, item: item ?? act.item })}
          />
          {by}
        </SimpleGrid>
      )
    case 'end':
      return <EndForm act={act} change={change} />
    case 'complain':
      return (
        <>
          <SimpleGrid type="container" cols={{ base: 1, '400px': 2 }} spacing="xs">
            {by}
            <Checkbox
              mt="xl"
              label={t('trainer.form.quality')}
              checked={act.quality === true}
              onChange={(event) => change(put(act, 'quality', event.currentTarget.checked || undefined))}
            />
          </SimpleGrid>
          <WordsField
            label={t('trainer.form.complaint')}
            value={act.text}
            change={(text) => change({ ...act, text })}
          />
        </>
      )
    case 'correct':
      return (
        <>
          {by}
          <CorrectForm act={act} change={change} />
        </>
      )
    case 'hand':
      return (
        <>
          {by}
          <Text size="sm" c="dimmed">
            {t('trainer.form.handHelp')}
          </Text>
        </>
      )
  }
}

type By = Exclude<Act, { act: 'tell' } | { act: 'event' } | { act: 'end' }>
const withBy = (act: By, by: string | undefined): Act => ({ ...act, by: by ?? act.by })

function EndForm({
  act,
  change,
}: {
  act: Extract<Act, { act: 'end' }>
  change(act: Act): void
}): ReactElement {
  const { t } = useTranslation()
  const { definition } = useNames()
  const links = linksOf(definition)
  return (
    <SimpleGrid type="container" cols={{ base: 1, '400px': 2 }} spacing="xs">
      <OneOf
        label={t('trainer.form.link')}
        from={links.map((value) => ({ value, label: value }))}
        value={act.link}
        change={(link) => change({ ...act, link: link ?? act.link })}
      />
      <Select
        label={t('trainer.form.endsAs')}
        allowDeselect={false}
        data={ENDS.map((value) => ({ value, label: t(`status.${value}`) }))}
        value={act.status}
        onChange={(value) => {
          const status = ENDS.find((each) => each === value)
          if (status !== undefined) change({ ...act, status })
        }}
      />
    </SimpleGrid>
  )
}

/** Names of links that the process's actions make. */
function linksOf(value: unknown, found: Set<string> = new Set()): string[] {
  if (typeof value !== 'object' || value === null) return [...found]
  if ('type' in value && value.type === 'startJob' && 'params' in value) {
    const { params } = value
    if (typeof params === 'object' && params !== null && 'link' in params && typeof params.link === 'string')
      found.add(params.link)
  }
  for (const each of Object.values(value)) linksOf(each, found)
  return [...found]
}

function CorrectForm({
  act,
  change,
}: {
  act: Extract<Act, { act: 'correct' }>
  change(act: Act): void
}): ReactElement {
  const { t } = useTranslation()
  const { fields } = useNames()
  return (
    <>
      <WordsField
        label={t('trainer.form.reason')}
        value={act.reason}
        lines={1}
        change={(reason) => change({ ...act, reason })}
      />
      <ValuesForm
        schema={{ properties: fields }}
        values={act.fields}
        change={(next) => change({ ...act, fields: next })}
      />
    </>
  )
}
