/** Which of the old version's running jobs are meant. */
import { Button, Checkbox, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { StartMigration } from '../../machines/wire/migrations.ts'
import type { Questions } from './mapping-model.ts'
import { usePlaceName } from './place-words.ts'

export type Filter = NonNullable<StartMigration['filter']>
const TEXT_LENGTH = 200

export function WhichJobs({
  questions,
  filter,
  change,
}: {
  questions: Questions
  filter: Filter
  change(filter: Filter): void
}): ReactElement {
  const { t } = useTranslation()
  const name = usePlaceName()
  const { state, overdue, text, jobs, ...rest } = filter
  const put = (next: { state?: string; overdue?: boolean; text?: string }): void => {
    const all = { state, overdue, text, ...next }
    change({
      ...rest,
      ...(all.state === undefined || all.state === '' ? {} : { state: all.state }),
      ...(all.overdue === true ? { overdue: true } : {}),
      ...(all.text === undefined || all.text === '' ? {} : { text: all.text }),
    })
  }
  if (jobs !== undefined)
    return (
      <Group gap="sm">
        <Text size="sm">{t('move.which.job', { job: jobs.join(t('common.list')) })}</Text>
        <Button size="compact-sm" variant="default" onClick={() => put({})}>
          {t('move.which.all')}
        </Button>
      </Group>
    )
  return (
    <Stack gap="sm">
      <Group gap="md" align="flex-end">
        <Select
          label={t('move.which.state')}
          data={[
            { value: '', label: t('move.which.anyState') },
            ...[...questions.states, ...questions.same].map((place) => ({
              value: place.path,
              label: name(place),
            })),
          ]}
          value={state ?? ''}
          searchable
          allowDeselect={false}
          onChange={(value) => put({ state: value ?? '' })}
        />
        <TextInput
          label={t('move.which.text')}
          value={text ?? ''}
          maxLength={TEXT_LENGTH}
          onChange={(event) => put({ text: event.currentTarget.value })}
        />
      </Group>
      <Checkbox
        label={t('move.which.overdue')}
        checked={overdue === true}
        onChange={(event) => put({ overdue: event.currentTarget.checked })}
      />
    </Stack>
  )
}
