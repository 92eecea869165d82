/**
 * What can be done with a process as a whole: taken out in any form, its approval set, archived or used again.
 *
 * Must not: offer what the reader's rights do not allow.
 */
import { ActionIcon, Button, Menu } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApprovalDialog } from '../design/approval-dialog.tsx'
import { api } from '../session/api.ts'
import { useProcesses } from '../session/queries.ts'
import { useRightsOn } from '../session/reach.ts'
import { Icon } from '../shell/icons.tsx'
import { useSpeech } from '../text/use-language.ts'
import { ArchiveDialog } from './archive-dialog.tsx'
import { EXPORTS, exportAddress, saveText } from './exports.ts'

type Props = {
  process: string
  title: string
  /** The version that is exported; undefined: none was published. */
  version: number | undefined
  /** The draft as it is on the page, where it is to be exported, too. */
  draft?: unknown
  /** In a toolbar, without words. */
  compact?: boolean
}

export function ProcessMenu({ process, title, version, draft, compact = false }: Props): ReactElement {
  const { t } = useTranslation()
  const [shown, setShown] = useState<'approval' | 'archive'>()
  const hide = (): void => setShown(undefined)
  const icon = <Icon name="more" size={16} />
  return (
    <>
      <Menu position="bottom-end" width={260} withinPortal>
        <Menu.Target>
          {compact ? (
            <ActionIcon variant="default" size={30} aria-label={t('page.exports.menu')}>
              {icon}
            </ActionIcon>
          ) : (
            <Button variant="default" leftSection={icon}>
              {t('page.exports.menu')}
            </Button>
          )}
        </Menu.Target>
        <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
          {version === undefined ? null : <Exports process={process} version={version} />}
          {draft === undefined ? null : (
            <>
              <Menu.Label>{t('page.exports.draft')}</Menu.Label>
              <Menu.Item
                onClick={() => saveText(`${process}-draft.json`, `${JSON.stringify(draft, null, 2)}\n`)}
              >
                {t('page.exports.formats.json')}
              </Menu.Item>
            </>
          )}
          <Ruling process={process} show={setShown} />
        </Menu.Dropdown>
      </Menu>
      {shown === 'approval' ? <ApprovalDialog process={process} title={title} close={hide} /> : null}
      {shown === 'archive' ? <ArchiveDialog process={process} title={title} close={hide} /> : null}
    </>
  )
}

function Exports({ process, version }: { process: string; version: number }): ReactElement {
  const { t } = useTranslation()
  const { language } = useSpeech()
  const own = language.startsWith('zh') ? 'zh' : 'en'
  return (
    <>
      <Menu.Label>{t('page.exports.version', { version })}</Menu.Label>
      {EXPORTS.map(({ format, isPage }) => (
        <Menu.Item
          key={format}
          component="a"
          href={exportAddress(process, version, format, own)}
          {...(isPage ? { target: '_blank' } : { download: '' })}
        >
          {t(`page.exports.formats.${format}`)}
        </Menu.Item>
      ))}
    </>
  )
}

function Ruling({
  process,
  show,
}: {
  process: string
  show(what: 'approval' | 'archive'): void
}): ReactElement | null {
  const { t } = useTranslation()
  const client = useQueryClient()
  const rights = useRightsOn(process)
  const summary = useProcesses().data?.processes.find(({ id }) => id === process)
  const mayArchive = rights.includes('processes:publish') && summary !== undefined
  const maySee = rights.includes('drafts:read')
  const restore = async (): Promise<void> => {
    await api.archive(process, false)
    await client.invalidateQueries({ queryKey: ['processes'] })
  }
  if (!mayArchive && !maySee) return null
  return (
    <>
      <Menu.Label>{t('page.exports.process')}</Menu.Label>
      {maySee ? <Menu.Item onClick={() => show('approval')}>{t('page.approval.menu')}</Menu.Item> : null}
      {mayArchive && summary.archivedAt === undefined ? (
        <Menu.Item onClick={() => show('archive')}>{t('page.archive.button')}</Menu.Item>
      ) : null}
      {mayArchive && summary.archivedAt !== undefined ? (
        <Menu.Item onClick={() => void restore()}>{t('page.archive.restore')}</Menu.Item>
      ) : null}
    </>
  )
}
