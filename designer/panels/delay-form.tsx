/**
 * A delay: how long, by which clock, counted from where, what it is for, and what that comes to.
 *
 * Promises: a length or a start that is an expression is kept, and shown as its text; one that a setting holds is
 * changed there.
 */
import { Select, Stack, Switch } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Delay } from '../../machines/definition/schema.ts'
import { durationOf, unitsOf } from '../../machines/time/preview.ts'
import { useDesign } from '../design/design-api.ts'
import { useSpeech } from '../text/use-language.ts'
import { DelayLength } from './delay-length.tsx'
import { DelayPreview } from './delay-preview.tsx'
import { DelayStart } from './delay-start.tsx'
import { TextFields } from './fields.tsx'
import { NormsField } from './norms-field.tsx'
import { readDefinition } from './read.ts'
import { useCalendars } from './use-organisation.ts'

const WALL = ''
const KINDS = ['deadline', 'reminder', 'step'] as const

export function DelayForm({ delay, change }: { delay: Delay; change(delay: Delay): void }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { document } = useDesign()
  const { calendars } = useCalendars()
  const definition = readDefinition(document.definition)
  const { calendar, from, meta, duration } = delay
  const span = typeof duration === 'string' ? unitsOf(duration) : undefined
  const title = meta?.title ?? {}
  const known = Object.entries(calendars).map(([name, held]) => ({
    value: name,
    label: t('panel.workingCalendar', { name: say(held.title, name) }),
  }))
  const withMeta = (parts: Partial<NonNullable<Delay['meta']>>): Delay => ({
    ...delay,
    meta: { title, ...meta, ...parts },
  })
  return (
    <Stack gap="xs">
      <DelayLength delay={delay} definition={definition} change={change} />
      <Select
        size="xs"
        label={t('panel.clock')}
        description={t('panel.clockHelp')}
        allowDeselect={false}
        data={[
          { value: WALL, label: t('panel.wallClock') },
          ...known,
          ...(calendar === undefined || known.some(({ value }) => value === calendar)
            ? []
            : [{ value: calendar, label: t('panel.workingCalendar', { name: calendar }) }]),
        ]}
        value={calendar ?? WALL}
        onChange={(name) => {
          const { calendar: _, ...rest } = delay
          change(name === null || name === WALL ? rest : { ...rest, calendar: name })
        }}
        comboboxProps={{ withinPortal: true }}
      />
      <DelayStart delay={delay} definition={definition} change={change} />
      {from === undefined || span === undefined ? null : (
        <Switch
          size="xs"
          label={t('panel.before')}
          checked={span.before}
          onChange={(event) => {
            const turned = durationOf({ ...span, before: event.currentTarget.checked })
            if (turned !== undefined) change({ ...delay, duration: turned })
          }}
        />
      )}
      {definition === undefined ? null : <DelayPreview delay={delay} definition={definition} />}
      <Select
        size="xs"
        label={t('panel.delayKind')}
        allowDeselect={false}
        data={KINDS.map((kind) => ({ value: kind, label: t(`panel.delayKinds.${kind}`) }))}
        value={meta?.kind ?? 'step'}
        onChange={(chosen) => {
          const kind = KINDS.find((each) => each === chosen)
          if (kind !== undefined) change(withMeta({ kind }))
        }}
        comboboxProps={{ withinPortal: true }}
      />
      <TextFields
        label={t('edit.title')}
        value={meta?.title}
        change={(text) => change(withMeta({ title: text ?? {} }))}
      />
      <NormsField value={meta?.norms ?? []} change={(norms) => change(withMeta({ norms }))} />
    </Stack>
  )
}
