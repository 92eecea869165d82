/**
 * The rows that ask what no field holds: the checklist, another state, a certificate, the hours of a calendar.
 */
import { Group, MultiSelect, Select, Stack, Text } from '@mantine/core'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { buildTree } from '../../../machines/definition/tree.ts'
import type { LeafDraft, Said } from '../../document/guard/draft.ts'
import { useSpeech } from '../../text/use-language.ts'
import { OperandPicker } from './operand-picker.tsx'
import { useRows } from './row-context.ts'
import { RowMenu } from './row-tools.tsx'

type Named = Exclude<Said, { kind: 'compare' }>
type Given<One extends Named = Named> = { said: One; say(said: Said): void }

export function NamedFields({
  row,
  said,
  what,
  say,
}: Given & { row: LeafDraft; what: string }): ReactElement {
  const { t } = useTranslation()
  const { fresh } = useRows()
  return (
    <>
      <Group gap={2} wrap="nowrap" justify="space-between">
        <Select
          size="xs"
          style={{ flex: 1, minWidth: 0 }}
          aria-label={t(`condition.ask.${said.kind}`)}
          autoFocus={fresh === row.id}
          allowDeselect={false}
          data={[
            { value: 'yes', label: t(`condition.is.${said.kind}`) },
            { value: 'no', label: t(`condition.isNot.${said.kind}`) },
          ]}
          value={said.not === true ? 'no' : 'yes'}
          onChange={(chosen) => say({ ...said, not: chosen === 'no' })}
          comboboxProps={{ withinPortal: true }}
        />
        <RowMenu id={row.id} what={what} />
      </Group>
      <Fields said={said} say={say} />
    </>
  )
}

function Fields({ said, say }: Given): ReactElement {
  switch (said.kind) {
    case 'state':
      return <StateFields said={said} say={say} />
    case 'qualified':
      return <CertificateFields said={said} say={say} />
    case 'checklist-done':
      return <ChecklistFields said={said} say={say} />
    case 'within':
      return <TimeFields said={said} say={say} />
  }
}

/** States by title, with the group they lie in. */
function useStates(): { value: string; label: string }[] {
  const { definition } = useRows()
  const { say } = useSpeech()
  return useMemo(
    () =>
      buildTree(definition).nodes.flatMap(({ path, parent, node, key }) =>
        parent === undefined
          ? []
          : [
              {
                value: path,
                label:
                  say(node.meta?.title, key) +
                  (parent.path === '' ? '' : ` · ${say(parent.node.meta?.title, parent.key)}`),
              },
            ],
      ),
    [definition, say],
  )
}
const listed = (options: { value: string; label: string }[], held: string | undefined) =>
  held === undefined || options.some(({ value }) => value === held)
    ? options
    : [...options, { value: held, label: held }]

function StateFields({ said, say }: Given<Extract<Named, { kind: 'state' }>>): ReactElement {
  const { t } = useTranslation()
  return (
    <Select
      size="xs"
      aria-label={t('condition.state')}
      placeholder={t('condition.choose')}
      searchable
      allowDeselect={false}
      data={listed(useStates(), said.state)}
      value={said.state ?? null}
      onChange={(state) => state !== null && say({ ...said, state })}
      comboboxProps={{ withinPortal: true }}
    />
  )
}

const ACTOR = ''

function CertificateFields({ said, say }: Given<Extract<Named, { kind: 'qualified' }>>): ReactElement {
  const { t } = useTranslation()
  const speech = useSpeech()
  const { definition, subjects } = useRows()
  const certificates = Object.entries(definition.meta.certificates ?? {}).map(([value, title]) => ({
    value,
    label: speech.say(title, value),
  }))
  const people = subjects.flatMap(({ place, kind, title }) =>
    kind === 'person' && (place.place === 'job' || place.place === 'event') && place.path.length === 1
      ? [{ value: place.path[0] ?? '', label: speech.say(title) }]
      : [],
  )
  const unique = people.filter(({ value }, index) => people.findIndex((one) => one.value === value) === index)
  return (
    <Stack gap={4}>
      <Select
        size="xs"
        aria-label={t('condition.certificate')}
        placeholder={t('condition.choose')}
        searchable
        allowDeselect={false}
        data={listed(certificates, said.certificate)}
        value={said.certificate ?? null}
        onChange={(certificate) => certificate !== null && say({ ...said, certificate })}
        comboboxProps={{ withinPortal: true }}
      />
      {certificates.length === 0 ? (
        <Text size="xs" c="dimmed">
          {t('condition.noCertificates')}
        </Text>
      ) : null}
      <Select
        size="xs"
        aria-label={t('condition.holder')}
        allowDeselect={false}
        data={listed([{ value: ACTOR, label: t('condition.actor') }, ...unique], said.of)}
        value={said.of ?? ACTOR}
        onChange={(of) => {
          const { of: _, ...rest } = said
          say(of === null || of === ACTOR ? rest : { ...rest, of })
        }}
        comboboxProps={{ withinPortal: true }}
      />
    </Stack>
  )
}

const HERE = ''
const ITEMS = ' items'

function ChecklistFields({ said, say }: Given<Extract<Named, { kind: 'checklist-done' }>>): ReactElement {
  const { t } = useTranslation()
  const speech = useSpeech()
  const { definition, subjects } = useRows()
  const withLists = useMemo(
    () =>
      new Set(
        buildTree(definition).nodes.flatMap(({ path, node }) =>
          node.meta !== undefined && 'checklist' in node.meta ? [path] : [],
        ),
      ),
    [definition],
  )
  const states = useStates().filter(({ value }) => withLists.has(value))
  const items = subjects.flatMap(({ place, title }) =>
    place.place === 'item' ? [{ value: place.item, label: speech.say(title) }] : [],
  )
  const { state: _, items: __, ...bare } = said
  return (
    <Stack gap={4}>
      <Select
        size="xs"
        aria-label={t('condition.whichChecklist')}
        searchable
        allowDeselect={false}
        data={listed(
          [
            { value: HERE, label: t('condition.allHere') },
            { value: ITEMS, label: t('condition.theseItems') },
            ...states,
          ],
          said.state,
        )}
        value={said.items !== undefined ? ITEMS : (said.state ?? HERE)}
        onChange={(chosen) => {
          if (chosen === ITEMS) say({ ...bare, items: [] })
          else say(chosen === null || chosen === HERE ? bare : { ...bare, state: chosen })
        }}
        comboboxProps={{ withinPortal: true }}
      />
      {said.items === undefined ? null : (
        <MultiSelect
          size="xs"
          aria-label={t('condition.items')}
          placeholder={said.items.length === 0 ? t('condition.choose') : ''}
          data={items}
          value={[...said.items]}
          onChange={(chosen) => say({ ...bare, items: chosen })}
          searchable
          hidePickedOptions
          comboboxProps={{ withinPortal: true }}
        />
      )}
    </Stack>
  )
}

const CALENDAR = 'calendar '
const WINDOWS = 'windows '

function TimeFields({ said, say }: Given<Extract<Named, { kind: 'within' }>>): ReactElement {
  const { t } = useTranslation()
  const speech = useSpeech()
  const { titles, subjects } = useRows()
  const calendars = Object.entries(titles.calendars ?? {}).map(([name, title]) => ({
    value: CALENDAR + name,
    label: speech.say(title, name),
  }))
  const windows = subjects.flatMap(({ place, kind, title, field }) =>
    place.place === 'job' && kind === 'list' && field?.items?.properties?.from !== undefined
      ? [
          {
            value: WINDOWS + (place.path[0] ?? ''),
            label: t('condition.windowsOf', { field: speech.say(title) }),
          },
        ]
      : [],
  )
  const held = said.windows === undefined ? CALENDAR + (said.calendar ?? 'working') : WINDOWS + said.windows
  return (
    <Stack gap={4}>
      <Select
        size="xs"
        aria-label={t('condition.hours')}
        searchable
        allowDeselect={false}
        data={listed([...calendars, ...windows], held)}
        value={held}
        onChange={(chosen) => {
          if (chosen === null) return
          const { calendar: _, windows: __, ...rest } = said
          say(
            chosen.startsWith(WINDOWS)
              ? { ...rest, windows: chosen.slice(WINDOWS.length) }
              : { ...rest, calendar: chosen.slice(CALENDAR.length) },
          )
        }}
        comboboxProps={{ withinPortal: true }}
      />
      <OperandPicker
        label={t('condition.when')}
        value={said.at ?? { place: 'now' }}
        accepts={isMoment}
        change={(at) => {
          const { at: _, ...rest } = said
          say(at.place === 'now' ? rest : { ...rest, at })
        }}
      />
    </Stack>
  )
}
const isMoment = ({ kind }: { kind: string }): boolean => kind === 'moment' || kind === 'date'
