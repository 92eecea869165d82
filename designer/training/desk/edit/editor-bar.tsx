/** The bar of the editor: where one is, whether it is saved, undo and redo, trying it, saving it. */
import { ActionIcon, Alert, Anchor, Button, Group, Text, Tooltip } from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon } from '../../../shell/icons.tsx'
import { ProblemNotice } from '../../../shell/notices.tsx'
import { useSpeech } from '../../../text/use-language.ts'
import type { Editor } from './use-editor.ts'
import type { Saving } from './use-saving.ts'

export function EditorBar({
  editor,
  saving,
  preview,
  canSave,
}: {
  editor: Editor
  saving: Saving
  preview: (() => void) | undefined
  /** False while the text is no scenario. */
  canSave: boolean
}): ReactElement {
  const { t } = useTranslation()
  const { say } = useSpeech()
  const { scenario, isDirty, canUndo, canRedo, undo, redo, isRestored, discard } = editor
  const tools = [
    { icon: 'undo', name: t('trainer.form.undo'), can: canUndo, act: undo },
    { icon: 'redo', name: t('trainer.form.redo'), can: canRedo, act: redo },
  ] as const
  return (
    <>
      <Group className="edit-bar" justify="space-between" gap="sm">
        <Group gap="sm" miw={0} flex="1 1 20rem" wrap="nowrap">
          <Anchor component={Link} to="/training/scenarios" size="sm" className="fc-nowrap">
            {t('trainer.form.back')}
          </Anchor>
          <Text component="h1" fw={600} m={0} truncate title={say(scenario.title)}>
            {say(scenario.title, scenario.id)}
          </Text>
          <Text size="sm" c="dimmed" role="status" className="fc-nowrap">
            {t(
              saving.isBusy ? 'trainer.form.saving' : isDirty ? 'trainer.form.unsaved' : 'trainer.form.saved',
            )}
          </Text>
        </Group>
        <Group gap="xs" wrap="nowrap">
          {tools.map(({ icon, name, can, act }) => (
            <Tooltip key={icon} label={name}>
              <ActionIcon variant="default" size={34} aria-label={name} disabled={!can} onClick={act}>
                <Icon name={icon} size={16} />
              </ActionIcon>
            </Tooltip>
          ))}
          <Button variant="default" disabled={preview === undefined} onClick={preview}>
            {t('trainer.preview.open')}
          </Button>
          <Button loading={saving.isBusy} disabled={!isDirty || !canSave} onClick={saving.save}>
            {t('trainer.form.save')}
          </Button>
        </Group>
      </Group>
      {isRestored && isDirty ? (
        <Alert color="yellow" variant="light" radius={0} py={8} role="status">
          <Group gap="sm">
            <Text size="sm">{t('trainer.form.restored')}</Text>
            <Button size="compact-sm" variant="default" onClick={discard}>
              {t('trainer.form.discard')}
            </Button>
          </Group>
        </Alert>
      ) : null}
      {saving.error !== undefined && saving.theirs === undefined ? (
        <ProblemNotice error={saving.error} />
      ) : null}
    </>
  )
}
