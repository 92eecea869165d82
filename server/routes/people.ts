/**
 * `/api/people`: people with their roles, certificates and tokens.
 *
 * Must not: answer with a hash, or with tokens to anyone but an administrator.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import Type from 'typebox'
import {
  CertificateKind,
  ChangePerson,
  CreatePerson,
  CreateToken,
  NewToken,
  PeopleList,
  PersonView,
  PutCertificate,
  PutOvertime,
} from '../../machines/wire/people.ts'
import type { People } from '../access/people.ts'
import { may } from '../access/policy.ts'
import { type App, whoAsks } from '../http/app-type.ts'
import { etag, ifMatch } from '../http/conditions.ts'
import type { Person } from '../store/library-port.ts'
import { ById, created, Id, nothing, ok } from './answers.ts'

const closed = { additionalProperties: false } as const
const ByKind = Type.Object({ id: Id, kind: CertificateKind }, closed)
const ByDate = Type.Object({ id: Id, date: Type.String({ format: 'date' }) }, closed)
const ByToken = Type.Object({ id: Id, token: Id }, closed)

function view(person: Person, withTokens: boolean): PersonView {
  const { id, revision, name, roles, certificates, disabled = false } = person
  const { regions = [], limits = [], overtime = [], account } = person
  const tokens = person.tokens.map(({ hash: _hash, ...token }) => token)
  return {
    id,
    revision,
    name,
    roles: [...roles],
    certificates: certificates.map((certificate) => ({ ...certificate })),
    regions: [...regions],
    ...(limits.length === 0 ? {} : { limits: structuredClone([...limits]) }),
    overtime: overtime.map((agreed) => ({ ...agreed })),
    disabled,
    ...(withTokens ? { tokens, ...(account === undefined ? {} : { account: { ...account } }) } : {}),
  }
}
const viewFor = (request: FastifyRequest, person: Person): PersonView =>
  view(person, may(whoAsks(request).actor.roles, 'tokens:write'))
function tagged(request: FastifyRequest, reply: FastifyReply, person: Person): PersonView {
  reply.header('etag', etag(person.revision))
  return viewFor(request, person)
}

export function peopleRoutes(app: App, people: People): void {
  const tags = ['people']

  app.get(
    '/api/people',
    { config: { right: 'people:list' }, schema: { tags, summary: 'Everyone', response: ok(PeopleList) } },
    async (request) => ({ people: (await people.list()).map((person) => viewFor(request, person)) }),
  )
  app.get(
    '/api/people/:id',
    {
      config: { right: 'people:list' },
      schema: { tags, summary: 'A person', params: ById, response: ok(PersonView) },
    },
    async (request, reply) => tagged(request, reply, await people.get(request.params.id)),
  )
  app.post(
    '/api/people',
    {
      config: { right: 'people:write' },
      schema: { tags, summary: 'Add a person', body: CreatePerson, response: created(PersonView) },
    },
    async (request, reply) => {
      const person = await people.create(request.body)
      return reply
        .code(201)
        .header('location', `/api/people/${encodeURIComponent(person.id)}`)
        .send(tagged(request, reply, person))
    },
  )
  app.patch(
    '/api/people/:id',
    {
      config: { right: 'people:write' },
      schema: {
        tags,
        summary: 'Change name, roles, regions, limits or account, or disable',
        params: ById,
        body: ChangePerson,
        response: ok(PersonView),
      },
    },
    async (request, reply) =>
      tagged(request, reply, await people.change(request.params.id, request.body, ifMatch(request))),
  )
  app.put(
    '/api/people/:id/certificates/:kind',
    {
      config: { right: 'certificates:write' },
      schema: {
        tags,
        summary: 'Record a certificate with its validity',
        params: ByKind,
        body: PutCertificate,
        response: ok(PersonView),
      },
    },
    async (request, reply) => {
      const { id, kind } = request.params
      return tagged(request, reply, await people.putCertificate(id, kind, request.body, ifMatch(request)))
    },
  )
  app.delete(
    '/api/people/:id/certificates/:kind',
    {
      config: { right: 'certificates:write' },
      schema: { tags, summary: 'Withdraw a certificate', params: ByKind, response: ok(PersonView) },
    },
    async (request, reply) => {
      const { id, kind } = request.params
      return tagged(request, reply, await people.removeCertificate(id, kind, ifMatch(request)))
    },
  )
  app.put(
    '/api/people/:id/overtime/:date',
    {
      config: { right: 'overtime:write' },
      schema: {
        tags,
        summary: 'Write down the overtime that an engineer agreed to for a day (GN-02)',
        description: 'At most two hours, not for a day that is over. An engineer only for himself.',
        params: ByDate,
        body: PutOvertime,
        response: ok(PersonView),
      },
    },
    async (request, reply) => {
      const { id, date } = request.params
      const { actor } = whoAsks(request)
      return tagged(request, reply, await people.putOvertime(id, date, request.body, actor, ifMatch(request)))
    },
  )
  app.delete(
    '/api/people/:id/overtime/:date',
    {
      config: { right: 'overtime:write' },
      schema: {
        tags,
        summary: 'Take back the overtime agreed for a day',
        params: ByDate,
        response: ok(PersonView),
      },
    },
    async (request, reply) => {
      const { id, date } = request.params
      const { actor } = whoAsks(request)
      return tagged(request, reply, await people.removeOvertime(id, date, actor, ifMatch(request)))
    },
  )
  app.post(
    '/api/people/:id/tokens',
    {
      config: { right: 'tokens:write' },
      schema: {
        tags,
        summary: 'Make a bearer token; it is shown in this answer only',
        params: ById,
        body: CreateToken,
        response: created(NewToken),
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .header('cache-control', 'no-store')
        .send(await people.addToken(request.params.id, request.body)),
  )
  app.delete(
    '/api/people/:id/tokens/:token',
    {
      config: { right: 'tokens:write' },
      schema: {
        tags,
        summary: 'Revoke a token; also ends the person’s browser sessions',
        params: ByToken,
        response: nothing,
      },
    },
    async (request, reply) => {
      await people.removeToken(request.params.id, request.params.token)
      return reply.code(204).send(null)
    },
  )
}
