/**
 * What the pages ask of people beyond their names, and every change of one.
 *
 * Promises: a change says which revision it was made on, so that of two administrators at once the second is told.
 * Must not: keep a token; whoever made it has it from the answer.
 */
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Text } from '../../machines/definition/schema.ts'
import type {
  ChangePerson,
  CreatePerson,
  CreateToken,
  NewToken,
  PersonView,
  PutCertificate,
} from '../../machines/wire/people.ts'
import { api, ask } from '../session/api.ts'
import { useProcesses } from '../session/queries.ts'

const segment = encodeURIComponent
const under = (id: string, rest = ''): string => `/api/people/${segment(id)}${rest}`

export const usePeopleList = (): UseQueryResult<PersonView[]> =>
  useQuery({
    queryKey: ['people'],
    queryFn: ({ signal }) => api.people(signal),
    select: ({ people }) => people,
  })

export const usePerson = (id: string): UseQueryResult<PersonView> =>
  useQuery({
    queryKey: ['people', id],
    queryFn: ({ signal }) => ask<PersonView>(under(id), { signal }),
  })

/** Titles of the kinds of certificates that any process asks for. */
export function useCertificateKinds(): ReadonlyMap<string, Text> {
  const processes = useProcesses().data?.processes ?? []
  const versions = useQueries({
    queries: processes.flatMap(({ id, latest }) =>
      latest === undefined
        ? []
        : [
            {
              queryKey: ['processes', id, 'version', latest.version],
              queryFn: ({ signal }: { signal: AbortSignal }) => api.version(id, latest.version, signal),
              staleTime: 600_000,
            },
          ],
    ),
    combine: (answers) => answers.map(({ data }) => data),
  })
  return useMemo(
    () => new Map(versions.flatMap((version) => Object.entries(version?.definition.meta.certificates ?? {}))),
    [versions],
  )
}

export type PersonChange =
  | {
      kind: 'change'
      body: ChangePerson
      /** For the audit. */
      reason?: string
    }
  | { kind: 'putCertificate'; certificate: string; body: PutCertificate }
  | { kind: 'removeCertificate'; certificate: string }

export function useChangePerson({
  id,
  revision,
}: PersonView): UseMutationResult<PersonView, Error, PersonChange> {
  const client = useQueryClient()
  const headers = { 'if-match': `"${revision}"` }
  return useMutation({
    mutationFn: (change: PersonChange) => {
      if (change.kind === 'change')
        return patch(id, change.body, { ...headers, ...reasonHeader(change.reason ?? '') })
      const place = under(id, `/certificates/${segment(change.certificate)}`)
      return change.kind === 'putCertificate'
        ? ask<PersonView>(place, { method: 'PUT', body: change.body, headers })
        : ask<PersonView>(place, { method: 'DELETE', headers })
    },
    onSuccess: (person) => {
      client.setQueryData(['people', id], person)
      void client.invalidateQueries({ queryKey: ['people'], exact: true })
    },
    onError: () => void client.invalidateQueries({ queryKey: ['people', id] }),
  })
}

const patch = (id: string, body: ChangePerson, headers: Record<string, string> = {}): Promise<PersonView> =>
  ask<PersonView>(under(id), { method: 'PATCH', body, headers })

/** A header holds ASCII only. */
const reasonHeader = (reason: string): Record<string, string> =>
  reason.trim() === '' ? {} : { 'x-reason': encodeURIComponent(reason.trim().toWellFormed()) }

/** From who was made by a first sign-in, and is disabled then, to who was here before. */
export async function giveAccount(from: PersonView, to: PersonView): Promise<PersonView> {
  const { account, disabled } = from
  if (account === undefined) return to
  await patch(from.id, { account: null, disabled: true }, { 'if-match': `"${from.revision}"` })
  try {
    return await patch(to.id, { account }, { 'if-match': `"${to.revision}"` })
  } catch (error) {
    await patch(from.id, { account, disabled })
    throw error
  }
}

export function useCreatePerson() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: CreatePerson) => ask<PersonView>('/api/people', { method: 'POST', body }),
    onSuccess: () => void client.invalidateQueries({ queryKey: ['people'] }),
  })
}

export function useTokens(id: string) {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: ['people', id] })
  const make = useMutation({
    mutationFn: (body: CreateToken) => ask<NewToken>(under(id, '/tokens'), { method: 'POST', body }),
    onSuccess,
  })
  const revoke = useMutation({
    mutationFn: (token: string) =>
      ask<undefined>(under(id, `/tokens/${segment(token)}`), { method: 'DELETE' }),
    onSuccess,
  })
  return { make, revoke }
}
