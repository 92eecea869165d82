/** Something the trainee chose: an event, a confirmed item, a choice of the scenario, or something forbidden. */
import { Group, Select } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Chosen } from '../../../../machines/simulate/scenario.ts'
import { OneOf } from './fields.tsx'
import { type Option, useNames } from './names.tsx'

const KINDS = ['event', 'item', 'move', 'prohibited'] as const
type Kind = (typeof KINDS)[number]

const split = (chosen: Chosen): { kind: Kind; value: string } => {
  if ('event' in chosen) return { kind: 'event', value: chosen.event }
  if ('item' in chosen) return { kind: 'item', value: chosen.item }
  if ('move' in chosen) return { kind: 'move', value: chosen.move }
  return { kind: 'prohibited', value: chosen.prohibited }
}
const joined = (kind: Kind, value: string): Chosen =>
  kind === 'event'
    ? { event: value }
    : kind === 'item'
      ? { item: value }
      : kind === 'move'
        ? { move: value }
        : { prohibited: value }

function useOptions(): Record<Kind, readonly Option[]> {
  const { events, items, moves, forbidden } = useNames()
  return { event: events, item: items, move: moves, prohibited: forbidden }
}

/** What was chosen, by its title. */
export function useChosenWords(): (chosen: Chosen) => string {
  const options = useOptions()
  return (chosen) => {
    const { kind, value } = split(chosen)
    return options[kind].find((each) => each.value === value)?.label ?? value
  }
}

export function ChosenField({ value, change }: { value: Chosen; change(value: Chosen): void }): ReactElement {
  const { t } = useTranslation()
  const options = useOptions()
  const now = split(value)
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap" grow>
      <Select
        label={t('trainer.form.chosenKind')}
        allowDeselect={false}
        data={KINDS.map((kind) => ({ value: kind, label: t(`trainer.chosen.${kind}`) }))}
        value={now.kind}
        onChange={(chosen) => {
          const kind = KINDS.find((each) => each === chosen)
          if (kind !== undefined && kind !== now.kind) change(joined(kind, options[kind][0]?.value ?? ''))
        }}
      />
      <OneOf
        label={t('trainer.form.chosenWhich')}
        from={options[now.kind]}
        value={now.value}
        change={(next) => change(joined(now.kind, next ?? ''))}
      />
    </Group>
  )
}
