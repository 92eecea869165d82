/**
 * What a scenario's tag is called in the reader's language: those of the shipped scenarios have names, a trainer's own are
 * shown as he wrote them.
 */
import { useTranslation } from 'react-i18next'
import { tags as english } from '../../text/en-tags.ts'

const isNamed = (tag: string): tag is keyof typeof english => Object.hasOwn(english, tag)

export function useTagName(): (tag: string) => string {
  const { t } = useTranslation()
  return (tag) => (isNamed(tag) ? t(`tags.${tag}`) : tag)
}
