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
  ])('stops at %s=%s and names it', (variable, value) => {
    expect(() => readConfig({ [variable]: value })).toThrow(ConfigError)
    expect(() => readConfig({ [variable]: value })).toThrow(variable)
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
