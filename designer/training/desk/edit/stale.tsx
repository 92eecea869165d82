/**
 * Another saved the scenario in between: both are shown where they differ, and the trainer decides.
 *
 * Promises: neither is lost: what is not taken can be kept as a copy, or got back by undoing.
 */
import { Button, Code, Group, SimpleGrid, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scenario } from '../../../../machines/simulate/scenario.ts'
import type { ScenarioView } from '../../../../machines/wire/training.ts'
import { useNameOf } from '../../../session/people.ts'
import { Dialog } from '../../../shell/dialog.tsx'
import { ProblemNotice } from '../../../shell/notices.tsx'
import { useSpeech } from '../../../text/use-language.ts'
import { sectionOf } from './section.tsx'

type Difference = { key: string; mine: string; theirs: string }
/** Members that differ, with their text. */
function differences(mine: Scenario, theirs: Scenario): Difference[] {
  const [ours, others] = [new Map(Object.entries(mine)), new Map(Object.entries(theirs))]
  const text = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value, null, 2))
  return [...new Set([...ours.keys(), ...others.keys()])]
    .map((key) => ({ key, mine: text(ours.get(key)), theirs: text(others.get(key)) }))
    .filter(({ mine: one, theirs: other }) => one !== other)
}

export function StaleDialog({
  mine,
  theirs,
  isBusy,
  error,
  keepMine,
  takeTheirs,
  copyMine,
  close,
}: {
  mine: Scenario
  theirs: ScenarioView
  isBusy: boolean
  error: unknown
  keepMine(): void
  takeTheirs(): void
  copyMine(): void
  close(): void
}): ReactElement {
  const { t } = useTranslation()
  const { time } = useSpeech()
  const nameOf = useNameOf()
  return (
    <Dialog title={t('trainer.stale.title')} closeLabel={t('trainer.cancel')} size="wide" close={close}>
      <Text>{t('trainer.stale.lead', { name: nameOf(theirs.updatedBy), time: time(theirs.updatedAt) })}</Text>
      <Stack gap="md" mah="55vh" style={{ overflowY: 'auto' }} tabIndex={0}>
        {differences(mine, theirs.scenario).map(({ key, mine: ours, theirs: others }) => (
          <div key={key}>
            <Text fw={600} size="sm">
              {t(`trainer.section.${sectionOf(`/${key}`)}`)} <Code>{key}</Code>
            </Text>
            <SimpleGrid cols={2} spacing="sm">
              {(['mine', 'theirs'] as const).map((side) => (
                <div key={side}>
                  <Text size="xs" c="dimmed">
                    {t(`trainer.stale.${side}`)}
                  </Text>
                  <Code block fz={12}>
                    {(side === 'mine' ? ours : others) || t('common.none')}
                  </Code>
                </div>
              ))}
            </SimpleGrid>
          </div>
        ))}
      </Stack>
      {error === undefined || error === null ? null : <ProblemNotice error={error} />}
      <Group justify="flex-end">
        <Button variant="default" disabled={isBusy} onClick={copyMine}>
          {t('trainer.stale.copy')}
        </Button>
        <Button variant="default" disabled={isBusy} onClick={takeTheirs}>
          {t('trainer.stale.take')}
        </Button>
        <Button loading={isBusy} onClick={keepMine}>
          {t('trainer.stale.keep')}
        </Button>
      </Group>
    </Dialog>
  )
}
