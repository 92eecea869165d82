/** What can be done with a scenario of the library: assigned, opened as a live session, saved as a file, copied, deleted. */
import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ScenarioSummary } from '../../../machines/wire/training.ts'
import { saveText } from '../../processes/exports.ts'
import { freeId } from '../../processes/process-id.ts'
import { useMe } from '../../session/queries.ts'
import { Dialog } from '../../shell/dialog.tsx'
import { Icon } from '../../shell/icons.tsx'
import { ProblemNotice } from '../../shell/notices.tsx'
import { useSpeech } from '../../text/use-language.ts'
import { useCreate } from './new-scenario.tsx'
import { OpenSession } from './open-session.tsx'
import { deleteScenario, getScenario, refreshTraining } from './training-api.ts'

export function RowMenu({
  one,
  all,
  mayWrite,
}: {
  one: ScenarioSummary
  all: readonly ScenarioSummary[]
  mayWrite: boolean
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const rights = useMe().data?.rights ?? []
  const [shown, setShown] = useState<'delete' | 'session'>()
  const create = useCreate()
  const title = say(one.title, one.id)
  const [error, setError] = useState<unknown>()
  const withWhole = (use: (whole: Awaited<ReturnType<typeof getScenario>>) => void): void => {
    setError(undefined)
    getScenario(one.id).then(use, setError)
  }
  const fault = error ?? create.error
  return (
    <>
      <Menu position="bottom-end" width={230} withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('trainer.library.moreOf', { title })}>
            <Icon name="more" size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {rights.includes('training:assign') && one.errors === 0 ? (
            <Menu.Item component={Link} to={`/training/assignments?new=${encodeURIComponent(one.id)}`}>
              {t('trainer.library.assign')}
            </Menu.Item>
          ) : null}
          {rights.includes('training:lead') && one.errors === 0 ? (
            <Menu.Item onClick={() => setShown('session')}>{t('trainer.session.open')}</Menu.Item>
          ) : null}
          <Menu.Item
            onClick={() =>
              withWhole(({ scenario }) =>
                saveText(`${one.id}.json`, `${JSON.stringify(scenario, null, 2)}\n`),
              )
            }
          >
            {t('trainer.library.export')}
          </Menu.Item>
          {mayWrite ? (
            <>
              <Menu.Item
                onClick={() =>
                  withWhole(({ scenario }) =>
                    create.mutate({
                      ...scenario,
                      id: freeId(
                        scenario.id,
                        all.map(({ id }) => id),
                      ),
                    }),
                  )
                }
              >
                {t('trainer.library.copy')}
              </Menu.Item>
              <Menu.Item c="var(--mantine-color-error)" onClick={() => setShown('delete')}>
                {t('trainer.library.delete')}
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {shown === 'delete' ? <DeleteDialog one={one} title={title} close={() => setShown(undefined)} /> : null}
      {shown === 'session' ? (
        <OpenSession scenario={one.id} title={title} close={() => setShown(undefined)} />
      ) : null}
      {fault === undefined || fault === null ? null : (
        <Dialog
          title={title}
          closeLabel={t('trainer.close')}
          size="md"
          close={() => {
            setError(undefined)
            create.reset()
          }}
        >
          <ProblemNotice error={fault} />
        </Dialog>
      )}
    </>
  )
}

function DeleteDialog({
  one,
  title,
  close,
}: {
  one: ScenarioSummary
  title: string
  close(): void
}): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => deleteScenario(one.id, one.revision),
    onSuccess: async () => {
      await refreshTraining(client)
      close()
    },
  })
  return (
    <Dialog
      title={t('trainer.library.deleteTitle', { title })}
      closeLabel={t('trainer.cancel')}
      size="md"
      close={close}
    >
      <Text>{t(one.shipped ? 'trainer.library.deleteShipped' : 'trainer.library.deleteLead')}</Text>
      {remove.isError ? <ProblemNotice error={remove.error} /> : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={close} data-autofocus>
          {t('trainer.cancel')}
        </Button>
        <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('trainer.library.delete')}
        </Button>
      </Group>
    </Dialog>
  )
}
