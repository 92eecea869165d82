/**
 * What a page shows while it waits, when there is nothing, and when something went wrong.
 *
 * Promises: problems appear in the reader's language with their code, and can be tried again.
 */
import { Alert, Button, Center, Code, Group, Loader, Stack, Text, Title } from '@mantine/core'
import { Component, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../session/api.ts'
import { useSpeech } from '../text/use-language.ts'
import { Icon } from './icons.tsx'

export function Waiting({ label }: { label?: string }): ReactElement {
  const { t } = useTranslation()
  const said = label ?? t('common.loading')
  return (
    <Center mih={160} role="status" aria-label={said}>
      <Group gap="sm">
        <Loader size="sm" />
        <Text c="dimmed">{said}</Text>
      </Group>
    </Center>
  )
}

export function Empty({
  title,
  lead,
  children,
}: {
  title: string
  lead?: string
  children?: ReactNode
}): ReactElement {
  return (
    <Stack className="fc-panel" align="center" gap="xs" px="xl" py={56}>
      <Text fw={600} fz="lg">
        {title}
      </Text>
      {lead === undefined ? null : (
        <Text c="dimmed" ta="center">
          {lead}
        </Text>
      )}
      {children}
    </Stack>
  )
}

export function ProblemNotice({ error, retry }: { error: unknown; retry?: () => void }): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const problem = error instanceof ApiError ? error : new ApiError('unreadable', 0)
  const own =
    problem.code === 'network' || problem.code === 'timeout' || problem.code === 'unreadable'
      ? t(`problem.${problem.code}`)
      : t('problem.title')
  // A problem of one reason says it in its detail already.
  const detail = problem.detail === undefined ? undefined : say(problem.detail)
  const reasons = problem.reasons.filter(({ message }) => say(message) !== detail)
  return (
    <Alert
      color="red"
      variant="light"
      title={say(problem.title, own)}
      icon={<Icon name="alert" />}
      role="alert"
    >
      <Stack gap="xs" align="flex-start">
        {detail === undefined ? null : <Text size="sm">{detail}</Text>}
        {reasons.map((reason) => (
          <Text size="sm" key={`${reason.code}${reason.pointer ?? ''}${reason.message.en}`}>
            {say(reason.message)}
          </Text>
        ))}
        <Group gap="sm">
          <Text size="sm" c="dimmed">
            {t('problem.code')} <Code>{problem.code}</Code>
          </Text>
          {retry === undefined ? null : (
            <Button size="compact-sm" variant="default" onClick={retry}>
              {t('common.retry')}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  )
}

/** A fault of a page stops that page, not the whole. */
export class FaultBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }
  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }
  override render(): ReactNode {
    return this.state.failed ? <Crashed /> : this.props.children
  }
}

function Crashed(): ReactElement {
  const { t } = useTranslation()
  return (
    <Stack p="xl" align="center" gap="sm">
      <Title order={1} size="h3">
        {t('problem.crashed')}
      </Title>
      <Button onClick={() => window.location.reload()}>{t('problem.reload')}</Button>
    </Stack>
  )
}
