import boundaries from 'eslint-plugin-boundaries';
import vue from 'eslint-plugin-vue';
import vueA11y from 'eslint-plugin-vuejs-accessibility';
import globals from 'globals';
import tseslint from 'typescript-eslint';

// Which room may open a door to which other: the house plan (docs/architecture.md) as errors.
const pure = ['shared'];
const services = ['bench', 'dut', 'emon', 'workload', 'store', 'trace', 'session'];
const doors = {
  shared: [],
  transport: [...pure],
  analysis: [...pure],
  rules: [...pure, 'analysis'],
  model: [...pure],
  session: [...pure, 'analysis', 'rules', 'workload'],
  recipe: [...pure, 'analysis', 'session', 'store'],
  store: [...pure],
  workload: [...pure, 'analysis'],
  dut: [...pure, 'transport'],
  emon: [...pure, 'transport'],
  trace: [...pure, 'analysis', 'store'],
  signing: [...pure, 'store'],
  bench: [...pure, 'transport', 'dut', 'emon'],
  virtual: [...pure, 'transport', 'model', 'emon', 'bench', 'dut'],
  flash: [...pure, ...services, 'transport', 'firmware'],
  calibration: [...pure, ...services, 'transport', 'analysis'],
  firmware: [...pure, 'model', 'store'],
  qemu: [...pure, 'transport', 'bench'],
  report: [...pure, 'session', 'analysis', 'rules', 'workload', 'store', 'trace'],
  archive: [...pure, 'session', 'store', 'signing', 'report', 'analysis', 'rules', 'trace'],
  audit: [...pure, ...services, 'analysis', 'rules', 'report'],
  runner: [...pure, ...services, 'transport', 'analysis', 'rules', 'model', 'report'],
  api: [...pure, 'archive', ...services, 'runner', 'calibration', 'audit', 'report', 'flash', 'transport', 'model'],
  cli: [
    ...pure,
    'archive',
    'signing',
    'recipe',
    ...services,
    'entry',
    'api',
    'runner',
    'calibration',
    'audit',
    'report',
    'flash',
    'transport',
    'model',
    'virtual',
    'firmware',
    'qemu',
    'analysis',
    'rules',
  ],
  desktop: [...pure, 'entry', 'api', 'store'],
  // host.ts builds the services once; index.ts and cli.ts stand around it.
  entry: [
    ...pure,
    'analysis',
    'archive',
    'signing',
    'recipe',
    ...services,
    'api',
    'cli',
    'desktop',
    'runner',
    'calibration',
    'audit',
    'report',
    'flash',
    'transport',
    'model',
    'virtual',
    'firmware',
    'qemu',
  ],
  preload: [...pure],
  renderer: [...pure],
};
const rooms = [
  'transport',
  'analysis',
  'rules',
  'model',
  'session',
  'recipe',
  'store',
  'workload',
  'dut',
  'emon',
  'trace',
  'signing',
  'bench',
  'virtual',
  'firmware',
  'qemu',
  'flash',
  'calibration',
  'report',
  'archive',
  'audit',
  'runner',
  'api',
  'cli',
  'desktop',
];

const noElectron = {
  paths: [
    {
      name: 'electron',
      message: 'Only src/main/index.ts, src/main/desktop, src/main/api/electron-ipc.ts and src/preload know Electron.',
    },
  ],
};

// Time is injected: these rooms run on a bench's clock.
const noOwnTime = [
  { name: 'setTimeout', message: 'Take the Clock.' },
  { name: 'setInterval', message: 'Take the Clock.' },
  { name: 'Date', message: 'Take the Clock.' },
  { name: 'performance', message: 'Take the Clock.' },
];

export default tseslint.config(
  {
    ignores: [
      'out/**',
      'dist/**',
      'node_modules/**',
      '.cache/**',
      'firmware/**/node_modules/**',
      'resources/**/.venv/**',
      'test-results/**',
      'playwright-report/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  tseslint.configs.strict,
  tseslint.configs.stylistic,
  vue.configs['flat/recommended'],
  vueA11y.configs['flat/recommended'],
  {
    files: ['**/*.{ts,vue}'],
    languageOptions: { parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.vue'] } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      eqeqeq: 'error',
      'no-restricted-imports': ['error', noElectron],
    },
  },
  {
    files: [
      'src/main/index.ts',
      'src/main/desktop/**',
      'src/main/api/electron-ipc.ts',
      'src/preload/**',
      'test/e2e/desktop/**',
    ],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['src/main/{runner,dut,emon,virtual,session,analysis,rules,model}/**/*.ts'],
    rules: { 'no-restricted-globals': ['error', ...noOwnTime] },
  },
  {
    files: ['src/**/*.{ts,vue}'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': [
        { type: 'shared', pattern: 'src/shared' },
        { type: 'renderer', pattern: 'src/renderer' },
        { type: 'preload', pattern: 'src/preload' },
        ...rooms.map((room) => ({ type: room, pattern: `src/main/${room}` })),
        { type: 'entry', pattern: 'src/main' },
      ],
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: [
            ...Object.entries(doors).map(([room, may]) => ({
              from: { element: { type: room } },
              allow: { to: { element: { types: { anyOf: [room, ...may] } } } },
            })),
            { allow: { to: { module: { origin: ['external', 'core'] } } } },
          ],
        },
      ],
    },
  },
  {
    files: ['src/renderer/**/*.vue'],
    rules: {
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/attributes-order': 'off',
      // Every word a person reads comes from the locales.
      'vue/no-bare-strings-in-template': [
        'error',
        { allowlist: ['–', '·', '±', '/', '%', ':', '→', '×', '(', ')', ','] },
      ],
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', '@typescript-eslint/no-empty-function': 'off' },
  },
  { files: ['**/*.{js,mjs,cjs}'], languageOptions: { globals: globals.node } },
);
