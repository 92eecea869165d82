/**
 * A list whose entries each have inputs of their own: parts used, times offered.
 *
 * Must not: know which input an entry gets; that comes in.
 */
import { Button, CloseButton, Group, Input, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { child } from '../../../machines/definition/pointer.ts'
import { Icon } from '../../shell/icons.tsx'
import { useSpeech } from '../../text/use-language.ts'
import { blank } from '../payload.ts'
import type { InputProps } from './payload-input.tsx'

export function EntryList({
  field,
  label,
  required,
  pointer,
  value,
  put,
  faults,
  size,
  one,
}: InputProps & { one(entry: InputProps): ReactElement }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { items } = field
  const entries = Array.isArray(value) ? value : []
  const wrong = faults.find((fault) => fault.pointer === pointer)
  if (items === undefined) return <Text size="sm">{label}</Text>
  return (
    <Stack gap="xs" role="group" aria-label={label}>
      <Input.Label required={required} size={size} labelElement="div">
        {label}
      </Input.Label>
      {entries.map((entry, index) => {
        const number = index + 1
        const place = child(pointer, index)
        return (
          <Group key={place} gap="xs" wrap="nowrap" align="flex-start">
            <div style={{ flex: 1, minWidth: 0 }}>
              {one({
                field: items,
                label: say(items.meta?.title, t('jobForm.entry', { number })),
                required: true,
                pointer: place,
                value: entry,
                put: (next) => put(entries.with(index, next)),
                faults,
                size,
              })}
            </div>
            <CloseButton
              size={size === 'sm' ? 'md' : 'xl'}
              aria-label={t('jobForm.removeEntry', { number })}
              onClick={() => put(entries.toSpliced(index, 1))}
            />
          </Group>
        )
      })}
      {wrong === undefined ? null : <Input.Error size={size}>{say(wrong.message)}</Input.Error>}
      <Button
        size={size}
        variant="default"
        leftSection={<Icon name="plus" size={14} />}
        aria-label={t('jobForm.addEntryTo', { title: label })}
        onClick={() => put([...entries, blank(items, true)])}
        style={{ alignSelf: 'flex-start' }}
        disabled={field.maxItems !== undefined && entries.length >= field.maxItems}
      >
        {t('jobForm.addEntry')}
      </Button>
    </Stack>
  )
}
