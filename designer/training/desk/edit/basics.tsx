/** What a scenario is called, what the trainee reads first, what it is to teach; and what it starts from. */
import { Checkbox, Group, NumberInput, Select, SimpleGrid, Stack, TagsInput, Text } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useVersions } from '../../../session/queries.ts'
import { LEVELS } from '../find.ts'
import { useProcessTitle } from '../scenario-filter.tsx'
import { WordsField } from '../words-field.tsx'
import { MomentField, OneOf, SeveralOf, SpanField } from './fields.tsx'
import { useNames } from './names.tsx'
import { ValuesForm } from './payload.tsx'
import { orNone, put } from './put.ts'
import { type EditProps, Section } from './section.tsx'

export function Basics({ scenario, change }: EditProps): ReactElement {
  const { t } = useTranslation()
  const titleOf = useProcessTitle()
  const versions = useVersions(scenario.process).data?.versions ?? []
  return (
    <Section title={t('trainer.section.basics')}>
      <div data-pointer="/title">
        <WordsField
          label={t('trainer.form.title')}
          lines={1}
          value={scenario.title}
          change={(title) => change({ ...scenario, title }, '/title')}
        />
      </div>
      <div data-pointer="/briefing">
        <WordsField
          label={t('trainer.form.briefing')}
          help={t('trainer.form.briefingHelp')}
          lines={4}
          value={scenario.briefing}
          change={(briefing) => change({ ...scenario, briefing }, '/briefing')}
        />
      </div>
      <div data-pointer="/purpose">
        <WordsField
          label={t('trainer.form.purpose')}
          help={t('trainer.form.purposeHelp')}
          value={scenario.purpose}
          change={(purpose) => {
            const isEmpty = Object.values(purpose).every((text) => text === '')
            change(put(scenario, 'purpose', isEmpty ? undefined : purpose), '/purpose')
          }}
        />
      </div>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <Select
          label={t('trainer.find.level')}
          allowDeselect={false}
          data={LEVELS.map((value) => ({ value, label: t(`trainer.level.${value}`) }))}
          value={scenario.difficulty}
          onChange={(value) => {
            const difficulty = LEVELS.find((each) => each === value)
            if (difficulty !== undefined) change({ ...scenario, difficulty })
          }}
        />
        <TagsInput
          label={t('trainer.form.tags')}
          placeholder={t('trainer.form.tagsHint')}
          acceptValueOnBlur
          value={scenario.tags}
          onChange={(tags) => change({ ...scenario, tags })}
        />
        <Select
          label={t('trainer.form.version')}
          data-pointer="/version"
          allowDeselect={false}
          data={[
            { value: '', label: t('trainer.form.latest') },
            ...versions.map(({ version }) => ({
              value: String(version),
              label: t('processes.version', { version }),
            })),
          ]}
          value={scenario.version === undefined ? '' : String(scenario.version)}
          onChange={(value) =>
            change(put(scenario, 'version', value === '' || value === null ? undefined : Number(value)))
          }
        />
      </SimpleGrid>
      <Text size="sm" c="dimmed">
        {t('trainer.form.ofProcess', { process: titleOf(scenario.process), id: scenario.id })}
      </Text>
    </Section>
  )
}

export function Situation({ scenario, change }: EditProps): ReactElement {
  const { t } = useTranslation()
  const { states, events, people, definition, fields } = useNames()
  const { start } = scenario
  const required = definition?.schemas.context.required ?? []
  const [all, setAll] = useState(false)
  const named = Object.keys(fields).filter((name) => required.includes(name) || name in start.fields)
  const set = (next: typeof start, place?: string): void => change({ ...scenario, start: next }, place)
  return (
    <Section title={t('trainer.section.situation')} lead={t('trainer.lead.situation')}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <div data-pointer="/start/now">
          <MomentField
            label={t('trainer.form.now')}
            help={t('trainer.form.nowHelp')}
            value={start.now}
            change={(now) => set({ ...start, now }, '/start/now')}
          />
        </div>
        <div data-pointer="/start/by">
          <OneOf
            label={t('trainer.form.startBy')}
            help={t('trainer.form.startByHelp')}
            from={people}
            clearable
            value={start.by}
            change={(by) => set(put(start, 'by', by))}
          />
        </div>
      </SimpleGrid>
      <Stack gap="sm" className="fc-panel" p="md" data-pointer="/start/fields">
        <Group justify="space-between">
          <Text fw={600} size="sm">
            {t('trainer.form.startFields')}
          </Text>
          <Checkbox
            size="xs"
            label={t('trainer.form.allFields')}
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
        </Group>
        {named.length === 0 && !all ? (
          <Text size="sm" c="dimmed">
            {t('trainer.form.noFields')}
          </Text>
        ) : null}
        <ValuesForm
          schema={definition?.schemas.context ?? {}}
          values={start.fields}
          {...(all ? {} : { only: named })}
          change={(next) => set({ ...start, fields: next }, '/start/fields')}
        />
      </Stack>
      <div data-pointer="/hidden">
        <SeveralOf
          label={t('trainer.form.hidden')}
          help={t('trainer.form.hiddenHelp')}
          from={events}
          value={scenario.hidden ?? []}
          change={(hidden) => change(put(scenario, 'hidden', orNone(hidden)))}
        />
      </div>
      <div data-pointer="/until">
        <SeveralOf
          label={t('trainer.form.until')}
          help={t('trainer.form.untilHelp')}
          from={states}
          value={scenario.until ?? []}
          change={(until) => change(put(scenario, 'until', orNone(until)))}
        />
      </div>
      <div data-pointer="/timeLimit">
        <SpanField
          label={t('trainer.form.timeLimit')}
          help={t('trainer.form.timeLimitHelp')}
          value={scenario.timeLimit}
          change={(timeLimit) => change(put(scenario, 'timeLimit', timeLimit), '/timeLimit')}
        />
      </div>
      <NumberInput
        label={t('trainer.form.seed')}
        description={t('trainer.form.seedHelp')}
        maw={360}
        min={0}
        max={0xffffffff}
        allowDecimal={false}
        allowNegative={false}
        value={scenario.seed}
        onChange={(seed) => {
          if (typeof seed === 'number') change({ ...scenario, seed }, '/seed')
        }}
      />
    </Section>
  )
}
