/**
 * `/api/training/assignments` and `/api/training/mine`: what is to be rehearsed, by whom and when.
 */
import { AssignmentList, AssignmentView, MyTraining, NewAssignment } from '../../machines/wire/training.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import type { AssignmentsPort } from '../training/assignments.ts'
import { ById, created, ok } from './answers.ts'

const tags = ['training']

export function assignmentRoutes(app: App, assignments: AssignmentsPort): void {
  app.get(
    '/api/training/mine',
    {
      config: { right: 'training:attempt' },
      schema: {
        tags,
        summary: 'What is assigned to the one who asks, and his latest attempts',
        response: ok(MyTraining),
      },
    },
    (request) => assignments.mine(whoAsks(request).actor),
  )
  app.get(
    '/api/training/assignments',
    {
      config: { right: 'training:assign' },
      schema: {
        tags,
        summary: 'Assignments, newest first, with how far each person is',
        response: ok(AssignmentList),
      },
    },
    async () => ({ assignments: await assignments.list() }),
  )
  app.post(
    '/api/training/assignments',
    {
      config: { right: 'training:assign' },
      schema: {
        tags,
        summary: 'Assign a scenario to people, roles or both, with a due time',
        description: 'A role stands for whoever holds it at any time.',
        body: NewAssignment,
        response: created(AssignmentView),
      },
    },
    async (request, reply) => {
      const assignment = await assignments.assign(request.body, whoAsks(request).actor)
      return reply.code(201).send(assignment)
    },
  )
  app.post(
    '/api/training/assignments/:id/withdraw',
    {
      config: { right: 'training:assign' },
      schema: {
        tags,
        summary: 'Take an assignment back; attempts made for it stay',
        params: ById,
        response: ok(AssignmentView),
      },
    },
    (request) => assignments.withdraw(request.params.id),
  )
}
