/**
 * How states and versions are said on the page of a move.
 *
 * Must not: fetch, or draw.
 */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSpeech } from '../text/use-language.ts'
import type { Place } from './mapping-model.ts'

/** "Outer › inner", each by its title. */
export function usePlaceName(): (place: Place) => string {
  const { t } = useTranslation()
  const { say } = useSpeech()
  return useMemo(
    () =>
      ({ titles }: Place) =>
        titles.map((title) => (typeof title === 'string' ? title : say(title))).join(t('move.path')),
    [say, t],
  )
}

/** The places by their paths, said; an unknown path as it is. */
export function usePathName(places: readonly Place[]): (path: string) => string {
  const name = usePlaceName()
  return useMemo(() => {
    const byPath = new Map(places.map((place) => [place.path, place]))
    return (path: string) => {
      const place = byPath.get(path)
      return place === undefined ? path : name(place)
    }
  }, [places, name])
}
