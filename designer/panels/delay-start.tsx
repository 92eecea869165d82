/** What a delay counts from: entering the state, a field that holds a time, or a time that is worked out. */
import { Select, Stack } from '@mantine/core'
import { type ReactElement, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Definition, Delay } from '../../machines/definition/schema.ts'
import { scopeOf } from '../../machines/expression/scope.ts'
import { useSpeech } from '../text/use-language.ts'
import { CelEditor } from './cel/cel-editor.tsx'

const ENTRY = ''
const COMPUTED = '='
const NO_EVENTS: readonly string[] = []

export function DelayStart({
  delay,
  definition,
  change,
}: {
  delay: Delay
  definition: Definition | undefined
  change(delay: Delay): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { from } = delay
  const text = from?.['@expr']
  const fields = useMemo(
    () =>
      definition === undefined
        ? []
        : scopeOf(definition, NO_EVENTS).names.flatMap(({ variable, path, type, title }) =>
            variable === 'job' && type === 'timestamp' && path.length === 1
              ? [{ value: `job.${path[0] ?? ''}`, title }]
              : [],
          ),
    [definition],
  )
  const isField = fields.some(({ value }) => value === text)
  const set = (made: string | undefined): void => {
    const { from: _, ...rest } = delay
    change(made === undefined ? rest : { ...rest, from: { '@expr': made, '@lang': 'cel' } })
  }
  return (
    <Stack gap="xs">
      <Select
        size="xs"
        label={t('panel.countsFrom')}
        description={t('panel.countsFromHelp')}
        allowDeselect={false}
        searchable
        data={[
          { value: ENTRY, label: t('panel.fromEntry') },
          ...fields.map(({ value, title }) => ({ value, label: say(title) })),
          { value: COMPUTED, label: t('panel.fromComputed') },
        ]}
        value={text === undefined ? ENTRY : isField ? text : COMPUTED}
        onChange={(chosen) => {
          if (chosen === null) return
          if (chosen === COMPUTED) set(text ?? 'now')
          else set(chosen === ENTRY ? undefined : chosen)
        }}
        comboboxProps={{ withinPortal: true }}
      />
      {text === undefined || isField ? null : (
        <CelEditor
          label={t('panel.fromComputed')}
          text={text}
          definition={definition}
          events={NO_EVENTS}
          expected="timestamp"
          change={(typed) => typed.trim() !== '' && set(typed)}
        />
      )}
    </Stack>
  )
}
