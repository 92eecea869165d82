import { describe, expect, it } from 'vitest'
import { ConfigError, isLoopback, readConfig } from '../../server/config.ts'

describe('configuration', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      dataDir: 'data',
      clock: 'system',
      logLevel: 'info',
      trustProxy: false,
      rateLimit: 6000,
      loopDelay: 3000,
      keepAnswers: 24,
      sentPerDay: 4096 * 1024 * 1024,
      keepFree: 256 * 1024 * 1024,
    })
  })
  it('is read from the environment', () => {
    const env = {
      HOST: '0.0.0.0',
      PORT: '8080',
      DATA_DIR: '/srv/fieldchart',
      FIELDCHART_ADMIN_TOKEN: 'x'.repeat(32),
      FIELDCHART_CLOCK: 'manual:2026-01-05T09:00:00+08:00',
      LOG_LEVEL: 'debug',
      TRUST_PROXY: '10.0.0.1, 10.1.0.0/16',
      RATE_LIMIT: '0',
      KEEP_ANSWERS: '48',
      SENT_PER_DAY: '0',
      KEEP_FREE: '1024',
    }
    expect(readConfig(env)).toEqual({
      host: '0.0.0.0',
      port: 8080,
      dataDir: '/srv/fieldchart',
      adminToken: 'x'.repeat(32),
      clock: 'manual',
      clockStart: Date.UTC(2026, 0, 5, 1),
      logLevel: 'debug',
      trustProxy: '10.0.0.1, 10.1.0.0/16',
      rateLimit: 0,
      loopDelay: 3000,
      keepAnswers: 48,
      sentPerDay: 0,
      keepFree: 1024 * 1024 * 1024,
    })
  })
  it('takes an empty variable as not set', () => {
    expect(readConfig({ PORT: '', FIELDCHART_ADMIN_TOKEN: ' ' })).toEqual(readConfig({}))
  })
  it.each([
    ['HOST', 'http://x'],
    ['PORT', '80a'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['FIELDCHART_ADMIN_TOKEN', 'short'],
    ['FIELDCHART_ADMIN_TOKEN', `${'x'.repeat(40)} y`],
    ['FIELDCHART_CLOCK', 'Manual'],
    ['FIELDCHART_CLOCK', 'manual:tomorrow'],
    ['FIELDCHART_CLOCK', 'manual:2026-01-05T09:00:00'],
    ['LOG_LEVEL', 'loud'],
    ['TRUST_PROXY', 'everyone'],
    ['RATE_LIMIT', 'none'],
    ['SENT_PER_DAY', '1.5'],
    ['KEEP_FREE', '-1'],
  ])('stops at %s=%s and names it', (variable, value) => {
    expect(() => readConfig({ [variable]: value })).toThrow(ConfigError)
    expect(() => readConfig({ [variable]: value })).toThrow(variable)
  })
  const oidc = { OIDC_ISSUER: 'https://login.example/realms/field', OIDC_CLIENT_ID: 'fieldchart' }
  it('takes a provider of sign-in, with roles by the values of a claim', () => {
    const { oidc: read } = readConfig({
      ...oidc,
      OIDC_CLIENT_SECRET: 'secret',
      OIDC_SCOPE: 'openid  profile groups',
      OIDC_ROLES_CLAIM: 'realm_access.roles',
      OIDC_ROLES: 'cn=field,dc=example=engineer; desk = dispatcher',
      OIDC_NAME: 'Staff|\u5458\u5de5\u8d26\u53f7',
      OIDC_PUBLIC_URL: 'https://field.example/',
    })
    expect(read).toMatchObject({
      issuer: 'https://login.example/realms/field',
      clientSecret: 'secret',
      scope: 'openid profile groups',
      rolesClaim: 'realm_access.roles',
      name: { en: 'Staff', zh: '\u5458\u5de5\u8d26\u53f7' },
      publicUrl: 'https://field.example',
    })
    expect([...(read?.roles ?? [])]).toEqual([
      ['cn=field,dc=example', 'engineer'],
      ['desk', 'dispatcher'],
    ])
    expect(readConfig(oidc).oidc?.roles.get('engineer')).toBe('engineer')
  })
  it.each([
    ['OIDC_ISSUER', { OIDC_ISSUER: 'http://login.example' }],
    ['OIDC_ISSUER', { OIDC_ISSUER: 'login.example' }],
    ['OIDC_ISSUER', { OIDC_ISSUER: '' }],
    ['OIDC_CLIENT_ID', { OIDC_CLIENT_ID: '' }],
    ['OIDC_SCOPE', { OIDC_SCOPE: 'profile' }],
    ['OIDC_ROLES_CLAIM', { OIDC_ROLES: 'a=engineer' }],
    ['OIDC_ROLES', { OIDC_ROLES_CLAIM: 'roles', OIDC_ROLES: 'a=boss' }],
    ['OIDC_ROLES', { OIDC_ROLES_CLAIM: 'roles', OIDC_ROLES: 'a=engineer;a=trainer' }],
    ['OIDC_NAME', { OIDC_NAME: 'a|b|c' }],
    ['OIDC_PUBLIC_URL', { OIDC_PUBLIC_URL: 'https://field.example/app' }],
  ])('stops at a provider of sign-in that is set wrongly: %s %o', (variable, env) => {
    expect(() => readConfig({ ...oidc, ...env })).toThrow(variable)
  })
  it('never repeats the secret', () => {
    expect(() => readConfig({ FIELDCHART_ADMIN_TOKEN: 'my secret' })).toThrow(/^(?!.*my secret)/)
  })
  it.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['localhost', true],
    ['[::1]', true],
    ['0.0.0.0', false],
    ['127.0.0.1.evil.example', false],
    ['localhost.evil.example', false],
  ])('knows whether %s is this machine: %s', (host, loopback) => {
    expect(isLoopback(host)).toBe(loopback)
  })
})
