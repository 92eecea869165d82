/**
 * Who people are, by id.
 *
 * Promises: someone who may not see the list, or whose list is not here yet, reads ids: never nothing.
 */
import { useQuery } from '@tanstack/react-query'
import { createContext, useCallback, useContext, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonView } from '../../machines/wire/people.ts'
import { api } from './api.ts'
import { useMe } from './queries.ts'

/** Who publishes what is shipped. */
const ITSELF = '@fieldchart'

export type People = ReadonlyMap<string, PersonView>
/** Others in their place: the cast of a rehearsal. */
export const PeopleContext = createContext<People | undefined>(undefined)

export function usePeople(): People {
  const others = useContext(PeopleContext)
  const mayList = useMe().data?.rights.includes('people:list') === true
  const { data } = useQuery({
    queryKey: ['people'],
    queryFn: ({ signal }) => api.people(signal),
    enabled: mayList && others === undefined,
    staleTime: 60_000,
  })
  return useMemo(
    () => others ?? new Map((data?.people ?? []).map((person) => [person.id, person])),
    [others, data],
  )
}

/** The name of a person, else the id. */
export function useNameOf(): (id: string) => string {
  const people = usePeople()
  const { t } = useTranslation()
  return useCallback((id) => (id === ITSELF ? t('app.name') : (people.get(id)?.name ?? id)), [people, t])
}
