/** The known runs: each recorded by doing it, with how it ends; and whether it still ends so. */
import { Alert, Badge, Button, Group, List, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KnownRun } from '../../../../machines/simulate/scenario.ts'
import type { RunResult } from '../../../../machines/wire/training.ts'
import { RowTools } from '../../../panels/row-tools.tsx'
import { Icon } from '../../../shell/icons.tsx'
import { useSpeech } from '../../../text/use-language.ts'
import { WordsField } from '../words-field.tsx'
import { useStepLine } from './before.tsx'
import { Card } from './cards.tsx'
import { stateTitle, useNames } from './names.tsx'
import { put } from './put.ts'
import { type EditProps, Section } from './section.tsx'
import { useSpanWords } from './span-words.ts'
import { useTroubles } from './troubles.tsx'

type Outcome = KnownRun['expect']

export function Runs({
  scenario,
  change,
  results,
  record,
}: EditProps & {
  /** What came of them, as far as it is known. */
  results: readonly RunResult[]
  /** Opens the preview run; undefined while it cannot run. */
  record: (() => void) | undefined
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const [open, setOpen] = useState<string>()
  const { goal } = useTroubles()
  useEffect(() => {
    const key = goal?.pointer.startsWith('/runs/') === true ? goal.pointer.split('/')[2] : undefined
    if (key !== undefined) setOpen(key)
  }, [goal])
  const runs = Object.entries(scenario.runs).map(([key, run]) => ({ key, run }))
  const titled = (key: string, run: KnownRun): string => say(run.title, key)
  return (
    <Section title={t('trainer.section.runs')} lead={t('trainer.lead.runs')}>
      {runs.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('trainer.form.noRuns')}
        </Text>
      ) : null}
      <Stack gap="xs">
        {runs.map(({ key, run }) => (
          <Card
            key={key}
            at={`/runs/${key}`}
            told={titled(key, run)}
            isOpen={open === key}
            toggle={() => setOpen(open === key ? undefined : key)}
            tools={
              <Group gap={6} wrap="nowrap">
                <RunSign result={results.find((each) => each.run === key)} />
                <RowTools
                  what={titled(key, run)}
                  index={0}
                  count={1}
                  remove={() =>
                    change({
                      ...scenario,
                      runs: Object.fromEntries(
                        Object.entries(scenario.runs).filter(([each]) => each !== key),
                      ),
                    })
                  }
                />
              </Group>
            }
          >
            <RunForm
              run={run}
              result={results.find((each) => each.run === key)}
              change={(next) =>
                change({ ...scenario, runs: { ...scenario.runs, [key]: next } }, `/runs/${key}`)
              }
            />
          </Card>
        ))}
      </Stack>
      <Group>
        <Button
          variant="default"
          leftSection={<Icon name="plus" size={14} />}
          disabled={record === undefined}
          onClick={record}
        >
          {t('trainer.form.record')}
        </Button>
        {record === undefined ? (
          <Text size="sm" c="dimmed">
            {t('trainer.form.cannotRecord')}
          </Text>
        ) : null}
      </Group>
    </Section>
  )
}

function RunSign({ result }: { result: RunResult | undefined }): ReactElement | null {
  const { t } = useTranslation()
  if (result === undefined) return null
  return (
    <Badge
      size="sm"
      variant="light"
      color={result.ok ? 'teal' : 'red'}
      c="var(--mantine-color-text)"
      style={{ flex: 'none' }}
    >
      {t(result.ok ? 'trainer.form.asExpected' : 'trainer.form.otherwise')}
    </Badge>
  )
}

function RunForm({
  run,
  result,
  change,
}: {
  run: KnownRun
  result: RunResult | undefined
  change(run: KnownRun): void
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const told = useStepLine()
  const span = useSpanWords()
  const steps = run.steps.map((step, index) => ({
    key: `step ${index}`,
    line: told(step),
    after: step.after,
  }))
  const found = result?.found
  return (
    <>
      <WordsField
        label={t('trainer.form.runTitle')}
        lines={1}
        value={run.title}
        change={(title) =>
          change(put(run, 'title', Object.values(title).every((text) => text === '') ? undefined : title))
        }
      />
      <OutcomeLine label={t('trainer.form.expected')} outcome={run.expect} />
      {result === undefined || result.ok ? null : (
        <Alert color="red" variant="light" title={t('trainer.form.otherwise')}>
          <Stack gap="xs" align="flex-start">
            {found === undefined ? null : <OutcomeLine label={t('trainer.form.foundNow')} outcome={found} />}
            {result.fault === undefined ? null : (
              <>
                <Text size="sm">{t('trainer.form.stepFault', { step: result.fault.step + 1 })}</Text>
                <List size="sm">
                  {result.fault.reasons.map(({ message }) => (
                    <List.Item key={message.en}>{say(message)}</List.Item>
                  ))}
                </List>
              </>
            )}
            {found === undefined || result.fault !== undefined ? null : (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  const { passed, status, active, broken } = found
                  change({ ...run, expect: { passed, status, active, broken } })
                }}
              >
                {t('trainer.form.takeFound')}
              </Button>
            )}
          </Stack>
        </Alert>
      )}
      <Text size="sm" fw={600}>
        {t('trainer.form.steps', { count: run.steps.length })}
      </Text>
      <List size="sm" type="ordered">
        {steps.map(({ key, line, after }) => (
          <List.Item key={key}>
            {line}
            {after === undefined ? null : (
              <Text span size="xs" c="dimmed">
                {` ${t('trainer.form.stepAfter', { time: span(after) })}`}
              </Text>
            )}
          </List.Item>
        ))}
      </List>
    </>
  )
}

function OutcomeLine({ label, outcome }: { label: string; outcome: Outcome }): ReactElement {
  const { t } = useTranslation()
  const { say, list } = useSpeech()
  const { chart } = useNames()
  const { passed, status, active, broken } = outcome
  const parts = [
    t(passed ? 'trainer.state.passed' : 'trainer.state.failed'),
    t(`status.${status}`),
    active.length === 0 ? '' : list(active.map((path) => stateTitle(chart, path, say))),
    broken.length === 0
      ? t('trainer.form.nothingBroken')
      : t('trainer.form.brokenAre', { norms: list(broken) }),
  ]
  return (
    <Text size="sm">
      <strong>{label}</strong>
      {t('common.colon')}
      {parts.filter((part) => part !== '').join(' · ')}
    </Text>
  )
}
