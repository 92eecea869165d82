/**
 * ELK where there is no browser: its build without a worker, which runs on the thread that calls it.
 *
 * Must not: be imported by a page (it is 1.6 MB; the page has ELK in a worker) or by a server's main thread.
 */

import bundled from 'elkjs/lib/elk.bundled.js'
import type { ELK } from 'elkjs/lib/elk-api.js'

// The class is the module, and its own `default` too: this name holds however the module is loaded.
const Elk = bundled.default

/** An ELK of one's own. */
export const createElk = (): Pick<ELK, 'layout'> => new Elk()
