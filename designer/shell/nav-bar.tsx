/**
 * The way between the pages: tabs for what is always in sight, a menu for each group of the others; on a telephone
 * the groups lie in the account's menu.
 *
 * Must not: know the pages; they are in `nav.ts`.
 */
import { Box, Button, Group, Menu } from '@mantine/core'
import { Fragment, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { Icon } from './icons.tsx'
import { entriesFor, entryOf, type NavEntry, type NavGroup } from './nav.ts'

const GROUPS = ['desk', 'reports'] as const satisfies readonly NavGroup[]

export function NavBar({ rights }: { rights: readonly string[] }): ReactElement {
  const { t } = useTranslation()
  const here = entryOf(useLocation().pathname)
  return (
    <Group component="nav" gap={4} wrap="nowrap" aria-label={t('nav.label')}>
      {entriesFor(rights, 'main').map((entry) => (
        <Tab key={entry.to} entry={entry} here={entry === here} />
      ))}
      {GROUPS.map((group) => (
        <Box key={group} visibleFrom="sm">
          <GroupMenu group={group} entries={entriesFor(rights, group)} here={here} />
        </Box>
      ))}
    </Group>
  )
}

/** What a telephone's header has no room for, as items of a menu. */
export function NavItems({ rights }: { rights: readonly string[] }): ReactElement {
  const { t } = useTranslation()
  return (
    <>
      {GROUPS.map((group) => (
        <Fragment key={group}>
          {entriesFor(rights, group).map(({ to, text }) => (
            <Menu.Item key={to} hiddenFrom="sm" component={Link} to={to}>
              {t(`nav.${text}`)}
            </Menu.Item>
          ))}
        </Fragment>
      ))}
    </>
  )
}

function Tab({ entry, here }: { entry: NavEntry; here: boolean }): ReactElement {
  const { t } = useTranslation()
  return (
    <Button component={Link} to={entry.to} {...look(here)}>
      {t(`nav.${entry.text}`)}
    </Button>
  )
}

type MenuProps = { group: (typeof GROUPS)[number]; entries: readonly NavEntry[]; here: NavEntry | undefined }

/** A group of one is a tab. */
function GroupMenu({ group, entries, here }: MenuProps): ReactElement | null {
  const { t } = useTranslation()
  const [only, ...others] = entries
  if (only === undefined) return null
  if (others.length === 0) return <Tab entry={only} here={only === here} />
  const inside = entries.find((entry) => entry === here)
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button {...look(inside !== undefined)} rightSection={<Icon name="unfold" size={14} />}>
          {inside === undefined ? t(`nav.${group}`) : t(`nav.${inside.text}`)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {entries.map((entry) => (
          <Menu.Item
            key={entry.to}
            component={Link}
            to={entry.to}
            {...(entry === here ? { 'aria-current': 'page' as const } : {})}
          >
            {t(`nav.${entry.text}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

const look = (here: boolean) => ({
  ...(here ? { 'aria-current': 'page' as const } : { c: 'var(--mantine-color-text)' }),
  variant: here ? 'light' : 'subtle',
  color: here ? 'cyan' : 'gray',
  size: 'compact-md',
})
