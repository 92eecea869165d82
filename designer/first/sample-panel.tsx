/**
 * The offer of a sample day where nothing runs yet, and, where there is one, that it is there and how it goes again.
 *
 * Promises: who may neither make nor remove it is told that what he sees is made up, and no more.
 */
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../session/queries.ts'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice } from '../shell/notices.tsx'
import { useSample, useSampleDay } from './first-queries.ts'

/** @param offer whether an empty server is offered one here */
export function SamplePanel({ offer = false }: { offer?: boolean }): ReactElement | null {
  const { t } = useTranslation()
  const state = useSample().data
  const mayChange = useMe().data?.rights.includes('sample:write') === true
  const { make, remove } = useSampleDay()
  const failed = make.error ?? remove.error
  if (state === undefined) return null
  const isHere = state.jobs > 0
  const isLeft = !isHere && state.people > 0 && mayChange
  const isOffered = offer && mayChange && state.allJobs === 0 && !isLeft
  if (!isHere && !isLeft && !isOffered) return null
  const removal = (
    <Button
      size="compact-sm"
      variant="default"
      loading={remove.isPending}
      disabled={make.isPending}
      onClick={() => remove.mutate()}
    >
      {remove.isPending ? t('first.sample.removing') : t('first.sample.remove')}
    </Button>
  )
  const making = (words: string) => (
    <Button loading={make.isPending} disabled={remove.isPending} onClick={() => make.mutate()}>
      {make.isPending ? t('first.sample.making') : words}
    </Button>
  )
  return (
    <Stack gap="xs" mb="md">
      {isOffered ? (
        <section className="fc-panel" aria-label={t('first.sample.offerTitle')}>
          <Stack p="lg" gap="sm" align="flex-start">
            <Text fw={600} fz="lg">
              {t('first.sample.offerTitle')}
            </Text>
            <Text maw="48rem">{t('first.sample.offer')}</Text>
            {making(t('first.sample.make'))}
          </Stack>
        </section>
      ) : (
        <Alert
          color="violet"
          variant="light"
          icon={<Icon name="history" />}
          py="xs"
          role="status"
          aria-label={t('first.sample.mark')}
        >
          <Group justify="space-between" gap="sm">
            <Text size="sm" flex="1 1 20rem">
              {isHere
                ? t('first.sample.here', { count: state.jobs })
                : t('first.sample.left', { count: state.people })}
            </Text>
            {mayChange ? (
              <Group gap="xs">
                {isLeft ? making(t('first.sample.finish')) : null}
                {removal}
              </Group>
            ) : null}
          </Group>
        </Alert>
      )}
      {failed === null ? null : <ProblemNotice error={failed} />}
    </Stack>
  )
}
