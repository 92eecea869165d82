/**
 * The designer's tools: undo, redo, how saving stands, versions, and publishing that says where things stand.
 */
import { ActionIcon, Anchor, Badge, Button, Group, Title, Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Present } from '../../machines/wire/drafts.ts'
import { onMac } from '../actions/action-keys.ts'
import { shownKeys } from '../actions/shortcut.ts'
import { toggleCode, useCodeShown } from '../code/code-shown.ts'
import { ProcessMenu } from '../processes/process-menu.tsx'
import type { SessionView } from '../session/session-view.ts'
import { Icon, type IconName } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import { useDesign } from './design-api.ts'
import { placeName, pointerOf } from './places.ts'
import { SaveSign } from './save-state.tsx'
import type { Standing } from './standing.ts'
import { useOthers } from './use-others.ts'

type Props = {
  title: string
  view: SessionView
  standing: Standing
  mayPublish: boolean
  /** Others are asked to agree: who may not publish reads the same. */
  isAsked: boolean
  /** Who is in the draft, as the server tells. */
  present: readonly Present[] | undefined
  /** The latest version. */
  version: number | undefined
  decide(): void
  showProblems(): void
  showVersions(): void
  publish(): void
}

export function Toolbar(props: Props): ReactElement {
  const { title, view, decide, showVersions, version } = props
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { process, stack, readOnly, document } = useDesign()
  const { undoTitle, redoTitle } = stack
  const keys = (shortcut: string): string => shownKeys(shortcut, onMac())
  return (
    <Group
      data-area="toolbar"
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
        <AlsoHere present={props.present} />
        <SaveSign view={view} decide={decide} />
        <Step
          icon="undo"
          name={t('design.undo')}
          hint={
            undoTitle === undefined
              ? undefined
              : t('design.undoWhat', { what: say(undoTitle), keys: keys('Mod+Z') })
          }
          disabled={readOnly || !stack.canUndo}
          run={() => stack.undo()}
        />
        <Step
          icon="redo"
          name={t('design.redo')}
          hint={
            redoTitle === undefined
              ? undefined
              : t('design.redoWhat', { what: say(redoTitle), keys: keys('Mod+Shift+Z') })
          }
          disabled={readOnly || !stack.canRedo}
          run={() => stack.redo()}
        />
        <CodeSwitch />
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="history" size={14} />}
          onClick={showVersions}
        >
          {t('design.versions.button')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="play" size={14} />}
          component={Link}
          to={`/processes/${encodeURIComponent(process)}/try`}
        >
          {t('training.try.button')}
        </Button>
        <ProcessMenu process={process} title={title} version={version} draft={document.definition} compact />
        <PublishButton {...props} />
      </Group>
    </Group>
  )
}

/** Shows the text of the process beside its drawing, or hides it. */
function CodeSwitch(): ReactElement {
  const { t } = useTranslation()
  const { isShown } = useCodeShown()
  return (
    <Button
      size="xs"
      variant={isShown ? 'light' : 'default'}
      aria-pressed={isShown}
      leftSection={<Icon name="code" size={14} />}
      onClick={toggleCode}
    >
      {t('code.button')}
    </Button>
  )
}

/** Who else is in this draft: another person, or oneself in another window. */
function AlsoHere({ present }: { present: readonly Present[] | undefined }): ReactElement | null {
  const { t } = useTranslation()
  const { list, say } = useSpeech()
  const { process, document, selection } = useDesign()
  const [selected] = selection
  const others = useOthers(process, selected && pointerOf(document.definition, selected), present)
  if (others.length === 0) return null
  const where = (place: string | undefined): string =>
    place === undefined ? '' : say(placeName(document.definition, place))
  const told = others.map(({ name, place }) => {
    const at = where(place)
    return at === '' ? name : `${name}${t('common.colon')}${at}`
  })
  return (
    <Tooltip label={told.join(' · ')}>
      <Badge
        variant="light"
        color="grape"
        c="var(--mantine-color-text)"
        tt="none"
        maw={280}
        tabIndex={0}
        leftSection={<Icon name="user" size={12} />}
      >
        {t('design.alsoHere', { who: list([...new Set(others.map(({ name }) => name))]) })}
      </Badge>
    </Tooltip>
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

function PublishButton({ standing, mayPublish, isAsked, showProblems, publish }: Props): ReactElement {
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
        <Button size="xs" onClick={publish} disabled={!mayPublish && !isAsked}>
          {t('design.publish.ready')}
        </Button>
      )
    case 'waits':
    case 'objected':
      return (
        <Button
          size="xs"
          color={standing.kind === 'waits' ? 'yellow' : 'red'}
          variant="light"
          c="var(--mantine-color-text)"
          leftSection={<Icon name={standing.kind === 'waits' ? 'clock' : 'alert'} size={14} />}
          onClick={publish}
        >
          {t(`design.publish.${standing.kind}`, { count: standing.count })}
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
