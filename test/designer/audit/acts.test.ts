/** What an entry of the audit says somebody did. */
import { describe, expect, it } from 'vitest'
import { actsOf } from '../../../designer/audit/audit-acts.ts'

const said = (kind: string, detail: Record<string, unknown> = {}, ended: Record<string, unknown> = {}) =>
  actsOf({
    kind,
    detail,
    actor: 'li',
    subject: 'zhang',
    ended: { n: 2, at: '2026-03-02T01:00:00.000Z', detail: ended },
  })

describe('an entry of the audit', () => {
  it('tells each act of a change of a person, and each once', () => {
    expect(
      said('person.save', {
        changed: ['certificates', 'disabled', 'name', 'roles', 'tokens'],
        roles: { from: ['engineer', 'trainer'], to: ['trainer', 'dispatcher'] },
        tokensMade: ['t1'],
        certificatesGiven: [{ kind: 'electrician', validUntil: '2027-01-01T00:00:00.000Z' }],
        disabled: false,
      }),
    ).toEqual([
      { say: 'roleGiven', roles: ['dispatcher'] },
      { say: 'roleTaken', roles: ['engineer'] },
      { say: 'tokenMade' },
      { say: 'certificateGiven', kind: 'electrician', to: '2027-01-01T00:00:00.000Z' },
      { say: 'letIn' },
      { say: 'personChanged', changed: ['name'] },
    ])
    expect(
      said('person.save', { made: true, changed: ['id'], roles: { from: [], to: ['engineer'] } }),
    ).toEqual([{ say: 'personMadeAs', roles: ['engineer'] }])
    expect(said('person.save', { changed: [] })).toEqual([{ say: 'personSame' }])
  })

  it('is told as far as it goes where an older release wrote less, and by its kind where nothing is known of that', () => {
    expect(said('person.save', { changed: ['certificates', 'disabled', 'limits'] })).toEqual([
      { say: 'personChanged', changed: ['certificates', 'disabled', 'limits'] },
    ])
    expect(said('person.save', { changed: ['createdAt', 'id', 'roles'] })).toEqual([{ say: 'personMade' }])
    expect(said('process.publish', { revision: 3 })).toEqual([{ say: 'published' }])
    expect(said('draft.approve', { revision: 3 })).toEqual([{ say: 'judged' }])
    expect(said('process.approval-rule')).toEqual([{ say: 'approvalChanged' }])
    expect(said('moon.shoot')).toEqual([{ say: 'other' }])
  })

  it('tells a version by its number, a rule by its kind, and what became of a webhook', () => {
    expect(said('process.publish', {}, { version: 7 })).toEqual([{ say: 'publishedVersion', version: 7 }])
    const rule = { kind: 'second-person' }
    expect(said('process.approval-rule', { rule: { kind: 'none' }, proposed: rule })).toEqual([
      { say: 'approvalProposed', rule: 'second-person' },
    ])
    expect(said('webhook.change', { changed: ['enabled'], enabled: false })).toEqual([{ say: 'webhookOff' }])
    expect(said('webhook.change', { changed: ['enabled'], enabled: false, gone: true })).toEqual([
      { say: 'webhookGone' },
    ])
    expect(said('webhook.change', { changed: ['events', 'url'] })).toEqual([
      { say: 'webhookChanged', changed: ['events', 'url'] },
    ])
  })
})
