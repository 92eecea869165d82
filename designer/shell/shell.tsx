/**
 * The frame of every page for someone who is signed in: where one is, who one is, and the manual clock's banner.
 *
 * Must not: know what a page shows.
 */
import { ActionIcon, Alert, AppShell, Group, Menu, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, type ReactElement, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Outlet, useLocation } from 'react-router'
import type { Me } from '../../machines/wire/people.ts'
import { onMac } from '../actions/action-keys.ts'
import { ActionsFrame } from '../actions/actions-frame.tsx'
import { useActions } from '../actions/register.ts'
import { shownKeys } from '../actions/shortcut.ts'
import { Bell } from '../inbox/bell.tsx'
import { api } from '../session/api.ts'
import { keepMe } from '../session/kept-me.ts'
import { useLive } from '../session/live.ts'
import { useClock } from '../session/queries.ts'
import { useSpeech } from '../text/use-language.ts'
import { Icon, Logo } from './icons.tsx'
import { NavBar, NavItems } from './nav-bar.tsx'
import { FaultBoundary, Waiting } from './notices.tsx'
import { LanguageSwitch, ThemeSwitch } from './preferences.tsx'

/** Without a line it cannot be fetched; nothing else waits for it. */
const Footprints = lazy(() => import('../first/footprints.tsx').catch(() => ({ default: () => null })))

export function Shell({ me }: { me: Me }): ReactElement {
  const { t } = useTranslation()
  const live = useLive()
  const { pathname } = useLocation()
  const client = useQueryClient()
  const signOut = async (): Promise<void> => {
    // Whether or not the server heard it, nothing of the session stays on the page.
    await api.signOut().catch(() => undefined)
    client.clear()
    keepMe(undefined)
    await import('../work/browser-shelf.ts').then(({ forgetWork }) => forgetWork()).catch(() => undefined)
    // Left standing, the provider's own session would sign in whoever sits down here next.
    window.location.assign(me.provider === true ? '/api/sign-out/provider' : '/')
  }
  return (
    <ActionsFrame signOut={() => void signOut()}>
      <AppShell header={{ height: 56 }} padding={0}>
        <a className="skip-link" href="#main">
          {t('nav.skip')}
        </a>
        <AppShell.Header px="md" data-area="header">
          <Group h="100%" justify="space-between" wrap="nowrap" gap="sm">
            <Group gap="lg" wrap="nowrap">
              <Link to="/" aria-label={t('app.name')} style={{ color: 'inherit', textDecoration: 'none' }}>
                <Group gap={8} wrap="nowrap">
                  <Logo />
                  <Text fw={700} fz="lg" visibleFrom="xs">
                    {t('app.name')}
                  </Text>
                </Group>
              </Link>
              <NavBar rights={me.rights} />
            </Group>
            <Group gap="xs" wrap="nowrap">
              <LiveSign live={live} />
              <Group gap="sm" wrap="nowrap" visibleFrom="sm">
                <LanguageSwitch />
                <ThemeSwitch />
              </Group>
              <Commands />
              <Bell here={pathname === '/inbox'} />
              <Account me={me} signOut={() => void signOut()} />
            </Group>
          </Group>
        </AppShell.Header>
        <AppShell.Main id="main" className="fc-main" tabIndex={-1}>
          <ManualClock />
          <Suspense>
            <Footprints />
          </Suspense>
          <FaultBoundary key={pathname}>
            <Suspense fallback={<Waiting />}>
              <Outlet />
            </Suspense>
          </FaultBoundary>
        </AppShell.Main>
      </AppShell>
    </ActionsFrame>
  )
}

function LiveSign({ live }: { live: boolean }): ReactElement {
  const { t } = useTranslation()
  const label = live ? t('live.on') : t('live.off')
  return (
    <Tooltip label={label}>
      <span
        role="status"
        aria-label={label}
        data-live={live}
        style={{
          width: 10,
          height: 10,
          borderRadius: 5,
          background: live ? 'var(--mantine-color-teal-6)' : 'var(--mantine-color-orange-6)',
        }}
      />
    </Tooltip>
  )
}

/** The way to all commands for who does not know the key. */
function Commands(): ReactElement {
  const { t } = useTranslation()
  const { showPalette } = useActions()
  return (
    <Tooltip label={`${t('actions.palette')} (${shownKeys('Mod+K', onMac())})`}>
      <ActionIcon variant="default" size="lg" aria-label={t('actions.palette')} onClick={showPalette}>
        <Icon name="search" />
      </ActionIcon>
    </Tooltip>
  )
}

function Account({ me, signOut }: { me: Me; signOut(): void }): ReactElement {
  const { t } = useTranslation()
  const { list } = useSpeech()
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <UnstyledButton aria-label={t('access.account', { name: me.name })} p={6}>
          <Group gap={6} wrap="nowrap">
            <Icon name="user" />
            <Text size="sm" fw={500} visibleFrom="sm" maw={160} truncate>
              {me.name}
            </Text>
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{list(me.roles.map((role) => t(`roles.${role}`)))}</Menu.Label>
        <Group hiddenFrom="sm" px="sm" py={6} justify="space-between">
          <LanguageSwitch />
          <ThemeSwitch />
        </Group>
        <NavItems rights={me.rights} />
        <Menu.Item component={Link} to="/first">
          {t('nav.first')}
        </Menu.Item>
        <Menu.Item onClick={signOut}>{t('access.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function ManualClock(): ReactElement | null {
  const { t } = useTranslation()
  const { exactTime } = useSpeech()
  const { data } = useClock()
  if (data?.manual !== true) return null
  return (
    <Alert color="yellow" variant="light" radius={0} py={8} icon={<Icon name="clock" />} role="status">
      <Text size="sm" fw={500}>
        {t('clock.manual', { time: exactTime(data.now) })}
      </Text>
    </Alert>
  )
}
