/**
 * Views of the list: kept by each person on the server, passed on as an address.
 */
import { ActionIcon, Anchor, Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { useChangeViews, useViews } from '../session/desk.ts'
import { Icon } from '../shell/icons.tsx'
import { ProblemNotice } from '../shell/notices.tsx'

const NAME_LENGTH = 80

export function JobListViews(): ReactElement {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const { pathname, search } = useLocation()
  const views = useViews()
  const change = useChangeViews()
  const [copied, setCopied] = useState<boolean>()
  const own = views.data?.views ?? []
  const present = own.find((view) => view.search === search)
  const copy = (): void => {
    const write = async (): Promise<void> => navigator.clipboard.writeText(window.location.href)
    write().then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <Popover
      position="bottom-end"
      width={340}
      trapFocus
      withinPortal
      opened={opened}
      onChange={(now) => {
        setOpened(now)
        setCopied(undefined)
      }}
    >
      <Popover.Target>
        <Button
          variant={present === undefined ? 'default' : 'light'}
          rightSection={<Icon name="unfold" size={14} />}
          maw={220}
          onClick={() => setOpened((before) => !before)}
        >
          {present?.name ?? t('desk.views.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Text size="xs" c="dimmed">
            {t('desk.views.own')}
          </Text>
          {views.isError ? <ProblemNotice error={views.error} /> : null}
          {views.isSuccess && own.length === 0 ? <Text size="sm">{t('desk.views.none')}</Text> : null}
          {own.map((view) => (
            <Group key={view.id} gap="xs" wrap="nowrap">
              <Anchor
                component={Link}
                to={pathname + view.search}
                size="sm"
                flex={1}
                className="fc-wrap"
                fw={view === present ? 700 : 400}
                {...(view === present ? { 'aria-current': 'true' as const } : {})}
                onClick={() => setOpened(false)}
              >
                {view.name}
              </Anchor>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('desk.views.drop', { name: view.name })}
                loading={
                  change.isPending && change.variables?.kind === 'drop' && change.variables.id === view.id
                }
                onClick={() => change.mutate({ kind: 'drop', id: view.id })}
              >
                <Icon name="trash" size={15} />
              </ActionIcon>
            </Group>
          ))}
          <KeepForm
            own={own}
            isBusy={change.isPending}
            keep={(name) => {
              const same = own.find((view) => view.name === name)
              const view = { name, search }
              change.mutate(same === undefined ? { kind: 'add', view } : { kind: 'put', id: same.id, view })
            }}
          />
          {change.isError ? <ProblemNotice error={change.error} /> : null}
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<Icon name="copy" size={14} />}
            onClick={copy}
          >
            {t('desk.views.copy')}
          </Button>
          <Text size="xs" c="dimmed" role="status">
            {copied === undefined ? '' : t(copied ? 'desk.views.copied' : 'desk.views.uncopied')}
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function KeepForm({
  own,
  isBusy,
  keep,
}: {
  own: readonly { name: string }[]
  isBusy: boolean
  keep(name: string): void
}): ReactElement {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const said = name.trim()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (said === '' || isBusy) return
    keep(said)
    setName('')
  }
  return (
    <form onSubmit={submit} aria-label={t('desk.views.title')}>
      <Group gap="xs" wrap="nowrap" align="flex-end">
        <TextInput
          flex={1}
          size="sm"
          label={t('desk.views.keep')}
          placeholder={t('desk.views.name')}
          description={own.some((view) => view.name === said) ? t('desk.views.again') : undefined}
          value={name}
          maxLength={NAME_LENGTH}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" size="sm" loading={isBusy} disabled={said === ''}>
          {t('desk.views.save')}
        </Button>
      </Group>
    </form>
  )
}
