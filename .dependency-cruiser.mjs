/**
 * Who may import whom. `test/architecture.test.ts` plants a break of these rules and sees it caught.
 */
const only = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

export default {
  forbidden: [
    only(
      'no-cycles',
      'a cycle has no order to read it in',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    only(
      'machines-are-pure',
      'machines run in Node and in the browser alike',
      { path: '^machines/' },
      { path: '^(server|designer|test|bench|scripts)/' },
    ),
    only(
      'machines-no-node',
      'no Node built-in in machines',
      { path: '^machines/' },
      { dependencyTypes: ['core'] },
    ),
    only(
      'xstate-in-its-rooms',
      'xstate is known to compile, advance and the search of the best path alone',
      {
        path: '^(machines|server)/',
        pathNot: '^machines/(compile|advance)/|^machines/simulate/best-path\\.ts$',
      },
      { path: 'node_modules/xstate' },
    ),
    only(
      'cel-in-its-room',
      'the CEL library is known to expression alone',
      { pathNot: '^machines/expression/' },
      { path: 'node_modules/@marcbachmann/cel-js' },
    ),
    only(
      'elk-draws-alone',
      'ELK is known to the drawing, and to the page that runs it in a worker',
      { pathNot: '^(machines/drawing|designer/canvas|test)/' },
      { path: 'node_modules/elkjs' },
    ),
    only(
      'layouts-aside',
      'laying out takes seconds: a page has its own worker, the server a process that draws',
      {
        path: '^(machines|server|designer)/',
        pathNot: '^machines/drawing/|^server/pictures/draw-(picture|view)\\.ts$',
      },
      { path: '^machines/drawing/(elk|draw)\\.ts$' },
    ),
    only(
      'pictures-aside',
      'only the process that draws draws',
      { path: '^(machines|server|designer)/', pathNot: '^server/pictures/(picture|drawing)-process\\.ts$' },
      { path: '^server/pictures/draw-(picture|view)\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    only(
      'routes-have-no-store',
      'a route asks a use case, never a store',
      { path: '^server/(routes|stream)/' },
      { path: '^server/store/(sqlite|memory|library)/' },
    ),
    only(
      'use-cases-know-the-port',
      'use cases import the port, never an adapter',
      { path: '^server/(jobs|library|access)/' },
      { path: '^server/store/(sqlite|memory|library)/' },
    ),
    only(
      'jobs-know-no-http',
      'use cases know no routes',
      { path: '^server/(jobs|library|store)/' },
      { path: '^server/(routes|stream|app|main|program)|node_modules/fastify/' },
    ),
    only(
      'adapters-chosen-once',
      'only app and program choose adapters; a check reads their files as they stand',
      { path: '^server/', pathNot: '^server/(app|program)\\.ts$|^server/(store|upkeep)/' },
      { path: '^server/store/(sqlite|memory|library)/' },
    ),
    only(
      'document-is-pure',
      'the edited document imports machines only, and the schemas that machines are described in',
      { path: '^designer/document/' },
      { pathNot: '^(designer/document|machines)/|^node_modules/typebox/' },
    ),
    only(
      'designer-no-server',
      'server and designer meet in machines/wire',
      { path: '^designer/' },
      { path: '^server/' },
    ),
    only(
      'server-no-designer',
      'server and designer meet in machines/wire',
      { path: '^server/' },
      { path: '^designer/' },
    ),
    only('nobody-imports-tests', "tests are nobody's library", { pathNot: '^test/' }, { path: '^test/' }),
    only(
      'no-dev-in-server',
      'what runs in production is a dependency',
      { path: '^(machines|server)/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    only('resolvable', 'an import that leads nowhere', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.mjs'],
    },
  },
}
