/**
 * The designer's tools: undo, redo, how saving stands, versions, and publishing that says where things stand.
 */
import { ActionIcon, Anchor, Badge, Button, Group, Title, Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { SessionView } from '../session/draft-session.ts'
import { Icon, type IconName } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useDesign } from './design-api.ts'
import { SaveSign } from './save-state.tsx'
import { useOthers } from './use-others.ts'

/** Where publishing stands. */
export type Standing =
  | { kind: 'nothing' | 'ready' | 'checking' }
  | { kind: 'problems'; errors: number }
  | { kind: 'published'; version: number }

type Props = {
  title: string
  view: SessionView
  standing: Standing
  mayPublish: boolean
  decide(): void
  showProblems(): void
  showVersions(): void
  publish(): void
}

export function Toolbar(props: Props): ReactElement {
  const { title, view, decide, showVersions } = props
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { process, stack, readOnly } = useDesign()
  const { undoTitle, redoTitle } = stack
  return (
    <Group
      data-region="toolbar"
      px="md"
      py={8}
      gap="sm"
      justify="space-between"
      style={{
        borderBottom: '1px solid var(--mantine-color-default-border)',
        background: 'var(--fc-surface)',
      }}
    >
      <Group gap="sm" wrap="nowrap" style={{ minWidth: 0 }}>
        <Anchor
          component={Link}
          to={`/processes/${encodeURIComponent(process)}`}
          aria-label={t('design.leave')}
          c="inherit"
        >
          <Icon name="back" />
        </Anchor>
        <Title order={1} size="h4" className="fc-wrap" lineClamp={1}>
          {title}
        </Title>
      </Group>
      <Group gap="sm" role="toolbar" aria-label={t('design.toolbar')}>
        <AlsoHere process={process} />
        <SaveSign view={view} decide={decide} />
        <Step
          icon="undo"
          name={t('design.undo')}
          hint={undoTitle === undefined ? undefined : t('design.undoWhat', { what: say(undoTitle) })}
          disabled={readOnly || !stack.canUndo}
          run={() => stack.undo()}
        />
        <Step
          icon="redo"
          name={t('design.redo')}
          hint={redoTitle === undefined ? undefined : t('design.redoWhat', { what: say(redoTitle) })}
          disabled={readOnly || !stack.canRedo}
          run={() => stack.redo()}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="history" size={14} />}
          onClick={showVersions}
        >
          {t('design.versions.button')}
        </Button>
        <PublishButton {...props} />
      </Group>
    </Group>
  )
}

/** Who else is in this draft: another person, or oneself in another window. */
function AlsoHere({ process }: { process: string }): ReactElement | null {
  const { t } = useTranslation()
  const { list } = useSpeech()
  const others = useOthers(process)
  if (others.length === 0) return null
  return (
    <Badge
      variant="light"
      color="grape"
      c="var(--mantine-color-text)"
      leftSection={<Icon name="user" size={12} />}
    >
      {t('design.alsoHere', { who: list([...new Set(others.map(({ name }) => name))]) })}
    </Badge>
  )
}

function Step({
  icon,
  name,
  hint,
  disabled,
  run,
}: {
  icon: IconName
  name: string
  hint: string | undefined
  disabled: boolean
  run(): void
}): ReactElement {
  const button = (
    <ActionIcon variant="default" size={30} aria-label={name} disabled={disabled} onClick={run}>
      <Icon name={icon} size={16} />
    </ActionIcon>
  )
  return hint === undefined || disabled ? button : <Tooltip label={hint}>{button}</Tooltip>
}

function PublishButton({ standing, mayPublish, showProblems, publish }: Props): ReactElement {
  const { t } = useTranslation()
  switch (standing.kind) {
    case 'problems':
      return (
        <Button size="xs" color="red" variant="light" c="var(--mantine-color-text)" onClick={showProblems}>
          {t('design.publish.problems', { count: standing.errors })}
        </Button>
      )
    case 'ready':
      return (
        <Button size="xs" onClick={publish} disabled={!mayPublish}>
          {t('design.publish.ready')}
        </Button>
      )
    case 'published':
      return (
        <Button size="xs" disabled leftSection={<Icon name="check" size={14} />}>
          {t('design.publish.published', { version: standing.version })}
        </Button>
      )
    default:
      return (
        <Button size="xs" disabled>
          {t(`design.publish.${standing.kind}`)}
        </Button>
      )
  }
}
