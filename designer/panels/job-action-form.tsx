/**
 * Actions beyond the job's own fields: an event raised or taken back, a linked job started, another job told.
 *
 * Promises: what has no input here (values handed over) is kept as it is, and said to be there.
 * Must not: take a name that the definition could not hold; such a one is put back.
 */
import { Select, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { type Action, EventType, FieldName } from '../../machines/definition/schema.ts'
import { asText } from '../../machines/drawing/model.ts'
import { useDesign } from '../design/design-api.ts'
import { at, entriesOf, type Json } from '../document/json.ts'
import { useProcesses } from '../session/queries.ts'
import { useSpeech } from '../text/use-language.ts'
import { linksIn, raisedIn } from './actions-in.ts'
import { NameField } from './name-field.tsx'
import { readAs } from './read.ts'

export type JobAction = Extract<Action, { type: '@xstate.raise' | '@xstate.cancel' | 'startJob' | 'signal' }>
type Choice = { value: string; label: string }
const PARENT = ' parent'

export function JobActionForm({
  action,
  change,
}: {
  action: JobAction
  change(action: Action): void
}): ReactElement {
  const { t } = useTranslation()
  const { document } = useDesign()
  const { definition } = document
  const events = useNamed(definition, 'schemas', 'events')
  const delays = useNamed(definition, 'delays')
  switch (action.type) {
    case '@xstate.raise': {
      const { event, delay, ...rest } = action
      return (
        <Stack gap="xs" pt="xs">
          <Choose
            label={t('edit.event')}
            value={event.type}
            data={events}
            change={(type) => change({ ...action, event: { ...event, type } })}
          />
          <Choose
            label={t('panel.raisedWhen')}
            value={delay}
            data={delays}
            none={t('panel.raisedAtOnce')}
            change={(chosen) => change({ ...rest, event, delay: chosen })}
            clear={() => change({ ...rest, event })}
          />
          <HandedOver values={event.payload} />
        </Stack>
      )
    }
    case '@xstate.cancel':
      return (
        <Stack gap="xs" pt="xs">
          <Choose
            label={t('panel.takenBack')}
            value={action.id}
            data={raisedIn(definition).map((id) => ({ value: id, label: id }))}
            change={(id) => change({ ...action, id })}
          />
        </Stack>
      )
    case 'startJob':
      return <StartForm action={action} events={events} change={change} />
    default: {
      const { params } = action
      const links = linksIn(definition).map((link) => ({ value: link, label: link }))
      return (
        <Stack gap="xs" pt="xs">
          <Choose
            label={t('panel.toldJob')}
            value={params.to === 'parent' ? PARENT : params.to.link}
            data={[{ value: PARENT, label: t('panel.parentJob') }, ...links]}
            change={(to) =>
              change({ ...action, params: { ...params, to: to === PARENT ? 'parent' : { link: to } } })
            }
          />
          <NameField
            label={t('panel.toldEvent')}
            help={t('panel.toldEventHelp')}
            value={params.event}
            change={(event) => {
              const sound = readAs(EventType, event) !== undefined
              if (sound) change({ ...action, params: { ...params, event } })
              return sound
            }}
          />
          <HandedOver values={params.payload} />
        </Stack>
      )
    }
  }
}

function StartForm({
  action,
  events,
  change,
}: {
  action: Extract<Action, { type: 'startJob' }>
  events: readonly Choice[]
  change(action: Action): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { params } = action
  const { onEnd, ...rest } = params
  const processes = (useProcesses().data?.processes ?? []).map(({ id, title }) => ({
    value: id,
    label: say(title, id),
  }))
  return (
    <Stack gap="xs" pt="xs">
      <Choose
        label={t('panel.startedProcess')}
        value={params.process}
        data={processes}
        change={(process) => change({ ...action, params: { ...params, process } })}
      />
      <NameField
        label={t('panel.link')}
        help={t('panel.linkHelp')}
        value={params.link}
        change={(link) => {
          const sound = readAs(FieldName, link) !== undefined
          if (sound) change({ ...action, params: { ...params, link } })
          return sound
        }}
      />
      <Choose
        label={t('panel.onEnd')}
        value={onEnd}
        data={events}
        none={t('panel.onEndNone')}
        change={(event) => change({ ...action, params: { ...params, onEnd: event } })}
        clear={() => change({ ...action, params: rest })}
      />
      <HandedOver values={params.fields} />
    </Stack>
  )
}

/** One of several; what is set stays to be chosen where it is not among them. `none`: it may be left out. */
function Choose({
  label,
  value,
  data,
  none,
  change,
  clear,
}: {
  label: string
  value: string | undefined
  data: readonly Choice[]
  none?: string
  change(value: string): void
  clear?(): void
}): ReactElement {
  const unknown = value !== undefined && !data.some((one) => one.value === value)
  return (
    <Select
      size="xs"
      label={label}
      searchable
      allowDeselect={false}
      data={[
        ...(none === undefined ? [] : [{ value: '', label: none }]),
        ...data,
        ...(unknown ? [{ value, label: value }] : []),
      ]}
      value={value ?? (none === undefined ? null : '')}
      onChange={(chosen) => {
        if (chosen === '') clear?.()
        else if (chosen !== null && chosen !== value) change(chosen)
      }}
      comboboxProps={{ withinPortal: true }}
    />
  )
}

/** What goes along, by name: its values are set in the code. */
function HandedOver({ values }: { values: Record<string, unknown> | undefined }): ReactElement {
  const { t } = useTranslation()
  const names = Object.keys(values ?? {}).join(t('common.list'))
  return (
    <Text size="xs" c="dimmed" className="fc-wrap">
      {names === '' ? t('panel.handsNothing') : t('panel.handsOver', { names })}
    </Text>
  )
}

function useNamed(definition: Json, ...steps: string[]): Choice[] {
  const { say } = useSpeech()
  return entriesOf(at(definition, ...steps)).map(([name, value]) => ({
    value: name,
    label: say(asText(at(value, 'meta', 'title')), name),
  }))
}
