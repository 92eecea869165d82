/**
 * Saving the edited scenario, and what is done where another saved it in between.
 *
 * Promises: one save at a time; neither the trainer's text nor the other's is lost.
 */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { Scenario } from '../../../../machines/simulate/scenario.ts'
import type { ScenarioView } from '../../../../machines/wire/training.ts'
import { ApiError } from '../../../session/api.ts'
import { createScenario, getScenario, saveScenario } from '../training-api.ts'
import type { Editor } from './use-editor.ts'

export type Saving = {
  readonly isBusy: boolean
  readonly error: unknown
  /** What another saved meanwhile. */
  readonly theirs: ScenarioView | undefined
  save(): void
  keepMine(): void
  takeTheirs(): void
  copyMine(): void
  putAside(): void
}

export function useSaving(editor: Editor, refresh: () => void): Saving {
  const navigate = useNavigate()
  const [theirs, setTheirs] = useState<ScenarioView>()
  const { scenario, revision } = editor
  const { id } = scenario
  const send = useMutation({
    mutationFn: (on: { revision: number; scenario: Scenario }) =>
      saveScenario(on.scenario.id, on.revision, on.scenario),
    onSuccess: (view, { scenario: sent }) => {
      editor.saved(view, sent)
      setTheirs(undefined)
      refresh()
    },
    onError: async (error, { scenario: sent }) => {
      if (error instanceof ApiError && error.status === 412) setTheirs(await getScenario(sent.id))
    },
  })
  const copy = useMutation({
    mutationFn: () => createScenario({ ...scenario, id: `${id.slice(0, 70)}-${Date.now() % 100_000}` }),
    onSuccess: async (view) => {
      if (theirs !== undefined) {
        editor.change(theirs.scenario)
        editor.rebase(theirs)
      }
      setTheirs(undefined)
      refresh()
      await navigate(`/training/scenarios/${encodeURIComponent(view.id)}`)
    },
  })
  const isBusy = send.isPending || copy.isPending
  const isStale = send.error instanceof ApiError && send.error.status === 412
  return {
    isBusy,
    error: copy.error ?? (isStale ? undefined : send.error) ?? undefined,
    theirs,
    save() {
      if (!isBusy && editor.isDirty) send.mutate({ revision, scenario })
    },
    keepMine() {
      if (!isBusy && theirs !== undefined) send.mutate({ revision: theirs.revision, scenario })
    },
    takeTheirs() {
      if (theirs === undefined) return
      editor.change(theirs.scenario)
      editor.rebase(theirs)
      setTheirs(undefined)
    },
    copyMine() {
      if (!isBusy) copy.mutate()
    },
    putAside() {
      setTheirs(undefined)
      send.reset()
      copy.reset()
    },
  }
}
