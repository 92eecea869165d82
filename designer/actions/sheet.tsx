/**
 * The sheet of shortcuts: all keys of the page that is open, by group, to be read and to be printed.
 *
 * Must not: hold a key of its own; it is made from the actions.
 */
import { Box, Button, Group, Kbd, Text, Title } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../shell/dialog.tsx'
import { type Bound, GROUPS } from './action.ts'
import { onMac } from './action-keys.ts'
import { shownKeys } from './shortcut.ts'

export function Sheet({ actions, close }: { actions: readonly Bound[]; close(): void }): ReactElement {
  const { t } = useTranslation()
  const groups = GROUPS.map((group) => ({
    group,
    list: actions.filter((action) => action.group === group && action.keys !== undefined),
  })).filter(({ list }) => list.length > 0)
  return (
    <Dialog title={t('actions.sheet')} closeLabel={t('actions.close')} close={close}>
      <Text size="sm" c="dimmed">
        {t('actions.sheetLead')}
      </Text>
      <Box className="sheet">
        {groups.map(({ group, list }) => (
          <section key={group} className="sheet-group">
            <Title order={3} size="h6" mb={4}>
              {t(`actions.groups.${group}`)}
            </Title>
            <dl>
              {list.map(({ id, title, keys = [] }) => (
                <div key={id}>
                  <dt>{t(title)}</dt>
                  <dd>
                    {keys.map((each) => (
                      <Kbd key={each} size="xs">
                        {shownKeys(each, onMac())}
                      </Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </Box>
      <Group justify="flex-end">
        <Button variant="default" size="xs" onClick={() => window.print()}>
          {t('actions.print')}
        </Button>
      </Group>
    </Dialog>
  )
}
