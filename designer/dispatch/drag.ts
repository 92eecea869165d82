/** A job on its way from the list, or from one engineer, to another engineer. */
import type { DragEvent } from 'react'
import type { PlannedJob } from '../../machines/wire/dispatch.ts'

const KIND = 'application/x-fieldchart-job'

export function dragging(event: DragEvent, job: PlannedJob): void {
  event.dataTransfer.setData(KIND, JSON.stringify(job.id))
  event.dataTransfer.effectAllowed = 'move'
}

export const isJob = (event: DragEvent): boolean => event.dataTransfer.types.includes(KIND)

export function dropped(event: DragEvent): string | undefined {
  const id: unknown = JSON.parse(event.dataTransfer.getData(KIND) || 'null')
  return typeof id === 'string' ? id : undefined
}
