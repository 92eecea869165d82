/**
 * The reader's switches: language and theme. Both are remembered by the browser.
 */
import {
  ActionIcon,
  SegmentedControl,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { asLanguage, LANGUAGES, rememberLanguage } from '../text/language.ts'
import { Icon } from './icons.tsx'

export function LanguageSwitch(): ReactElement {
  const { t, i18n } = useTranslation()
  const choose = (tag: string): void => {
    const language = asLanguage(tag)
    rememberLanguage(language)
    void i18n.changeLanguage(language)
  }
  const names = { en: t('language.en'), 'zh-CN': t('language.zh') }
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('language.label')}
      value={asLanguage(i18n.language)}
      onChange={choose}
      data={LANGUAGES.map((value) => ({ value, label: names[value] }))}
    />
  )
}

export function ThemeSwitch(): ReactElement {
  const { t } = useTranslation()
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark'
  const label = dark ? t('theme.toLight') : t('theme.toDark')
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={label}
        onClick={() => setColorScheme(dark ? 'light' : 'dark')}
      >
        <Icon name={dark ? 'sun' : 'moon'} />
      </ActionIcon>
    </Tooltip>
  )
}
