/**
 * A call as its page sees it: the job, its whole history, and the definition it runs on.
 */
import { useEffect, useMemo } from 'react'
import type { Definition, Text } from '../../machines/definition/schema.ts'
import { buildTree } from '../../machines/definition/tree.ts'
import { asText } from '../../machines/drawing/model.ts'
import type { EntryView, JobDetail } from '../../machines/wire/jobs.ts'
import type { JobWords } from '../jobs/job-words.ts'
import { useHistory, useJob } from '../session/queries.ts'
import { useDefinition } from './use-definition.ts'

export type Call = {
  job: JobDetail
  entries: readonly EntryView[]
  definition: Definition | undefined
  words: JobWords
}

/** `error` only where there is nothing to show. */
export function useCall(id: string): { call: Call | undefined; error: unknown; retry(): void } {
  const job = useJob(id)
  const history = useHistory(id)
  const { definition, words } = useDefinition(job.data?.process, job.data?.version)
  // A wait that was forgotten writes an entry every few seconds: the newest are what counts.
  const { hasNextPage, isFetching, fetchNextPage } = history
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage])
  const pages = history.data?.pages
  const entries = useMemo(() => (pages ?? []).flatMap((page) => page.entries), [pages])
  return {
    call: job.data === undefined ? undefined : { job: job.data, entries, definition, words },
    error: job.data === undefined ? job.error : undefined,
    retry: () => void job.refetch(),
  }
}

/** What the definition says is to be said or done in the present states, the outer ones first. */
export function scriptOf({ job, definition }: Call): Text[] {
  if (definition === undefined || job.status !== 'active') return []
  return buildTree(definition).nodes.flatMap(({ path, node }) => {
    const isHere = job.active.some((leaf) => leaf === path || leaf.startsWith(`${path}.`))
    const said = isHere && path !== '' ? asText(node.meta?.description) : undefined
    return said === undefined ? [] : [said]
  })
}
